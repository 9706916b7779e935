package io.odp4j.flowcache.rule.field;

import static io.odp4j.flowcache.rule.field.Prerequisite.ARP;
import static io.odp4j.flowcache.rule.field.Prerequisite.ICMP;
import static io.odp4j.flowcache.rule.field.Prerequisite.ICMPV6;
import static io.odp4j.flowcache.rule.field.Prerequisite.IP;
import static io.odp4j.flowcache.rule.field.Prerequisite.IPV4;
import static io.odp4j.flowcache.rule.field.Prerequisite.IPV4_OR_ARP;
import static io.odp4j.flowcache.rule.field.Prerequisite.IP_OR_ARP;
import static io.odp4j.flowcache.rule.field.Prerequisite.MPLS;
import static io.odp4j.flowcache.rule.field.Prerequisite.ND;
import static io.odp4j.flowcache.rule.field.Prerequisite.NONE;
import static io.odp4j.flowcache.rule.field.Prerequisite.PORTS;

import io.odp4j.datapath.flow.FlowField;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Every field that rules know, by all of its names: ovs-fields(7), NXM and OXM. */
public final class RuleFields {
    private static final Map<String, RuleField> BY_NAME = new HashMap<>();
    private static final List<RuleField> ALL = new ArrayList<>();
    private static final int TUN_OAM_BIT = 2;

