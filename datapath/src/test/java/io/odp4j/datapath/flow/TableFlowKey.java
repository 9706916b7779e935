package io.odp4j.datapath.flow;

import io.odp4j.datapath.netlink.table.Attribute;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.StructValue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * What a flow key must be for attributes that the table-driven codec decoded: slow, by field names,
 * and knowing nothing of how the words lie. The other opinion for the hand-written decoder.
 */
final class TableFlowKey {
    private TableFlowKey() {}

    static FlowKey key(AttributeList outer) {
        FlowKey key = fields(outer);
        if (!outer.has(KeyAttributes.IN_PORT)) {
            key.set(FlowField.IN_PORT, FlowKey.PORT_NONE);
        }
        if (outer.has(KeyAttributes.ETHERNET)
                && (isTag(innermost(outer)) || !innermost(outer).has(KeyAttributes.ETHERTYPE))) {
            key.set(FlowField.DL_TYPE, FlowKey.DL_TYPE_NONE);
        }
        return key;
    }

    static FlowKey fields(AttributeList outer) {
        FlowKey key = new FlowKey();
        AttributeList inner = outer.list(KeyAttributes.ENCAP);
        if (isTag(outer)) {
            key.set(FlowField.VLAN_TPID, outer.number(KeyAttributes.ETHERTYPE, 0));
            key.set(FlowField.VLAN_TCI, outer.number(KeyAttributes.VLAN, 0));
        }
        if (inner != null && isTag(inner)) {
            key.set(FlowField.CVLAN_TPID, inner.number(KeyAttributes.ETHERTYPE, 0));
            key.set(FlowField.CVLAN_TCI, inner.number(KeyAttributes.VLAN, 0));
        }
        if (!isTag(innermost(outer))) {
            key.set(FlowField.DL_TYPE, innermost(outer).number(KeyAttributes.ETHERTYPE, 0));
        }
        for (AttributeList level = outer; level != null; level = level.list(KeyAttributes.ENCAP)) {
            for (Attribute attribute : level) {
                set(key, attribute);
            }
        }
        return key;
    }

    private static boolean isTag(AttributeList level) {
        return level.has(KeyAttributes.VLAN) || level.has(KeyAttributes.ENCAP);
    }

    private static AttributeList innermost(AttributeList outer) {
        AttributeList level = outer;
        while (level.has(KeyAttributes.ENCAP)) {
            level = level.list(KeyAttributes.ENCAP);
        }
        return level;
    }

    private static void set(FlowKey key, Attribute a) {
        AttributeSpec spec = a.spec();
        if (spec == KeyAttributes.TUNNEL) {
            tunnel(key, a.asList());
        } else if (spec == KeyAttributes.NSH) {
            nsh(key, a.asList());
        } else if (spec == KeyAttributes.MPLS) {
            FlowField[] fields = {FlowField.MPLS_LSE0, FlowField.MPLS_LSE1, FlowField.MPLS_LSE2};
            List<?> entries = (List<?>) a.value();
            for (int i = 0; i < entries.size(); i++) {
                key.set(fields[i], ((StructValue) entries.get(i)).number("mpls_lse"));
            }
        } else if (spec == KeyAttributes.CT_LABELS) {
            ByteBuffer bytes = ByteBuffer.wrap(a.asBytes()).order(ByteOrder.nativeOrder());
            boolean little = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
            key.set(
                    FlowField.CT_LABEL,
                    bytes.getLong(little ? 8 : 0),
                    bytes.getLong(little ? 0 : 8));
        } else if (a.value() instanceof StructValue struct) {
            struct(key, spec, struct);
        } else if (spec != KeyAttributes.ENCAP
                && spec != KeyAttributes.ETHERTYPE
                && spec != KeyAttributes.VLAN) {
            String name = spec == KeyAttributes.PRIORITY ? "SKB_PRIORITY" : spec.name();
            key.set(FlowField.valueOf(name), a.asLong());
        }
    }

