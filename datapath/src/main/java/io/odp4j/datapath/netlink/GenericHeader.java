package io.odp4j.datapath.netlink;

/**
 * The layout of the generic-netlink header ({@code struct genlmsghdr}) that follows the message
 * header.
 *
 * <pre>
 * +---------------+---------------+-------------------------------+
 * |    command    |    version    |           reserved            |
 * +---------------+---------------+-------------------------------+
 * </pre>
 *
 * A family's own fixed header, if it has one, comes next, then the attributes. Defined in {@code
 * linux/genetlink.h}.
 */
public final class GenericHeader {
    /** Bytes of the header. */
    public static final int LENGTH = 4;

    public static final int COMMAND_OFFSET = MessageHeader.LENGTH;
    public static final int VERSION_OFFSET = MessageHeader.LENGTH + 1;

    /** Where the family header or the first attribute starts, from the start of the message. */
    public static final int PAYLOAD_OFFSET = MessageHeader.LENGTH + LENGTH;

    private GenericHeader() {}
}
