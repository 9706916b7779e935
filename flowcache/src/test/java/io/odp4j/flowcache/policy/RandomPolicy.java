package io.odp4j.flowcache.policy;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Rule files and packets of a small world, so that they meet. */
final class RandomPolicy {
    private static final String[] PROTOCOLS = {"", "ip,", "tcp,", "udp,", "arp,", "icmp,", "ipv6,"};
    private static final String[] IP4 = {"10.0.0.0", "10.0.0.1", "10.1.2.3", "192.168.0.1"};
    private static final String[] IP6 = {"fe80::1", "fe80::2", "2001:db8::1"};
    private static final String[] RARE = {
        "push_mpls:0x8847,set_mpls_label:5",
        "push_mpls:0x8847,pop_mpls:0x0800",
        "push:NXM_OF_ETH_DST[0..7],pop:NXM_NX_REG0[0..7]",
        "clone(mod_dl_dst:02:00:00:00:00:01,meter:3,output:2)",
        "clone(mod_nw_ttl:9,output:3)",
        "check_pkt_larger(99)->NXM_NX_REG0[0]",
        "write_actions(output:3,dec_ttl)",
        "clear_actions",
        "ct(table=1,zone=3)",
        "ct_clear",
        "output(port=2,max_len=64)",
        "controller(id=4)",
        "set_queue:3",
        "normal",
        "exit",
    };
    private final Random random;
    private boolean rare;

    RandomPolicy(long seed) {
        random = new Random(seed);
    }

    private int pick(int n) {
        return random.nextInt(n);
    }

    private boolean once(int in) {
        return pick(in) == 0;
    }

    /** Rules of which some have the same priority: which of them applies is nobody's promise. */
    String rules(int count, int tables) {
        return rules(count, tables, 0);
    }

    /** Rules whose actions are also those that are rare. */
    String rareRules(int count, int tables) {
        rare = true;
        return rules(count, tables, 1);
    }

    /** Rules whose priorities differ. */
    String distinctRules(int count, int tables) {
        return rules(count, tables, 1);
    }

