package io.odp4j.datapath.flow.text;

import io.odp4j.datapath.netlink.table.AttributeTable;

/** An attribute that is newer than the tables, as its bytes. */
final class UnknownAttribute {
    private UnknownAttribute() {}

    /**
     * Those of a nest that its table does not have, which Open vSwitch leaves out: {@code
     * ,attr41(0a0b)} each. The view ends up behind them.
     */
    static void rest(StringBuilder out, AttributeView nest, AttributeTable table) {
        for (nest.again(nest); nest.next(); ) {
            if (table.spec(nest.type()) == null) {
                format(out.append(','), "attr", nest, nest, false, true);
            }
        }
    }

    /**
     * {@code key41(0a 0b/ff 00)} as Open vSwitch prints it, or {@code attr41(0a0b/ff00)}; the mask
     * only if {@code masked}.
     */
    static void format(
            StringBuilder out,
            String kind,
            AttributeView key,
            AttributeView mask,
            boolean masked,
            boolean complete) {
        char separator = complete ? 0 : ' ';
        out.append(complete ? "attr" : kind).append(key.type()).append('(');
        Digits.bytes(out, key.buffer(), key.offset(), key.length(), separator);
        if (masked) {
            out.append('/');
            Digits.bytes(out, mask.buffer(), mask.offset(), mask.length(), separator);
        }
        out.append(')');
    }
}
