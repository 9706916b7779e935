package io.odp4j.datapath.flow.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Flows as text that a kernel takes: every key attribute that it knows, in packets that can be, and
 * every action on a packet that it is allowed on. The same seed gives the same flows.
 */
final class KernelFlows {
    /** A flow; {@code readable} if ovs-dpctl 3.1 reads its text too. */
    record Flow(String key, String actions, boolean readable) {}

    private record Field(String name, Supplier<String> value) {}

    private final Random random;

    /** Names of attributes that the kernel was built without. */
    private final Set<String> missing;

    // Of the flow being made.
    private boolean ethernet;
    private boolean vlan;
    private String network;
    private int protocol;
    private boolean readable;

    KernelFlows(long seed, Set<String> missing) {
        random = new Random(seed);
        this.missing = missing;
    }

    /** That many flows, each with an in_port of its own. */
    List<Flow> flows(int count) {
        List<Flow> flows = new ArrayList<>();
        for (int port = 1; port <= count; port++) {
            flows.add(flow(port));
        }
        return flows;
    }

    private Flow flow(int port) {
        ethernet = !chance(15);
        vlan = false;
        readable = true;
        protocol = 0;
        network = pick("ipv4", "ipv4", "ipv4", "ipv6", "ipv6", "arp", "mpls", "nsh", "other");
        List<String> key = new ArrayList<>();
        metadata(key);
        key.add("in_port(" + port + ")");
        if (ethernet) {
            key.add(group("eth", f("src=", this::maskedMac), f("dst=", this::maskedMac)));
        }
        String inner = network();
        if (ethernet && chance(4)) {
            vlan = true;
            inner = tag("0x8100", inner);
            if (chance(3)) {
                inner = tag("0x88a8", inner);
            }
        }
        key.add(inner);
        String actions = String.join(",", actions(0));
        return new Flow(String.join(",", key), actions, readable);
    }

    private String tag(String type, String inner) {
        String vid = "vid=" + random.nextInt(4096) + pick("", "", "/0xfff", "/0x0f0");
        String pcp = chance(2) ? ",pcp=" + random.nextInt(8) + pick("", "/0x4") : "";
        return "eth_type(" + type + "),vlan(" + vid + pcp + "),encap(" + inner + ")";
    }

    // --- keys ---

    private void metadata(List<String> key) {
        maybe(key, 6, () -> "skb_priority(" + masked32() + ")");
        maybe(key, 6, () -> "skb_mark(" + masked32() + ")");
        maybe(key, 2, () -> "recirc_id(" + pick("0", "0x7", "123456") + ")");
        maybe(key, 6, () -> "dp_hash(" + masked32() + ")");
        maybe(key, 4, () -> "tunnel(" + tunnel() + ")");
        maybe(key, 3, this::ctState);
        maybe(key, 5, () -> "ct_zone(" + number(16) + pick("", "/0xff") + ")");
        maybe(key, 5, () -> "ct_mark(" + masked32() + ")");
        maybe(key, 5, () -> "ct_label(" + label() + ")");
        if (network.equals("ipv4")) {
            maybe(key, 6, () -> tuple("ct_tuple4", this::maskedIpv4));
        } else if (network.equals("ipv6")) {
            maybe(key, 6, () -> tuple("ct_tuple6", this::maskedIpv6));
        }
    }

    private String ctState() {
        return "ct_state("
                + pick("+trk", "+trk+new-est", "+trk+est+rpl", "+trk+inv", "-trk", "0x21/0x3f")
                + ")";
    }

    private String tuple(String name, Supplier<String> address) {
        return group(
                name,
                f("src=", address),
                f("dst=", address),
                f("proto=", () -> pick("6", "17")),
                f("tp_src=", this::masked16),
                f("tp_dst=", this::masked16));
    }