    public static final RuleField IN_PORT =
            add(
                    RuleField.of("in_port", FlowField.IN_PORT, ValueFormat.PORT, NONE, true),
                    "in_port_oxm",
                    "NXM_OF_IN_PORT",
                    "OXM_OF_IN_PORT");
    public static final RuleField DL_SRC =
            add(
                    RuleField.of("dl_src", FlowField.DL_SRC, ValueFormat.MAC, NONE, true),
                    "eth_src",
                    "NXM_OF_ETH_SRC",
                    "OXM_OF_ETH_SRC");
    public static final RuleField DL_DST =
            add(
                    RuleField.of("dl_dst", FlowField.DL_DST, ValueFormat.MAC, NONE, true),
                    "eth_dst",
                    "NXM_OF_ETH_DST",
                    "OXM_OF_ETH_DST");
    public static final RuleField DL_TYPE =
            number(
                    "dl_type",
                    FlowField.DL_TYPE,
                    NONE,
                    false,
                    "eth_type",
                    "NXM_OF_ETH_TYPE",
                    "OXM_OF_ETH_TYPE");
    public static final RuleField VLAN_TCI =
            number("vlan_tci", FlowField.VLAN_TCI, NONE, true, "NXM_OF_VLAN_TCI");
    public static final RuleField VLAN_VID =
            add(RuleField.part("vlan_vid", FlowField.VLAN_TCI, 0, 13, NONE), "OXM_OF_VLAN_VID");
    public static final RuleField VLAN_PCP =
            add(RuleField.part("vlan_pcp", FlowField.VLAN_TCI, 13, 3, NONE), "OXM_OF_VLAN_PCP");
    public static final RuleField NW_SRC =
            add(
                    RuleField.of("nw_src", FlowField.NW_SRC, ValueFormat.IPV4, IPV4_OR_ARP, true),
                    "ip_src",
                    "NXM_OF_IP_SRC",
                    "OXM_OF_IPV4_SRC");
    public static final RuleField NW_DST =
            add(
                    RuleField.of("nw_dst", FlowField.NW_DST, ValueFormat.IPV4, IPV4_OR_ARP, true),
                    "ip_dst",
                    "NXM_OF_IP_DST",
                    "OXM_OF_IPV4_DST");
    public static final RuleField IPV6_SRC =
            add(
                    RuleField.of(
                            "ipv6_src",
                            FlowField.IPV6_SRC,
                            ValueFormat.IPV6,
                            Prerequisite.IPV6,
                            true),
                    "NXM_NX_IPV6_SRC",
                    "OXM_OF_IPV6_SRC");
    public static final RuleField IPV6_DST =
            add(
                    RuleField.of(
                            "ipv6_dst",
                            FlowField.IPV6_DST,
                            ValueFormat.IPV6,
                            Prerequisite.IPV6,
                            true),
                    "NXM_NX_IPV6_DST",
                    "OXM_OF_IPV6_DST");
    public static final RuleField NW_PROTO =
            decimal(
                    "nw_proto",
                    FlowField.NW_PROTO,
                    IP_OR_ARP,
                    false,
                    "ip_proto",
                    "NXM_OF_IP_PROTO",
                    "OXM_OF_IP_PROTO");
    public static final RuleField NW_FRAG =
            add(
                    RuleField.of("nw_frag", FlowField.NW_FRAG, ValueFormat.FRAG, IP, false),
                    "ip_frag",
                    "NXM_NX_IP_FRAG");
    public static final RuleField NW_DSCP =
            add(RuleField.part("ip_dscp", FlowField.NW_TOS, 2, 6, IP), "OXM_OF_IP_DSCP");
    public static final RuleField NW_ECN =
            add(
                    RuleField.part("nw_ecn", FlowField.NW_TOS, 0, 2, IP),
                    "ip_ecn",
                    "OXM_OF_IP_ECN",
                    "NXM_NX_IP_ECN");
    public static final RuleField NW_TTL =
            decimal("nw_ttl", FlowField.NW_TTL, IP, true, "NXM_NX_IP_TTL");
    public static final RuleField TP_SRC =
            decimal(
                    "tp_src",
                    FlowField.TP_SRC,
                    PORTS,
                    true,
                    "tcp_src",
                    "udp_src",
                    "sctp_src",
                    "NXM_OF_TCP_SRC",
                    "OXM_OF_TCP_SRC",
                    "NXM_OF_UDP_SRC",
                    "OXM_OF_UDP_SRC",
                    "OXM_OF_SCTP_SRC");
    public static final RuleField TP_DST =
            decimal(
                    "tp_dst",
                    FlowField.TP_DST,
                    PORTS,
                    true,
                    "tcp_dst",
                    "udp_dst",
                    "sctp_dst",
                    "NXM_OF_TCP_DST",
                    "OXM_OF_TCP_DST",
                    "NXM_OF_UDP_DST",
                    "OXM_OF_UDP_DST",
                    "OXM_OF_SCTP_DST");
    public static final RuleField TCP_FLAGS =
            add(
                    RuleField.of(
                            "tcp_flags",
                            FlowField.TCP_FLAGS,
                            ValueFormat.TCP_FLAGS,
                            Prerequisite.TCP,
                            false),
                    "NXM_NX_TCP_FLAGS",
                    "OXM_OF_TCP_FLAGS");
    public static final RuleField ARP_OP =
            decimal("arp_op", FlowField.ARP_OP, ARP, true, "NXM_OF_ARP_OP", "OXM_OF_ARP_OP");
    public static final RuleField CT_STATE =
            add(
                    RuleField.of("ct_state", FlowField.CT_STATE, ValueFormat.CT_STATE, NONE, false),
                    "NXM_NX_CT_STATE");
    public static final RuleField PKT_MARK =
            number("pkt_mark", FlowField.SKB_MARK, NONE, true, "NXM_NX_PKT_MARK");
    public static final RuleField CT_MARK =
            number("ct_mark", FlowField.CT_MARK, NONE, true, "NXM_NX_CT_MARK");
    public static final RuleField CT_LABEL =
            number("ct_label", FlowField.CT_LABEL, NONE, true, "NXM_NX_CT_LABEL");
    public static final RuleField MPLS_LABEL =
            add(
                    RuleField.part("mpls_label", FlowField.MPLS_LSE0, 12, 20, MPLS),
                    "OXM_OF_MPLS_LABEL");
    public static final RuleField MPLS_TC =
            add(RuleField.part("mpls_tc", FlowField.MPLS_LSE0, 9, 3, MPLS), "OXM_OF_MPLS_TC");
    public static final RuleField MPLS_TTL =
            add(RuleField.part("mpls_ttl", FlowField.MPLS_LSE0, 0, 8, MPLS), "NXM_NX_MPLS_TTL");
    public static final RuleField TUN_ID =
            number("tun_id", FlowField.TUN_ID, NONE, true, "tunnel_id", "NXM_NX_TUN_ID");
    public static final RuleField RECIRC_ID =
            number("recirc_id", FlowField.RECIRC_ID, NONE, false, "NXM_NX_RECIRC_ID");
    public static final RuleField METADATA =
            add(
                    new RuleField(
                            "metadata", RuleKey.METADATA, 0, 64, ValueFormat.NUMBER, NONE, true),
                    "OXM_OF_METADATA");

