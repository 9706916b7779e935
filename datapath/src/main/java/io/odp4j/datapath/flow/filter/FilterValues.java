package io.odp4j.datapath.flow.filter;

import io.odp4j.datapath.flow.Literal;
import io.odp4j.datapath.flow.text.FlagNames;
import io.odp4j.datapath.flow.text.PortNames;
import java.util.OptionalInt;

/** Values as fields write them. */
final class FilterValues {
    private static final Literal NO_FRAGMENT = number(0);

    private final PortNames ports;

    FilterValues(PortNames ports) {
        this.ports = ports;
    }

    /** A value and the bits of it that count. */
    record Masked(Literal value, Literal mask) {}

    /** Reads {@code VALUE} or {@code VALUE/MASK}; null if it is no value of the field. */
    Masked masked(FilterField field, String text) {
        FlagNames flags = flags(field);
        if (flags != null && (text.startsWith("+") || text.startsWith("-"))) {
            return signed(flags, text);
        }
        int slash = text.indexOf('/');
        Literal value = value(field, slash < 0 ? text : text.substring(0, slash));
        Literal mask = slash < 0 ? ones(field.bits()) : mask(field, text.substring(slash + 1));
        return value == null || mask == null ? null : new Masked(value, mask);
    }

    /** Reads a value without a mask; null if it is none of the field. */
    Literal value(FilterField field, String text) {
        Literal literal = Literal.parse(text);
        if (literal != null) {
            return field.kind().takes(literal) && literal.fits(field.bits()) ? literal : null;
        }
        FlagNames flags = flags(field);
        if (flags != null) {
            return named(flags, text);
        }
        if (field.kind() == FilterField.Kind.PORT) {
            OptionalInt port = ports.numberOf(text);
            return port.isPresent() ? number(port.getAsInt() & 0xffffffffL) : null;
        }
        return null;
    }

    private static Literal mask(FilterField field, String text) {
        Literal mask = Literal.parse(text);
        if (mask == null || !field.kind().takes(mask)) {
            return null;
        }
        boolean prefix =
                (field.kind() == FilterField.Kind.IPV4 || field.kind() == FilterField.Kind.IPV6)
                        && mask.kind() == Literal.Kind.NUMBER
                        && !text.startsWith("0x");
        if (prefix) {
            return mask.high() == 0 && mask.low() >= 0 && mask.low() <= field.bits()
                    ? prefix(field.bits(), (int) mask.low())
                    : null;
        }
        return mask.fits(field.bits()) ? mask : null;
    }

    private static Literal prefix(int bits, int length) {
        if (bits <= 64) {
            long ones = ones(bits).low();
            return number(length == 0 ? 0 : ones << bits - length & ones);
        }
        long high = length == 0 ? 0 : -1L << Math.max(0, 64 - length);
        long low = length <= 64 ? 0 : -1L << 128 - length;
        return new Literal(Literal.Kind.NUMBER, high, low);
    }

    static Literal ones(int bits) {
        long low = bits >= 64 ? -1L : (1L << bits) - 1;
        return new Literal(Literal.Kind.NUMBER, bits > 64 ? -1L : 0, low);
    }

    static Literal number(long number) {
        return new Literal(Literal.Kind.NUMBER, 0, number);
    }

    private static FlagNames flags(FilterField field) {
        return switch (field.kind()) {
            case TCP_FLAGS -> FlagNames.TCP;
            case CT_STATE -> FlagNames.CT_STATE;
            default -> null;
        };
    }

    /** {@code +syn-ack}: those set, those not, of others nothing. */
    private static Masked signed(FlagNames flags, String text) {
        long value = 0;
        long mask = 0;
        for (int at = 0; at < text.length(); ) {
            boolean set = text.charAt(at) == '+';
            int end = at + 1;
            while (end < text.length() && text.charAt(end) != '+' && text.charAt(end) != '-') {
                end++;
            }
            int bit = flags.bitOf(text.substring(at + 1, end));
            if (bit == 0 || (mask & bit) != 0) {
                return null;
            }
            mask |= bit;
            value |= set ? bit : 0;
            at = end;
        }
        return new Masked(number(value), number(mask));
    }

    /** {@code syn|ack}: these and no others. */
    private static Literal named(FlagNames flags, String text) {
        long value = 0;
        for (String name : text.split("\\|", -1)) {
            int bit = flags.bitOf(name);
            if (bit == 0) {
                return null;
            }
            value |= bit;
        }
        return number(value);
    }

    /** What a word of nw_frag says; null if it is none. */
    static Expression fragment(FilterField field, String word) {
        Expression none = field.equal(NO_FRAGMENT, ones(8));
        Expression first = field.equal(number(1), ones(8));
        Expression later = field.equal(number(2), ones(8));
        return switch (word) {
            case "no" -> none;
            case "yes" -> Guard.any(first, later);
            case "first" -> first;
            case "later" -> later;
            case "not_later" -> Guard.any(none, first);
            default -> null;
        };
    }
}