    private String tunnel() {
        List<String> t = new ArrayList<>();
        maybe(t, 2, () -> "tun_id=0x" + Long.toHexString(random.nextLong()) + pick("", "/0xff"));
        if (chance(3)) {
            t.add("ipv6_src=" + ipv6());
            t.add("ipv6_dst=fd00::" + (1 + random.nextInt(99)));
        } else {
            t.add("src=" + maskedIpv4());
            t.add("dst=10.1.1." + (1 + random.nextInt(99)));
        }
        maybe(t, 3, () -> "tos=" + pick("0x10", "0xb8") + pick("", "/0xfc"));
        t.add("ttl=" + number(8) + pick("", "/0xf0"));
        maybe(t, 4, () -> "tp_src=" + pick("0x1201/0xff00", "4789", "1/0x1"));
        maybe(t, 4, () -> "tp_dst=" + pick("0x1201/0xff00", "4789", "1/0x1"));
        maybe(t, 2, this::tunnelOptions);
        maybe(t, 2, () -> "flags(" + pick("df|csum", "-df+csum+key", "+df-csum-oam", "oam") + ")");
        return String.join(",", t);
    }

    private String tunnelOptions() {
        return switch (random.nextInt(4)) {
            case 0 -> "vxlan(gbp(id=" + masked16() + ",flags=" + hex(8) + "))";
            case 1 -> "erspan(ver=1,idx=" + hex(20) + ")";
            case 2 -> "erspan(ver=2,dir=1,hwid=" + hex(4) + ")";
            default ->
                    "geneve({class=0x102,type=0x80,len=4,"
                            + hex(32)
                            + pick("", "/0xff00ff00")
                            + "}"
                            + pick("", "{class=0xffff/0xff00,type=1,len=8,0x1122334455667788}")
                            + ")";
        };
    }

    private String network() {
        return switch (network) {
            case "ipv4" -> ipv4Packet();
            case "ipv6" -> ipv6Packet();
            case "arp" -> {
                String op = "op=" + pick("1", "2", "1/0xff");
                yield "eth_type("
                        + pick("0x0806", "0x8035")
                        + "),"
                        + group(
                                "arp",
                                f("sip=", this::maskedIpv4),
                                f("tip=", this::maskedIpv4),
                                f("", () -> op),
                                f("sha=", this::maskedMac),
                                f("tha=", this::maskedMac));
            }
            case "mpls" -> "eth_type(" + pick("0x8847", "0x8848") + "),mpls(" + labels() + ")";
            case "nsh" -> {
                readable = false;
                yield "eth_type(0x894f),nsh(" + nsh() + ")";
            }
            default -> "eth_type(" + pick("0x88cc", "0x0801", "0x8906") + ")";
        };
    }

    private String ipv4Packet() {
        protocol = pick(0, 6, 17, 132, 1);
        String frag = pick("no", "no", "no", "first", "later");
        String ip =
                "ipv4("
                        + fields(
                                f("src=", this::maskedIpv4),
                                f("dst=", this::maskedIpv4),
                                f("tos=", () -> hex(8) + pick("", "/0xfc")),
                                f("ttl=", () -> number(8) + pick("", "/0x80")));
        ip += (ip.endsWith("(") ? "" : ",") + "proto=" + protocol + ",frag=" + frag + ")";
        if (frag.equals("later")) {
            protocol = 0;
        }
        String transport =
                protocol == 1
                        ? group("icmp", f("type=", () -> number(8)), f("code=", () -> number(8)))
                        : transport();
        return "eth_type(0x0800)," + ip + transport(transport);
    }

    private String ipv6Packet() {
        protocol = pick(0, 6, 17, 132, 58);
        String frag = pick("no", "no", "no", "first", "later");
        String ip =
                "ipv6("
                        + fields(
                                f("src=", this::maskedIpv6),
                                f("dst=", this::maskedIpv6),
                                f("label=", () -> hex(20) + pick("", "/0xff00f")),
                                f("tclass=", () -> hex(8) + pick("", "/0xfc")),
                                f("hlimit=", () -> number(8) + pick("", "/0x80")));
        ip += (ip.endsWith("(") ? "" : ",") + "proto=" + protocol + ",frag=" + frag + ")";
        if (frag.equals("later")) {
            protocol = 0;
        }
        return "eth_type(0x86dd)," + ip + transport(protocol == 58 ? icmpv6() : transport());
    }

    private static String transport(String text) {
        return text.isEmpty() ? "" : "," + text;
    }

