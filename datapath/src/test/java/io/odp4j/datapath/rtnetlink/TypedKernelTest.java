package io.odp4j.datapath.rtnetlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.odp4j.datapath.netlink.FamilyNotFoundException;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.psample.PsampleEvents;
import io.odp4j.datapath.psample.Sample;
import io.odp4j.datapath.rtnetlink.addr.Address;
import io.odp4j.datapath.rtnetlink.addr.AddressRequest;
import io.odp4j.datapath.rtnetlink.addr.Addresses;
import io.odp4j.datapath.rtnetlink.link.Link;
import io.odp4j.datapath.rtnetlink.link.LinkRequest;
import io.odp4j.datapath.rtnetlink.link.Links;
import io.odp4j.datapath.rtnetlink.neigh.Neighbour;
import io.odp4j.datapath.rtnetlink.neigh.NeighbourRequest;
import io.odp4j.datapath.rtnetlink.neigh.Neighbours;
import io.odp4j.datapath.rtnetlink.nexthop.NextHop;
import io.odp4j.datapath.rtnetlink.nexthop.NextHopRequest;
import io.odp4j.datapath.rtnetlink.nexthop.NextHops;
import io.odp4j.datapath.rtnetlink.rule.Rule;
import io.odp4j.datapath.rtnetlink.rule.RuleRequest;
import io.odp4j.datapath.rtnetlink.rule.Rules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The typed classes of rtnetlink's families, with {@code ip} as the witness. */
@Tag("kernel")
class TypedKernelTest {
    private static final byte[] HERE = {10, 66, 0, 1};
    private static final byte[] THERE = {10, 66, 0, 2};
    private static final byte[] MAC = {2, 0, 0, 0, 0, 9};

    private int index;

    @BeforeEach
    void makeALink() throws NetlinkException {
        try (Links links = Links.open()) {
            links.add(LinkRequest.of("veth").name("ty0").up());
            index = links.find("ty0").orElseThrow().index();
            int other = links.find("ty0").map(Link::lower).orElseThrow();
            links.change(other, LinkRequest.change().up());
        }
        try (Addresses addresses = Addresses.open()) {
            addresses.add(AddressRequest.of(index, HERE, 24));
        }
    }

    @AfterEach
    void deleteIt() throws NetlinkException {
        try (Links links = Links.open()) {
            links.delete(index);
        }
    }

    @Test
    void shouldGiveAndTakeAddresses() throws Exception {
        byte[] six = new byte[16];
        six[0] = (byte) 0xfd;
        six[15] = 6;
        try (Addresses addresses = Addresses.open()) {
            addresses.add(AddressRequest.of(index, six, 64).flags(2).lifetime(900, 600));
            addresses.add(
                    AddressRequest.of(index, THERE, 32).peer(new byte[] {9, 9, 9, 9}).scope(253));
            assertThatThrownBy(() -> addresses.add(AddressRequest.of(index, HERE, 24)))
                    .hasMessageContaining("EEXIST");
            List<Address> all = addresses.list(index);
            assertThat(all)
                    .filteredOn(a -> Arrays.equals(a.address(), six))
                    .singleElement()
                    .satisfies(
                            a -> {
                                assertThat(a.validSeconds()).isBetween(890L, 900L);
                                assertThat(a.prefixLength()).isEqualTo(64);
                                assertThat(a.peer()).isNull();
                            });
            assertThat(all)
                    .filteredOn(a -> Arrays.equals(a.address(), THERE))
                    .singleElement()
                    .satisfies(a -> assertThat(a.peer()).containsExactly(9, 9, 9, 9));
            assertThat(shown("addr", "show", "dev", "ty0"))
                    .contains("fd00::6", "10.66.0.2", "9.9.9.9");
            addresses.delete(AddressRequest.of(index, six, 64));
            assertThat(addresses.list(index)).noneMatch(a -> Arrays.equals(a.address(), six));
            assertThatThrownBy(() -> addresses.delete(AddressRequest.of(index, six, 64)))
                    .hasMessageContaining("EADDRNOTAVAIL");
        }
    }

    private static String shown(String... words) throws Exception {
        return IpTool.show(words).toString();
    }

    @Test
    void shouldMakeNextHopsOfEveryKindAndGroupsOfThem() throws Exception {
        try (NextHops hops = NextHops.open()) {
            hops.add(NextHopRequest.to(1, THERE, index));
            hops.add(NextHopRequest.to(2, new byte[] {10, 66, 0, 3}, index));
            hops.add(NextHopRequest.blackhole(3, false));
            hops.add(NextHopRequest.forwarding(4, THERE));
            hops.add(NextHopRequest.onLink(5, index));
            hops.add(NextHopRequest.group(10).member(1, 3).member(2, 1));
            hops.add(NextHopRequest.group(11).member(1, 1).member(2, 1).resilient(16).timers(5, 0));
            assertThat(hops.list()).extracting(NextHop::id).contains(1, 2, 3, 4, 5, 10, 11);
            assertThat(hops.find(10).orElseThrow().members())
                    .containsExactly(new NextHop.Member(1, 3), new NextHop.Member(2, 1));
            assertThat(hops.find(3).orElseThrow().isBlackhole()).isTrue();
            assertThat(hops.find(4).orElseThrow().isForwarding()).isTrue();
            NextHop resilient = hops.find(11).orElseThrow();
            assertThat(resilient.groupType()).isEqualTo(NextHop.RESILIENT);
            assertThat(resilient.buckets()).isEqualTo(16);
            assertThat(hops.buckets(11)).hasSize(16);
            assertThat(hops.listGroups()).extracting(NextHop::id).containsExactly(10, 11);
            assertThat(shown("nexthop", "show", "id", "10")).contains("weight=3");
            hops.replace(NextHopRequest.group(10).member(2, 200));
            assertThat(shown("nexthop", "show", "id", "10")).contains("weight=200");
            for (int id : new int[] {10, 11, 1, 2, 3, 4, 5}) {
                hops.delete(id);
                assertThat(hops.find(id)).isEmpty();
            }
        }
    }

