package io.odp4j.datapath.flow.text;

import io.odp4j.datapath.flow.ActionAttributes;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.netlink.table.AttributeTable;
import java.nio.ByteBuffer;

/**
 * Actions as {@code ovs-dpctl dump-flows} prints them: {@code ct(commit,zone=1),recirc(0x2)}, and
 * {@code drop} for none.
 *
 * <p>Input is the payload of OVS_FLOW_ATTR_ACTIONS in a buffer of native byte order. Any bytes are
 * printed, never an exception. One instance serves one thread at a time. Defined by {@code
 * format_odp_actions()} of Open vSwitch 3.1; what that does not know (dec_ttl, drop with a reason,
 * psample) has the kernel's number and the text of later versions.
 */
public final class ActionFormatter {
    /** Actions nested deeper than this are printed as bytes; the kernel takes 16 levels. */
    private static final int MAX_DEPTH = 32;

    /** The IPv6 header; what is longer cannot be a masked set. */
    private static final int LONGEST_MASKED_KEY = 40;

    private final FlowTextOptions options;
    private final FlowTextOptions ofSet;
    private final FlowTextOptions ofMaskedSet;
    private final FieldFormatter fields = new FieldFormatter();
    private final KeyFormatter keys = new KeyFormatter();
    private final UserspaceFormatter userspace;
    private final ConntrackFormatter conntrack;
    private final ViewStack views = new ViewStack();
    private final AttributeView key = new AttributeView();
    private final AttributeView mask = new AttributeView();
    private final AttributeView both = new AttributeView();
    private int depth;

    public ActionFormatter(FlowTextOptions options) {
        this.options = options;
        this.ofSet = options.withNames(PortNames.NONE).withVerbose(true);
        this.ofMaskedSet = ofSet.withVerbose(options.complete());
        this.userspace = new UserspaceFormatter(options.names(), options.complete());
        this.conntrack = new ConntrackFormatter(options.complete());
    }

    /** A list of actions. */
    public String format(AttributeList actions) {
        ByteBuffer bytes = AttributeBytes.of(actions);
        StringBuilder out = new StringBuilder();
        format(out, bytes, 0, bytes.limit());
        return out.toString();
    }

    /** Appends the actions in {@code length} bytes at {@code offset}. */
    public void format(StringBuilder out, ByteBuffer buffer, int offset, int length) {
        depth = 0;
        views.clear();
        list(out, views.take().wrap(buffer, offset, length), length);
    }

    private void list(StringBuilder out, AttributeView run, int length) {
        if (length == 0) {
            out.append("drop");
            return;
        }
        boolean first = true;
        while (run.next()) {
            if (!first) {
                out.append(',');
            }
            first = false;
            action(out, run);
        }
        if (run.left() > 0) {
            FlowFormatter.leftover(out, run, length);
        }
    }

    private void nested(StringBuilder out, AttributeView actions) {
        if (++depth > MAX_DEPTH) {
            Digits.bytes(out, actions.buffer(), actions.offset(), actions.length(), ' ');
        } else {
            list(out, views.take().wrap(actions), actions.length());
            views.giveBack(1);
        }
        depth--;
    }

    /** Bytes that an action has, or -1 where they vary. */
    private static int lengthOf(int type) {
        return switch (type) {
            case 1, 4, 7, 13, 19, 24 -> 4;
            case 5, 15, 16, 18 -> 0;
            case 8, 9, 22 -> 8;
            case 10 -> 2;
            case 14 -> 12;
            default -> -1;
        };
    }

    private void action(StringBuilder out, AttributeView a) {
        int start = out.length();
        if (!known(out, a) && options.complete()) {
            out.setLength(start);
            unknown(out, a);
        }
    }