    private String transport() {
        String ports =
                switch (protocol) {
                    case 6 -> "tcp";
                    case 17 -> "udp";
                    case 132 -> "sctp";
                    default -> "";
                };
        if (ports.isEmpty()) {
            return "";
        }
        String text = group(ports, f("src=", this::masked16), f("dst=", this::masked16));
        return protocol == 6
                ? text
                        + ",tcp_flags("
                        + pick("0/0", "0/0", "+syn-ack", "syn|ack", "0x12/0xff", "-rst")
                        + ")"
                : text;
    }

    private String icmpv6() {
        int type = pick(128, 135, 136);
        return "icmpv6(type="
                + type
                + ",code=0)"
                + (type == 128
                        ? ""
                        : ","
                                + group(
                                        "nd",
                                        f("target=", this::maskedIpv6),
                                        f(type == 135 ? "sll=" : "tll=", this::maskedMac)));
    }

    private String labels() {
        List<String> stack = new ArrayList<>();
        int depth = 1 + random.nextInt(3);
        for (int i = 0; i < depth; i++) {
            stack.add(
                    "label="
                            + random.nextInt(1 << 20)
                            + pick("", "/0xff000")
                            + ",tc="
                            + random.nextInt(8)
                            + ",ttl="
                            + number(8)
                            + pick("", "/0x0f")
                            + ",bos="
                            + (i == depth - 1 ? 1 : 0));
        }
        return String.join(",", stack);
    }

    private String nsh() {
        return "flags=0,ttl="
                + random.nextInt(64)
                + ",mdtype=1,np="
                + pick("1", "3")
                + ",spi="
                + hex(24)
                + pick("", "/0x00ff00")
                + ",si="
                + number(8)
                + ",c1="
                + hex(32)
                + pick("", "/0xffff0000")
                + ",c2=0x2,c3=0x3,c4="
                + hex(32);
    }

    // --- actions ---

    private List<String> actions(int depth) {
        List<String> list = new ArrayList<>();
        int count = 1 + random.nextInt(depth == 0 ? 4 : 2);
        for (int i = 0; i < count; i++) {
            list.add(action(depth));
        }
        return list;
    }

    private String action(int depth) {
        return switch (random.nextInt(depth < 3 ? 26 : 21)) {
            case 0, 1, 2 -> "" + random.nextInt(65535);
            case 3 -> "recirc(" + random.nextInt(1 << 20) + ")";
            case 4 -> "trunc(" + (14 + random.nextInt(1500)) + ")," + random.nextInt(100);
            case 5, 6 -> userspace();
            case 7 -> "set(skb_mark(" + pick(hex(32), hex(16) + "/0xffff") + "))";
            case 8 -> "set(skb_priority(" + pick(hex(32), hex(16) + "/0xffff") + "))";
            case 9 -> "meter(" + random.nextInt(100) + ")";
            case 10 -> "ct_clear";
            case 11 -> "set(tunnel(" + setTunnel() + "))";
            case 12 -> unread("hash(" + algorithm() + "(" + number(32) + "))");
            case 13, 14 -> ethernet && !vlan ? "set(" + setEthernet() + ")" : setNetwork();
            case 15, 16, 17 -> setNetwork();
            case 18, 19 -> isIp() ? ct() : "ct_clear";
            case 20 -> pushed();
            case 21, 22 -> "clone(" + String.join(",", actions(depth + 1)) + ")";
            case 23 ->
                    String.format(
                            java.util.Locale.ROOT,
                            "sample(sample=%.1f%%,actions(%s))",
                            random.nextDouble() * 100,
                            String.join(",", actions(depth + 1)));
            default ->
                    "check_pkt_len(size="
                            + number(16)
                            + ",gt("
                            + String.join(",", actions(depth + 1))
                            + "),le("
                            + String.join(",", actions(depth + 1))
                            + "))";
        };
    }

    private String algorithm() {
        return missing.contains("sym_l4") ? "l4" : pick("l4", "sym_l4");
    }

    private boolean isIp() {
        return network.equals("ipv4") || network.equals("ipv6");
    }

    private String unread(String text) {
        readable = false;
        return text;
    }

