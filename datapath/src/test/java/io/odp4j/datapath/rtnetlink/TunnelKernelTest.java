package io.odp4j.datapath.rtnetlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.odp4j.datapath.fou.FouPort;
import io.odp4j.datapath.fou.FouPorts;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.table.AttributeTable;
import io.odp4j.datapath.netlink.table.Display;
import io.odp4j.datapath.rtnetlink.link.IpTunnelAttributes;
import io.odp4j.datapath.rtnetlink.link.Link;
import io.odp4j.datapath.rtnetlink.link.LinkRequest;
import io.odp4j.datapath.rtnetlink.link.Links;
import io.odp4j.datapath.rtnetlink.route.Route;
import io.odp4j.datapath.rtnetlink.route.RouteRequest;
import io.odp4j.datapath.rtnetlink.route.Routes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tunnels within UDP between two namespaces: this one's end is odp4j's, the other's is ip's. */
@Tag("kernel")
@Tag("every-kernel")
class TunnelKernelTest {
    private static final byte[] HERE = {10, 77, 0, 1};
    private static final byte[] THERE = {10, 77, 0, 2};
    private static final int IPIP = 4;
    private static final int FOU = 1;
    private static final int GUE = 2;

    @BeforeEach
    void joinTwoNamespaces() throws IOException {
        IpTool.run(List.of("modprobe", "-qa", "fou", "ipip"));
        IpTool.batch(
                List.of(
                        "netns add far",
                        "link add near0 type veth peer name far0 netns far",
                        "addr add 10.77.0.1/24 dev near0",
                        "link set near0 up"));
        there("addr add 10.77.0.2/24 dev far0");
        there("link set far0 up");
        there("link set lo up");
    }

    @AfterEach
    void takeThemApart() throws IOException {
        IpTool.batch(List.of("netns del far"));
    }

    private static void there(String command) throws IOException {
        List<String> words = new ArrayList<>(List.of("ip", "-n", "far"));
        words.addAll(List.of(command.split(" ")));
        assertThat(IpTool.run(words).err()).as(command).isEmpty();
    }

    @Test
    void shouldCarryPingsAndTransfersInFouAndGue() throws IOException {
        there("fou add port 5555 ipproto 4");
        there("fou add port 5556 gue");
        try (FouPorts ports = FouPorts.open();
                Links links = Links.open()) {
            ports.add(FouPort.direct(5555, IPIP));
            ports.add(FouPort.gue(5556));
            assertThat(ports.list())
                    .extracting(FouPort::port, FouPort::protocol, FouPort::type)
                    .containsExactlyInAnyOrder(
                            tuple(5555, IPIP, FouPort.DIRECT), tuple(5556, 0, FouPort.GUE));
            List<Map<String, Object>> shown = IpTool.show("fou", "show");
            assertThat(shown)
                    .extracting(p -> p.get("port"))
                    .containsExactlyInAnyOrder(5555L, 5556L);
            assertThatThrownBy(() -> ports.add(FouPort.gue(5556)))
                    .isInstanceOf(NetlinkException.class)
                    .hasMessageStartingWith("fou add failed: E");

            if (IpTool.wrapsInUdp()) {
                tunnel(links, "tfou", FOU, 5555, 1);
                carries(links, "tfou", 1);
                tunnel(links, "tgue", GUE, 5556, 2);
                carries(links, "tgue", 2);
            }
            ports.delete(FouPort.direct(5555, IPIP));
            ports.delete(FouPort.gue(5556));
            assertThat(ports.list()).isEmpty();
            assertThat(IpTool.show("fou", "show")).isEmpty();
        }
    }

