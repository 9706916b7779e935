package io.odp4j.flowcache.rule;

import java.util.Locale;
import java.util.Map;

/** Reads a field's value, and its mask where there is one. */
final class ValueParser {
    private static final String[] CT_BITS = {
        "new", "est", "rel", "rpl", "inv", "trk", "snat", "dnat"
    };
    private static final String[] TCP_BITS = {
        "fin", "syn", "rst", "psh", "ack", "urg", "ece", "cwr", "ns"
    };
    private static final int FRAG_ANY = 1;
    private static final int FRAG_LATER = 2;

    /** Port names of OpenFlow. */
    static final Map<String, Integer> PORTS =
            Map.of(
                    "LOCAL", OpenFlowAction.PORT_LOCAL,
                    "IN_PORT", OpenFlowAction.PORT_IN_PORT,
                    "TABLE", OpenFlowAction.PORT_TABLE,
                    "NORMAL", OpenFlowAction.PORT_NORMAL,
                    "FLOOD", OpenFlowAction.PORT_FLOOD,
                    "ALL", OpenFlowAction.PORT_ALL,
                    "CONTROLLER", OpenFlowAction.PORT_CONTROLLER,
                    "NONE", OpenFlowAction.PORT_NONE,
                    "ANY", OpenFlowAction.PORT_NONE);

    private ValueParser() {}

    /** A value and which of its bits count. */
    record Masked(WideValue value, WideValue mask) {}

    /** Reads {@code value} or {@code value/mask} as a field writes it. */
    static Masked masked(TextReader.Item item, String text, RuleField field)
            throws RuleSyntaxException {
        try {
            Masked found = parse(text, field);
            if (!found.value.fits(field.bits()) || !found.mask.fits(field.bits())) {
                throw new NumberFormatException("more than " + field.bits() + " bits");
            }
            return new Masked(found.value.and(found.mask), found.mask);
        } catch (IllegalArgumentException e) {
            throw item.valueFault(text + " is no value of " + field.name() + ": " + e.getMessage());
        }
    }

    private static Masked parse(String text, RuleField field) {
        if (field.format() == ValueFormat.FRAG) {
            return frag(text);
        }
        boolean flags = text.startsWith("+") || text.startsWith("-");
        if (flags && field.format() == ValueFormat.CT_STATE) {
            return flags(text, CT_BITS);
        }
        if (flags && field.format() == ValueFormat.TCP_FLAGS) {
            return flags(text, TCP_BITS);
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
                Integer port = PORTS.get(text.toUpperCase(Locale.ROOT));
                yield port == null ? number(text) : WideValue.of(port);
            }
            default -> number(text);
        };
    }

    /** Reads a number, decimal or hexadecimal, of up to 128 bits. */
    static WideValue number(String text) {
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

    static long mac(String text) {
        String[] bytes = text.split(":", -1);
        if (bytes.length != 6) {
            throw new NumberFormatException("six bytes make an address");
        }
        long mac = 0;
        for (String b : bytes) {
            int value = b.length() > 2 ? -1 : Integer.parseInt(b, 16);
            if (value < 0) {
                throw new NumberFormatException("no byte: " + b);
            }
            mac = mac << 8 | value;
        }
        return mac;
    }

    static long ipv4(String text) {
        String[] bytes = text.split("\\.", -1);
        if (bytes.length != 4) {
            throw new NumberFormatException("four bytes make an address");
        }
        long address = 0;
        for (String b : bytes) {
            int value = Integer.parseInt(b);
            if (value < 0 || value > 255) {
                throw new NumberFormatException("no byte: " + b);
            }
            address = address << 8 | value;
        }
        return address;
    }

    private static Masked flags(String text, String[] names) {
        long value = 0;
        long mask = 0;
        int at = 0;
        while (at < text.length()) {
            char sign = text.charAt(at++);
            int from = at;
            while (at < text.length() && text.charAt(at) != '+' && text.charAt(at) != '-') {
                at++;
            }
            int bit = java.util.Arrays.asList(names).indexOf(text.substring(from, at));
            if (bit < 0 || sign != '+' && sign != '-') {
                throw new NumberFormatException("no flag: " + text.substring(from, at));
            }
            mask |= 1L << bit;
            value |= sign == '+' ? 1L << bit : 0;
        }
        return new Masked(WideValue.of(value), WideValue.of(mask));
    }

    /** The field says 0 none, 1 first, 2 later; what can be asked is any and later. */
    private static Masked frag(String text) {
        return switch (text) {
            case "no" -> frag(0, 0xff);
            case "first" -> frag(FRAG_ANY, 0xff);
            case "later" -> frag(FRAG_LATER, 0xff);
            case "not_later" -> frag(0, FRAG_LATER);
            default -> throw new NumberFormatException("no, first, later, not_later");
        };
    }

    private static Masked frag(int value, int mask) {
        return new Masked(WideValue.of(value), WideValue.of(mask));
    }
}
