package io.odp4j.datapath.rtnetlink;

import java.util.ArrayList;
import java.util.List;

/**
 * Objects as {@code ip} makes them and as fields of the tables say them. {@code %b} in fields is
 * the interface index of the link {@code base}.
 */
final class ObjectCases {
    /**
     * One object.
     *
     * @param key what finds it in the output of {@code ip -j}: name, prefix, id or priority
     * @param ip words behind {@code ip link add} and so on
     * @param fields fields of the request, separated by blanks
     */
    record Case(String key, String ip, String fields) {}

    private ObjectCases() {}

    static List<Case> links() {
        Links l = new Links();
        l.add("type dummy", "kind=dummy");
        l.add("mtu 1400 type dummy", "mtu=1400 kind=dummy");
        l.add("txqueuelen 77 type dummy", "txqlen=77 kind=dummy");
        l.add("address 02:00:00:00:00:09 type dummy", "address=02:00:00:00:00:09 kind=dummy");
        l.add("group 5 type dummy", "group=5 kind=dummy");
        l.add("numtxqueues 4 type dummy", "num_tx_queues=4 kind=dummy");
        l.add("master brx type dummy", "master=%x kind=dummy");
        l.add("type ifb", "kind=ifb");
        l.add("txqueuelen 9 type ifb", "txqlen=9 kind=ifb");
        l.add("type veth peer name NAMEp", "kind=veth data.peer.ifname=NAMEp");
        l.add(
                "mtu 1300 type veth peer name NAMEp mtu 1200 address 02:00:00:00:00:0a",
                "mtu=1300 kind=veth data.peer.ifname=NAMEp data.peer.mtu=1200"
                        + " data.peer.address=02:00:00:00:00:0a");
        l.add("link base type vlan id 5", "link=%b kind=vlan data.id=5");
        l.add(
                "link base type vlan id 6 protocol 802.1ad",
                "link=%b kind=vlan data.id=6 data.protocol=8021AD");
        l.add(
                "link base type vlan id 7 gvrp on mvrp on",
                "link=%b kind=vlan data.id=7 data.flags.flags=gvrp|mvrp data.flags.mask=0xa");
        l.add(
                "link base type vlan id 8 reorder_hdr off loose_binding on",
                "link=%b kind=vlan data.id=8 data.flags.flags=loose_binding data.flags.mask=0x5");
        l.add(
                "link base type vlan id 9 egress-qos-map 1:2 3:4 ingress-qos-map 5:6",
                "link=%b kind=vlan data.id=9"
                        + " data.egress_qos={\"mapping\":[{\"from\":1,\"to\":2},{\"from\":3,\"to\":4}]}"
                        + " data.ingress_qos={\"mapping\":[{\"from\":5,\"to\":6}]}");
        vxlan(l);
        geneve(l);
        tunnels(l);
        bridges(l);
        for (String mode : List.of("private", "vepa", "bridge", "source")) {
            l.add("link base type macvlan mode " + mode, "link=%b kind=macvlan data.mode=" + mode);
        }
        l.add(
                "link base2 type macvlan mode passthru nopromisc",
                "link=%c kind=macvlan data.mode=passthru data.flags=nopromisc");
        for (String mode : List.of("l2", "l3", "l3s")) {
            // A device's modes are one, so each has a device of its own.
            l.add(
                    "link iv" + mode + " type ipvlan mode " + mode + " private",
                    "link=%" + mode + "; kind=ipvlan data.mode=" + mode + " data.flags=private");
        }
        l.add("type vrf table 77", "kind=vrf data.table=77");
        l.add("type vrf table 70000", "kind=vrf data.table=70000");
        return l.cases;
    }

