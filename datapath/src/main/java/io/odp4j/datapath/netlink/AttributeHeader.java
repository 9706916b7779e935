package io.odp4j.datapath.netlink;

/**
 * The layout of an attribute header ({@code struct nlattr}); host byte order.
 *
 * <pre>
 * +-------------------------------+-+-+---------------------------+
 * |  length, header included      |N|O|           type            |
 * +-------------------------------+-+-+---------------------------+
 *                                  |  `- payload in network byte order
 *                                  `---- payload is a nest of attributes
 * </pre>
 *
 * The payload follows and is padded to four bytes; the padding does not count. Defined in {@code
 * linux/netlink.h}.
 */
public final class AttributeHeader {
    /** Bytes of the header. */
    public static final int LENGTH = 4;

    public static final int LENGTH_OFFSET = 0;
    public static final int TYPE_OFFSET = 2;

    public static final int NESTED = 0x8000;
    public static final int NET_BYTEORDER = 0x4000;
    public static final int TYPE_MASK = 0x3fff;

    /** The longest payload that the 16-bit length can say. */
    public static final int MAX_PAYLOAD = 0xffff - LENGTH;

    private AttributeHeader() {}
}