    @Test
    void shouldOpenPortsOfEveryKindAsIpDoes() throws IOException {
        IpTool.batch(List.of("addr add fd77::1/64 dev near0 nodad"));
        byte[] six = Display.IPV6.parse("fd77::1");
        byte[] peer6 = Display.IPV6.parse("fd77::2");
        try (FouPorts ports = FouPorts.open();
                Links links = Links.open()) {
            int near = links.find("near0").orElseThrow().index();
            Map<String, FouPort> pairs = new LinkedHashMap<>();
            pairs.put("port 6001 ipproto 4", FouPort.direct(6001, IPIP));
            pairs.put("port 6002 gue", FouPort.gue(6002));
            pairs.put("port 6003 ipproto 41 -6", FouPort.direct(6003, 41).overIpv6());
            pairs.put("port 6004 gue -6", FouPort.gue(6004).overIpv6());
            pairs.put(
                    "port 6005 gue local 10.77.0.1 peer 10.77.0.2 peer_port 99",
                    FouPort.gue(6005).local(HERE).peer(THERE, 99));
            pairs.put(
                    "port 6006 ipproto 41 -6 local fd77::1 peer fd77::2 peer_port 98",
                    FouPort.direct(6006, 41).overIpv6().local(six).peer(peer6, 98));
            pairs.put(
                    "port 6007 gue local 10.77.0.1 dev near0",
                    FouPort.gue(6007).local(HERE).device(near));
            for (String words : pairs.keySet()) {
                List<String> command = new ArrayList<>(List.of("ip", "fou", "add"));
                command.addAll(List.of(words.split(" ")));
                assertThat(IpTool.run(command).err()).as(words).isEmpty();
            }
            List<Map<String, Object>> theirs = IpTool.show("fou", "show");
            assertThat(theirs).hasSameSizeAs(pairs.keySet());
            assertThat(ports.list().stream().map(TunnelKernelTest::likeIp).toList())
                    .containsExactlyInAnyOrderElementsOf(theirs);
            for (FouPort port : pairs.values()) {
                ports.delete(port);
            }
            assertThat(IpTool.show("fou", "show")).isEmpty();
            for (FouPort port : pairs.values()) {
                ports.add(port);
            }
            assertThat(IpTool.show("fou", "show")).containsExactlyInAnyOrderElementsOf(theirs);
            for (FouPort port : ports.list()) {
                ports.delete(port);
            }
            assertThat(ports.list()).isEmpty();
        }
    }