    private String userspace() {
        String cookie =
                pick(
                        ",sFlow(vid=9,pcp=7,output=10)",
                        ",slow_path(" + pick("cfm", "action", "match", "lacp|bfd") + ")",
                        ",flow_sample(probability=65535,collector_set_id=1,obs_domain_id=2,"
                                + "obs_point_id=3,output_port=4"
                                + pick("", ",ingress", ",egress")
                                + ")",
                        ",ipfix(output_port=10)",
                        ",controller(reason=1,dont_send=0,continuation=1,recirc_id=4444,"
                                + "rule_cookie=0x5555,controller_id=7,max_len=65535)",
                        ",userdata(0102030405060708090a0b)");
        return "userspace(pid="
                + (1 + random.nextInt(1 << 30))
                + cookie
                + pick("", ",actions")
                + pick("", ",tunnel_out_port=5")
                + ")";
    }

    private String setTunnel() {
        return "tun_id="
                + hex(63)
                + (chance(2)
                        ? ",src=1.1.1.1,dst=2.2.2.2"
                        : ",ipv6_src=fd00::1,ipv6_dst=fd00::" + (1 + random.nextInt(9)))
                + pick("", ",tos=0x10")
                + ",ttl=64"
                + pick("", ",tp_src=1,tp_dst=2")
                + pick(
                        "",
                        ",geneve({class=0x1,type=0x2,len=4,0xaabbccdd})",
                        ",vxlan(gbp(id=5,flags=0x8))")
                + ",flags(df|"
                + pick("", "csum|")
                + "key)";
    }

    private String setEthernet() {
        return chance(2)
                ? "eth(src=" + mac() + ",dst=" + mac() + ")"
                : "eth("
                        + pick("src=", "dst=")
                        + pick(mac(), "02:11:22:00:00:00/ff:ff:ff:00:00:00")
                        + ")";
    }

    private String setNetwork() {
        return switch (network) {
            case "ipv4" ->
                    pick(
                            setPorts(),
                            "set(ipv4(src="
                                    + pick(ipv4(), "10.9.0.0/255.255.0.0")
                                    + ",ttl="
                                    + number(8)
                                    + "))",
                            "set(ipv4(dst=" + ipv4() + ",tos=0x2/0x3))");
            case "ipv6" ->
                    pick(
                            setPorts(),
                            "set(ipv6(src="
                                    + pick(ipv6(), "fd01:2::/ffff:ffff::")
                                    + ",hlimit="
                                    + number(8)
                                    + "))",
                            "set(ipv6(label=0x5,tclass=0x2/0x3))");
            case "mpls" ->
                    chance(6)
                            ? unread("clone(pop_mpls(eth_type=0x800),1)")
                            : "set(mpls(label=" + random.nextInt(1 << 20) + ",tc=1,ttl=2,bos=1))";
            default -> "" + random.nextInt(100);
        };
    }

    private String setPorts() {
        return switch (protocol) {
            case 6 -> "set(tcp(src=" + number(16) + ",dst=" + number(16) + "))";
            case 17 -> "set(udp(dst=" + pick(number(16), "0x5500/0xff00") + "))";
            case 132 -> "set(sctp(src=" + number(16) + "))";
            default -> "ct_clear";
        };
    }

    /** What ends what is known of the packet: at the end of a nest's or flow's list alone. */
    private String pushed() {
        if (network.equals("nsh")) {
            return unread("clone(pop_nsh()," + random.nextInt(100) + ")");
        }
        if (!ethernet) {
            return unread("clone(push_eth(src=" + mac() + ",dst=" + mac() + "),1)");
        }
        return switch (random.nextInt(6)) {
            case 0 ->
                    "clone(push_vlan("
                            + pick("", "tpid=0x88a8,")
                            + "vid="
                            + random.nextInt(4096)
                            + ",pcp="
                            + random.nextInt(8)
                            + "),1)";
            case 1 -> vlan ? "clone(pop_vlan,1)" : unread("clone(pop_eth,1)");
            case 2 ->
                    vlan || network.equals("mpls")
                            ? "ct_clear"
                            : unread(
                                    "clone(push_mpls(label="
                                            + random.nextInt(1 << 20)
                                            + ",tc=3,ttl=64,bos=1,eth_type=0x8847),1)");
            case 3 ->
                    vlan || network.equals("mpls")
                            ? "ct_clear"
                            : "clone(add_mpls(label="
                                    + random.nextInt(1 << 20)
                                    + ",tc=3,ttl=64,bos=1,eth_type=0x8848),1)";
            case 4 ->
                    network.equals("mpls")
                            ? unread("clone(pop_mpls(eth_type=0x800),1)")
                            : "ct_clear";
            default ->
                    "clone(push_nsh(flags=0,ttl=63,mdtype=1,np=3,spi=0x1,si=255,c1=0x1,c2=0x2,"
                            + "c3=0x3,c4=0x4),1)";
        };
    }