    @Test
    void shouldKeepNeighboursAndForwardingEntries() throws Exception {
        try (Neighbours neighbours = Neighbours.open();
                Links links = Links.open()) {
            neighbours.add(NeighbourRequest.of(index, THERE).at(MAC));
            assertThat(neighbours.find(index, THERE).orElseThrow())
                    .satisfies(
                            n -> {
                                assertThat(n.linkLayerAddress()).isEqualTo(MAC);
                                assertThat(n.state()).isEqualTo(Neighbour.PERMANENT);
                                assertThat(n.isValid()).isTrue();
                            });
            assertThat(shown("neigh", "show", "dev", "ty0")).contains("02:00:00:00:00:09");
            neighbours.delete(NeighbourRequest.of(index, THERE));
            neighbours.resolve(index, THERE);
            assertThat(neighbours.find(index, THERE).orElseThrow().state())
                    .isEqualTo(Neighbour.INCOMPLETE);

            links.add(LinkRequest.of("bridge").name("tybr").up());
            int bridge = links.find("tybr").orElseThrow().index();
            links.change(index, LinkRequest.change().master(bridge));
            neighbours.add(NeighbourRequest.bridged(index, MAC));
            assertThat(neighbours.listForwarding())
                    .filteredOn(n -> Arrays.equals(n.linkLayerAddress(), MAC))
                    .isNotEmpty()
                    .allSatisfy(n -> assertThat(n.master()).isEqualTo(bridge));
            neighbours.delete(NeighbourRequest.bridged(index, MAC));
            links.delete(bridge);
        }
    }

    @Test
    void shouldMakeRules() throws Exception {
        byte[] net = {10, 66, 7, 0};
        try (Rules rules = Rules.open()) {
            RuleRequest request = RuleRequest.ipv4(777).from(net, 24).mark(4, 0xff).table(1000);
            rules.add(request);
            assertThat(rules.list())
                    .filteredOn(r -> r.priority() == 777)
                    .singleElement()
                    .satisfies(
                            r -> {
                                assertThat(r.table()).isEqualTo(1000);
                                assertThat(r.source()).isEqualTo(net);
                                assertThat(r.sourceLength()).isEqualTo(24);
                                assertThat(r.mark()).isEqualTo(4);
                                assertThat(r.action()).isEqualTo(Rule.TO_TABLE);
                            });
            assertThat(shown("rule", "show")).contains("src=10.66.7.0");
            rules.delete(request);
            assertThat(rules.list()).noneMatch(r -> r.priority() == 777);
        }
    }

    @Test
    void shouldReceiveSampledPackets() throws Exception {
        IpTool.run(List.of("modprobe", "-qa", "psample", "act_sample", "cls_matchall"));
        IpTool.run(List.of("tc", "qdisc", "add", "dev", "ty0", "clsact"));
        IpTool.Run filter =
                IpTool.run(
                        List.of(
                                ("tc filter add dev ty0 egress matchall action sample rate 1"
                                                + " group 5 trunc 40")
                                        .split(" ")));
        assumeTrue(filter.status() == 0, "this kernel has no sample action");
        List<Sample> samples = new ArrayList<>();
        try (PsampleEvents events = PsampleEvents.open();
                Neighbours neighbours = Neighbours.open()) {
            neighbours.replace(NeighbourRequest.of(index, THERE).at(MAC));
            IpTool.run(List.of("ping", "-c", "2", "-i", "0.2", "-W", "1", "10.66.0.2"));
            events.poll(samples::add);
        } catch (FamilyNotFoundException e) {
            assumeTrue(false, e.getMessage());
        }
        assertThat(samples)
                .filteredOn(s -> s.originalLength() == 98)
                .hasSizeGreaterThanOrEqualTo(2)
                .allSatisfy(
                        s -> {
                            assertThat(s.group()).isEqualTo(5);
                            assertThat(s.data()).hasSize(40).startsWith(MAC);
                            assertThat(s.probability()).isEqualTo(1);
                        });
    }

    @Test
    void shouldSayInOneLineWhatTheKernelRefuses() throws Exception {
        Map<String, ThrowingCallable> refusals =
                Map.of(
                        "link new ty0 failed: EEXIST (File exists)",
                        () -> {
                            try (Links links = Links.open()) {
                                links.add(LinkRequest.of("dummy").name("ty0"));
                            }
                        },
                        "addr new failed: ENODEV (No such device)",
                        () -> {
                            try (Addresses addresses = Addresses.open()) {
                                addresses.add(AddressRequest.of(999_999, HERE, 24));
                            }
                        },
                        "nexthop del failed: ENOENT (No such file or directory)",
                        () -> {
                            try (NextHops hops = NextHops.open()) {
                                hops.delete(4711);
                            }
                        },
                        "rule del failed: ENOENT (No such file or directory)",
                        () -> {
                            try (Rules rules = Rules.open()) {
                                rules.delete(RuleRequest.ipv4(4711).table(5));
                            }
                        });
        refusals.forEach(
                (message, body) ->
                        assertThatThrownBy(body)
                                .isInstanceOf(NetlinkException.class)
                                .message()
                                .startsWith(message)
                                .doesNotContain("\n"));
    }
}