    private static void vxlan(Links l) {
        String[][] options = {
            {"remote 10.0.0.2", "group=10.0.0.2"},
            {"remote 10.0.0.2 local 10.0.0.1", "group=10.0.0.2 local=10.0.0.1"},
            {"remote fd00::2", "group6=fd00::2"},
            {"remote fd00::2 local fd00::1", "group6=fd00::2 local6=fd00::1"},
            {"group 239.1.1.1 dev base", "group=239.1.1.1 link=%b"},
            {"ttl 64 tos 4", "ttl=64 tos=4"},
            {"ttl inherit", "ttl_inherit"},
            {"tos inherit", "tos=1"},
            {"nolearning", "learning=0"},
            {"ageing 77 maxaddress 5", "ageing=77 limit=5"},
            {"proxy rsc l2miss l3miss", "proxy=1 rsc=1 l2miss=1 l3miss=1"},
            {"udpcsum", "udp_csum=1"},
            {"noudpcsum", "udp_csum=0"},
            {"udp6zerocsumtx udp6zerocsumrx", "udp_zero_csum6_tx=1 udp_zero_csum6_rx=1"},
            {"remcsumtx remcsumrx", "remcsum_tx=1 remcsum_rx=1"},
            {"gbp", "gbp"},
            {"gpe external", "gpe collect_metadata=1 learning=0"},
            {"df set", "df=set"},
            {"df inherit", "df=inherit"},
            {"srcport 5000 6000", "port_range.low=5000 port_range.high=6000"},
        };
        int n = 0;
        for (String[] o : options) {
            n++;
            boolean external = o[0].contains("external");
            l.add(
                    "type vxlan "
                            + (external ? "" : "id " + n + " ")
                            + o[0]
                            + " dstport "
                            + (6000 + n),
                    "kind=vxlan "
                            + (external ? "" : "data.id=" + n + " ")
                            + data(o[1])
                            + " data.port="
                            + (6000 + n));
        }
    }

    private static void geneve(Links l) {
        String[][] options = {
            {"remote 10.0.0.2", "remote=10.0.0.2"},
            {"remote fd00::2", "remote6=fd00::2"},
            {"remote 10.0.0.2 ttl 5 tos 8", "remote=10.0.0.2 ttl=5 tos=8"},
            {"remote 10.0.0.2 ttl inherit", "remote=10.0.0.2 ttl_inherit=1"},
            {"remote 10.0.0.2 df set", "remote=10.0.0.2 df=set"},
            {"remote 10.0.0.2 udpcsum", "remote=10.0.0.2 udp_csum=1"},
            {"remote fd00::2 flowlabel 0x12345", "remote6=fd00::2 label=0x12345"},
            {"remote fd00::3 udp6zerocsumtx", "remote6=fd00::3 udp_zero_csum6_tx=1"},
        };
        int n = 0;
        for (String[] o : options) {
            n++;
            l.add(
                    "type geneve id " + n + " " + o[0] + " dstport " + (6100 + n),
                    "kind=geneve data.id=" + n + " " + data(o[1]) + " data.port=" + (6100 + n));
        }
        l.add(
                "type geneve external dstport 6199",
                "kind=geneve data.collect_metadata data.port=6199");
    }