    /** Prints an action; false if it is none that can be, which is printed as far as it goes. */
    private boolean known(StringBuilder out, AttributeView a) {
        int expected = lengthOf(a.type());
        if (expected >= 0 && a.length() != expected) {
            badLength(out, a, expected);
            unknown(out, a);
            return false;
        }
        boolean whole = true;
        switch (a.type()) {
            case 1 -> port(out, a.u32(0), options.names());
            case 2 -> whole = userspace.format(out, a);
            case 3 -> whole = set(out, a);
            case 4 -> pushVlan(out, a);
            case 5 -> out.append("pop_vlan");
            case 6 -> whole = sample(out, a);
            case 7 -> {
                out.append("recirc(");
                Digits.alternateHex(out, a.u32(0) & 0xffffffffL);
                out.append(')');
            }
            case 8 -> hash(out, a);
            case 9 -> mpls(out, "push_mpls(", a);
            case 10 -> {
                out.append("pop_mpls(eth_type=0x");
                Digits.hex(out, a.be16(0));
                out.append(')');
            }
            case 11 -> whole = setMasked(out, a);
            case 12 -> whole = conntrack.format(out, a);
            case 13 -> number(out, "trunc(", a);
            case 14 -> pushEthernet(out, a);
            case 15 -> out.append("pop_eth");
            case 16 -> out.append("ct_clear");
            case 17 -> whole = keys.nsh().push(out, a, options.complete());
            case 18 -> out.append("pop_nsh()");
            case 19 -> number(out, "meter(", a);
            case 20 -> {
                out.append("clone(");
                nested(out, a);
                out.append(')');
            }
            case 21 -> whole = checkPacketLength(out, a);
            case 22 -> mpls(out, "add_mpls(", a);
            case 23 -> whole = decTtl(out, a);
            case 24 -> drop(out, a);
            case 25 -> psample(out, a);
            default -> {
                badLength(out, a, -1);
                unknown(out, a);
                whole = false;
            }
        }
        return whole;
    }

    static void port(StringBuilder out, int number, PortNames names) {
        String name = names.nameOf(number);
        if (name != null) {
            out.append(name);
        } else {
            Digits.unsigned(out, number);
        }
    }

    private static void number(StringBuilder out, String name, AttributeView a) {
        Digits.unsigned(out.append(name), a.u32(0));
        out.append(')');
    }

    private void unknown(StringBuilder out, AttributeView a) {
        if (a.length() == 0 && !options.complete()) {
            out.append("action").append(a.type());
        } else {
            UnknownAttribute.format(out, "action", a, a, false, options.complete());
        }
    }

    private static void badLength(StringBuilder out, AttributeView a, int expected) {
        out.append("bad length ").append(a.length());
        out.append(", expected ").append(expected).append(" for: ");
    }

    private boolean set(StringBuilder out, AttributeView a) {
        key.wrap(a);
        mask.exact();
        out.append("set(");
        boolean whole = key.next() && PayloadLengths.KEY.check(out, key, mask, false, false);
        if (whole) {
            keys.format(out, key, mask, false, ofSet);
        } else if (a.length() == 0) {
            unknown(out, a);
        }
        out.append(')');
        return whole && key.left() == 0;
    }

    /** The key's payload is the value, then the mask. */
    private boolean setMasked(StringBuilder out, AttributeView a) {
        both.wrap(a);
        out.append("set(");
        boolean whole = both.next();
        if (!whole) {
            unknown(out, a);
        } else if (both.type() == KeyFormatter.NSH) {
            out.append("nsh(");
            keys.nsh().maskedSet(out, both, options.complete());
            out.append(')');
        } else {
            int half = both.length() / 2;
            boolean masked = half <= LONGEST_MASKED_KEY;
            key.part(both, 0, masked ? half : both.length());
            mask.part(both, half, half);
            if (!masked) {
                mask.exact();
            }
            whole = PayloadLengths.KEY.check(out, key, mask, masked, false);
            if (whole) {
                keys.format(out, key, mask, masked, ofMaskedSet);
            }
        }
        out.append(')');
        return whole && both.left() == 0;
    }

