package io.odp4j.flowcache.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the match of a rule, field by field, and checks that each field can mean something. */
final class MatchParser {
    private static final int NO_PROTO = -1;

    /** Words that stand for an Ethernet type and, maybe, a protocol. */
    private static final Map<String, int[]> PROTOCOLS =
            Map.ofEntries(
                    Map.entry("ip", new int[] {0x800, NO_PROTO}),
                    Map.entry("ipv4", new int[] {0x800, NO_PROTO}),
                    Map.entry("icmp", new int[] {0x800, 1}),
                    Map.entry("tcp", new int[] {0x800, 6}),
                    Map.entry("udp", new int[] {0x800, 17}),
                    Map.entry("sctp", new int[] {0x800, 132}),
                    Map.entry("ipv6", new int[] {0x86dd, NO_PROTO}),
                    Map.entry("ip6", new int[] {0x86dd, NO_PROTO}),
                    Map.entry("icmp6", new int[] {0x86dd, 58}),
                    Map.entry("icmpv6", new int[] {0x86dd, 58}),
                    Map.entry("tcp6", new int[] {0x86dd, 6}),
                    Map.entry("udp6", new int[] {0x86dd, 17}),
                    Map.entry("sctp6", new int[] {0x86dd, 132}),
                    Map.entry("arp", new int[] {0x806, NO_PROTO}),
                    Map.entry("rarp", new int[] {0x8035, NO_PROTO}),
                    Map.entry("mpls", new int[] {0x8847, NO_PROTO}),
                    Map.entry("mplsm", new int[] {0x8848, NO_PROTO}));

    private static final long TAG = 0x1000;
    private static final int VLAN_NONE = 0xffff;
    private static final int MAX_VID = 0xfff;
    private static final int VID_SHIFT = 0;
    private static final int PCP_SHIFT = 13;

    private final RuleMatch match = new RuleMatch();
    private final List<Met> toCheck = new ArrayList<>();

    private record Met(RuleField field, TextReader.Item item) {}

    /** Takes one item; false if it is not of a match. */
    boolean accept(TextReader.Item item) throws RuleSyntaxException {
        int[] protocol = PROTOCOLS.get(item.key());
        if (protocol != null && item.value() == null) {
            match.set(RuleFields.DL_TYPE, protocol[0]);
            if (protocol[1] != NO_PROTO) {
                match.set(RuleFields.NW_PROTO, protocol[1]);
            }
            return true;
        }
        switch (item.key()) {
            case "dl_vlan" -> vlan(item);
            case "dl_vlan_pcp" -> pcp(item);
            case "nw_tos", "ip_dscp" -> tos(item);
            default -> {
                return field(item);
            }
        }
        return true;
    }

    private boolean field(TextReader.Item item) throws RuleSyntaxException {
        RuleField field = RuleFields.byName(item.key());
        if (field == null) {
            return false;
        }
        if (item.separator() != '=') {
            throw item.fault(item.key() + " needs a value");
        }
        ValueParser.Masked value = ValueParser.masked(item, item.needValue(), field);
        match.set(field, value.value(), value.mask());
        toCheck.add(new Met(field, item));
        return true;
    }

    private static int number(TextReader.Item item, int max) throws RuleSyntaxException {
        try {
            WideValue value = ValueParser.number(item.needValue());
            if (value.high() == 0 && Long.compareUnsigned(value.low(), max) <= 0) {
                return (int) value.low();
            }
        } catch (NumberFormatException e) {
            throw item.valueFault(item.value() + " is no number");
        }
        throw item.valueFault(item.value() + " is more than " + max);
    }

    private void vlan(TextReader.Item item) throws RuleSyntaxException {
        int vid = number(item, VLAN_NONE);
        if (vid == VLAN_NONE) {
            match.set(RuleFields.VLAN_TCI, 0);
            return;
        }
        if (vid > MAX_VID) {
            throw item.valueFault(vid + " is no VLAN id");
        }
        tci(vid << VID_SHIFT, MAX_VID);
    }

    private void pcp(TextReader.Item item) throws RuleSyntaxException {
        tci((long) number(item, 7) << PCP_SHIFT, 7L << PCP_SHIFT);
    }

    /** Asks for bits of a tag that is there. */
    private void tci(long value, long mask) {
        match.set(RuleFields.VLAN_TCI, WideValue.of(value | TAG), WideValue.of(mask | TAG));
    }

    /** nw_tos has the class where the byte has it, ip_dscp has it alone. */
    private void tos(TextReader.Item item) throws RuleSyntaxException {
        boolean whole = item.key().equals("nw_tos");
        int value = number(item, whole ? 255 : 63);
        match.set(RuleFields.NW_DSCP, whole ? value >> 2 : value);
        toCheck.add(new Met(RuleFields.NW_DSCP, item));
    }

    /** The match, once nothing more comes. */
    RuleMatch finish() throws RuleSyntaxException {
        for (Met met : toCheck) {
            Prerequisite needs = needs(met);
            if (!needs.isMet(match.value())) {
                throw met.item.fault(met.item.key() + " needs " + needs.text() + " beside it");
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

    /** The general names of ports do for ICMP too. */
    private Prerequisite needs(Met met) {
        boolean general = met.item.key().equals("tp_src") || met.item.key().equals("tp_dst");
        boolean icmp =
                Prerequisite.ICMP.isMet(match.value()) || Prerequisite.ICMPV6.isMet(match.value());
        return general && icmp ? Prerequisite.NONE : met.field.needs();
    }
}