    private static void tunnels(Links l) {
        for (String kind : List.of("gre", "gretap")) {
            String k = "kind=" + kind + " data.pmtudisc=1 ";
            String t = "type " + kind + " ";
            l.add(t + "remote 10.1.0.1", k + "data.remote=10.1.0.1");
            l.add(
                    t + "local 10.0.0.1 remote 10.1.0.2 key 5 ttl 64",
                    k
                            + "data.local=10.0.0.1 data.remote=10.1.0.2 data.iflags=key data.oflags=key"
                            + " data.ikey=5 data.okey=5 data.ttl=64");
            l.add(
                    t + "remote 10.1.0.3 ikey 6 okey 1.2.3.4 csum seq tos 4",
                    k
                            + "data.remote=10.1.0.3 data.iflags=key|csum|seq data.oflags=key|csum|seq"
                            + " data.ikey=6 data.okey=0x01020304 data.tos=4");
            l.add(
                    t + "remote 10.1.0.4 nopmtudisc ignore-df",
                    "kind=" + kind + " data.remote=10.1.0.4 data.pmtudisc=0 data.ignore_df=1");
            l.add(t + "remote 10.1.0.5 fwmark 7", k + "data.remote=10.1.0.5 data.fwmark=7");
            l.add(t + "remote 10.1.0.6 dev base", k + "data.remote=10.1.0.6 data.link=%b");
            l.add(
                    t + "remote 10.1.0.7 encap gue encap-sport auto encap-dport 7777 encap-csum",
                    k
                            + "data.remote=10.1.0.7 data.encap_type=gue data.encap_dport=7777"
                            + " data.encap_flags=csum");
        }
        l.add("type gretap external", "kind=gretap data.collect_metadata data.pmtudisc=1");
        for (String kind : List.of("ip6gre", "ip6gretap")) {
            String k = "kind=" + kind + " data.encap_limit=4 ";
            String t = "type " + kind + " ";
            l.add(
                    t + "local fd00::1 remote fd00::2",
                    k + "data.ttl=64 data.local=fd00::1 data.remote=fd00::2");
            l.add(
                    t + "remote fd00::3 hoplimit 9 key 8",
                    k
                            + "data.ttl=9 data.remote=fd00::3 data.iflags=key data.oflags=key"
                            + " data.ikey=8 data.okey=8");
        }
        String ipip = "kind=ipip data.pmtudisc=1 data.proto=0 ";
        l.add("type ipip remote 10.2.0.1", ipip + "data.remote=10.2.0.1");
        l.add(
                "type ipip local 10.0.0.1 remote 10.2.0.2 ttl 9 tos 4",
                ipip + "data.local=10.0.0.1 data.remote=10.2.0.2 data.ttl=9 data.tos=4");
        l.add(
                "type ipip remote 10.2.0.3 encap fou encap-sport auto encap-dport 5555",
                ipip + "data.remote=10.2.0.3 data.encap_type=fou data.encap_dport=5555");
        l.add(
                "type ipip remote 10.2.0.4 encap gue encap-sport 99 encap-dport 5556 encap-remcsum",
                ipip
                        + "data.remote=10.2.0.4 data.encap_type=gue data.encap_sport=99"
                        + " data.encap_dport=5556 data.encap_flags=remcsum");
        l.add(
                "type ipip mode ipip remote 10.2.0.5",
                "kind=ipip data.pmtudisc=1 data.proto=4 data.remote=10.2.0.5");
        l.add("type ipip external", ipip + "data.collect_metadata");
        String sit = "kind=sit data.pmtudisc=1 data.proto=0 data.ttl=0 ";
        l.add("type sit remote 10.3.0.1", sit + "data.remote=10.3.0.1");
        l.add(
                "type sit remote 10.3.0.2 encap fou encap-dport 5557",
                sit + "data.remote=10.3.0.2 data.encap_type=fou data.encap_dport=5557");
        l.add("type sit local 10.0.0.1 isatap", sit + "data.local=10.0.0.1 data.flags=1");
        String ip6 = "kind=ip6tnl data.encap_limit=4 data.ttl=64 ";
        l.add(
                "type ip6tnl local fd00::1 remote fd00::5",
                ip6 + "data.local=fd00::1 data.remote=fd00::5");
        l.add("type ip6tnl mode ip6ip6 remote fd00::6", ip6 + "data.proto=41 data.remote=fd00::6");
        l.add("type ip6tnl mode ipip6 remote fd00::7", ip6 + "data.proto=4 data.remote=fd00::7");
    }

    private static void bridges(Links l) {
        l.add("type bridge", "kind=bridge");
        String[][] options = {
            {"vlan_filtering 1", "vlan_filtering=1"},
            {"vlan_protocol 802.1ad", "vlan_protocol=8021AD"},
            {"vlan_default_pvid 5", "vlan_default_pvid=5"},
            {"stp_state 1", "stp_state=1"},
            {"priority 999", "priority=999"},
            {
                "forward_delay 400 hello_time 300 max_age 700",
                "forward_delay=400 hello_time=300 max_age=700"
            },
            {"ageing_time 1000", "ageing_time=1000"},
            {"group_fwd_mask 8", "group_fwd_mask=8"},
            {"group_address 01:80:c2:00:00:05", "group_addr=01:80:c2:00:00:05"},
            {"mcast_snooping 0", "mcast_snooping=0"},
            {"mcast_router 2 mcast_querier 1", "mcast_router=2 mcast_querier=1"},
            {"mcast_hash_max 512", "mcast_hash_max=512"},
            {"mcast_last_member_count 4", "mcast_last_member_cnt=4"},
            {"mcast_query_interval 9000", "mcast_query_intvl=9000"},
            {
                "mcast_igmp_version 3 mcast_mld_version 2",
                "mcast_igmp_version=3 mcast_mld_version=2"
            },
            {
                "mcast_stats_enabled 1 vlan_stats_enabled 1",
                "mcast_stats_enabled=1 vlan_stats_enabled=1"
            },
            {"no_linklocal_learn 1", "multi_boolopt.optval=1 multi_boolopt.optmask=1"},
        };
        for (String[] o : options) {
            l.add("type bridge " + o[0], "kind=bridge " + data(o[1]));
        }
    }