    private String rules(int count, int tables, int step) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int table = pick(tables);
            StringBuilder rule = new StringBuilder();
            rule.append("table=").append(table).append(",priority=");
            rule.append(step == 0 ? pick(6) : 1000 * pick(6) + i).append(',');
            String protocol = match(rule);
            rule.append("actions=").append(actions(protocol, table, tables));
            lines.add(rule.toString());
        }
        return String.join("\n", lines);
    }

    private String match(StringBuilder rule) {
        String protocol = PROTOCOLS[pick(PROTOCOLS.length)];
        rule.append(protocol);
        if (once(4)) {
            rule.append("in_port=").append(1 + pick(3)).append(',');
        }
        if (once(5)) {
            rule.append("dl_src=02:00:00:00:00:0").append(pick(3)).append(',');
        }
        if (once(6)) {
            rule.append("dl_dst=01:00:00:00:00:00/01:00:00:00:00:00,");
        }
        if (once(8)) {
            rule.append(once(2) ? "dl_vlan=5," : "vlan_tci=0x1000/0x1000,");
        }
        if (once(8)) {
            rule.append("reg0=").append(pick(3)).append(once(2) ? "/1," : ",");
        }
        boolean v4 = !protocol.isEmpty() && !protocol.startsWith("ipv6");
        if (v4 && once(2)) {
            rule.append("nw_src=").append(IP4[pick(4)]).append('/').append(8 * pick(5)).append(',');
        }
        if (v4 && once(2)) {
            rule.append("nw_dst=").append(IP4[pick(4)]).append('/').append(pick(33)).append(',');
        }
        if (protocol.startsWith("ipv6") && once(2)) {
            rule.append("ipv6_dst=").append(IP6[pick(3)]).append('/').append(pick(129)).append(',');
        }
        if (protocol.startsWith("tcp") || protocol.startsWith("udp")) {
            if (once(2)) {
                rule.append("tp_dst=").append(80 + pick(3)).append(',');
            }
            if (once(3)) {
                rule.append("tp_src=0x40/0xff").append(once(2) ? "c0," : "f0,");
            }
        }
        if (protocol.startsWith("ip,") && once(4)) {
            rule.append("nw_ttl=").append(1 + pick(2)).append(',');
        }
        return protocol;
    }

    /** Only such as Open vSwitch allows after that match. */
    private String actions(String protocol, int table, int tables) {
        boolean ports = protocol.startsWith("tcp") || protocol.startsWith("udp");
        boolean v4 = ports || protocol.startsWith("ip,") || protocol.startsWith("icmp");
        List<String> actions = new ArrayList<>();
        int n = pick(3);
        for (int i = 0; i < n; i++) {
            actions.add(
                    switch (pick(13)) {
                        case 0 -> "load:" + pick(3) + "->NXM_NX_REG0[]";
                        case 1 -> "mod_dl_src:02:00:00:00:00:0" + pick(3);
                        case 2 -> v4 ? "mod_nw_dst:" + IP4[pick(4)] : "output:1";
                        case 3 -> v4 ? "dec_ttl" : "output:2";
                        case 4 -> "mod_vlan_vid:" + pick(3);
                        case 5 -> "strip_vlan";
                        case 6 -> "move:NXM_OF_ETH_SRC[0..3]->NXM_NX_REG0[0..3]";
                        case 7 -> "resubmit(," + Math.min(tables - 1, table + 1) + ")";
                        case 8 -> ports ? "mod_tp_dst:" + (80 + pick(3)) : "output:3";
                        case 9 -> "output:NXM_NX_REG0[0..1]";
                        case 10 -> v4 ? "mod_nw_ecn:2" : "output:1";
                        default -> "output:" + (1 + pick(3));
                    });
        }
        if (rare && once(2)) {
            actions.add(RARE[pick(RARE.length)]);
            actions.add("resubmit(," + Math.min(tables - 1, table + 1) + ")");
        }
        if (table + 1 < tables && once(2)) {
            actions.add("goto_table:" + (table + 1));
        }
        String text = String.join(",", actions);
        return text.isEmpty() ? "drop" : text;
    }

    FlowKey packet() {
        FlowKey key = new FlowKey();
        key.set(FlowField.IN_PORT, 1 + pick(3));
        key.set(FlowField.DL_SRC, 0x0200_0000_0000L + pick(3));
        key.set(FlowField.DL_DST, once(4) ? 0xffff_ffff_ffffL : 0x0200_0000_0000L + pick(3));
        if (once(3)) {
            key.set(FlowField.VLAN_TPID, 0x8100).set(FlowField.VLAN_TCI, 0x1000 + 4 + pick(3));
        }
        switch (pick(5)) {
            case 0 -> key.set(FlowField.DL_TYPE, 0x806).set(FlowField.ARP_OP, 1 + pick(2));
            case 1 -> {
                key.set(FlowField.DL_TYPE, 0x86dd).set(FlowField.NW_PROTO, once(2) ? 6 : 58);
                long high = once(2) ? 0xfe80_0000_0000_0000L : 0x2001_0db8_0000_0000L;
                key.set(FlowField.IPV6_DST, high, pick(3));
            }
            default -> {
                int[] protocols = {6, 17, 1};
                key.set(FlowField.DL_TYPE, 0x800).set(FlowField.NW_PROTO, protocols[pick(3)]);
                key.set(FlowField.NW_FRAG, once(6) ? 1 + pick(2) : 0);
            }
        }
        if (key.dlType() != 0x86dd) {
            long[] addresses = {0x0a000000L, 0x0a000001L, 0x0a010203L, 0xc0a80001L, 0x0a0000ffL};
            key.set(FlowField.NW_SRC, addresses[pick(5)]).set(FlowField.NW_DST, addresses[pick(5)]);
        }
        if (key.dlType() != 0x806) {
            key.set(FlowField.NW_TTL, 1 + pick(3)).set(FlowField.NW_TOS, pick(4));
            if (key.get(FlowField.NW_FRAG) != 2) {
                boolean icmp = key.get(FlowField.NW_PROTO) == 1;
                key.set(FlowField.TP_SRC, icmp ? 8 : 64 + pick(4));
                key.set(FlowField.TP_DST, icmp ? 0 : 80 + pick(4));
            }
        }
        return key;
    }

    /** A packet that is equal to another in the bits of a mask, and drawn anew in all others. */
    FlowKey within(FlowKey packet, long[] mask) {
        FlowKey other = packet();
        for (int w = 0; w < FlowKey.WORDS; w++) {
            other.words()[w] = packet.words()[w] & mask[w] | other.words()[w] & ~mask[w];
        }
        // Flip bits that are open, too: a verdict may not depend on any.
        for (int i = 0; i < 8; i++) {
            FlowField[] fields = {
                FlowField.NW_SRC, FlowField.NW_DST, FlowField.TP_SRC, FlowField.TP_DST,
                FlowField.DL_SRC, FlowField.DL_DST, FlowField.NW_TTL, FlowField.IPV6_DST,
            };
            FlowField field = fields[i];
            long bit = 1L << field.shift() + pick(Math.min(64, field.bits()));
            if ((mask[field.word()] & bit) == 0) {
                other.words()[field.word()] ^= bit;
            }
        }
        return other;
    }
}
