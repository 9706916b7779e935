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
            {"via 10.99.0.7 dev base realm 5/6", via + " flow=0x50006"},
            {
                "via 10.99.0.7 dev base rtt 10ms rttvar 20ms ssthresh 5 cwnd lock 9",
                via
                        + " metrics.lock=0x80 metrics.rtt=80 metrics.rttvar=80 metrics.ssthresh=5"
                        + " metrics.cwnd=9"
            },
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
