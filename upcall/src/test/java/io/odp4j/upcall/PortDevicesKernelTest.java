package io.odp4j.upcall;

import static io.odp4j.upcall.AgentKernelTest.assertOk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.odp4j.datapath.embedded.EmbeddedDatapath;
import io.odp4j.datapath.embedded.device.PortDevices;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.upcall.counter.Counter;
import io.odp4j.upcall.demo.Host;
import io.odp4j.upcall.demo.Shell;
import io.odp4j.upcall.embedded.CachedFlowTable;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An embedded datapath with ports of the host's kernel: needs privilege, but no openvswitch.ko. */
@Tag("kernel")
class PortDevicesKernelTest {
    private static AgentConfig config(EmbeddedDatapath embedded, PortDevices devices) {
        return AgentConfig.of("emb")
                .endpoint(embedded.endpoint())
                .ports(devices.names())
                .ringSlots(64)
                .build();
    }

    @Test
    void shouldCarryPingsTagsAndTransfersBetweenInterfaces() throws Exception {
        try (Host h1 = Host.create("e1", 1);
                Host h2 = Host.create("e2", 2);
                EmbeddedDatapath embedded = EmbeddedDatapath.open(CachedFlowTable::new);
                PortDevices devices =
                        PortDevices.open(
                                embedded, List.of("packet:" + h1.port(), "packet:" + h2.port()));
                Agent agent = Agent.start(config(embedded, devices))) {
            h1.ping("10.0.0.2", 2, 56);
            for (int bytes : new int[] {56, 1400}) {
                assertOk(h1.ping("10.0.0.2", 3, bytes));
                assertOk(h1.ping("fd00::2", 3, bytes));
            }
            h1.addVlan(7, 1);
            h2.addVlan(7, 2);
            assertOk(h1.ping("10.0.7.2", 3, 1000));
            for (Host host : List.of(h1, h2)) {
                assertOk(host.run("ethtool", "-K", "eth0", "tso", "off", "gso", "off"));
            }
            // Checksums are left to the hardware there, and completed here.
            Process server = h2.start("iperf3", "-s", "-1");
            Thread.sleep(1000);
            Shell.Result transfer = h1.run("iperf3", "-c", "10.0.0.2", "-n", "4M");
            server.destroy();
            assertOk(transfer);
            assertThat(TwoHosts.count(agent, Counter.FLOW_INSTALL_FAILED)).isZero();
        }
    }

    @Test
    void shouldCarryPingsBetweenTapDevices() throws Exception {
        try (EmbeddedDatapath embedded = EmbeddedDatapath.open();
                PortDevices devices =
                        PortDevices.open(embedded, List.of("tap:etap1", "tap:etap2"));
                Agent agent = Agent.start(config(embedded, devices))) {
            for (int n = 1; n <= 2; n++) {
                Shell.must("ip netns add et" + n);
                Shell.must("ip link set etap" + n + " netns et" + n);
                Shell.must("ip -n et" + n + " addr add 10.0.9." + n + "/24 dev etap" + n);
                Shell.must("ip -n et" + n + " link set etap" + n + " up");
            }
            try {
                Shell.run(ping("10.0.9.2", 56));
                for (int bytes : new int[] {56, 1400, 5000}) {
                    assertOk(Shell.run(ping("10.0.9.2", bytes)));
                }
                assertThat(TwoHosts.count(agent, Counter.EXECUTE_FAILED)).isZero();
            } finally {
                Shell.must("ip netns del et1");
                Shell.must("ip netns del et2");
            }
        }
    }

    private static List<String> ping(String address, int bytes) {
        return List.of(
                ("ip netns exec et1 ping -c 3 -i 0.2 -W 2 -s " + bytes + " " + address).split(" "));
    }

    @Test
    void shouldSayWhichInterfaceIsNotThere() throws Exception {
        try (EmbeddedDatapath embedded = EmbeddedDatapath.open()) {
            assertThatThrownBy(() -> PortDevices.open(embedded, List.of("packet:none0")))
                    .isInstanceOf(NetlinkException.class)
                    .hasMessageContaining("finding interface none0")
                    .hasMessageContaining("ENODEV");
        }
    }
}
