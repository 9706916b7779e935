package io.odp4j.datapath.rtnetlink;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.odp4j.datapath.netlink.family.FamilyClient;
import io.odp4j.datapath.netlink.family.FamilySpec;
import io.odp4j.datapath.netlink.family.OperationSpec;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.rtnetlink.ip.IpJson;
import io.odp4j.datapath.rtnetlink.ip.IpNames;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whatever stands in a machine, odp4j's JSON has the objects, fields, types and values that {@code
 * ip -j -d} writes, and no others.
 */
@Tag("kernel")
class IpJsonKernelTest {
    private static final int TRIES = 20;

    /** What runs while one asks after the other. */
    private static final Set<String> RUNNING =
            Set.of(
                    "hello_timer",
                    "tcn_timer",
                    "topology_change_timer",
                    "gc_timer",
                    "hold_timer",
                    "message_age_timer",
                    "forward_delay_timer",
                    "expires",
                    "unbalanced_time",
                    "valid_life_time",
                    "preferred_life_time");

    @BeforeEach
    void makeAMachine() throws IOException {
        IpTool.run(List.of("modprobe", "-qa", "bonding", "mpls_router", "mpls_iptunnel", "tun"));
        IpTool.batch(
                List.of(
                        "netns add jq",
                        "link add base type dummy",
                        "link set base up",
                        "addr add 10.99.0.1/24 dev base",
                        "addr add fd99::1/64 dev base nodad",
                        "link add jbr type bridge"));
    }

    @AfterEach
    void takeItAway() throws IOException {
        IpTool.errors(List.of("nexthop flush", "rule flush", "-6 rule flush"));
        IpTool.errors(
                List.of(
                        "rule add priority 32766 table main",
                        "rule add priority 32767 table default",
                        "rule add priority 0 table local",
                        "-6 rule add priority 32766 table main",
                        "-6 rule add priority 0 table local"));
        for (Map<String, Object> link : IpTool.show("link", "show")) {
            IpTool.run(List.of("ip", "link", "del", (String) link.get("ifname")));
        }
        IpTool.batch(List.of("netns del jq"));
    }

    @Test
    void shouldWriteLinksOfEveryKindAndState() throws IOException {
        IpTool.batch(
                List.of(
                        "link add jp1 type dummy",
                        "link set jp1 master jbr",
                        "link set jp1 up",
                        "link set jp1 type bridge_slave hairpin on guard on root_block on"
                                + " fastleave on learning off flood off cost 7 priority 5"
                                + " mcast_flood off bcast_flood off mcast_to_unicast on"
                                + " neigh_suppress on group_fwd_mask 0x400c vlan_tunnel on"
                                + " isolated on locked on mcast_router 2 proxy_arp on"
                                + " proxy_arp_wifi on",
                        "link add jp2 type dummy",
                        "link set jp2 master jbr",
                        "link set jp1 type bridge_slave backup_port jp2",
                        "link set jbr up",
                        "link add bo0 type bond mode 802.3ad miimon 100 lacp_rate fast",
                        "link set bo0 up",
                        "link add bop type dummy",
                        "link set bop master bo0",
                        "link add bo1 type bond mode active-backup arp_interval 1000"
                                + " arp_ip_target 10.0.0.1,10.0.0.2 arp_validate all"
                                + " fail_over_mac active",
                        "link add bo1p type dummy",
                        "link set bo1p master bo1",
                        "link set bo1 type bond primary bo1p",
                        "link add jvrf type vrf table 77",
                        "link add jvp type dummy",
                        "link set jvp master jvrf",
                        "tuntap add jtun mode tun user 1 group 2",
                        "tuntap add jtap mode tap multi_queue pi vnet_hdr",
                        "tuntap add jtap2 mode tap user 4711",
                        "link add jmv link base type macvlan mode source",
                        "link set jmv type macvlan macaddr add 02:00:00:00:00:01",
                        "link set jmv type macvlan macaddr add 02:00:00:00:00:02",
                        "link add jd type dummy",
                        "link set jd group 7 alias some-words",
                        "link property add dev jd altname second altname third",
                        "link set jd addrgenmode none",
                        "link add jd2 type dummy",
                        "link set jd2 promisc on allmulticast on arp off up mode dormant",
                        "link add jv0 type veth peer name jv1 netns jq",
                        "link add jvl link base type vlan id 33 reorder_hdr off",
                        "link add jgx type gre external",
                        "link add jvti type vti local 10.0.0.1 remote 10.1.0.1 ikey 5 okey 6",
                        "link add jvti6 type vti6 local fd00::1 remote fd00::2 key 5"));
        if (IpTool.wrapsInUdp()) {
            IpTool.batch(
                    List.of(
                            "link add jf0 type ipip remote 10.2.0.4 encap fou encap-sport 99"
                                    + " encap-dport 5556 encap-csum",
                            "link add jf1 type sit remote 10.2.0.5 encap gue encap-sport auto"
                                    + " encap-dport 5556 encap-csum6 encap-remcsum",
                            "link add jf2 type gre remote 10.2.0.5 encap fou encap-sport auto"
                                    + " encap-dport 5556",
                            "link add jf3 type ip6tnl remote fd00::66 encap gue encap-sport auto"
                                    + " encap-dport 5556"));
        }
        same(RtnetlinkFamilies.LINK, 0, "link", "show");
    }

