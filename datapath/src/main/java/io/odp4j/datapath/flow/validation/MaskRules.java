package io.odp4j.datapath.flow.validation;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.KeyAttributes;
import io.odp4j.datapath.flow.Protocol;
import io.odp4j.datapath.flow.TunnelAttributes;
import io.odp4j.datapath.netlink.table.Attribute;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.netlink.table.AttributeSpec;
import java.util.Set;

/** The rules for a mask beside its key ({@code match_validate} in the kernel). */
final class MaskRules {
    /** Bytes of struct vxlan_metadata, the kernel's form of VXLAN options. */
    private static final int VXLAN_METADATA = 4;

    /** Bytes of struct erspan_metadata. */
    private static final int ERSPAN_METADATA = 12;

    private static final int FRAG_LATER = 2;

    private static final Set<AttributeSpec> ALWAYS_ALLOWED =
            Set.of(KeyAttributes.TUNNEL, KeyAttributes.IN_PORT, KeyAttributes.ETHERTYPE);

    private static final Set<AttributeSpec> NETWORK =
            Set.of(
                    KeyAttributes.IPV4,
                    KeyAttributes.IPV6,
                    KeyAttributes.ARP,
                    KeyAttributes.MPLS,
                    KeyAttributes.NSH,
                    KeyAttributes.CT_ORIG_TUPLE_IPV4,
                    KeyAttributes.CT_ORIG_TUPLE_IPV6);

    private static final Set<AttributeSpec> TRANSPORT =
            Set.of(
                    KeyAttributes.TCP,
                    KeyAttributes.TCP_FLAGS,
                    KeyAttributes.UDP,
                    KeyAttributes.SCTP,
                    KeyAttributes.ICMP,
                    KeyAttributes.ICMPV6,
                    KeyAttributes.ND);

    private MaskRules() {}

    static void check(KeyLevels key, KeyLevels mask, Problems problems) {
        for (Attribute attribute : mask.attributes()) {
            AttributeSpec spec = attribute.spec();
            if (spec == null || spec == KeyAttributes.VLAN || spec == KeyAttributes.ENCAP) {
                continue;
            }
            if (NETWORK.contains(spec)) {
                network(spec, key, mask, problems);
            } else if (TRANSPORT.contains(spec)) {
                transport(spec, key, mask, problems);
            } else if (!ALWAYS_ALLOWED.contains(spec)) {
                problems.require(key.has(spec), spec.fieldName(), "the key does not have it");
            }
        }
        geneve(key, mask, problems);
    }

    private static void network(
            AttributeSpec spec, KeyLevels key, KeyLevels mask, Problems problems) {
        int type = key.has(KeyAttributes.ETHERTYPE) ? key.fields().dlType() : 0;
        boolean goesWithType;
        if (spec == KeyAttributes.IPV4 || spec == KeyAttributes.CT_ORIG_TUPLE_IPV4) {
            goesWithType = type == Protocol.ETH_IPV4;
        } else if (spec == KeyAttributes.IPV6) {
            goesWithType = type == Protocol.ETH_IPV6;
        } else if (spec == KeyAttributes.CT_ORIG_TUPLE_IPV6) {
            boolean nd =
                    key.proto() == Protocol.IP_ICMPV6
                            && key.fragment() != FRAG_LATER
                            && key.isNeighbour();
            goesWithType = type == Protocol.ETH_IPV6 && !nd;
        } else if (spec == KeyAttributes.ARP) {
            goesWithType = type == Protocol.ETH_ARP || type == Protocol.ETH_RARP;
        } else if (spec == KeyAttributes.MPLS) {
            goesWithType = type == Protocol.ETH_MPLS || type == Protocol.ETH_MPLS_MULTICAST;
        } else {
            goesWithType = type == Protocol.ETH_NSH;
        }
        problems.require(
                goesWithType, spec.fieldName(), "does not go with the key's Ethernet type");
        problems.require(
                mask.has(KeyAttributes.ETHERTYPE),
                spec.fieldName(),
                "needs the mask of ethertype to be exact");
    }