    private static String data(String fields) {
        return fields.replaceAll("(^| )(?=\\S)", "$1data.");
    }

    private static final class Links {
        private final List<Case> cases = new ArrayList<>();

        /** Fields {@code kind} and {@code data} are those of LINKINFO. */
        void add(String ip, String fields) {
            if (ip.contains(" encap ") && !IpTool.wrapsInUdp()) {
                return;
            }
            String name = "t" + cases.size();
            String all =
                    fields.replaceAll("(^| )kind=", "$1linkinfo.kind=")
                            .replaceAll("(^| )data\\.", "$1linkinfo.data.");
            int link = ip.startsWith("link ") ? ip.indexOf(' ', 5) + 1 : 0;
            cases.add(
                    new Case(
                            name,
                            (ip.substring(0, link) + "name " + name + " " + ip.substring(link))
                                    .replace("NAME", name),
                            "ifname=" + name + " " + all.replace("NAME", name)));
        }
    }

    static List<Case> addresses() {
        List<Case> c = new ArrayList<>();
        String four = "ifa_family=inet ifa_index=%b ";
        String six = "ifa_family=inet6 ifa_index=%b ";
        String[][] cases = {
            {"10.20.0.1/24 dev base", four + "ifa_prefixlen=24 local=A address=A"},
            {
                "10.20.1.1/24 brd + dev base",
                four + "ifa_prefixlen=24 local=A address=A broadcast=10.20.1.255"
            },
            {
                "10.20.2.1/24 brd 10.20.2.77 dev base",
                four + "ifa_prefixlen=24 local=A address=A broadcast=10.20.2.77"
            },
            {
                "10.20.3.1/24 label base:x dev base",
                four + "ifa_prefixlen=24 local=A address=A label=base:x"
            },
            {
                "10.20.4.1 peer 10.20.4.2/32 dev base",
                four + "ifa_prefixlen=32 local=A address=10.20.4.2"
            },
            {
                "10.20.5.1/16 scope link dev base",
                four + "ifa_prefixlen=16 ifa_scope=link local=A address=A"
            },
            {
                "10.20.6.1/24 scope host dev base",
                four + "ifa_prefixlen=24 ifa_scope=host local=A address=A"
            },
            {
                "10.20.7.1/24 metric 50 dev base",
                four + "ifa_prefixlen=24 local=A address=A rt_priority=50"
            },
            {
                "10.20.8.1/24 noprefixroute dev base",
                four + "ifa_prefixlen=24 local=A address=A flags=noprefixroute"
            },
            {
                "10.20.9.1/24 valid_lft 1000 preferred_lft 500 dev base",
                four
                        + "ifa_prefixlen=24 local=A address=A cacheinfo.ifa_valid=1000"
                        + " cacheinfo.ifa_prefered=500"
            },
            {"fd20::1/64 dev base", six + "ifa_prefixlen=64 local=A address=A"},
            {"fd20::2/64 nodad dev base", six + "ifa_prefixlen=64 local=A address=A flags=nodad"},
            {
                "fd20:1::1/64 metric 77 nodad dev base",
                six + "ifa_prefixlen=64 local=A address=A rt_priority=77 flags=nodad"
            },
            {
                "fd20:2::1/64 noprefixroute nodad dev base",
                six + "ifa_prefixlen=64 local=A address=A flags=nodad|noprefixroute"
            },
            {
                "fd20:3::1 peer fd20:3::2/128 dev base nodad",
                six + "ifa_prefixlen=128 local=A address=fd20:3::2 flags=nodad"
            },
            {
                "fd20:4::1/64 valid_lft 2000 preferred_lft 900 dev base nodad",
                six
                        + "ifa_prefixlen=64 local=A address=A cacheinfo.ifa_valid=2000"
                        + " cacheinfo.ifa_prefered=900 flags=nodad"
            },
        };
        for (String[] one : cases) {
            String address = one[0].replaceAll("[/ ].*", "");
            c.add(new Case(address, one[0], one[1].replace("=A", "=" + address)));
        }
        return c;
    }