    @Test
    void shouldWriteAddresses() throws IOException {
        IpTool.batch(
                List.of(
                        "addr add 10.50.1.1/24 dev base",
                        "addr add 10.50.1.2/24 dev base",
                        "addr add fd50::1/64 dev base mngtmpaddr home",
                        "addr add fd54::1/64 dev base preferred_lft 0",
                        "addr add 10.50.3.1 peer 10.50.3.2/32 broadcast 10.50.3.3 dev base"));
        same(RtnetlinkFamilies.ADDRESS, 0, "addr", "show");
    }

    @Test
    void shouldWriteRoutesAndNextHops() throws IOException {
        IpTool.batch(
                List.of(
                        "route add default via 10.99.0.8",
                        "-6 route add default via fd99::7 dev base",
                        "route add 10.200.0.0/16 encap mpls 100/200 via 10.99.0.9 dev base",
                        "route add 10.201.0.0/16 encap ip id 5 src 10.0.0.1 dst 10.0.0.9 ttl 7"
                                + " tos 4 key csum seq dev base",
                        "route add 10.202.0.0/16 encap ip id 5 dst 10.0.0.9 geneve_opts"
                                + " 1:2:0a0b0c0d dev base",
                        "-6 route add fd62::/64 encap ip6 id 7 src fd00::1 dst fd00::2 hoplimit 3"
                                + " tc 5 dev base",
                        "route add 10.203.0.0/16 nexthop encap ip id 5 dst 10.0.0.9 dev base"
                                + " weight 2 nexthop via 10.99.0.8 dev base",
                        "route add 10.204.0.0/16 via 10.99.0.8 realm 5/6",
                        "route add 10.205.0.0/16 via 10.99.0.8 rtt 100 rttvar 20ms ssthresh 5"
                                + " cwnd lock 9",
                        "-6 route add fd64::/64 from fd99::/64 via fd99::7 dev base",
                        "-6 route add blackhole fd65::/64",
                        "-6 route add fd66::1 via fd99::7 dev base",
                        "route add multicast 224.1.0.0/16 dev base",
                        "route add 10.208.0.0/16 tos 8 via 10.99.0.8",
                        "nexthop add id 1 encap ip id 5 dst 10.0.0.9 dev base",
                        "nexthop add id 2 via 10.99.0.9 fdb",
                        "nexthop add id 3 group 2 fdb",
                        "nexthop add id 4 encap mpls 16 via 10.99.0.9 dev base",
                        "nexthop add id 5 via 10.99.0.9 dev base",
                        "nexthop add id 6 group 5,3 type resilient buckets 8 idle_timer 60",
                        "route add 10.209.0.0/16 nhid 5",
                        "route add 10.210.0.0/16 nhid 6",
                        "-6 nexthop add id 7 blackhole",
                        "-6 route add fd67::/64 nhid 7"));
        same(RtnetlinkFamilies.ROUTE, 0, "route", "show", "table", "all");
        same(RtnetlinkFamilies.NEXT_HOP, 0, "nexthop", "show");
    }

    @Test
    void shouldWriteRules() throws IOException {
        IpTool.batch(
                List.of(
                        "rule add from 10.0.0.0/8 table 100 realms 3/4",
                        "rule add fwmark 0x5 table 100",
                        "rule add iif nosuch oif nosuch2 table 100",
                        "rule add suppress_ifgroup 7 table main",
                        "rule add ipproto 254 table main",
                        "rule add ipproto icmp table main",
                        "rule add l3mdev",
                        "rule add dsfield 0x10 table main",
                        "rule add goto 32766 priority 5"));
        same(RtnetlinkFamilies.RULE, 2, "rule", "show");
        same(RtnetlinkFamilies.RULE, 10, "-6", "rule", "show");
    }

