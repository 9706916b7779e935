package io.odp4j.datapath.netlink.table;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;

/** Values of single attributes and fields from text, in the forms that {@link Display} shows. */
final class ValueParser {
    private ValueParser() {}

    /** A value for an attribute that is no nest and no structure. */
    static Object value(AttributeSpec spec, String text) {
        if (spec.type().isNumber()) {
            return number(text, spec.type(), spec.display(), spec.values());
        }
        return switch (spec.type()) {
            case FLAG -> {
                if (!text.isEmpty() && !text.equals("true")) {
                    throw new IllegalArgumentException("a flag is there or not: " + text);
                }
                yield Boolean.TRUE;
            }
            case STRING -> text;
            case U32_ARRAY, U64_ARRAY -> numbers(spec.type(), List.of(text.split("[\\[\\], ]+")));
            case BINARY, BITFIELD32, CHOSEN -> bytes(text, spec.display());
            default -> throw new IllegalArgumentException(spec.type() + " has parts: name one");
        };
    }

    static byte[] numbers(AttributeType type, List<String> texts) {
        List<String> given = texts.stream().filter(t -> !t.isEmpty()).toList();
        int size = type == AttributeType.U64_ARRAY ? 8 : 4;
        ByteBuffer buffer = ByteBuffer.allocate(size * given.size()).order(ByteOrder.nativeOrder());
        for (String text : given) {
            long number =
                    plain(text, size == 8 ? AttributeType.U64 : AttributeType.U32).longValue();
            if (size == 8) {
                buffer.putLong(number);
            } else {
                buffer.putInt((int) number);
            }
        }
        return buffer.array();
    }

    static long number(String text, AttributeType type, Display display, ValueNames values) {
        if (values != null) {
            long bits = 0;
            boolean known = true;
            for (String word : values.isFlags() ? text.split("[|,]") : new String[] {text}) {
                OptionalLong named = values.valueOf(word.trim());
                if (named.isPresent()) {
                    bits |= named.getAsLong();
                } else if (!word.isEmpty() && Character.isDigit(word.charAt(0))) {
                    bits |= plain(word, type).longValue();
                } else {
                    known = false;
                }
            }
            if (known) {
                return bits;
            }
            throw new IllegalArgumentException(
                    "no " + text + " among " + String.join(", ", values.names().values()));
        }
        if ((display == Display.IPV4 || display == Display.IP) && text.indexOf('.') > 0) {
            return ByteBuffer.wrap(bytes(text, display)).getInt() & 0xffffffffL;
        }
        return plain(text, type).longValue();
    }

    private static BigInteger plain(String text, AttributeType type) {
        try {
            boolean hex = text.startsWith("0x") || text.startsWith("0X");
            BigInteger value = hex ? new BigInteger(text.substring(2), 16) : new BigInteger(text);
            int bits = type.size() > 0 ? type.size() * 8 : 64;
            boolean negative = value.signum() < 0;
            boolean fits = type.isSigned() ? value.bitLength() < bits : value.bitLength() <= bits;
            if (!fits || negative && !type.isSigned()) {
                throw new IllegalArgumentException(text + " does not fit " + type);
            }
            return value;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("no number: " + text, e);
        }
    }

    static byte[] bytes(String text, Display display) {
        return switch (display) {
            case IPV4, IPV6, IP -> address(text, display);
            case MAC -> colons(text);
            case LLADDR -> text.indexOf('.') > 0 ? address(text, display) : lladdr(text);
            case UUID -> hex(text.replace("-", ""));
            default -> hex(text);
        };
    }

    /** Pairs of digits are a link-layer address, anything else a tunnel's IPv6 address. */
    private static byte[] lladdr(String text) {
        return text.matches("(\\p{XDigit}{2}:)*\\p{XDigit}{2}")
                ? colons(text)
                : address(text, Display.IPV6);
    }

    private static byte[] address(String text, Display display) {
        ByteBuffer address = ByteBuffer.allocate(16);
        char[] chars = text.toCharArray();
        if (text.indexOf(':') < 0 && display != Display.IPV6) {
            // Four numbers with points are the end of an address that is mapped.
            char[] mapped = ("::ffff:" + text).toCharArray();
            if (text.indexOf('.') > 0
                    && Ipv6Reader.read(mapped, 0, mapped.length, address, 0)
                    && address.getShort(10) == -1) {
                byte[] four = new byte[4];
                address.get(12, four);
                return four;
            }
        } else if (display != Display.IPV4 && Ipv6Reader.read(chars, 0, chars.length, address, 0)) {
            return address.array();
        }
        throw new IllegalArgumentException("no address of that form: " + text);
    }

    private static byte[] colons(String text) {
        try {
            return HexFormat.ofDelimiter(":").parseHex(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("no link-layer address: " + text, e);
        }
    }

    private static byte[] hex(String text) {
        try {
            return HexFormat.of().parseHex(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("no hexadecimal digits", e);
        }
    }
}
