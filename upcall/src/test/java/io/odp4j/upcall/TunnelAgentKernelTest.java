package io.odp4j.upcall;

import static io.odp4j.upcall.AgentKernelTest.assertOk;
import static io.odp4j.upcall.TwoHosts.count;
import static io.odp4j.upcall.TwoHosts.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.KeyAttributes;
import io.odp4j.datapath.lab.Namespace;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.upcall.counter.Counter;
import io.odp4j.upcall.demo.Host;
import io.odp4j.upcall.demo.Shell;
import io.odp4j.upcall.policy.LearningSwitch;
import io.odp4j.upcall.policy.Policy;
import io.odp4j.upcall.policy.RulePolicy;
import io.odp4j.upcall.policy.Verdict;
import io.odp4j.upcall.port.PortStatus;
import io.odp4j.upcall.tunnel.TunnelSpec;
import io.odp4j.upcall.tunnel.TunnelStatus;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two machines, each with an agent and a datapath of its own, and a tunnel between them. */
@Tag("kernel")
class TunnelAgentKernelTest {
    private Namespace n1;
    private Namespace n2;
    private Host h1;
    private Host h2;
    private final Set<String> tunnelKeys = ConcurrentHashMap.newKeySet();

    @BeforeEach
    void cable() throws Exception {
        n1 = new Namespace("n1");
        n2 = new Namespace("n2");
        Shell.must("ip link add u1 netns n1 type veth peer name u2 netns n2");
        h1 = host("h1", 1, n1);
        h2 = host("h2", 2, n2);
        n1.ip("addr add 10.1.0.1/24 dev u1");
        n2.ip("addr add 10.1.0.2/24 dev u2");
        n1.ip("link set u1 up");
        n2.ip("link set u2 up");
    }

    private static Host host(String name, int n, Namespace machine) throws Exception {
        Host host = Host.create(name, n);
        Shell.must("ip link set " + host.port() + " netns n" + n);
        machine.ip("link set " + host.port() + " up");
        host.ip("link set eth0 mtu 1400");
        return host;
    }

    @AfterEach
    void uncable() throws Exception {
        h1.close();
        h2.close();
        n1.close();
        n2.close();
    }

    private Agent agent(Namespace machine, Host host, String tunnel, Policy policy)
            throws Exception {
        AgentConfig config =
                AgentConfig.of("ovst")
                        .ports(List.of(host.port()))
                        .tunnels(List.of(TunnelSpec.parse(tunnel)))
                        .policy(policy)
                        .build();
        return machine.call(() -> Agent.start(config));
    }

    /** A learning switch that notes the keys that came through a tunnel. */
    private final class Noting implements Policy {
        private final LearningSwitch decides = new LearningSwitch();

        @Override
        public void decide(FlowKey key, Verdict verdict) {
            if (key.carries(KeyAttributes.TUNNEL.number())) {
                tunnelKeys.add(key.toString());
            }
            decides.decide(key, verdict);
        }

        @Override
        public void decideAgain(FlowKey key, Verdict verdict) {
            decides.decideAgain(key, verdict);
        }

        @Override
        public void portsChanged(int[] numbers) {
            decides.portsChanged(numbers);
        }

        @Override
        public long version() {
            return decides.version();
        }
    }

    @Test
    void shouldCarryPingsAndTransfersThroughTunnelsOfEveryKind() throws Exception {
        for (String kind : List.of("vxlan", "geneve", "gre")) {
            tunnelKeys.clear();
            String device = kind + "1"; // gre0 is a device of the kernel's own
            try (Agent a1 = agent(n1, h1, device + ",remote=10.1.0.2,key=7", new Noting());
                    Agent a2 = agent(n2, h2, device + ",remote=10.1.0.1,key=7", new Noting())) {
                assertOk(h1.ping("10.0.0.2", 2, 1300));
                assertThat(tunnelKeys)
                        .as(kind)
                        .isNotEmpty()
                        .allSatisfy(key -> assertThat(key).contains("tun_id=0x7,tun_src=0xa01000"));
                assertThat(n1.run("ovs-dpctl dump-flows").output())
                        .contains("set(tunnel(tun_id=0x7,dst=10.1.0.2,")
                        .contains("tunnel(tun_id=0x7,src=10.1.0.2,");
                if (kind.equals("vxlan")) {
                    assertOk(h1.ping("fd00::2", 2, 1300));
                    transfer();
                    way(a1);
                }
                for (Agent agent : List.of(a1, a2)) {
                    agent.rounds().await(20_000); // flows are decided again, and none is refused
                    assertThat(count(agent, Counter.FLOW_INSTALL_FAILED)).isZero();
                }
                assertThat(count(a2, Counter.EXECUTE_FAILED)).isZero();
                assertThat(count(a2, Counter.TUNNEL_PACKETS_FOREIGN)).isZero();
            }
            assertThat(n1.run("ip -br link").output()).doesNotContain(device);
        }
    }

