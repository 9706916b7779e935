package io.odp4j.upcall.cli.dpctl;

import io.odp4j.datapath.flow.text.PortNames;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.RequestChannel;
import io.odp4j.datapath.ovs.Datapath;
import io.odp4j.datapath.ovs.Datapaths;
import io.odp4j.datapath.ovs.Flows;
import io.odp4j.datapath.ovs.OvsFamilies;
import io.odp4j.datapath.ovs.Vport;
import io.odp4j.datapath.ovs.Vports;
import io.odp4j.upcall.cli.DatapathName;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A command's way to the kernel: one request channel, and the datapath that a word means. */
final class Session implements AutoCloseable {
    private static final String SYSTEM = "system@";
    private static final String EMBEDDED = "embedded@";

    private final RequestChannel channel;
    private final OvsFamilies families;
    private final Datapaths datapaths;
    private final Vports vports;

    private Session(RequestChannel channel, OvsFamilies families) {
        this.channel = channel;
        this.families = families;
        this.datapaths = new Datapaths(channel, families);
        this.vports = new Vports(channel, families);
    }

    static Session open(DpctlCommand options) throws NetlinkException {
        RequestChannel channel = RequestChannel.open(options.endpoint());
        try {
            if (options.timeoutMillis() > 0) {
                channel.setTimeoutMillis(options.timeoutMillis());
            }
            return new Session(channel, OvsFamilies.resolve(channel));
        } catch (NetlinkException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    RequestChannel channel() {
        return channel;
    }

    OvsFamilies families() {
        return families;
    }

    Datapaths datapaths() {
        return datapaths;
    }

    Vports vports() {
        return vports;
    }

    Flows flows(Datapath datapath) {
        return new Flows(channel, families, datapath);
    }

    /** What stands before a name: the type that all datapaths of a peer have. */
    String type() {
        return channel.socket().peer().isKernel() ? SYSTEM : EMBEDDED;
    }

    /** The name that a word means: NAME, system:NAME, system@NAME, or embedded:NAME. */
    static String name(String word) throws IOException, DpctlException {
        if (DatapathName.isTyped(word)) {
            return DatapathName.parse(word).name();
        }
        int at = word.indexOf('@');
        if (at < 0) {
            return word;
        }
        String type = word.substring(0, at + 1);
        if (!type.equals(SYSTEM) && at > 0) {
            throw new DpctlException("datapath " + word + ": the kernel has no type but system");
        }
        return word.substring(at + 1);
    }

    /** The datapath that a word means. */
    Datapath datapath(String word) throws IOException, DpctlException {
        return datapaths.get(name(word));
    }

    /** The only datapath. */
    Datapath onlyDatapath() throws NetlinkException, DpctlException {
        List<Datapath> all = datapaths.list();
        if (all.isEmpty()) {
            throw new DpctlException("there is no datapath");
        }
        if (all.size() > 1) {
            throw new DpctlException("there are several datapaths: name one");
        }
        return all.get(0);
    }

    /** The datapath that the first word names if there is one word more than needed. */
    Datapath datapath(List<String> words, int others) throws IOException, DpctlException {
        return words.size() > others ? datapath(words.get(0)) : onlyDatapath();
    }

    /**
     * The words behind the datapath's name, for a command that takes any number of them: the first
     * one is a datapath's name if there is a datapath of that name.
     */
    record Named(Datapath datapath, List<String> rest) {}

    /** Splits a command's words. */
    Named split(List<String> words) throws IOException, DpctlException {
        if (!words.isEmpty()) {
            Optional<Datapath> named = datapaths.find(name(words.get(0)));
            if (named.isPresent()) {
                return new Named(named.get(), words.subList(1, words.size()));
            }
        }
        return new Named(onlyDatapath(), words);
    }

    /** The names of a datapath's ports, as they are now. */
    PortNames names(Datapath datapath) throws NetlinkException {
        Map<String, Integer> numbers = new HashMap<>();
        for (Vport vport : vports.list(datapath.ifindex())) {
            numbers.put(vport.name(), vport.number());
        }
        return PortNames.of(numbers);
    }

    @Override
    public void close() {
        channel.close();
    }
}
