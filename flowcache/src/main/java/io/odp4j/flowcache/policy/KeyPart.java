package io.odp4j.flowcache.policy;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.flowcache.rule.field.Prerequisite;
import java.util.LinkedHashMap;
import java.util.Map;

/** The key attributes whose fields actions write, in the order in which they are written. */
public enum KeyPart {
    TUNNEL(
            "tunnel",
            Prerequisite.NONE,
            FlowField.TUN_ID,
            "tun_id",
            FlowField.TUN_SRC,
            "src",
            FlowField.TUN_DST,
            "dst",
            FlowField.TUN_IPV6_SRC,
            "ipv6_src",
            FlowField.TUN_IPV6_DST,
            "ipv6_dst",
            FlowField.TUN_TOS,
            "tos",
            FlowField.TUN_TTL,
            "ttl"),
    ETHERNET("eth", Prerequisite.NONE, FlowField.DL_SRC, "src", FlowField.DL_DST, "dst"),
    IPV4(
            "ipv4",
            Prerequisite.IPV4,
            FlowField.NW_SRC,
            "src",
            FlowField.NW_DST,
            "dst",
            FlowField.NW_TOS,
            "tos",
            FlowField.NW_TTL,
            "ttl"),
    IPV6(
            "ipv6",
            Prerequisite.IPV6,
            FlowField.IPV6_SRC,
            "src",
            FlowField.IPV6_DST,
            "dst",
            FlowField.IPV6_LABEL,
            "label",
            FlowField.NW_TOS,
            "tclass",
            FlowField.NW_TTL,
            "hlimit"),
    ARP(
            "arp",
            Prerequisite.ARP,
            FlowField.NW_SRC,
            "sip",
            FlowField.NW_DST,
            "tip",
            FlowField.ARP_OP,
            "op",
            FlowField.ARP_SHA,
            "sha",
            FlowField.ARP_THA,
            "tha"),
    ND(
            "nd",
            Prerequisite.ND,
            FlowField.ND_TARGET,
            "target",
            FlowField.ND_SLL,
            "sll",
            FlowField.ND_TLL,
            "tll"),
    TCP("tcp", Prerequisite.TCP, FlowField.TP_SRC, "src", FlowField.TP_DST, "dst"),
    UDP("udp", Prerequisite.UDP, FlowField.TP_SRC, "src", FlowField.TP_DST, "dst"),
    SCTP("sctp", Prerequisite.SCTP, FlowField.TP_SRC, "src", FlowField.TP_DST, "dst"),
    ICMP("icmp", Prerequisite.ICMP, FlowField.TP_SRC, "type", FlowField.TP_DST, "code"),
    ICMPV6("icmpv6", Prerequisite.ICMPV6, FlowField.TP_SRC, "type", FlowField.TP_DST, "code"),
    SKB_PRIORITY("skb_priority", Prerequisite.NONE, FlowField.SKB_PRIORITY, ""),
    SKB_MARK("skb_mark", Prerequisite.NONE, FlowField.SKB_MARK, "");

    private final String text;
    private final Prerequisite needs;
    private final Map<FlowField, String> fields = new LinkedHashMap<>();

    KeyPart(String text, Prerequisite needs, Object... fieldsAndNames) {
        this.text = text;
        this.needs = needs;
        for (int i = 0; i < fieldsAndNames.length; i += 2) {
            fields.put((FlowField) fieldsAndNames[i], (String) fieldsAndNames[i + 1]);
        }
    }

    /** As Open vSwitch prints it. */
    public String text() {
        return text;
    }

    /** Whether the kernel's datapath can write it: what it cannot, userspace has to. */
    boolean isOfKernel() {
        return this != ARP && this != ND && this != ICMP && this != ICMPV6;
    }

    Prerequisite needs() {
        return needs;
    }

    /** The fields and their names within the attribute. */
    Map<FlowField, String> fields() {
        return fields;
    }
}
