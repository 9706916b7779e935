package io.odp4j.flowcache.rule;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowMask;
import io.odp4j.flowcache.rule.field.Prerequisite;
import io.odp4j.flowcache.rule.field.ProtocolName;
import io.odp4j.flowcache.rule.field.RuleField;
import io.odp4j.flowcache.rule.field.RuleFields;
import io.odp4j.flowcache.rule.field.RuleKey;
import io.odp4j.flowcache.rule.field.ValueFormatter;
import io.odp4j.flowcache.rule.field.WideValue;
import java.util.List;

/**
 * Matches in the text of {@code ovs-ofctl}, which {@link io.odp4j.flowcache.rule.parse.RuleParser}
 * reads: fields in Open vSwitch's order, {@code nw_src=10.0.0.0/8}, nothing that is wildcarded.
 */
public final class MatchFormatter {
    private static final int TAG = 0x1000;
    private static final int VID = 0xfff;
    private static final int PCP = 0xe000;
    private static final int WHOLE_TCI = 0xffff;
    private static final int FRAG_LATER = 2;
    private static final int WHOLE_PROTOCOL = 0xff;

    private static final List<RuleField> BEFORE_PROTOCOL =
            RuleFields.named(
                    "pkt_mark",
                    "dp_hash",
                    "conj_id",
                    "ct_state",
                    "ct_zone",
                    "ct_mark",
                    "ct_label",
                    "ct_nw_src",
                    "ct_nw_dst",
                    "ct_ipv6_src",
                    "ct_ipv6_dst",
                    "ct_nw_proto",
                    "ct_tp_src",
                    "ct_tp_dst");
    private static final List<RuleField> TUNNEL =
            RuleFields.named(
                    "tun_id",
                    "tun_src",
                    "tun_dst",
                    "tun_ipv6_src",
                    "tun_ipv6_dst",
                    "tun_gbp_id",
                    "tun_gbp_flags",
                    "tun_tos",
                    "tun_ttl",
                    "tun_flags",
                    "metadata",
                    "in_port");
    private static final List<RuleField> ADDRESSES =
            RuleFields.named("dl_src", "dl_dst", "ipv6_src", "ipv6_dst");
    private static final List<RuleField> MPLS =
            RuleFields.named("mpls_label", "mpls_tc", "mpls_ttl", "mpls_bos");
    private static final List<RuleField> ARP =
            RuleFields.named("arp_spa", "arp_tpa", "arp_op", "arp_sha", "arp_tha");
    private static final List<RuleField> ND =
            RuleFields.named("nd_target", "nd_sll", "nd_tll", "nd_reserved", "nd_options_type");

    private final StringBuilder text = new StringBuilder();
    private final long[] value;
    private final long[] mask;

    private MatchFormatter(long[] value, long[] mask) {
        this.value = value;
        this.mask = mask;
    }

    /** What a rule asks for; empty if it asks for nothing. */
    public static String of(RuleMatch match) {
        return new MatchFormatter(match.value(), match.mask()).format(false);
    }

    /**
     * What a megaflow matches, as {@code ofproto/trace} prints it.
     *
     * @param inPort the port's number as OpenFlow has it
     */
    public static String megaflow(FlowKey key, FlowMask mask, int inPort) {
        long[] value = new long[RuleKey.WORDS];
        long[] bits = new long[RuleKey.WORDS];
        for (int w = 0; w < FlowKey.WORDS; w++) {
            bits[w] = mask.words()[w];
            value[w] = key.words()[w] & bits[w];
        }
        FlowField.IN_PORT.set(value, inPort);
        toRuleForm(value, bits);
        return new MatchFormatter(value, bits).format(true);
    }

