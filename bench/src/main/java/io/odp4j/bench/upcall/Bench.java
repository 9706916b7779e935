package io.odp4j.bench.upcall;

import io.odp4j.datapath.embedded.EmbeddedDatapath;
import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.RequestChannel;
import io.odp4j.datapath.ovs.Datapath;
import io.odp4j.datapath.ovs.DatapathAttributes;
import io.odp4j.datapath.ovs.Datapaths;
import io.odp4j.datapath.ovs.OvsFamilies;
import io.odp4j.datapath.ovs.Vport;
import io.odp4j.datapath.ovs.Vports;
import io.odp4j.upcall.embedded.CachedFlowTable;

/** An embedded datapath with a generator of misses between its two ports. */
final class Bench implements AutoCloseable {
    static final String DATAPATH = "bench";
    static final String IN = "in";
    static final String OUT = "out";

    private final EmbeddedDatapath embedded;
    private final RequestChannel channel;
    private final OvsFamilies families;
    private final Datapaths datapaths;
    private final Vports vports;
    private final Datapath datapath;
    private final MissGenerator generator;

    Bench(int window) throws NetlinkException {
        embedded = EmbeddedDatapath.open(CachedFlowTable::new);
        channel = RequestChannel.open(embedded.endpoint());
        families = OvsFamilies.resolve(channel);
        datapaths = new Datapaths(channel, families);
        vports = new Vports(channel, families);
        datapath = datapaths.create(DATAPATH, 0, DatapathAttributes.F_UNALIGNED);
        generator = new MissGenerator(embedded, IN, OUT, window);
        for (String name : new String[] {IN, OUT}) {
            vports.add(datapath.ifindex(), name, Vport.TYPE_NETDEV, new int[] {0}, null);
        }
    }

    NetlinkEndpoint endpoint() {
        return embedded.endpoint();
    }

    OvsFamilies families() {
        return families;
    }

    Datapath datapath() {
        return datapath;
    }

    int outPort() throws NetlinkException {
        return vports.find(OUT).orElseThrow().number();
    }

    /** Says where the misses go. */
    void setUpcallPortId(int portId) throws NetlinkException {
        vports.setUpcallPids(vports.find(IN).orElseThrow(), portId);
    }

    /** Sends so many frames, each of a flow of its own, and waits for all of them. */
    Result measure(String subject, int frames) throws NetlinkException, InterruptedException {
        long nanos = generator.run(frames);
        // The last flows are installed behind the last packets.
        for (int i = 0; i < 200 && stat("n_flows") < frames - generator.lost(); i++) {
            Thread.sleep(5);
        }
        return new Result(subject, frames, nanos, generator.lost(), stat("n_flows"));
    }

    private long stat(String name) throws NetlinkException {
        return datapaths.get(DATAPATH).stat(name);
    }

    @Override
    public void close() {
        generator.close();
        channel.close();
        embedded.close();
    }
}