    private String ct() {
        List<String> parts = new ArrayList<>();
        boolean commit = chance(2);
        if (commit) {
            parts.add(pick("commit", "force_commit"));
        }
        maybe(parts, 2, () -> "zone=" + (1 + random.nextInt(65535)));
        if (commit) {
            maybe(parts, 2, () -> "mark=" + hex(32) + "/0xffff");
            maybe(parts, 3, () -> "label=0x1234/0xffff");
            maybe(parts, 3, this::nat);
        } else {
            maybe(parts, 3, () -> "nat");
        }
        return parts.isEmpty() ? "ct" : "ct(" + String.join(",", parts) + ")";
    }

    private String nat() {
        String range =
                network.equals("ipv4")
                        ? pick(
                                "=10.0.0.1",
                                "=10.0.0.1-10.0.0.9",
                                "=10.0.0.1:80",
                                "=10.0.0.1-10.0.0.9:1024-65535")
                        : pick(
                                "=fd00::1",
                                "=fd00::1-fd00::9",
                                "=[fd00::1]:80",
                                "=[fd00::1]-[fd00::9]:1-2");
        return "nat("
                + pick("src", "dst")
                + range
                + pick("", ",persistent")
                + pick("", ",hash", ",random")
                + ")";
    }

    // --- values ---

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    @SafeVarargs
    private <T> T pick(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private void maybe(List<String> to, int oneIn, Supplier<String> text) {
        if (chance(oneIn)) {
            String made = text.get();
            if (missing.stream().noneMatch(made::startsWith)) {
                to.add(made);
            }
        }
    }

    /** A name and fields in parentheses, each field there or not. */
    private String group(String name, Field... fields) {
        return name + "(" + fields(fields) + ")";
    }

    private String fields(Field... fields) {
        List<String> list = new ArrayList<>();
        for (Field field : fields) {
            if (!chance(3)) {
                list.add(field.name() + field.value().get());
            }
        }
        return String.join(",", list);
    }

    private static Field f(String name, Supplier<String> value) {
        return new Field(name, value);
    }

    private String number(int bits) {
        return Long.toString(random.nextLong() >>> 64 - bits);
    }

    private String hex(int bits) {
        return "0x" + Long.toHexString(random.nextLong() >>> 64 - bits);
    }

    private String masked16() {
        return number(16) + pick("", "", "/0xff00", "/0x1");
    }

    private String masked32() {
        return hex(32) + pick("", "", "/0xffff", "/0xf0f0f0f0");
    }

    private String label() {
        return hex(63) + pick("", "/0xff", "/0xffff0000000000000000ffffffffffff");
    }

    private String mac() {
        return String.format(
                "%02x:%02x:%02x:%02x:%02x:%02x",
                random.nextInt(256) & 0xfe,
                random.nextInt(256),
                random.nextInt(256),
                random.nextInt(256),
                random.nextInt(256),
                random.nextInt(256));
    }

    private String maskedMac() {
        return mac() + pick("", "", "/ff:ff:ff:00:00:00", "/01:00:00:00:00:00");
    }

    private String ipv4() {
        return random.nextInt(224) + "." + number(8) + "." + number(8) + "." + number(8);
    }

    private String maskedIpv4() {
        return ipv4() + pick("", "", "/255.255.0.0", "/0.0.0.255");
    }

    private String ipv6() {
        return "fd00:"
                + Integer.toHexString(random.nextInt(65536))
                + "::"
                + Integer.toHexString(random.nextInt(65536));
    }

    private String maskedIpv6() {
        return ipv6() + pick("", "", "/ffff:ffff:ffff:ffff::", "/::ffff");
    }
}
