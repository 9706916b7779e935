package io.odp4j.upcall.port;

import io.odp4j.datapath.netlink.Errno;
import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.RequestChannel;
import io.odp4j.datapath.ovs.Datapath;
import io.odp4j.datapath.ovs.DatapathAttributes;
import io.odp4j.datapath.ovs.Datapaths;
import io.odp4j.datapath.ovs.OvsFamilies;
import io.odp4j.upcall.reader.UpcallReader;
import io.odp4j.upcall.reader.UpcallSource;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The datapath itself: found or made, with the features that the agent relies on.
 *
 * <p>Other programs switch a datapath to per-CPU dispatch just by looking at it: ovs-dpctl does. So
 * a socket for CPUs is registered as well, from which nothing comes as a rule, and the features are
 * put back when they change; no upcall is lost in between.
 */
public final class DatapathKeeper implements AutoCloseable {
    static final int CPU_TOKEN = 0;

    private static final Logger LOG = LoggerFactory.getLogger(DatapathKeeper.class);
    private static final int FEATURES =
            DatapathAttributes.F_UNALIGNED | DatapathAttributes.F_VPORT_PIDS;
    private static final int PER_CPU = DatapathAttributes.F_DISPATCH_UPCALL_PER_CPU;

    private final NetlinkEndpoint peer;
    private final RequestChannel channel;
    private final Datapaths datapaths;
    private final Datapath datapath;
    private final boolean made;
    private UpcallSource cpuSource;

    public DatapathKeeper(NetlinkEndpoint peer, OvsFamilies families, String name)
            throws NetlinkException {
        this.peer = peer;
        this.channel = RequestChannel.open(peer);
        this.datapaths = new Datapaths(channel, families);
        try {
            Datapath found = datapaths.find(name).orElse(null);
            made = found == null;
            if (made) {
                datapath = datapaths.create(name, 0, FEATURES);
            } else {
                datapath = datapaths.setFeatures(found, FEATURES, null);
            }
        } catch (NetlinkException e) {
            channel.close();
            throw e;
        }
    }

    public Datapath datapath() {
        return datapath;
    }

    /** Whether the agent made the datapath, rather than found it. */
    public boolean made() {
        return made;
    }

    /**
     * Registers a socket for the upcalls of every CPU. Before Linux 5.15 there is no such thing.
     */
    void openCpuSource(UpcallReader reader) throws NetlinkException {
        UpcallSource source = UpcallSource.open(peer, CPU_TOKEN, "CPUs");
        int[] pids = new int[Runtime.getRuntime().availableProcessors()];
        Arrays.fill(pids, source.socket().portId());
        try {
            // The kernel reads the port ids only together with the feature, and then keeps them.
            datapaths.setFeatures(datapath, FEATURES | PER_CPU, pids);
            reader.add(source);
            cpuSource = source;
            datapaths.setFeatures(datapath, FEATURES, null);
        } catch (NetlinkException e) {
            source.socket().close();
            if (!e.is(Errno.EOPNOTSUPP)) {
                throw e;
            }
            LOG.debug("the datapath has no per-CPU dispatch");
        }
    }

    /** Puts the features back if they are not the agent's; true if they were not. */
    boolean restoreFeatures(Datapath changed) {
        if (changed.userFeatures() == FEATURES
                || cpuSource == null && (changed.userFeatures() & PER_CPU) != 0) {
            return false;
        }
        try {
            datapaths.setFeatures(datapath, FEATURES, null);
            return true;
        } catch (NetlinkException e) {
            LOG.warn("{}", e.getMessage());
            return false;
        }
    }

    /** Deletes the datapath with its ports and flows. */
    public void delete() throws NetlinkException {
        datapaths.delete(datapath);
    }

    @Override
    public void close() {
        if (cpuSource != null) {
            cpuSource.socket().close();
        }
        channel.close();
    }
}
