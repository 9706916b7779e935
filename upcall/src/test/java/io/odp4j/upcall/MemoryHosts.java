package io.odp4j.upcall;

import io.odp4j.datapath.embedded.EmbeddedDatapath;
import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.datapath.ovs.Datapath;
import io.odp4j.datapath.ovs.DatapathAttributes;
import io.odp4j.datapath.ovs.Flows;

/** Hosts in memory, joined by the embedded datapath. */
final class MemoryHosts extends TwoHosts {
    private static final int MILLIS = 2000;
    private static final int HOST_2 = 0x0a00_0002;

    EmbeddedDatapath embedded;
    TestHost h1;
    TestHost h2;

    @Override
    NetlinkEndpoint open() throws Exception {
        embedded = EmbeddedDatapath.open();
        h1 = TestHost.plugIn(embedded, PORT_1, 0x0200_0000_0001L, 1);
        h2 = TestHost.plugIn(embedded, PORT_2, 0x0200_0000_0002L, 2);
        return embedded.endpoint();
    }

    @Override
    void shut() {
        h1.close();
        h2.close();
        embedded.close();
    }

    @Override
    public AgentConfig.Builder config() {
        return super.config().ringSlots(64);
    }

    @Override
    boolean ping(int from, Net net, int count, int bytes) throws Exception {
        TestHost host = from == 1 ? h1 : h2;
        int to = 3 - from;
        int answered =
                switch (net) {
                    case IPV4 -> host.ping(0x0a00_0000 | to, count, bytes, MILLIS);
                    case IPV6 -> host.ping6(to, count, bytes, MILLIS);
                    case VLAN_100 -> host.vlan(100).ping(0x0a00_6400 | to, count, bytes, MILLIS);
                };
        return answered == count;
    }

    @Override
    boolean connects(int port) throws Exception {
        h2.listening = port;
        return h1.connects(HOST_2, port, MILLIS);
    }

    @Override
    void addVlan() {
        h1.vlan(100);
        h2.vlan(100);
    }

    @Override
    void unplugSecond() {
        h2.close();
    }

    @Override
    void plugSecondAgain() {
        h2 = TestHost.plugIn(embedded, PORT_2, 0x0200_0000_0003L, 2);
    }

    @Override
    void forgetNeighbours() {
        h1.forget();
    }

    @Override
    void disturb() throws Exception {
        Datapath datapath = datapaths.get(DATAPATH);
        datapaths.setFeatures(
                datapath,
                DatapathAttributes.F_UNALIGNED | DatapathAttributes.F_DISPATCH_UPCALL_PER_CPU,
                null);
        new Flows(channel, families, datapath).flush();
    }
}