    private void pushVlan(StringBuilder out, AttributeView a) {
        out.append("push_vlan(");
        if (a.be16(0) != 0x8100) {
            out.append("tpid=0x");
            Digits.hex(out, a.be16(0), 4);
            out.append(',');
        }
        fields.begin(out, false);
        fields.vlan(a.be16(2), 0xffff);
        out.append(')');
    }

    private static void pushEthernet(StringBuilder out, AttributeView a) {
        out.append("push_eth(src=");
        Digits.ethernet(out, a.buffer(), a.offset());
        out.append(",dst=");
        Digits.ethernet(out, a.buffer(), a.offset() + 6);
        out.append(')');
    }

    private static void hash(StringBuilder out, AttributeView a) {
        int algorithm = a.u32(0);
        String name = ActionAttributes.HASH_ALGORITHMS.names().get(algorithm & 0xffffffffL);
        out.append("hash(").append(name == null ? "Unknown hash algorithm" : name).append('(');
        Digits.unsigned(out, name == null ? algorithm : a.u32(4));
        out.append("))");
    }

    private static void mpls(StringBuilder out, String name, AttributeView a) {
        out.append(name);
        KeyFormatter.labelStackEntry(out, a.be32(0));
        out.append(",eth_type=0x");
        Digits.hex(out, a.be16(4));
        out.append(')');
    }

    private boolean sample(StringBuilder out, AttributeView a) {
        AttributeView part = views.take().wrap(a);
        boolean whole = part.readable() && part.last(2) && part.last(1) && part.length() == 4;
        if (!whole) {
            out.append("sample(error)");
            views.giveBack(1);
            return false;
        }
        int probability = part.u32(0);
        part.last(2);
        out.append("sample(sample=");
        out.append(SampleRate.toPercentage(probability, options.complete())).append("%,actions(");
        nested(out, part);
        return endOfParts(out, part, ActionAttributes.SAMPLE_TABLE);
    }

    private boolean endOfParts(StringBuilder out, AttributeView part, AttributeTable table) {
        out.append(')');
        UnknownAttribute.rest(out, part, table);
        out.append(')');
        views.giveBack(1);
        return true;
    }

    private boolean checkPacketLength(StringBuilder out, AttributeView a) {
        AttributeView part = views.take().wrap(a);
        boolean whole =
                part.readable()
                        && part.last(2)
                        && part.last(3)
                        && part.last(1)
                        && part.length() == 2;
        if (!whole) {
            out.append("check_pkt_len(error)");
            views.giveBack(1);
            return false;
        }
        out.append("check_pkt_len(size=").append(part.u16(0)).append(",gt(");
        part.last(2);
        nested(out, part);
        out.append("),le(");
        part.last(3);
        nested(out, part);
        return endOfParts(out, part, ActionAttributes.CHECK_PKT_LEN_TABLE);
    }

    private boolean decTtl(StringBuilder out, AttributeView a) {
        AttributeView part = views.take().wrap(a);
        if (!part.last(1)) {
            out.append("dec_ttl(error)");
            views.giveBack(1);
            return false;
        }
        out.append("dec_ttl(le_1(");
        nested(out, part);
        return endOfParts(out, part, ActionAttributes.DEC_TTL_TABLE);
    }

    private void drop(StringBuilder out, AttributeView a) {
        if (options.complete()) {
            number(out, "drop(", a);
        } else {
            out.append("drop");
        }
    }

    private void psample(StringBuilder out, AttributeView a) {
        out.append("psample(");
        AttributeView part = views.take().wrap(a);
        String comma = "";
        if (part.last(1) && part.length() == 4) {
            Digits.unsigned(out.append("group="), part.u32(0));
            comma = ",";
        }
        if (part.last(2)) {
            out.append(comma).append("cookie=0x");
            Digits.bytes(out, part.buffer(), part.offset(), part.length(), (char) 0);
        }
        UnknownAttribute.rest(out, part, ActionAttributes.PSAMPLE_TABLE);
        out.append(')');
        views.giveBack(1);
    }
}