    static {
        decimal("ct_zone", FlowField.CT_ZONE, NONE, false, "NXM_NX_CT_ZONE");
        number("dp_hash", FlowField.DP_HASH, NONE, false, "NXM_NX_DP_HASH");
        ip("arp_spa", FlowField.NW_SRC, ARP, true, "NXM_OF_ARP_SPA", "OXM_OF_ARP_SPA");
        ip("arp_tpa", FlowField.NW_DST, ARP, true, "NXM_OF_ARP_TPA", "OXM_OF_ARP_TPA");
        decimal("icmp_type", FlowField.TP_SRC, ICMP, true, "NXM_OF_ICMP_TYPE");
        decimal("icmp_code", FlowField.TP_DST, ICMP, true, "NXM_OF_ICMP_CODE");
        decimal("icmpv6_type", FlowField.TP_SRC, ICMPV6, true, "NXM_NX_ICMPV6_TYPE");
        decimal("icmpv6_code", FlowField.TP_DST, ICMPV6, true, "NXM_NX_ICMPV6_CODE");
        number("ipv6_label", FlowField.IPV6_LABEL, Prerequisite.IPV6, true, "NXM_NX_IPV6_LABEL");
        mac("arp_sha", FlowField.ARP_SHA, ARP, "NXM_NX_ARP_SHA");
        mac("arp_tha", FlowField.ARP_THA, ARP, "NXM_NX_ARP_THA");
        mac("nd_sll", FlowField.ND_SLL, ND, "NXM_NX_ND_SLL");
        mac("nd_tll", FlowField.ND_TLL, ND, "NXM_NX_ND_TLL");
        add(
                RuleField.of("nd_target", FlowField.ND_TARGET, ValueFormat.IPV6, ND, true),
                "NXM_NX_ND_TARGET");
        add(RuleField.readOnly("mpls_bos", FlowField.MPLS_LSE0, 8, 1, MPLS), "OXM_OF_MPLS_BOS");
        number("nd_reserved", FlowField.ND_RESERVED, ND, true, "ERICOXM_OF_ICMPV6_ND_RESERVED");
        decimal(
                "nd_options_type",
                FlowField.ND_OPTIONS_TYPE,
                ND,
                true,
                "ERICOXM_OF_ICMPV6_ND_OPTIONS_TYPE");
        ip("ct_nw_src", FlowField.CT_NW_SRC, IPV4, false, "NXM_NX_CT_NW_SRC");
        ip("ct_nw_dst", FlowField.CT_NW_DST, IPV4, false, "NXM_NX_CT_NW_DST");
        decimal("ct_nw_proto", FlowField.CT_NW_PROTO, NONE, false, "NXM_NX_CT_NW_PROTO");
        decimal("ct_tp_src", FlowField.CT_TP_SRC, NONE, false, "NXM_NX_CT_TP_SRC");
        decimal("ct_tp_dst", FlowField.CT_TP_DST, NONE, false, "NXM_NX_CT_TP_DST");
        ipv6("ct_ipv6_src", FlowField.CT_IPV6_SRC, Prerequisite.IPV6, false);
        ipv6("ct_ipv6_dst", FlowField.CT_IPV6_DST, Prerequisite.IPV6, false);
        ipv6("tun_ipv6_src", FlowField.TUN_IPV6_SRC, NONE, true);
        ipv6("tun_ipv6_dst", FlowField.TUN_IPV6_DST, NONE, true);
        add(RuleField.part("tun_gbp_id", FlowField.TUN_GBP, 0, 16, NONE), "NXM_NX_TUN_GBP_ID");
        add(
                RuleField.part("tun_gbp_flags", FlowField.TUN_GBP, 16, 8, NONE),
                "NXM_NX_TUN_GBP_FLAGS");
        add(
                new RuleField(
                        "tun_flags",
                        FlowField.TUN_FLAGS.word(),
                        FlowField.TUN_FLAGS.shift() + TUN_OAM_BIT,
                        1,
                        ValueFormat.TUN_FLAGS,
                        NONE,
                        true),
                "NXM_NX_TUN_FLAGS");
        ip("tun_src", FlowField.TUN_SRC, NONE, true, "NXM_NX_TUN_IPV4_SRC");
        ip("tun_dst", FlowField.TUN_DST, NONE, true, "NXM_NX_TUN_IPV4_DST");
        number("tun_tos", FlowField.TUN_TOS, NONE, true);
        decimal("tun_ttl", FlowField.TUN_TTL, NONE, true);
        add(
                new RuleField("conj_id", RuleKey.CONJ_ID, 0, 32, ValueFormat.DECIMAL, NONE, false),
                "NXM_NX_CONJ_ID");
        for (int i = 0; i < RuleKey.REGISTER_COUNT; i++) {
            register("reg" + i, RuleKey.REGISTERS + i / 2, 32 * (1 - i % 2), 32, "NXM_NX_REG" + i);
        }
        for (int i = 0; i < RuleKey.REGISTER_COUNT / 2; i++) {
            register("xreg" + i, RuleKey.REGISTERS + i, 0, 64, "OXM_OF_PKT_REG" + i);
        }
        for (int i = 0; i < RuleKey.REGISTER_COUNT / 4; i++) {
            register("xxreg" + i, RuleKey.REGISTERS + 2 * i, 0, 128, "NXM_NX_XXREG" + i);
        }
    }

