package io.odp4j.datapath.flow.text;

import io.odp4j.datapath.flow.KeyAttributes;
import java.util.StringJoiner;

/** The names of a word's bits, in the two forms that flags are written in. */
public final class FlagNames {
    static final int ALL_TCP_FLAGS = 0xfff;

    // Tunnel flags stand in attributes of their own; these bits exist in text alone.
    static final int TUNNEL_OAM = 1;
    static final int TUNNEL_DF = 1 << 1;
    static final int TUNNEL_CSUM = 1 << 2;
    static final int TUNNEL_KEY = 1 << 3;
    static final int ALL_TUNNEL_FLAGS = 0xf;

    public static final FlagNames TCP =
            new FlagNames(
                    "fin", "syn", "rst", "psh", "ack", "urg", "ece", "cwr", "ns", "[200]", "[400]",
                    "[800]");
    static final FlagNames TUNNEL = new FlagNames("oam", "df", "csum", "key");
    public static final FlagNames CT_STATE = ctStates();
    static final FlagNames SLOW_PATH =
            new FlagNames("cfm", "bfd", "lacp", "stp", "lldp", "action", "match");

    private final String[] names;

    private FlagNames(String... names) {
        this.names = names;
    }

    private static FlagNames ctStates() {
        String[] names = new String[KeyAttributes.CT_STATES.names().size()];
        KeyAttributes.CT_STATES
                .names()
                .forEach((bit, name) -> names[Long.numberOfTrailingZeros(bit)] = name);
        return new FlagNames(names);
    }

    /** The bits that have names. */
    int named() {
        return (1 << names.length) - 1;
    }

    /** The name of a bit, or null. */
    String nameOf(int bit) {
        int index = Integer.numberOfTrailingZeros(bit);
        return index < names.length ? names[index] : null;
    }

    /** The bit of that name, or 0. */
    public int bitOf(String name) {
        for (int i = 0; i < names.length; i++) {
            if (names[i].equals(name)) {
                return 1 << i;
            }
        }
        return 0;
    }

    /** The names of the allowed bits, for an error. */
    public String list(int allowed) {
        StringJoiner list = new StringJoiner(", ");
        for (int bit = 1; nameOf(bit) != null; bit <<= 1) {
            if ((bit & allowed) != 0) {
                list.add(nameOf(bit));
            }
        }
        return list.toString();
    }

    /** {@code df|csum|0x10}; 0 for none. */
    void format(StringBuilder out, int flags, char delimiter) {
        if (flags == 0) {
            out.append('0');
            return;
        }
        int nameless = flags & ~named();
        for (int rest = flags & named(); rest != 0; rest &= rest - 1) {
            out.append(nameOf(rest)).append(delimiter);
        }
        if (nameless != 0) {
            out.append("0x");
            Digits.hex(out, nameless & 0xffffffffL);
        } else {
            out.setLength(out.length() - 1);
        }
    }

    /** {@code +df-csum} for the bits of the mask; as above where the mask is {@code all}. */
    void formatMasked(StringBuilder out, int flags, int mask, int all) {
        if (mask == all) {
            format(out, flags, '|');
            return;
        }
        if (mask == 0) {
            out.append("0/0");
            return;
        }
        for (int rest = mask; rest != 0; rest &= rest - 1) {
            int bit = Integer.lowestOneBit(rest);
            String name = nameOf(bit);
            out.append((flags & bit) != 0 ? '+' : '-').append(name == null ? "[Unknown]" : name);
        }
    }

    /** {@code 0x12/0xff}: says also what lies outside the mask. */
    static void formatNumbers(StringBuilder out, int flags, int mask) {
        Digits.alternateHex(out, flags);
        out.append('/');
        Digits.alternateHex(out, mask);
    }
}