    @Test
    void shouldCarryPingsAndTransfersOverIpv6() throws Exception {
        n1.ip("addr add fd10::1/64 dev u1 nodad");
        n2.ip("addr add fd10::2/64 dev u2 nodad");
        for (String device : List.of("vxlan6", "geneve6")) {
            tunnelKeys.clear();
            try (Agent a1 = agent(n1, h1, device + ",remote=fd10::2,key=7", new Noting());
                    Agent a2 = agent(n2, h2, device + ",remote=fd10::1,key=7", new Noting())) {
                assertOk(h1.ping("10.0.0.2", 2, 1200));
                assertOk(h1.ping("fd00::2", 2, 56));
                transfer();
                assertThat(tunnelKeys)
                        .isNotEmpty()
                        .allSatisfy(key -> assertThat(key).contains("tun_ipv6_src=0xfd1000000000"));
                assertThat(n1.run("ovs-dpctl dump-flows").output())
                        .contains("set(tunnel(tun_id=0x7,ipv6_dst=fd10::2,")
                        .contains("tunnel(tun_id=0x7,ipv6_src=fd10::2,");
                assertThat(a1.tunnels())
                        .singleElement()
                        .satisfies(
                                t -> {
                                    assertThat(t.state()).isEqualTo(TunnelStatus.State.UP);
                                    assertThat(t.interfaceName()).isEqualTo("u1");
                                    assertThat(t.linkLayerAddress()).hasSize(6);
                                });
                for (Agent agent : List.of(a1, a2)) {
                    agent.rounds().await(20_000); // flows are decided again, and none is refused
                    assertThat(count(agent, Counter.FLOW_INSTALL_FAILED)).isZero();
                }
                assertThat(count(a2, Counter.EXECUTE_FAILED)).isZero();
                assertThat(count(a2, Counter.TUNNEL_PACKETS_FOREIGN)).isZero();
            }
        }
    }

    private void transfer() throws Exception {
        Process server = h2.start("iperf3", "-s", "-1");
        Thread.sleep(1000);
        Shell.Result client = h1.run("iperf3", "-c", "10.0.0.2", "-n", "8M");
        server.destroy();
        assertOk(client);
    }

    /** The next hop is known, and its loss is seen. */
    private void way(Agent agent) throws Exception {
        assertThat(agent.tunnels())
                .singleElement()
                .satisfies(
                        t -> {
                            assertThat(t.state()).isEqualTo(TunnelStatus.State.UP);
                            assertThat(t.interfaceName()).isEqualTo("u1");
                            assertThat(t.nextHop()).containsExactly(10, 1, 0, 2);
                            assertThat(t.source()).containsExactly(10, 1, 0, 1);
                            assertThat(t.linkLayerAddress()).hasSize(6);
                        });
        n2.ip("link set u2 down");
        assertThat(eventually(() -> state(agent) == TunnelStatus.State.LINK_DOWN)).isTrue();
        n2.ip("link set u2 up");
        assertThat(eventually(() -> state(agent) == TunnelStatus.State.UP)).isTrue();
        n1.ip("addr del 10.1.0.1/24 dev u1");
        assertThat(eventually(() -> state(agent) == TunnelStatus.State.NO_ROUTE)).isTrue();
        n1.ip("addr add 10.1.0.1/24 dev u1");
        assertThat(eventually(() -> state(agent) == TunnelStatus.State.UP)).isTrue();
        assertOk(h1.ping("10.0.0.2", 2, 56));
    }

    private static TunnelStatus.State state(Agent agent) {
        return agent.tunnels().get(0).state();
    }

    @Test
    void shouldRefuseWhatComesFromAnotherEndOrWithAnotherKey() throws Exception {
        try (Agent a1 = agent(n1, h1, "vxlan0,remote=10.1.0.2,key=7", new LearningSwitch());
                Agent a2 = agent(n2, h2, "vxlan0,remote=10.1.0.1,key=8", new LearningSwitch())) {
            assertThat(h1.ping("10.0.0.2", 1, 56).ok()).isFalse();
            assertThat(count(a2, Counter.TUNNEL_PACKETS_FOREIGN)).isPositive();
            assertThat(count(a1, Counter.FLOW_INSTALL_FAILED)).isZero();
        }
    }

