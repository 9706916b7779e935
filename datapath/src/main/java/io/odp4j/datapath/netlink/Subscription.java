package io.odp4j.datapath.netlink;

/**
 * The request with which a socket joins or leaves a multicast group of a userspace peer. The kernel
 * lets nobody join a group of NETLINK_USERSOCK without CAP_NET_ADMIN, so that a userspace peer
 * keeps the members itself.
 *
 * <pre>
 * +---------------------------------------------------------------+
 * |   message header: type 16 (nlctrl), flags REQUEST             |
 * +---------------+---------------+-------------------------------+
 * | 0x80 JOIN,    |   version 1   |           reserved            |
 * | 0x81 LEAVE    |               |                               |
 * +---------------+---------------+-------------------------------+
 * |   attribute 1, u32: number of the group                       |
 * +---------------------------------------------------------------+
 * </pre>
 *
 * It is not acknowledged: a peer answers in the order of arrival, so that whatever is asked after
 * it finds the group joined. A member that is gone is forgotten.
 */
public final class Subscription {
    public static final int JOIN = 0x80;
    public static final int LEAVE = 0x81;

    /** The only attribute: the group's number. */
    public static final int GROUP = 1;

    /** Bytes of the request. */
    static final int LENGTH = GenericHeader.PAYLOAD_OFFSET + AttributeHeader.LENGTH + 4;

    private Subscription() {}

    static void write(MessageWriter writer, int command, int group) {
        writer.beginGeneric(GenericFamily.CONTROL.id(), MessageHeader.REQUEST, 0, command, 1)
                .putU32(GROUP, group)
                .end();
    }
}
