package io.odp4j.flowcache.rule.parse;

import io.odp4j.flowcache.rule.RuleMatch;
import io.odp4j.flowcache.rule.field.Prerequisite;
import io.odp4j.flowcache.rule.field.ProtocolName;
import io.odp4j.flowcache.rule.field.RuleField;
import io.odp4j.flowcache.rule.field.RuleFields;
import io.odp4j.flowcache.rule.field.ValueParser;
import io.odp4j.flowcache.rule.field.WideValue;
import java.util.ArrayList;
import java.util.List;

/** Reads the match of a rule, field by field, and checks that each field can mean something. */
final class MatchParser {
    private static final long TAG = 0x1000;
    private static final int VLAN_NONE = 0xffff;
    private static final int MAX_VID = 0xfff;
    private static final int PCP_SHIFT = 13;

    private final RuleMatch match = new RuleMatch();
    private final List<Met> toCheck = new ArrayList<>();

    private record Met(RuleField field, Item item) {}

    /** Takes one item; false if it is not of a match. */
    boolean accept(Item item) throws RuleSyntaxException {
        int[] protocol = ProtocolName.numbers(item.key());
        if (protocol != null && item.value() == null) {
            match.set(RuleFields.DL_TYPE, protocol[0]);
            if (protocol[1] != ProtocolName.ANY) {
                match.set(RuleFields.NW_PROTO, protocol[1]);
            }
            return true;
        }
        switch (item.key()) {
            case "dl_vlan" -> vlan(item);
            case "dl_vlan_pcp" -> tci((long) item.number(7) << PCP_SHIFT, 7L << PCP_SHIFT);
            case "vlan_vid" -> vid(item);
            case "nw_tos", "ip_dscp", "nw_tos_shifted" -> tos(item);
            case "eth" -> {
                // Every packet of a datapath port has an Ethernet header.
            }
            case "packet_type" -> packetType(item);
            default -> {
                return field(item);
            }
        }
        return true;
    }

    private boolean field(Item item) throws RuleSyntaxException {
        RuleField field = RuleFields.byName(item.key());
        if (field == null) {
            return false;
        }
        if (item.separator() != '=') {
            throw item.fault(item.key() + " needs a value");
        }
        ValueParser.Masked value = item.masked(item.needValue(), field);
        match.set(field, value.value(), value.mask());
        if (field.needs() != Prerequisite.NONE) {
            toCheck.add(new Met(field, item));
        }
        return true;
    }

    private static int number(Item item, int max) throws RuleSyntaxException {
        return item.number(max);
    }

    private void vlan(Item item) throws RuleSyntaxException {
        int vid = item.number(VLAN_NONE);
        if (vid == VLAN_NONE) {
            match.set(RuleFields.VLAN_TCI, 0);
            return;
        }
        if (vid > MAX_VID) {
            throw item.valueFault(vid + " is no VLAN id");
        }
        tci(vid, MAX_VID);
    }

    /** OpenFlow 1.2's form: with the tag's bit in it; without that bit no tag is meant. */
    private void vid(Item item) throws RuleSyntaxException {
        ValueParser.Masked vid = item.masked(item.needValue(), RuleFields.VLAN_VID);
        if (vid.mask().equals(RuleFields.VLAN_VID.ones()) && (vid.value().low() & TAG) == 0) {
            match.set(RuleFields.VLAN_TCI, 0);
        } else {
            match.set(RuleFields.VLAN_VID, vid.value(), vid.mask());
        }
    }

    /** Asks for bits of a tag that is there. */
    private void tci(long value, long mask) {
        match.set(RuleFields.VLAN_TCI, WideValue.of(value | TAG), WideValue.of(mask | TAG));
    }

    /** nw_tos has the class where the byte has it, ip_dscp has it alone. */
    private void tos(Item item) throws RuleSyntaxException {
        boolean whole = item.key().equals("nw_tos");
        int value = item.number(whole ? 255 : 63);
        match.set(RuleFields.NW_DSCP, whole ? value >> 2 : value);
        toCheck.add(new Met(RuleFields.NW_DSCP, item));
    }

    private static void packetType(Item item) throws RuleSyntaxException {
        if (!item.needValue().replace(" ", "").equals("(0,0)")) {
            throw item.valueFault("packets without an Ethernet header are not supported");
        }
    }

    /**
     * The match, once nothing more comes.
     *
     * @param warnings gets what was left out for want of what it needs
     */
    RuleMatch finish(List<String> warnings) {
        for (Met met : toCheck) {
            Prerequisite needs = needs(met.field);
            if (!needs.isMet(match.value())) {
                met.field.set(match.value(), WideValue.ZERO, met.field.ones());
                met.field.set(match.mask(), WideValue.ZERO, met.field.ones());
                warnings.add(
                        met.item
                                .fault(
                                        met.item.key()
                                                + " counts for nothing without "
                                                + needs.text())
                                .getMessage());
            }
        }
        // What an ARP packet asks is in its own field.
        boolean arp = Prerequisite.ARP.isMet(match.value());
        long[] mask = match.mask();
        WideValue proto = RuleFields.NW_PROTO.get(mask);
        if (arp && !proto.isZero()) {
            WideValue op = RuleFields.NW_PROTO.get(match.value());
            match.set(RuleFields.NW_PROTO, WideValue.ZERO, proto);
            RuleFields.NW_PROTO.set(mask, WideValue.ZERO, proto);
            match.set(RuleFields.ARP_OP, op.low());
        }
        return match;
    }

    /** Names for one protocol do for the others that have the field in the same place. */
    private static Prerequisite needs(RuleField field) {
        if (isAt(field, RuleFields.TP_SRC) || isAt(field, RuleFields.TP_DST)) {
            return Prerequisite.TRANSPORT;
        }
        return isAt(field, RuleFields.NW_SRC) || isAt(field, RuleFields.NW_DST)
                ? Prerequisite.IPV4_OR_ARP
                : field.needs();
    }

    private static boolean isAt(RuleField field, RuleField other) {
        return field.word() == other.word() && field.shift() == other.shift();
    }
}