    @Test
    void shouldLetRulesSayWhereTo() throws Exception {
        String there = "in_port=1,actions=set_field:10.1.0.2->tun_dst,set_tunnel:9,output:2\n";
        String here = "in_port=1,actions=set_field:10.1.0.1->tun_dst,set_tunnel:9,output:2\n";
        String back = "in_port=2,tun_id=9,actions=output:1\n";
        try (Agent a1 =
                        agent(
                                n1,
                                h1,
                                "geneve0,remote=flow,key=flow",
                                RulePolicy.sharing(there + back).create(0));
                Agent a2 =
                        agent(
                                n2,
                                h2,
                                "geneve0,remote=flow,key=flow",
                                RulePolicy.sharing(here + back).create(0))) {
            assertOk(h1.ping("10.0.0.2", 3, 56));
            assertThat(count(a1, Counter.TUNNEL_OUTPUTS_UNADDRESSED)).isZero();
            assertThat(count(a2, Counter.FLOW_INSTALL_FAILED)).isZero();
        }
    }

    @Test
    void shouldFollowLinksByAnyNameAndMakeDevicesAgain() throws Exception {
        n1.ip("link property add dev h1p altname the-first-host");
        int index = Integer.parseInt(n2.run("cat /sys/class/net/h2p/ifindex").output().strip());
        AgentConfig.Builder one = AgentConfig.of("ovst").ports(List.of("the-first-host"));
        AgentConfig.Builder two = AgentConfig.of("ovst").ports(List.of("" + index));
        try (Agent a1 =
                        n1.call(
                                () ->
                                        one.tunnels(tunnel("vxlan0,remote=10.1.0.2,key=flow"))
                                                .start());
                Agent a2 = n2.call(() -> two.tunnels(tunnel("vxlan0,remote=10.1.0.1")).start())) {
            assertOk(h1.ping("10.0.0.2", 2, 56));
            n1.ip("link set h1p mtu 1390");
            assertThat(eventually(() -> port(a1, "h1p").mtu() == 1390)).isTrue();
            assertThat(port(a1, "h1p").carrier()).isTrue();
            h1.ip("link set eth0 down");
            assertThat(eventually(() -> !port(a1, "h1p").carrier())).isTrue();
            h1.ip("link set eth0 up");
            assertThat(eventually(() -> port(a1, "h1p").carrier())).isTrue();
            assertThat(count(a1, Counter.LINKS_CHANGED)).isGreaterThanOrEqualTo(3);

            n1.ip("link del vxlan0");
            assertThat(eventually(() -> count(a1, Counter.PORTS_ADDED) == 4)).isTrue();
            assertOk(h1.ping("10.0.0.2", 3, 56));

            h2.close();
            assertThat(eventually(() -> a2.ports() == 2)).isTrue();
            h2 = host("h2", 2, n2);
            assertThat(eventually(() -> a2.ports() == 3)).isTrue();
            h1.ip("neigh flush dev eth0");
            assertOk(h1.ping("10.0.0.2", 3, 56));
        }
    }

    private static List<TunnelSpec> tunnel(String text) {
        return List.of(TunnelSpec.parse(text));
    }

    private static PortStatus port(Agent agent, String name) {
        return agent.portStatuses().stream().filter(p -> p.name().equals(name)).findFirst().get();
    }

    @Test
    void shouldSayWhatADeviceInTheWayIs() throws Exception {
        n1.ip("link add vxlan0 type dummy");
        assertThatThrownBy(() -> agent(n1, h1, "vxlan0,remote=10.1.0.2", new LearningSwitch()))
                .isInstanceOf(NetlinkException.class)
                .hasMessage(
                        "tunnel vxlan0: there is another device of that name: making it failed:"
                                + " EEXIST (File exists)");
        assertThat(n1.run("ip -br link show vxlan0").ok()).isTrue();
    }

    @Test
    @Tag("every-kernel")
    void shouldCarryPingsInGreWithinUdp() throws Exception {
        assumeFalse(
                String.valueOf(System.getenv("ODP4J_LAB")).startsWith("uml"),
                "User-Mode Linux is built without tunnels in FOU");
        for (String wrap : List.of("fou", "gue")) {
            String rest = ",key=3,encap=" + wrap + ",encap_port=5555";
            try (Agent a1 = agent(n1, h1, "gre1,remote=10.1.0.2" + rest, new LearningSwitch());
                    Agent a2 = agent(n2, h2, "gre1,remote=10.1.0.1" + rest, new LearningSwitch())) {
                assertOk(h1.ping("10.0.0.2", 3, 56));
                transfer();
                assertThat(n1.run("ip fou show").output()).contains("port 5555");
                assertThat(a1.ports()).isEqualTo(3);
                assertThat(a2.ports()).isEqualTo(3);
            }
            assertThat(n1.run("ip fou show").output()).isBlank();
        }
    }
}