    static List<Case> nextHops() {
        List<Case> c = new ArrayList<>();
        String four = "nh_family=inet ";
        String[][] cases = {
            {"via 10.99.0.7 dev base", four + "oif=%b gateway=10.99.0.7"},
            {"via 10.99.0.8 dev base proto bgp", four + "nh_protocol=bgp oif=%b gateway=10.99.0.8"},
            {"via 10.99.0.9 dev base onlink", four + "nh_flags=onlink oif=%b gateway=10.99.0.9"},
            {"blackhole", four + "blackhole"},
            {"dev base", four + "oif=%b"},
            {"via fd99::7 dev base", "nh_family=inet6 oif=%b gateway=fd99::7"},
            {"dev base proto static", four + "nh_protocol=static oif=%b"},
            {"group 100/101", "group[0].id=100 group[1].id=101"},
            {
                "group 100,5/101,7",
                "group[0].id=100 group[0].weight=4 group[1].id=101 group[1].weight=6"
            },
            {
                "group 100/101 type resilient buckets 8",
                "group[0].id=100 group[1].id=101 group_type=res res_group.buckets=8"
            },
            {
                "group 100,3/101 type resilient buckets 16 idle_timer 60 unbalanced_timer 100",
                "group[0].id=100 group[0].weight=2 group[1].id=101 group_type=res"
                        + " res_group.buckets=16 res_group.idle_timer=6000"
                        + " res_group.unbalanced_timer=10000"
            },
        };
        int id = 100;
        for (String[] one : cases) {
            c.add(new Case("" + id, "id " + id + " " + one[0], "id=" + id + " " + one[1]));
            id++;
        }
        return c;
    }

