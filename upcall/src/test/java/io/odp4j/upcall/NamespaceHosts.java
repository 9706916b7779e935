package io.odp4j.upcall;

import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.upcall.demo.Host;
import io.odp4j.upcall.demo.Shell;

/** Network namespaces, joined by the kernel's datapath. */
final class NamespaceHosts extends TwoHosts {
    Host h1;
    Host h2;

    @Override
    NetlinkEndpoint open() throws Exception {
        h1 = Host.create("h1", 1);
        h2 = Host.create("h2", 2);
        return NetlinkEndpoint.KERNEL_GENERIC;
    }

    @Override
    void shut() throws Exception {
        h1.close();
        h2.close();
    }

    @Override
    boolean ping(int from, Net net, int count, int bytes) throws Exception {
        String prefix =
                switch (net) {
                    case IPV4 -> "10.0.0.";
                    case IPV6 -> "fd00::";
                    case VLAN_100 -> "10.0.100.";
                };
        Host host = from == 1 ? h1 : h2;
        Shell.Result result = host.ping(prefix + (3 - from), count, bytes);
        if (!result.ok()) {
            System.out.println(result.output());
        }
        return result.ok();
    }

    @Override
    boolean connects(int port) throws Exception {
        Process server = h2.start("nc", "-l", "-p", "" + port);
        try {
            Thread.sleep(500);
            return h1.run("nc", "-z", "-w", "2", "10.0.0.2", "" + port).ok();
        } finally {
            server.destroy();
        }
    }

    @Override
    void addVlan() throws Exception {
        h1.addVlan(100, 1);
        h2.addVlan(100, 2);
    }

    @Override
    void unplugSecond() throws Exception {
        h2.close();
    }

    @Override
    void plugSecondAgain() throws Exception {
        h2 = Host.create("h2", 2);
    }

    @Override
    void forgetNeighbours() throws Exception {
        h1.ip("neigh flush dev eth0");
    }

    @Override
    void disturb() throws Exception {
        Shell.must("ovs-dpctl show");
        Shell.must("ovs-dpctl del-flows " + DATAPATH);
    }
}