    /** Some of what a megaflow matches; empty for nothing. Names are its protocol's. */
    public static String part(FlowKey key, FlowMask mask) {
        long[] value = new long[RuleKey.WORDS];
        long[] bits = new long[RuleKey.WORDS];
        System.arraycopy(mask.words(), 0, bits, 0, FlowKey.MATCH_WORDS);
        System.arraycopy(key.words(), 0, value, 0, FlowKey.MATCH_WORDS);
        if (FlowField.NW_FRAG.get(value) == FRAG_LATER) {
            FlowField.NW_FRAG.set(value, FRAG_LATER | 1);
        }
        // Protocols have to be known for names, and are not to be shown again.
        long type = FlowField.DL_TYPE.get(value);
        long proto = FlowField.NW_PROTO.get(value);
        for (int w = 0; w < RuleKey.WORDS; w++) {
            value[w] &= bits[w];
        }
        FlowField.DL_TYPE.set(value, type);
        FlowField.NW_PROTO.set(value, proto);
        return new MatchFormatter(value, bits).parts();
    }

    /**
     * A packet's key: its fields, the metadata that is not zero, and what its protocols have.
     *
     * @param key words of a {@link RuleKey}
     */
    public static String packet(long[] key) {
        long[] bits = new long[RuleKey.WORDS];
        for (RuleField field : RuleFields.all()) {
            boolean always = field == RuleFields.IN_PORT || field == RuleFields.DL_TYPE;
            boolean connection = field.name().startsWith("ct_");
            boolean header =
                    !connection && (field.needs() != Prerequisite.NONE || isAddress(field));
            boolean shown = header ? field.needs().isMet(key) : always || isSet(field, key);
            if (shown && field != RuleFields.TCP_FLAGS || isSet(field, key)) {
                field.set(bits, field.ones(), field.ones());
            }
        }
        long[] value = key.clone();
        boolean later = (FlowField.NW_FRAG.get(value) & FRAG_LATER) != 0;
        if (later) {
            FlowField.TP_SRC.set(bits, 0);
            FlowField.TP_DST.set(bits, 0);
        }
        for (int w = 0; w < RuleKey.WORDS; w++) {
            value[w] &= bits[w];
        }
        toRuleForm(value, bits);
        return new MatchFormatter(value, bits).format(true);
    }

    private static boolean isAddress(RuleField field) {
        return field == RuleFields.DL_SRC || field == RuleFields.DL_DST;
    }

    private static boolean isSet(RuleField field, long[] key) {
        return !field.get(key).isZero();
    }

    /** In a datapath's key a later fragment is 2, where rules tell any fragment from later ones. */
    private static void toRuleForm(long[] value, long[] bits) {
        if (FlowField.NW_FRAG.get(value) == FRAG_LATER) {
            FlowField.NW_FRAG.set(value, FRAG_LATER | 1);
        }
        for (int w = 0; w < RuleKey.WORDS; w++) {
            value[w] &= bits[w];
        }
    }

    private String parts() {
        fields(BEFORE_PROTOCOL);
        fields(TUNNEL);
        vlan();
        fields(ADDRESSES);
        hex("ipv6_label", "0x%05x", RuleFields.byName("ipv6_label"));
        network(false);
        transport();
        return text.toString();
    }

    private String format(boolean flow) {
        if (flow || !isWild(RuleFields.RECIRC_ID)) {
            number("recirc_id", RuleFields.RECIRC_ID.get(value).low());
        }
        fields(BEFORE_PROTOCOL);
        if (flow) {
            word("eth");
        }
        boolean named = protocol();
        for (int i = 0; i < RuleKey.REGISTER_COUNT; i++) {
            field(RuleFields.byName("reg" + i));
        }
        fields(TUNNEL);
        vlan();
        fields(ADDRESSES);
        hex("ipv6_label", "0x%05x", RuleFields.byName("ipv6_label"));
        if (!named) {
            hex("dl_type", "0x%04x", RuleFields.DL_TYPE);
        }
        network(named);
        transport();
        return text.toString();
    }

    private boolean isWild(RuleField field) {
        return field.get(mask).isZero();
    }

    private void fields(List<RuleField> fields) {
        fields.forEach(this::field);
    }

    private void word(String word) {
        text.append(text.length() == 0 ? "" : ",").append(word);
    }

    private void put(String name, String shown) {
        word(name);
        text.append('=').append(shown);
    }

    private void number(String name, long number) {
        put(name, number == 0 ? "0" : "0x" + Long.toHexString(number));
    }

    private void field(RuleField field) {
        field(field.name(), field);
    }

