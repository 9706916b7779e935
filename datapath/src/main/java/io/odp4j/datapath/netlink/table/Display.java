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
    UUID,
    /** A key or another secret: only its length is ever shown. */
    SECRET;

    private static final HexFormat COLONS = HexFormat.ofDelimiter(":");

    /** Shows bytes; with a length that the form does not fit, as plain hexadecimal digits. */
    public String bytes(byte[] value) {
        return switch (this) {
            case MAC -> value.length == 6 ? COLONS.formatHex(value) : hex(value);
            case IPV4, IPV6, IP ->
                    value.length == 4 || value.length == 16 ? address(value) : hex(value);
            case SECRET -> "(" + value.length + " bytes not shown)";
            default -> hex(value);
        };
    }

    /** Shows a number that is to be read as unsigned in {@code bits} bits. */
    public String number(long value, int bits) {
        return switch (this) {
            case HEX -> "0x" + Long.toHexString(value);
            case IPV4, IP ->
                    address(
                            new byte[] {
                                (byte) (value >> 24),
                                (byte) (value >> 16),
                                (byte) (value >> 8),
                                (byte) value
                            });
            case SECRET -> "(not shown)";
            default -> bits == 64 ? Long.toUnsignedString(value) : Long.toString(value);
        };
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

    private static String hex(byte[] value) {
        return HexFormat.of().formatHex(value);
    }
}
