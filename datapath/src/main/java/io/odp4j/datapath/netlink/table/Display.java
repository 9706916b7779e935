package io.odp4j.datapath.netlink.table;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;

/** How a number or a run of bytes is shown to a person. */
public enum Display {
    PLAIN,
    HEX,
    IPV4,
    IPV6,
    /** IPv4 or IPv6, by the length of the payload. */
    IP,
    MAC,
    /** A link-layer address: a tunnel's is an IP address, any other is shown as a MAC address. */
    LLADDR,
    UUID,
    /** A key or another secret: only its length is ever shown. */
    SECRET;

    private static final HexFormat COLONS = HexFormat.ofDelimiter(":");

    /** Shows bytes; with a length that the form does not fit, as plain hexadecimal digits. */
    public String bytes(byte[] value) {
        return switch (this) {
            case MAC -> value.length == 6 ? COLONS.formatHex(value) : hex(value);
            case LLADDR ->
                    value.length == 4 || value.length == 16
                            ? address(value)
                            : COLONS.formatHex(value);
            case IPV4, IPV6, IP ->
                    value.length == 4 || value.length == 16 ? address(value) : hex(value);
            case SECRET -> "(" + value.length + " bytes not shown)";
            case UUID -> value.length == 16 ? uuid(value) : hex(value);
            default -> hex(value);
        };
    }

    /**
     * Reads what {@link #bytes} shows.
     *
     * @throws IllegalArgumentException if the text is not of that form
     */
    public byte[] parse(String text) {
        return ValueParser.bytes(text, this);
    }

    /** Shows the value of a number attribute or field of that type. */
    public String number(long value, AttributeType type) {
        return switch (this) {
            case HEX -> "0x" + Long.toHexString(value & ~0L >>> 64 - bits(type));
            case IPV4, IP ->
                    address(
                            new byte[] {
                                (byte) (value >> 24),
                                (byte) (value >> 16),
                                (byte) (value >> 8),
                                (byte) value
                            });
            case SECRET -> "(not shown)";
            default -> type.isSigned() ? Long.toString(value) : Long.toUnsignedString(value);
        };
    }

    private static int bits(AttributeType type) {
        return type.size() > 0 ? type.size() * 8 : 64;
    }

    /** An address of 4 or 16 bytes in its shortest usual form. */
    public static String address(byte[] bytes) {
        if (bytes.length == 16) {
            return Ipv6Text.format(bytes);
        }
        try {
            return InetAddress.getByAddress(bytes).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an address of " + bytes.length + " bytes", e);
        }
    }

    private static String uuid(byte[] value) {
        StringBuilder text = new StringBuilder(hex(value));
        for (int hyphen : new int[] {20, 16, 12, 8}) {
            text.insert(hyphen, '-');
        }
        return text.toString();
    }

    private static String hex(byte[] value) {
        return HexFormat.of().formatHex(value);
    }
}