    private RuleFields() {}

    /** The field of a name, or null. Names are read without regard to case. */
    public static RuleField byName(String name) {
        return BY_NAME.get(name.toLowerCase(Locale.ROOT));
    }

    /** The fields of these names, each of which there must be. */
    public static List<RuleField> named(String... names) {
        List<RuleField> fields = new ArrayList<>();
        for (String name : names) {
            fields.add(java.util.Objects.requireNonNull(byName(name), name));
        }
        return List.copyOf(fields);
    }

    public static List<RuleField> all() {
        return ALL;
    }

    private static RuleField add(RuleField field, String... aliases) {
        ALL.add(field);
        BY_NAME.put(field.name(), field);
        for (String alias : aliases) {
            BY_NAME.put(alias.toLowerCase(Locale.ROOT), field);
        }
        return field;
    }

    private static RuleField decimal(
            String name, FlowField field, Prerequisite needs, boolean writable, String... aliases) {
        return add(RuleField.of(name, field, ValueFormat.DECIMAL, needs, writable), aliases);
    }

    private static RuleField number(
            String name, FlowField field, Prerequisite needs, boolean writable, String... aliases) {
        return add(RuleField.of(name, field, ValueFormat.NUMBER, needs, writable), aliases);
    }

    private static void mac(String name, FlowField field, Prerequisite needs, String... aliases) {
        add(RuleField.of(name, field, ValueFormat.MAC, needs, true), aliases);
    }

    private static void ip(
            String name, FlowField field, Prerequisite needs, boolean writable, String... aliases) {
        add(RuleField.of(name, field, ValueFormat.IPV4, needs, writable), aliases);
    }

    private static void ipv6(String name, FlowField field, Prerequisite needs, boolean writable) {
        add(
                RuleField.of(name, field, ValueFormat.IPV6, needs, writable),
                "NXM_NX_" + name.toUpperCase(Locale.ROOT));
    }

    private static void register(String name, int word, int shift, int bits, String alias) {
        add(new RuleField(name, word, shift, bits, ValueFormat.NUMBER, NONE, true), alias);
    }
}