    static List<Case> routes() {
        List<Case> c = new ArrayList<>();
        String via = "gateway=10.99.0.7 oif=%b";
        String[][] cases = {
            {"via 10.99.0.7 dev base", via},
            {"dev base", "rtm_scope=link oif=%b"},
            {"dev base scope host", "rtm_scope=host oif=%b"},
            {"via 10.99.0.7 dev base metric 10", via + " priority=10"},
            {"via 10.99.0.7 dev base proto static", via + " rtm_protocol=static"},
            {"via 10.99.0.7 dev base proto bgp", via + " rtm_protocol=bgp"},
            {"via 10.99.0.7 dev base src 10.99.0.1", via + " prefsrc=10.99.0.1"},
            {"via 10.99.0.7 dev base tos 8", via + " rtm_tos=8"},
            {"via 10.98.0.7 dev base onlink", "rtm_flags=onlink gateway=10.98.0.7 oif=%b"},
            {"via 10.99.0.7 dev base mtu 1300", via + " metrics.mtu=1300"},
            {"via 10.99.0.7 dev base mtu lock 1300", via + " metrics.lock=0x4 metrics.mtu=1300"},
            {
                "via 10.99.0.7 dev base advmss 1200 window 9000",
                via + " metrics.advmss=1200 metrics.window=9000"
            },
            {
                "via 10.99.0.7 dev base initcwnd 10 initrwnd 20",
                via + " metrics.initcwnd=10 metrics.initrwnd=20"
            },
            {
                "via 10.99.0.7 dev base hoplimit 9 reordering 4",
                via + " metrics.hoplimit=9 metrics.reordering=4"
            },
            {
                "via 10.99.0.7 dev base rto_min 50ms quickack 1",
                via + " metrics.rto_min=50 metrics.quickack=1"
            },
            {"via 10.99.0.7 dev base congctl cubic", via + " metrics.cc_algo=cubic"},
            {"via 10.99.0.7 dev base features ecn", via + " metrics.features=ecn"},
            {"via 10.99.0.7 dev base fastopen_no_cookie 1", via + " metrics.fastopen_no_cookie=1"},
            {
                "nexthop via 10.99.0.7 dev base weight 3 nexthop via 10.99.0.8 dev base",
                "multipath[0].gateway=10.99.0.7 multipath[0].rtnh_ifindex=%b"
                        + " multipath[0].rtnh_hops=2 multipath[1].gateway=10.99.0.8"
                        + " multipath[1].rtnh_ifindex=%b"
            },
            {
                "nexthop via 10.98.0.7 dev base onlink nexthop via 10.99.0.8 dev base weight 256",
                "multipath[0].gateway=10.98.0.7 multipath[0].rtnh_ifindex=%b"
                        + " multipath[0].rtnh_flags=onlink multipath[1].gateway=10.99.0.8"
                        + " multipath[1].rtnh_ifindex=%b multipath[1].rtnh_hops=255"
            },
            {"via inet6 fd99::7 dev base", "via.rtvia_family=inet6 via.rtvia_addr=fd99::7 oif=%b"},
            {"nhid 100", "nh_id=100"},
            {"nhid 108", "nh_id=108"},
            {
                "encap ip id 5 dst 10.0.0.9 ttl 7 tos 4 dev base",
                "rtm_scope=link oif=%b encap_type=ip encap.id=5 encap.dst=10.0.0.9 encap.ttl=7"
                        + " encap.tos=4"
            },
            {
                "encap ip6 id 6 dst fd00::9 hoplimit 7 tc 4 dev base",
                "rtm_scope=link oif=%b encap_type=ip6 encap.id=6 encap.dst=fd00::9"
                        + " encap.hoplimit=7 encap.tc=4"
            },
        };
        int n = 0;
        for (String[] one : cases) {
            String prefix = "10." + (100 + n++) + ".0.0";
            // Where packets are wrapped, ip's field "dst" is the tunnel's.
            String key = one[0].startsWith("encap ") ? one[0].split(" ")[5] : prefix + "/16";
            boolean scope = one[1].contains("rtm_scope");
            c.add(
                    new Case(
                            key,
                            prefix + "/16 " + one[0],
                            "rtm_family=inet rtm_table=main rtm_type=unicast rtm_dst_len=16 dst="
                                    + prefix
                                    + (one[1].contains("rtm_protocol")
                                            ? " "
                                            : " rtm_protocol=boot ")
                                    + (scope ? "" : "rtm_scope=universe ")
                                    + one[1]));
        }
        for (String type : List.of("blackhole", "unreachable", "prohibit", "throw")) {
            String prefix = "10." + (100 + n++) + ".0.0";
            c.add(
                    new Case(
                            prefix + "/16",
                            type + " " + prefix + "/16 table 1000",
                            "rtm_family=inet rtm_table=compat table=1000 rtm_protocol=boot"
                                    + " rtm_scope=universe rtm_dst_len=16 dst="
                                    + prefix
                                    + " rtm_type="
                                    + type));
        }
        String[][] six = {
            {"via fd99::7 dev base", "gateway=fd99::7 oif=%b"},
            {"dev base metric 50", "oif=%b priority=50"},
            {"via fd99::7 dev base expires 1000", "gateway=fd99::7 oif=%b expires=1000"},
            {"via fd99::7 dev base pref high", "gateway=fd99::7 oif=%b pref=high"},
            {
                "via fd99::7 dev base mtu 1400 proto ra",
                "gateway=fd99::7 oif=%b metrics.mtu=1400 rtm_protocol=ra"
            },
            {
                "nexthop via fd99::7 dev base nexthop via fd99::8 dev base weight 4",
                "multipath[0].gateway=fd99::7 multipath[0].rtnh_ifindex=%b"
                        + " multipath[1].gateway=fd99::8 multipath[1].rtnh_ifindex=%b"
                        + " multipath[1].rtnh_hops=3"
            },
            {"nhid 105", "nh_id=105"},
        };
        for (String[] one : six) {
            String prefix = "fd50:" + n++ + "::";
            c.add(
                    new Case(
                            prefix + "/64",
                            prefix + "/64 " + one[0],
                            "rtm_family=inet6 rtm_table=main rtm_type=unicast rtm_dst_len=64 dst="
                                    + prefix
                                    + (one[1].contains("rtm_protocol")
                                            ? " "
                                            : " rtm_protocol=boot ")
                                    + one[1]));
        }
        return c;
    }

