package io.odp4j.flowcache.rule.field;

/** Reads a field's value, and its mask where there is one. */
public final class ValueParser {
    private static final int FRAG_ANY = 1;
    private static final int FRAG_LATER = 2;

    private ValueParser() {}

    /** A value and which of its bits count. */
    public record Masked(WideValue value, WideValue mask) {}

    /**
     * Reads {@code value} or {@code value/mask} as a field writes it.
     *
     * @throws IllegalArgumentException if it is none: what is wrong with it
     */
    public static Masked masked(String text, RuleField field) {
        try {
            Masked found = parse(text, field);
            if (!found.value.fits(field.bits()) || !found.mask.fits(field.bits())) {
                throw new NumberFormatException("more than " + field.bits() + " bits");
            }
            return new Masked(found.value.and(found.mask), found.mask);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    text + " is no value of " + field.name() + ": " + e.getMessage(), e);
        }
    }

    private static Masked parse(String text, RuleField field) {
        if (field.format() == ValueFormat.FRAG) {
            return frag(text);
        }
        FlagNames flags = FlagNames.of(field.format());
        if (flags != null && (text.startsWith("+") || text.startsWith("-"))) {
            return flags.signed(text);
        }
        if (flags != null && !text.isEmpty() && Character.isLetter(text.charAt(0))) {
            return new Masked(flags.set(text), field.ones());
        }
        int slash = text.indexOf('/');
        if (slash < 0) {
            return new Masked(one(text, field.format()), field.ones());
        }
        WideValue value = one(text.substring(0, slash), field.format());
        String mask = text.substring(slash + 1);
        return new Masked(value, mask(mask, field));
    }

    private static WideValue mask(String text, RuleField field) {
        boolean address = field.format() == ValueFormat.IPV4 || field.format() == ValueFormat.IPV6;
        if (address && text.chars().allMatch(Character::isDigit)) {
            int length = Integer.parseInt(text);
            if (length > field.bits()) {
                throw new NumberFormatException("no prefix of length " + length);
            }
            return WideValue.ones(field.bits() - length, length);
        }
        return one(text, field.format());
    }

    private static WideValue one(String text, ValueFormat format) {
        return switch (format) {
            case MAC -> text.indexOf(':') < 0 ? number(text) : WideValue.of(mac(text));
            case IPV4 -> text.indexOf('.') < 0 ? number(text) : WideValue.of(ipv4(text));
            case IPV6 -> Ipv6Words.parse(text);
            case PORT -> {
                Integer port = OpenFlowPort.named(text);
                yield port == null ? number(text) : WideValue.of(port);
            }
            default -> number(text);
        };
    }

    /** Reads a number, decimal or hexadecimal, of up to 128 bits. */
    public static WideValue number(String text) {
        if (!text.startsWith("0x") && !text.startsWith("0X")) {
            return WideValue.of(Long.parseUnsignedLong(text));
        }
        String digits = text.substring(2);
        if (digits.length() > 32 || digits.startsWith("+") || digits.startsWith("-")) {
            throw new NumberFormatException("no number");
        }
        int low = Math.max(0, digits.length() - 16);
        long high = low == 0 ? 0 : Long.parseUnsignedLong(digits.substring(0, low), 16);
        return new WideValue(high, Long.parseUnsignedLong(digits.substring(low), 16));
    }

    public static long mac(String text) {
        return bytes(text, ':', 6, 2, 16);
    }

    public static long ipv4(String text) {
        return bytes(text, '.', 4, 3, 10);
    }

    /** Bytes with a separator between them. */
    private static long bytes(String text, char separator, int count, int digits, int radix) {
        long all = 0;
        int from = 0;
        for (int i = 0; i < count; i++) {
            int next = text.indexOf(separator, from);
            int to = next < 0 ? text.length() : next;
            if (next < 0 != (i == count - 1)) {
                throw new NumberFormatException(count + " bytes make an address");
            }
            all = all << 8 | oneByte(text, from, to, digits, radix);
            from = to + 1;
        }
        return all;
    }

    private static int oneByte(String text, int from, int to, int digits, int radix) {
        int value = to - from > digits || to == from ? -1 : 0;
        for (int at = from; at < to && value >= 0; at++) {
            int digit = Character.digit(text.charAt(at), radix);
            value = digit < 0 ? -1 : value * radix + digit;
        }
        if (value < 0 || value > 255) {
            throw new NumberFormatException("no byte: " + text.substring(from, to));
        }
        return value;
    }

    /** In a rule's key, bit 0 says that it is a fragment, bit 1 that it is not the first. */
    private static Masked frag(String text) {
        return switch (text) {
            case "no" -> frag(0, FRAG_ANY | FRAG_LATER);
            case "yes" -> frag(FRAG_ANY, FRAG_ANY);
            case "first" -> frag(FRAG_ANY, FRAG_ANY | FRAG_LATER);
            case "later" -> frag(FRAG_ANY | FRAG_LATER, FRAG_ANY | FRAG_LATER);
            case "not_later" -> frag(0, FRAG_LATER);
            default -> throw new NumberFormatException("no, yes, first, later, not_later");
        };
    }

    private static Masked frag(int value, int mask) {
        return new Masked(WideValue.of(value), WideValue.of(mask));
    }
}
