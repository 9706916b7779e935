package io.odp4j.datapath.rtnetlink;

import io.odp4j.datapath.rtnetlink.ObjectCases.Case;
import java.util.ArrayList;
import java.util.List;

/**
 * Links of every kind as {@code ip} makes them and as fields of the tables say them. {@code %b} in
 * fields is the interface index of the link {@code base}.
 */
final class LinkCases {
    private LinkCases() {}

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
        l.add(
                "link base type vlan id 10 reorder_hdr off",
                "link=%b kind=vlan data.id=10 data.flags.mask=0x1");
        l.add(
                "link base type vlan id 11 bridge_binding on",
                "link=%b kind=vlan data.id=11 data.flags.flags=bridge_binding"
                        + " data.flags.mask=0x10");
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
        l.add(
                "link base type macvlan mode bridge nodst bcqueuelen 2000",
                "link=%b kind=macvlan data.mode=bridge data.flags=nodst data.bc_queue_len=2000");
        l.add("type vrf table 77", "kind=vrf data.table=77");
        l.add("type vrf table 70000", "kind=vrf data.table=70000");
        return l.cases;
    }

    private static void vxlan(Links l) {
        String[][] options = {
            {"remote 10.0.0.2", "group=10.0.0.2"},
            {"remote 10.0.0.2 local 10.0.0.1", "group=10.0.0.2 local=10.0.0.1"},
            {"group ff05::1 dev base", "group6=ff05::1 link=%b"},
            {"remote fd00::9 flowlabel 0x123", "group6=fd00::9 label=0x123"},
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
            {
                "remote fd00::4 tos inherit ttl inherit df inherit",
                "remote6=fd00::4 tos=1 ttl_inherit=1 df=inherit"
            },
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
                    t + "remote 10.1.0.8 ikey 9 icsum iseq tos inherit ttl 7",
                    k
                            + "data.remote=10.1.0.8 data.iflags=key|csum|seq data.ikey=9 data.tos=1"
                            + " data.ttl=7");
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
        l.add(
                "type ipip remote 10.2.0.6 nopmtudisc fwmark 7 tos inherit dev base",
                "kind=ipip data.proto=0 data.pmtudisc=0 data.remote=10.2.0.6 data.fwmark=7"
                        + " data.tos=1 data.link=%b");
        String sit = "kind=sit data.pmtudisc=1 data.proto=0 data.ttl=0 ";
        l.add("type sit remote 10.3.0.1", sit + "data.remote=10.3.0.1");
        l.add(
                "type sit remote 10.3.0.2 encap fou encap-dport 5557",
                sit + "data.remote=10.3.0.2 data.encap_type=fou data.encap_dport=5557");
        l.add("type sit local 10.0.0.1 isatap", sit + "data.local=10.0.0.1 data.flags=1");
        l.add(
                "type sit mode ip6ip remote 10.3.0.4 ttl 5 dev base",
                "kind=sit data.pmtudisc=1 data.proto=41 data.ttl=5 data.remote=10.3.0.4"
                        + " data.link=%b");
        l.add(
                "type sit mode ipip remote 10.3.0.5",
                sit.replace("proto=0", "proto=4") + "data.remote=10.3.0.5");
        String ip6 = "kind=ip6tnl data.encap_limit=4 data.ttl=64 ";
        l.add(
                "type ip6tnl local fd00::1 remote fd00::5",
                ip6 + "data.local=fd00::1 data.remote=fd00::5");
        l.add("type ip6tnl mode ip6ip6 remote fd00::6", ip6 + "data.proto=41 data.remote=fd00::6");
        l.add("type ip6tnl mode ipip6 remote fd00::7", ip6 + "data.proto=4 data.remote=fd00::7");
        l.add(
                "type ip6tnl remote fd00::8 flowlabel 0x12345 tclass 0x10 encaplimit none"
                        + " dscp inherit fwmark 4 dev base",
                "kind=ip6tnl data.ttl=64 data.remote=fd00::8"
                        + " data.flowinfo=0x1012345 data.flags=0x11 data.fwmark=4 data.link=%b");
        l.add(
                "type ip6tnl remote fd00::a flowlabel inherit tclass inherit allow-localremote",
                ip6 + "data.remote=fd00::a data.flags=0x46");
        l.add(
                "type vti local 10.0.0.1 remote 10.4.0.1 ikey 5 okey 6 fwmark 9",
                "kind=vti data.local=10.0.0.1 data.remote=10.4.0.1 data.ikey=5 data.okey=6"
                        + " data.fwmark=9");
        l.add(
                "type vti6 local fd00::1 remote fd00::b key 5",
                "kind=vti6 data.local=fd00::1 data.remote=fd00::b data.ikey=5 data.okey=5");
        String erspan =
                "data.local=10.0.0.1 data.pmtudisc=1 data.iflags=key|seq data.oflags=key|seq"
                        + " data.ikey=5 data.okey=5 ";
        l.add(
                "type erspan local 10.0.0.1 remote 10.5.0.1 key 5 seq erspan_ver 1 erspan 123",
                "kind=erspan "
                        + erspan
                        + "data.remote=10.5.0.1 data.erspan_ver=1 data.erspan_index=123");
        l.add(
                "type erspan local 10.0.0.1 remote 10.5.0.2 key 5 seq erspan_ver 2"
                        + " erspan_dir egress erspan_hwid 7",
                "kind=erspan "
                        + erspan
                        + "data.remote=10.5.0.2 data.erspan_ver=2 data.erspan_dir=1"
                        + " data.erspan_hwid=7");
        l.add(
                "type ip6gre remote fd00::c flowlabel 0x12345 tclass 0x10 encaplimit none"
                        + " dscp inherit csum seq",
                "kind=ip6gre data.ttl=64 data.remote=fd00::c"
                        + " data.flowinfo=0x1012345 data.flags=0x11 data.iflags=csum|seq"
                        + " data.oflags=csum|seq");
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
}