    static List<Case> neighbours() {
        List<Case> c = new ArrayList<>();
        String[][] cases = {
            {"nud permanent", "ndm_state=permanent"},
            {"nud stale", "ndm_state=stale"},
            {"nud reachable", "ndm_state=reachable"},
            {"nud noarp", "ndm_state=noarp"},
            {"nud permanent router", "ndm_state=permanent ndm_flags=router"},
            {"nud stale extern_learn", "ndm_state=stale ndm_flags=ext_learned"},
            {"nud permanent protocol bgp", "ndm_state=permanent protocol=bgp"},
        };
        for (String base : List.of("10.99.3.", "fd99::3:")) {
            int n = 1;
            for (String[] one : cases) {
                String address = base + n;
                String mac = "02:00:00:00:00:" + (10 + n++);
                c.add(
                        new Case(
                                address,
                                address + " lladdr " + mac + " dev base " + one[0],
                                "ndm_family="
                                        + (base.contains(":") ? "inet6" : "inet")
                                        + " ndm_ifindex=%b dst="
                                        + address
                                        + " lladdr="
                                        + mac
                                        + " "
                                        + one[1]));
            }
        }
        return c;
    }

    static List<Case> rules() {
        List<Case> c = new ArrayList<>();
        String[][] cases = {
            {"from 10.0.0.0/8 table 100", "src_len=8 src=10.0.0.0 header.table=100"},
            {"to 10.9.0.0/16 table 70000", "dst_len=16 dst=10.9.0.0 table=70000"},
            {
                "fwmark 0x5/0xff iif base table 200",
                "header.table=200 fwmark=0x5 fwmask=0xff iifname=base"
            },
            {"oif base table main", "header.table=main oifname=base"},
            {
                "to 10.9.0.0/16 ipproto tcp dport 80-90 blackhole",
                "dst_len=16 action=blackhole dst=10.9.0.0 ip_proto=6 dport_range.start=80 dport_range.end=90"
            },
            {
                "ipproto udp sport 53 table 9",
                "header.table=9 ip_proto=17 sport_range.start=53 sport_range.end=53"
            },
            {"uidrange 5-10 table 7", "header.table=7 uid_range.start=5 uid_range.end=10"},
            {"goto 32766", "action=goto goto=32766"},
            {
                "not from 10.1.1.1 tos 4 table 99 suppress_prefixlength 0",
                "src_len=32 tos=4 header.table=99 flags=invert src=10.1.1.1 suppress_prefixlen=0"
            },
            {"from all unreachable", "action=unreachable"},
            {"from all prohibit", "action=prohibit"},
            {"from all table 8 protocol bgp", "header.table=8 protocol=bgp"},
            {"tun_id 5 table 8", "header.table=8 tun_id=5"},
            {"nop", "action=nop"},
        };
        for (int family = 0; family < 2; family++) {
            int priority = 1000;
            for (String[] one : cases) {
                if (family == 1 && one[0].contains("10.")) {
                    continue;
                }
                priority++;
                boolean action = one[1].contains("action=");
                c.add(
                        new Case(
                                (family == 0 ? "4:" : "6:") + priority,
                                (family == 0 ? "" : "-6 ") + one[0] + " priority " + priority,
                                "family="
                                        + (family == 0 ? "inet" : "inet6")
                                        + (action ? " " : " action=to_tbl ")
                                        + one[1]
                                        + " priority="
                                        + priority));
            }
        }
        return c;
    }
}
