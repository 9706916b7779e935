package io.odp4j.datapath.flow.text;

import io.odp4j.datapath.flow.KeyAttributes;
import io.odp4j.datapath.flow.NshAttributes;
import io.odp4j.datapath.flow.TunnelAttributes;
import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.AttributeTable;
import io.odp4j.datapath.netlink.table.Display;

/** How many bytes the attributes of a table have, so that no getter reads beyond a short one. */
final class PayloadLengths {
    static final int VARIABLE = -1;
    static final int NESTED = -2;

    /** Of an attribute that the table does not know. */
    static final int UNKNOWN = -3;

    static final PayloadLengths KEY = new PayloadLengths(KeyAttributes.TABLE);
    static final PayloadLengths TUNNEL = new PayloadLengths(TunnelAttributes.TABLE);
    static final PayloadLengths VXLAN = new PayloadLengths(TunnelAttributes.VXLAN_TABLE);
    static final PayloadLengths NSH = new PayloadLengths(NshAttributes.TABLE);

    private final int[] lengths;

    private PayloadLengths(AttributeTable table) {
        int most = table.specs().stream().mapToInt(AttributeSpec::number).max().orElse(0);
        lengths = new int[most + 1];
        for (int number = 0; number <= most; number++) {
            AttributeSpec spec = table.spec(number);
            lengths[number] = spec == null ? 0 : length(spec);
        }
    }

    private static int length(AttributeSpec spec) {
        if (spec == KeyAttributes.CT_LABELS || spec.display() == Display.IPV6) {
            return 16;
        }
        if (spec == TunnelAttributes.IPV4_INFO_BRIDGE || spec == KeyAttributes.IPV6_EXTHDRS) {
            // Open vSwitch knows another attribute of that number, or none.
            return VARIABLE;
        }
        return switch (spec.type()) {
            case NESTED -> NESTED;
            case STRUCT -> spec.struct().size();
            case PAD -> 0;
            default -> spec.type().size() >= 0 ? spec.type().size() : VARIABLE;
        };
    }

    int of(int type) {
        return type < lengths.length ? lengths[type] : UNKNOWN;
    }

    /**
     * Whether an attribute and its mask have the length that they should have; where not, the bytes
     * are printed with what was expected.
     *
     * @param named whether the attribute's number is printed before
     */
    boolean check(
            StringBuilder out,
            AttributeView key,
            AttributeView mask,
            boolean masked,
            boolean named) {
        int expected = of(key.type());
        boolean badKey = expected >= 0 && key.length() != expected;
        boolean badMask = expected >= 0 && masked && mask.length() != expected;
        if (!badKey && !badMask) {
            return true;
        }
        if (named) {
            out.append("key").append(key.type());
        }
        if (badKey) {
            bad(out, "key", key.length(), expected);
        }
        Digits.bytes(out, key.buffer(), key.offset(), key.length(), ' ');
        if (masked) {
            out.append('/');
            if (badMask) {
                bad(out, "mask", mask.length(), expected);
            }
            Digits.bytes(out, mask.buffer(), mask.offset(), mask.length(), ' ');
        }
        out.append(')');
        return false;
    }

    private static void bad(StringBuilder out, String what, int length, int expected) {
        out.append("(bad ").append(what).append(" length ").append(length);
        out.append(", expected ").append(expected).append(")(");
    }
}