    @Test
    void shouldWriteNeighboursAndForwardingEntries() throws IOException {
        IpTool.batch(
                List.of(
                        "neigh add 10.99.0.79 dev base lladdr 02:00:00:00:00:01 managed",
                        "neigh add 10.99.0.80 dev base nud failed",
                        "neigh add 10.99.0.84 dev base lladdr 02:00:00:00:00:01 router",
                        "nexthop add id 2 via 10.99.0.9 fdb",
                        "nexthop add id 3 group 2 fdb",
                        "link add jvx type vxlan id 5 dstport 7005 remote 10.0.0.5",
                        "link add jp1 type dummy",
                        "link set jp1 master jbr"));
        for (String entry :
                List.of(
                        "02:00:00:00:00:01 dev jp1 master static",
                        "02:00:00:00:00:07 dev jp1 master extern_learn",
                        "02:00:00:00:00:06 dev jp1 self",
                        "02:00:00:00:00:03 dev jp1 master static sticky",
                        "02:00:00:00:00:04 dev jvx dst 10.0.0.9 port 99 vni 8 via base",
                        "02:00:00:00:00:05 dev jvx nhid 3")) {
            bridge("fdb add " + entry);
        }
        bridge("fdb append 02:00:00:00:00:04 dev jvx dst 10.0.0.10");
        same(RtnetlinkFamilies.NEIGHBOUR, 0, "neigh", "show", "nud", "all");
        List<Map<String, Object>> shown =
                IpTool.objects(List.of("bridge", "-j", "-d", "fdb", "show"));
        assertThat(shown).hasSizeGreaterThan(8);
        assertThat(ours(RtnetlinkFamilies.NEIGHBOUR, 7))
                .containsExactlyInAnyOrderElementsOf(still(shown));
    }

    private static void bridge(String words) throws IOException {
        List<String> command = new ArrayList<>(List.of("bridge"));
        command.addAll(List.of(words.split(" ")));
        IpTool.Run run = IpTool.run(command);
        assertThat(run.err()).as(words).isEmpty();
    }

    private static void same(FamilySpec family, int addressFamily, String... words)
            throws IOException {
        List<Map<String, Object>> theirs = still(flat(family, IpTool.show(words)));
        List<Map<String, Object>> ours = ours(family, addressFamily);
        for (int i = 0; i < TRIES && !Set.copyOf(ours).equals(Set.copyOf(theirs)); i++) {
            // Something happened between the two: a bond's ports came up, an address was tried.
            LockSupport.parkNanos(250_000_000);
            theirs = still(flat(family, IpTool.show(words)));
            ours = ours(family, addressFamily);
        }
        List<Map<String, Object>> onlyOurs = new ArrayList<>(ours);
        theirs.forEach(onlyOurs::remove);
        List<Map<String, Object>> onlyTheirs = new ArrayList<>(theirs);
        ours.forEach(onlyTheirs::remove);
        assertThat(onlyOurs).as("what ip writes is " + onlyTheirs).isEmpty();
        assertThat(onlyTheirs).isEmpty();
        assertThat(ours).hasSameSizeAs(theirs).isNotEmpty();
    }

    /** {@code ip} puts addresses below their link; odp4j says the link with each. */
    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> flat(
            FamilySpec family, List<Map<String, Object>> shown) {
        if (family != RtnetlinkFamilies.ADDRESS) {
            return shown;
        }
        List<Map<String, Object>> all = new ArrayList<>();
        for (Map<String, Object> link : shown) {
            for (Map<String, Object> address : (List<Map<String, Object>>) link.get("addr_info")) {
                address.put("dev", link.get("ifname"));
                all.add(address);
            }
        }
        return all;
    }

    private static List<Map<String, Object>> ours(FamilySpec family, int addressFamily)
            throws IOException {
        IpNames names = IpNames.read().withNextHops();
        List<Map<String, Object>> all = new ArrayList<>();
        try (FamilyClient client = FamilyClient.open(family)) {
            OperationSpec get = client.operation("get");
            AttributeList filter = new AttributeList(get.table());
            String field = get.table().header().fields().get(0).name();
            for (AttributeList object : client.list(get, filter.header(field, addressFamily))) {
                StringWriter text = new StringWriter();
                try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
                    json.enable(JsonGenerator.Feature.STRICT_DUPLICATE_DETECTION);
                    IpJson.write(family, object, names, json);
                }
                Map<String, Object> one = IpTool.object(text.toString());
                all.add(likeIp(one));
            }
        }
        return still(all);
    }

    /** Where ip writes a field twice, whoever reads it keeps the second. */
    static Map<String, Object> likeIp(Map<String, Object> ours) {
        for (String twice : List.of("dst", "id")) {
            if (ours.containsKey("encap_" + twice)) {
                ours.put(twice, ours.remove("encap_" + twice));
            }
        }
        return ours;
    }

    private static List<Map<String, Object>> still(List<Map<String, Object>> objects) {
        objects.forEach(IpJsonKernelTest::still);
        return objects.stream().map(o -> (Map<String, Object>) new TreeMap<>(o)).toList();
    }

    private static void still(Object value) {
        if (value instanceof Map<?, ?> map) {
            map.keySet().removeAll(RUNNING);
            map.values().forEach(IpJsonKernelTest::still);
        } else if (value instanceof List<?> list) {
            list.forEach(IpJsonKernelTest::still);
        }
    }
}