    /** The fields of {@code ip -j fou show}; the one device here is near0. */
    private static Map<String, Object> likeIp(FouPort port) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("port", (long) port.port());
        if (port.type() == FouPort.GUE) {
            fields.put("gue", null);
        } else {
            fields.put("ipproto", (long) port.protocol());
        }
        fields.put("family", port.isIpv6() ? "inet6" : "inet");
        if (port.local() != null) {
            fields.put("local", Display.IP.bytes(port.local()));
        }
        if (port.peer() != null) {
            fields.put("peer", Display.IP.bytes(port.peer()));
        }
        if (port.peerPort() != 0) {
            fields.put("peer_port", (long) port.peerPort());
        }
        if (port.device() != 0) {
            fields.put("dev", "near0");
        }
        return fields;
    }

    private static void tunnel(Links links, String name, int encap, int port, int net)
            throws IOException {
        AttributeTable t = IpTunnelAttributes.TABLE;
        links.add(
                LinkRequest.of("ipip")
                        .name(name)
                        .up()
                        .data(t, IpTunnelAttributes.LOCAL, HERE)
                        .data(t, IpTunnelAttributes.REMOTE, THERE)
                        .data(t, IpTunnelAttributes.PROTO, IPIP)
                        .data(t, IpTunnelAttributes.TTL, 9)
                        .data(t, IpTunnelAttributes.PMTUDISC, 1)
                        .data(t, IpTunnelAttributes.ENCAP_TYPE, encap)
                        .data(t, IpTunnelAttributes.ENCAP_DPORT, port));
        String kind = encap == FOU ? "fou" : "gue";
        there(
                "link add "
                        + name
                        + " type ipip local 10.77.0.2 remote 10.77.0.1 ttl 9 encap "
                        + kind
                        + " encap-sport auto encap-dport "
                        + port);
        there("addr add 10.78." + net + ".2/24 dev " + name);
        there("link set " + name + " up");
        IpTool.batch(List.of("addr add 10.78." + net + ".1/24 dev " + name));
    }

    private static void carries(Links links, String name, int net) throws IOException {
        String far = "10.78." + net + ".2";
        IpTool.Run ping = IpTool.run(List.of("ping", "-n", "-c", "3", "-i", "0.2", "-W", "2", far));
        assertThat(ping.status()).as(ping.out()).isZero();
        IpTool.Run transfer = transfer(far);
        assertThat(transfer.status()).as(transfer.out() + transfer.err()).isZero();
        Link link = links.find(name).orElseThrow();
        assertThat(link.counter("rx_packets")).isGreaterThanOrEqualTo(3);
        links.delete(link.index());
        assertThat(links.find(name)).isEmpty();
        there("link del " + name);
    }

    /** Four megabytes to the other namespace, once its end listens. */
    private static IpTool.Run transfer(String far) throws IOException {
        IpTool.run(List.of("ip", "netns", "exec", "far", "iperf3", "-s", "-1", "-D"));
        List<String> client = List.of("iperf3", "-c", far, "-n", "4M");
        IpTool.Run run = IpTool.run(client);
        for (int i = 0; i < 20 && run.status() != 0; i++) {
            LockSupport.parkNanos(200_000_000L);
            run = IpTool.run(client);
        }
        return run;
    }

    @Test
    void shouldFindAndChangeLinksByAnyName() throws IOException {
        try (Links links = Links.open()) {
            links.add(
                    LinkRequest.of("veth")
                            .name("pa")
                            .mtu(1400)
                            .peer(LinkRequest.change().name("pb")));
            int index = links.find("pa").orElseThrow().index();
            links.addAlternativeName(index, "a-second-name");
            Link found = links.find("a-second-name").orElseThrow();
            assertThat(found.name()).isEqualTo("pa");
            assertThat(found.kind()).isEqualTo("veth");
            assertThat(found.alternativeNames()).containsExactly("a-second-name");
            assertThat(found.lower()).isEqualTo(links.find("pb").orElseThrow().index());
            assertThat(found.isUp()).isFalse();
            links.change(index, LinkRequest.change().up().mtu(1300).name("pc"));
            assertThat(links.find(index).orElseThrow())
                    .satisfies(
                            l -> {
                                assertThat(l.name()).isEqualTo("pc");
                                assertThat(l.mtu()).isEqualTo(1300);
                                assertThat(l.isUp()).isTrue();
                            });
            links.deleteAlternativeName(index, "a-second-name");
            assertThat(links.find("a-second-name")).isEmpty();
            assertThat(links.list()).extracting(Link::name).contains("lo", "pc", "pb");
            links.delete(index);
            assertThat(links.find(index)).isEmpty();
        }
    }

    @Test
    void shouldSayWhichWayAPacketGoes() throws IOException {
        try (Routes routes = Routes.open();
                Links links = Links.open()) {
            int near = links.find("near0").orElseThrow().index();
            byte[] net = {10, 79, 0, 0};
            byte[] host = {10, 79, 5, 6};
            assertThatThrownBy(() -> routes.lookUp(host)).hasMessageContaining("ENETUNREACH");
            routes.add(RouteRequest.to(net, 16).via(THERE).out(near));
            assertThat(routes.lookUp(host))
                    .satisfies(
                            r -> {
                                assertThat(r.gateway()).isEqualTo(THERE);
                                assertThat(r.outInterface()).isEqualTo(near);
                                assertThat(r.preferredSource()).isEqualTo(HERE);
                            });
            routes.replace(RouteRequest.to(net, 16).type(Route.UNREACHABLE));
            List<Route> all = new ArrayList<>();
            assertThat(routes.forEach(all::add)).isTrue();
            assertThat(all)
                    .filteredOn(r -> Arrays.equals(r.destination(), net))
                    .singleElement()
                    .extracting(Route::type, Route::prefixLength, Route::table)
                    .containsExactly(Route.UNREACHABLE, 16, (long) Route.TABLE_MAIN);
            routes.delete(RouteRequest.to(net, 16).type(Route.UNREACHABLE));
            assertThatThrownBy(() -> routes.lookUp(host)).hasMessageContaining("ENETUNREACH");
        }
    }
}