    private static void struct(FlowKey key, AttributeSpec spec, StructValue s) {
        if (spec == KeyAttributes.ETHERNET) {
            bytes(key, FlowField.DL_SRC, s.bytes("eth_src"));
            bytes(key, FlowField.DL_DST, s.bytes("eth_dst"));
        } else if (spec == KeyAttributes.IPV4) {
            key.set(FlowField.NW_SRC, s.number("ipv4_src"));
            key.set(FlowField.NW_DST, s.number("ipv4_dst"));
            key.set(FlowField.NW_PROTO, s.number("ipv4_proto"));
            key.set(FlowField.NW_TOS, s.number("ipv4_tos"));
            key.set(FlowField.NW_TTL, s.number("ipv4_ttl"));
            key.set(FlowField.NW_FRAG, s.number("ipv4_frag"));
        } else if (spec == KeyAttributes.IPV6) {
            bytes(key, FlowField.IPV6_SRC, s.bytes("ipv6_src"));
            bytes(key, FlowField.IPV6_DST, s.bytes("ipv6_dst"));
            key.set(FlowField.IPV6_LABEL, s.number("ipv6_label"));
            key.set(FlowField.NW_PROTO, s.number("ipv6_proto"));
            key.set(FlowField.NW_TOS, s.number("ipv6_tclass"));
            key.set(FlowField.NW_TTL, s.number("ipv6_hlimit"));
            key.set(FlowField.NW_FRAG, s.number("ipv6_frag"));
        } else if (spec == KeyAttributes.IPV6_EXTHDRS) {
            key.set(FlowField.IPV6_EXTHDRS, s.number("hdrs"));
        } else if (spec == KeyAttributes.ICMP || spec == KeyAttributes.ICMPV6) {
            key.set(FlowField.TP_SRC, s.number(spec.fieldName() + "_type"));
            key.set(FlowField.TP_DST, s.number(spec.fieldName() + "_code"));
        } else if (spec == KeyAttributes.ARP) {
            key.set(FlowField.NW_SRC, s.number("arp_sip"));
            key.set(FlowField.NW_DST, s.number("arp_tip"));
            key.set(FlowField.ARP_OP, s.number("arp_op"));
            bytes(key, FlowField.ARP_SHA, s.bytes("arp_sha"));
            bytes(key, FlowField.ARP_THA, s.bytes("arp_tha"));
        } else if (spec == KeyAttributes.ND) {
            bytes(key, FlowField.ND_TARGET, s.bytes("nd_target"));
            bytes(key, FlowField.ND_SLL, s.bytes("nd_sll"));
            bytes(key, FlowField.ND_TLL, s.bytes("nd_tll"));
        } else if (spec == KeyAttributes.ND_EXTENSIONS) {
            key.set(FlowField.ND_RESERVED, s.number("nd_reserved"));
            key.set(FlowField.ND_OPTIONS_TYPE, s.number("nd_options_type"));
        } else if (spec == KeyAttributes.CT_ORIG_TUPLE_IPV4) {
            key.set(FlowField.CT_NW_SRC, s.number("ipv4_src"));
            key.set(FlowField.CT_NW_DST, s.number("ipv4_dst"));
            tuple(key, s, "ipv4_proto");
        } else if (spec == KeyAttributes.CT_ORIG_TUPLE_IPV6) {
            bytes(key, FlowField.CT_IPV6_SRC, s.bytes("ipv6_src"));
            bytes(key, FlowField.CT_IPV6_DST, s.bytes("ipv6_dst"));
            tuple(key, s, "ipv6_proto");
        } else {
            key.set(FlowField.TP_SRC, s.number(spec.fieldName() + "_src"));
            key.set(FlowField.TP_DST, s.number(spec.fieldName() + "_dst"));
        }
    }

    private static void tuple(FlowKey key, StructValue s, String proto) {
        key.set(FlowField.CT_TP_SRC, s.number("src_port"));
        key.set(FlowField.CT_TP_DST, s.number("dst_port"));
        key.set(FlowField.CT_NW_PROTO, s.number(proto));
    }

    private static void tunnel(FlowKey key, AttributeList tunnel) {
        long flags = 0;
        for (Attribute a : tunnel) {
            AttributeSpec spec = a.spec();
            if (spec == TunnelAttributes.ID) {
                flags |= FlowKey.TUN_F_KEY;
                key.set(FlowField.TUN_ID, a.asLong());
            } else if (spec == TunnelAttributes.DONT_FRAGMENT) {
                flags |= FlowKey.TUN_F_DONT_FRAGMENT;
            } else if (spec == TunnelAttributes.CSUM) {
                flags |= FlowKey.TUN_F_CSUM;
            } else if (spec == TunnelAttributes.OAM) {
                flags |= FlowKey.TUN_F_OAM;
            } else if (spec == TunnelAttributes.IPV4_INFO_BRIDGE) {
                flags |= FlowKey.TUN_F_IPV4_INFO_BRIDGE;
            } else if (spec == TunnelAttributes.VXLAN_OPTS) {
                key.set(FlowField.TUN_GBP, a.asList().number(TunnelAttributes.VXLAN_GBP, 0));
            } else if (spec == TunnelAttributes.GENEVE_OPTS
                    || spec == TunnelAttributes.ERSPAN_OPTS) {
                byte[] options = a.asBytes();
                key.set(FlowField.TUN_OPTS_LEN, options.length);
                for (int i = 0; i < options.length; i++) {
                    key.setTunOpt(i, options[i]);
                }
            } else if (a.value() instanceof byte[] address) {
                bytes(key, FlowField.valueOf("TUN_" + spec.name()), address);
            } else {
                String name = "TUN_" + spec.name().replace("IPV4_", "");
                key.set(FlowField.valueOf(name), a.asLong());
            }
        }
        key.set(FlowField.TUN_FLAGS, flags);
    }

    private static void nsh(FlowKey key, AttributeList nsh) {
        StructValue base = nsh.struct(NshAttributes.BASE);
        if (base != null) {
            key.set(FlowField.NSH_FLAGS, base.number("flags"));
            key.set(FlowField.NSH_TTL, base.number("ttl"));
            key.set(FlowField.NSH_MDTYPE, base.number("mdtype"));
            key.set(FlowField.NSH_NP, base.number("np"));
            key.set(FlowField.NSH_PATH_HDR, base.number("path_hdr"));
        }
        StructValue md1 = nsh.struct(NshAttributes.MD1);
        if (md1 != null) {
            key.set(FlowField.NSH_C1, md1.number("context1"));
            key.set(FlowField.NSH_C2, md1.number("context2"));
            key.set(FlowField.NSH_C3, md1.number("context3"));
            key.set(FlowField.NSH_C4, md1.number("context4"));
        }
    }

    private static void bytes(FlowKey key, FlowField field, byte[] bytes) {
        long[] halves = new long[2];
        for (int i = 0; i < bytes.length; i++) {
            halves[i / 8] = halves[i / 8] << 8 | bytes[i] & 0xff;
        }
        if (bytes.length == 16) {
            key.set(field, halves[0], halves[1]);
        } else {
            key.set(field, halves[0]);
        }
    }
}
