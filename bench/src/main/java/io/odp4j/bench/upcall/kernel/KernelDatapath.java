package io.odp4j.bench.upcall.kernel;

import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.RequestChannel;
import io.odp4j.datapath.ovs.Datapath;
import io.odp4j.datapath.ovs.Datapaths;
import io.odp4j.datapath.ovs.Flows;
import io.odp4j.datapath.ovs.OvsFamilies;
import io.odp4j.datapath.ovs.Vports;
import java.util.Optional;

/** The kernel's datapaths, to look at and to make. */
final class KernelDatapath implements AutoCloseable {
    private final RequestChannel channel;
    private final OvsFamilies families;
    private final Datapaths datapaths;
    private final Vports vports;

    KernelDatapath() throws NetlinkException {
        channel = RequestChannel.open(NetlinkEndpoint.KERNEL_GENERIC);
        try {
            families = OvsFamilies.resolve(channel);
        } catch (NetlinkException e) {
            channel.close();
            throw e;
        }
        datapaths = new Datapaths(channel, families);
        vports = new Vports(channel, families);
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

    /** One of a datapath's statistics. */
    long stat(String datapath, String field) throws NetlinkException {
        return datapaths.get(datapath).stat(field);
    }

    void flush(String datapath) throws NetlinkException {
        new Flows(channel, families, datapaths.get(datapath)).flush();
    }

    void deleteIfThere(String datapath) throws NetlinkException {
        Optional<Datapath> found = datapaths.find(datapath);
        if (found.isPresent()) {
            datapaths.delete(found.get());
        }
    }

    @Override
    public void close() {
        channel.close();
    }
}