    private static void transport(
            AttributeSpec spec, KeyLevels key, KeyLevels mask, Problems problems) {
        int type = key.has(KeyAttributes.ETHERTYPE) ? key.fields().dlType() : 0;
        boolean ipv6 = type == Protocol.ETH_IPV6;
        boolean ip = (type == Protocol.ETH_IPV4 || ipv6) && key.fragment() != FRAG_LATER;
        int proto = (int) key.proto();
        boolean goesWithProto =
                switch (proto) {
                    case Protocol.IP_TCP ->
                            spec == KeyAttributes.TCP || spec == KeyAttributes.TCP_FLAGS;
                    case Protocol.IP_UDP -> spec == KeyAttributes.UDP;
                    case Protocol.IP_SCTP -> spec == KeyAttributes.SCTP;
                    case Protocol.IP_ICMP -> spec == KeyAttributes.ICMP && !ipv6;
                    case Protocol.IP_ICMPV6 ->
                            ipv6
                                    && (spec == KeyAttributes.ICMPV6
                                            || spec == KeyAttributes.ND && key.isNeighbour());
                    default -> false;
                };
        problems.require(
                ip && goesWithProto,
                spec.fieldName(),
                "does not go with the key's Ethernet type and IP protocol");
        if (spec == KeyAttributes.ND) {
            problems.require(
                    mask.source() == 0xff,
                    spec.fieldName(),
                    "needs the mask of icmpv6_type to be exact");
        } else {
            problems.require(
                    mask.proto() == 0xff,
                    spec.fieldName(),
                    "needs the mask of the IP protocol to be exact");
        }
    }

    private static void geneve(KeyLevels key, KeyLevels mask, Problems problems) {
        byte[] inMask = geneveOptions(mask);
        if (inMask != null) {
            int length = optionsLength(key);
            problems.require(
                    inMask.length == length,
                    "tunnel.geneve_opts",
                    "must be as long as the key's (" + length + " bytes)");
        }
    }

    /**
     * The kernel keeps the options of every kind of tunnel in one place, and compares lengths
     * alone.
     */
    private static int optionsLength(KeyLevels key) {
        Attribute tunnel = key.get(KeyAttributes.TUNNEL);
        if (tunnel != null && tunnel.asList().has(TunnelAttributes.VXLAN_OPTS)) {
            return VXLAN_METADATA;
        }
        if (tunnel != null && tunnel.asList().has(TunnelAttributes.ERSPAN_OPTS)) {
            return ERSPAN_METADATA;
        }
        return (int) key.fields().get(FlowField.TUN_OPTS_LEN);
    }

    private static byte[] geneveOptions(KeyLevels levels) {
        Attribute tunnel = levels.get(KeyAttributes.TUNNEL);
        return tunnel == null ? null : tunnel.asList().bytes(TunnelAttributes.GENEVE_OPTS);
    }

    /** The key where the mask has bits: all that the kernel knows of the flow's packets. */
    static FlowKey masked(KeyLevels key, KeyLevels mask) {
        FlowKey masked = new FlowKey().copyFrom(key.fields());
        long[] words = masked.words();
        for (int i = 0; i < FlowKey.WORDS; i++) {
            if (i != FlowKey.ATTRIBUTES && i != FlowKey.NESTED_ATTRIBUTES) {
                words[i] &= mask.fields().words()[i];
            }
        }
        masked.set(FlowField.NW_PROTO, key.proto() & mask.proto());
        masked.set(FlowField.NW_FRAG, key.fragment() & mask.fragment());
        int labels = Math.min(key.fields().mplsCount(), mask.fields().mplsCount());
        return masked.setMplsCount(labels);
    }

    static void surprises(AttributeList mask, Problems surprises) {
        if (mask.number(KeyAttributes.RECIRC_ID, 0) != 0xffff_ffffL) {
            surprises.add(
                    "recirc_id", "is not matched exactly: recirculated packets match the flow too");
        }
        long port = mask.number(KeyAttributes.IN_PORT, 0);
        if (port != 0 && (port & 0xffff) != 0xffff) {
            surprises.add("in_port", "is masked in part, but the kernel matches all of it");
        }
        AttributeList level = mask;
        while (level.has(KeyAttributes.ENCAP)) {
            if (level.number(KeyAttributes.VLAN, 0) == 0) {
                surprises.add("vlan", "is missing: the kernel takes the key's TCI for its mask");
            }
            level = level.list(KeyAttributes.ENCAP);
        }
        long type = level.number(KeyAttributes.ETHERTYPE, 0);
        if (type != 0 && type != 0xffff) {
            surprises.add("ethertype", "is masked in part, but the kernel matches all of it");
        }
    }
}
