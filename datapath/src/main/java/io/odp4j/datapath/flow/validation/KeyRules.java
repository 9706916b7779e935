package io.odp4j.datapath.flow.validation;

import io.odp4j.datapath.flow.KeyAttributes;
import io.odp4j.datapath.flow.NshAttributes;
import io.odp4j.datapath.flow.Protocol;
import io.odp4j.datapath.netlink.table.Attribute;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.StructValue;
import java.util.List;

/** The rules for single attributes of a key or mask, and for what a key must have. */
final class KeyRules {
    static final int CT_STATES = 0xff;
    private static final int MAX_PORTS = 65_535;
    private static final int FRAG_LATER = 2;
    private static final int LABELS_LENGTH = 16;

    private KeyRules() {}

    static void check(KeyLevels levels, boolean isMask, Problems problems) {
        for (Attribute attribute : levels.zeros()) {
            form(attribute, problems);
        }
        for (Attribute attribute : levels.attributes()) {
            form(attribute, problems);
            value(attribute, isMask, problems);
        }
        if (levels.has(KeyAttributes.VLAN)) {
            problems.add("vlan", "is of no use without ethernet, a tag's ethertype and encap");
        } else if (levels.has(KeyAttributes.ENCAP)) {
            problems.add("encap", "is of no use without ethernet, a tag's ethertype and vlan");
        }
    }

    /** Size, and whether the kernel knows it at all. */
    private static void form(Attribute attribute, Problems problems) {
        AttributeSpec spec = attribute.spec();
        if (spec == KeyAttributes.PACKET_TYPE || spec == KeyAttributes.ND_EXTENSIONS) {
            problems.add(spec.fieldName(), "is Open vSwitch's own; no kernel takes it");
        } else if (spec == KeyAttributes.CT_LABELS) {
            problems.require(
                    attribute.asBytes().length == LABELS_LENGTH,
                    spec.fieldName(),
                    "must have 16 bytes");
        } else if (attribute.value() instanceof StructValue struct) {
            int size = spec.struct().size();
            problems.require(
                    struct.bytes().length == size,
                    spec.fieldName(),
                    "must have " + size + " bytes");
        }
    }

    private static void value(Attribute attribute, boolean isMask, Problems problems) {
        AttributeSpec spec = attribute.spec();
        if (spec == KeyAttributes.CT_STATE) {
            problems.require(
                    (attribute.asLong() & ~CT_STATES) == 0, "ct_state", "has bits beyond 0xff");
        } else if (spec == KeyAttributes.MPLS) {
            int entries = ((List<?>) attribute.value()).size();
            problems.require(entries >= 1 && entries <= 3, "mpls", "must have 1 to 3 entries");
        } else if (spec == KeyAttributes.TUNNEL) {
            TunnelRules.check(attribute.asList(), isMask, problems.in("tunnel"));
        } else if (spec == KeyAttributes.NSH) {
            nsh(attribute.asList(), isMask, problems.in("nsh"));
        } else if (spec != null && !isMask) {
            keyValue(attribute, problems);
        }
    }

    private static void keyValue(Attribute attribute, Problems problems) {
        AttributeSpec spec = attribute.spec();
        String name = spec.fieldName();
        if (spec == KeyAttributes.IN_PORT) {
            problems.require(attribute.asLong() < MAX_PORTS, name, "must be below " + MAX_PORTS);
        } else if (spec == KeyAttributes.ETHERTYPE) {
            problems.require(
                    attribute.asLong() >= Protocol.ETH_MIN,
                    name,
                    "must be 0x600 at least; leave it out for an 802.2 frame");
        } else if (spec == KeyAttributes.IPV4) {
            problems.require(
                    attribute.asStruct().number("ipv4_frag") <= FRAG_LATER,
                    name,
                    "ipv4_frag must be 0 (no), 1 (first) or 2 (later)");
        } else if (spec == KeyAttributes.IPV6) {
            problems.require(
                    attribute.asStruct().number("ipv6_frag") <= FRAG_LATER,
                    name,
                    "ipv6_frag must be 0 (no), 1 (first) or 2 (later)");
            problems.require(
                    attribute.asStruct().number("ipv6_label") >>> 20 == 0,
                    name,
                    "ipv6_label has more than 20 bits");
        } else if (spec == KeyAttributes.ARP) {
            problems.require(
                    attribute.asStruct().number("arp_op") <= 0xff,
                    name,
                    "arp_op must be below 256");
        }
    }

