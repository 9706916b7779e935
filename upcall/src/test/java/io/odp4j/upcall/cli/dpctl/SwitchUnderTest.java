package io.odp4j.upcall.cli.dpctl;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.datapath.netlink.RequestChannel;
import io.odp4j.datapath.ovs.Datapath;
import io.odp4j.datapath.ovs.DatapathAttributes;
import io.odp4j.datapath.ovs.Datapaths;
import io.odp4j.datapath.ovs.OvsFamilies;
import io.odp4j.datapath.ovs.Vport;
import io.odp4j.datapath.ovs.Vports;
import io.odp4j.upcall.demo.Host;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A datapath with two hosts for all tests of a class, and the comparison of both tools on it. Ports
 * 1 and 2 are the hosts'.
 */
final class SwitchUnderTest implements BeforeAllCallback, AfterAllCallback {
    static final String DATAPATH = "ovsd";

    Host h1;
    Host h2;
    private RequestChannel channel;
    private Datapaths datapaths;
    private Vports vports;

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        channel = RequestChannel.open(NetlinkEndpoint.KERNEL_GENERIC);
        OvsFamilies families = OvsFamilies.resolve(channel);
        datapaths = new Datapaths(channel, families);
        vports = new Vports(channel, families);
        Datapath datapath = datapaths.create(DATAPATH, 0, DatapathAttributes.F_UNALIGNED);
        h1 = Host.create("k1", 1);
        h2 = Host.create("k2", 2);
        for (Host host : List.of(h1, h2)) {
            vports.add(datapath.ifindex(), host.port(), Vport.TYPE_NETDEV, new int[] {0}, null);
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        h1.close();
        h2.close();
        datapaths.delete(datapath());
        channel.close();
    }

    Datapath datapath() throws Exception {
        return datapaths.get(DATAPATH);
    }

    Vport port(String name) throws Exception {
        return vports.find(name).orElseThrow();
    }

    Vports vports() {
        return vports;
    }

    Datapaths datapaths() {
        return datapaths;
    }

    /**
     * Both tools with the same words answer the same: status, and output but for times. Hosts send
     * something now and then, so that counters may move in between.
     */
    static void assertSame(String... words) throws Exception {
        Tools.Result theirs = null;
        Tools.Result ours = null;
        for (int attempt = 0; attempt < 4; attempt++) {
            theirs = Tools.ovs(words);
            ours = Tools.odp4j(words);
            if (ours.status() == theirs.status() && still(ours).equals(still(theirs))) {
                break;
            }
        }
        assertThat(still(ours)).as(String.join(" ", words)).isEqualTo(still(theirs));
        assertThat(ours.status())
                .as("%s: %s", String.join(" ", words), ours.err())
                .isEqualTo(theirs.status());
        assertThat(ours.err().isBlank()).isEqualTo(ours.status() == 0);
    }

    private static String still(Tools.Result result) {
        return result.out().replaceAll("used:[0-9.]+s", "used:TIME");
    }
}