    private void field(String name, RuleField field) {
        WideValue bits = field.get(mask);
        if (!bits.isZero()) {
            put(name, ValueFormatter.masked(field, field.get(value), bits));
        }
    }

    private void hex(String name, String form, RuleField field) {
        long bits = field.get(mask).low();
        if (bits != 0) {
            String shown = String.format(form, field.get(value).low());
            boolean whole = bits == field.ones().low();
            put(name, whole ? shown : shown + "/" + String.format(form, bits));
        }
    }

    /**
     * The name that stands for the Ethernet type and perhaps the protocol; whether there is one.
     */
    private boolean protocol() {
        if (!RuleFields.DL_TYPE.get(mask).equals(RuleFields.DL_TYPE.ones())) {
            return false;
        }
        boolean whole = FlowField.NW_PROTO.get(mask) == WHOLE_PROTOCOL;
        String name =
                ProtocolName.of(
                        (int) FlowField.DL_TYPE.get(value),
                        whole ? (int) FlowField.NW_PROTO.get(value) : ProtocolName.ANY);
        if (name != null) {
            word(name);
        }
        return name != null;
    }

    private void vlan() {
        int bits = (int) FlowField.VLAN_TCI.get(mask);
        int tci = (int) FlowField.VLAN_TCI.get(value);
        if (bits == 0) {
            return;
        }
        boolean wholeParts =
                (bits & VID) % VID == 0 && (bits & PCP) % PCP == 0 && (bits & (VID | PCP)) != 0;
        if ((bits & TAG) != 0 && (tci & TAG) != 0 && wholeParts) {
            if ((bits & VID) != 0) {
                put("dl_vlan", Integer.toString(tci & VID));
            }
            if ((bits & PCP) != 0) {
                put("dl_vlan_pcp", Integer.toString(tci >> 13));
            }
            return;
        }
        String shown = String.format("0x%04x", tci);
        put("vlan_tci", bits == WHOLE_TCI ? shown : shown + String.format("/0x%04x", bits));
    }

    private void network(boolean named) {
        if (Prerequisite.ARP.isMet(value)) {
            fields(ARP);
            return;
        }
        if (Prerequisite.MPLS.isMet(value)) {
            fields(MPLS);
            return;
        }
        field(RuleFields.NW_SRC);
        field(RuleFields.NW_DST);
        int proto = (int) FlowField.NW_PROTO.get(value);
        int type = (int) FlowField.DL_TYPE.get(value);
        if (!named
                || ProtocolName.of(type, proto).equals(ProtocolName.of(type, ProtocolName.ANY))) {
            field(RuleFields.NW_PROTO);
        }
        tos();
        field(RuleFields.NW_TTL);
        long frag = FlowField.NW_FRAG.get(mask) & 3;
        if (frag != 0) {
            put("nw_frag", ValueFormatter.fragment((int) FlowField.NW_FRAG.get(value), (int) frag));
        }
    }

    private void tos() {
        long bits = RuleFields.NW_DSCP.get(mask).low();
        long dscp = RuleFields.NW_DSCP.get(value).low() << 2;
        if (bits == RuleFields.NW_DSCP.ones().low()) {
            put("nw_tos", Long.toString(dscp));
        } else if (bits != 0) {
            put("nw_tos", "0x" + Long.toHexString(dscp) + "/0x" + Long.toHexString(bits << 2));
        }
        field(RuleFields.NW_ECN);
    }

    private void transport() {
        if (Prerequisite.MPLS.isMet(value) || Prerequisite.ARP.isMet(value)) {
            return;
        }
        boolean icmp = Prerequisite.ICMP.isMet(value) || Prerequisite.ICMPV6.isMet(value);
        field(icmp ? "icmp_type" : "tp_src", RuleFields.TP_SRC.narrowed(icmp ? 8 : 16));
        field(icmp ? "icmp_code" : "tp_dst", RuleFields.TP_DST.narrowed(icmp ? 8 : 16));
        if (Prerequisite.ND.isMet(value)) {
            fields(ND);
        }
        field(RuleFields.TCP_FLAGS);
    }
}