    private static void nsh(AttributeList nsh, boolean isMask, Problems problems) {
        for (Attribute attribute : nsh) {
            form(attribute, problems);
        }
        problems.require(
                !nsh.has(NshAttributes.MD2), "md2", "metadata of type 2 cannot be matched or set");
        StructValue base = nsh.struct(NshAttributes.BASE);
        if (!isMask && nsh.has(NshAttributes.MD1)) {
            problems.require(
                    base != null && base.number("mdtype") == 1, "md1", "needs base with mdtype 1");
        }
    }

    /** What the Ethernet type and the protocol of a key ask for. */
    static void checkExpected(KeyLevels levels, Problems problems) {
        if (!levels.has(KeyAttributes.ETHERNET) && !levels.has(KeyAttributes.ETHERTYPE)) {
            problems.add("ethernet is missing, and ethertype too: one of them must be there");
        }
        int type = levels.has(KeyAttributes.ETHERTYPE) ? levels.fields().dlType() : 0;
        switch (type) {
            case Protocol.ETH_IPV4 -> {
                expect(levels, KeyAttributes.IPV4, "ethertype 0x0800", problems);
                transport(levels, false, problems);
            }
            case Protocol.ETH_IPV6 -> {
                expect(levels, KeyAttributes.IPV6, "ethertype 0x86dd", problems);
                transport(levels, true, problems);
            }
            case Protocol.ETH_ARP, Protocol.ETH_RARP ->
                    expect(levels, KeyAttributes.ARP, "the ethertype", problems);
            case Protocol.ETH_MPLS, Protocol.ETH_MPLS_MULTICAST ->
                    expect(levels, KeyAttributes.MPLS, "the ethertype", problems);
            case Protocol.ETH_NSH -> expect(levels, KeyAttributes.NSH, "the ethertype", problems);
            default -> {
                // Nothing is known above this type.
            }
        }
    }

    private static void transport(KeyLevels levels, boolean ipv6, Problems problems) {
        if (levels.fragment() == FRAG_LATER) {
            return;
        }
        int proto = (int) levels.proto();
        String why = "IP protocol " + proto;
        switch (proto) {
            case Protocol.IP_TCP -> {
                expect(levels, KeyAttributes.TCP, why, problems);
                expect(levels, KeyAttributes.TCP_FLAGS, why, problems);
            }
            case Protocol.IP_UDP -> expect(levels, KeyAttributes.UDP, why, problems);
            case Protocol.IP_SCTP -> expect(levels, KeyAttributes.SCTP, why, problems);
            case Protocol.IP_ICMP -> {
                if (!ipv6) {
                    expect(levels, KeyAttributes.ICMP, why, problems);
                }
            }
            case Protocol.IP_ICMPV6 -> {
                if (ipv6) {
                    expect(levels, KeyAttributes.ICMPV6, why, problems);
                    if (levels.isNeighbour()) {
                        expect(levels, KeyAttributes.ND, "the ICMPv6 type", problems);
                    }
                }
            }
            default -> {
                // Nothing is known above this protocol.
            }
        }
    }

    private static void expect(
            KeyLevels levels, AttributeSpec spec, String why, Problems problems) {
        if (!levels.has(spec)) {
            problems.add(spec.fieldName() + " is missing, which " + why + " asks for");
        }
    }
}
