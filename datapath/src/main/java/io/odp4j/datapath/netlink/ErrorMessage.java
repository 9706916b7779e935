package io.odp4j.datapath.netlink;

/**
 * The payload of an NLMSG_ERROR, and of the NLMSG_DONE that ends a dump.
 *
 * <pre>
 * +---------------------------------------------------------------+
 * |          error: 0 for an acknowledgement, else -errno         |
 * +---------------------------------------------------------------+
 * |   NLMSG_ERROR only: the request's header, and its payload     |
 * |   unless the error is 0 or the flag CAPPED is set             |
 * +---------------------------------------------------------------+
 * |   if the flag ACK_TLVS is set: attributes, see ExtendedAck    |
 * +---------------------------------------------------------------+
 * </pre>
 *
 * Defined in {@code linux/netlink.h}.
 */
public final class ErrorMessage {
    private static final int ERROR_OFFSET = MessageHeader.LENGTH;
    private static final int PAYLOAD = MessageHeader.LENGTH + 4;

    /** The largest number that the kernel takes for an error, {@code linux/err.h}. */
    private static final int MAX_ERRNO = 4095;

    private ErrorMessage() {}

    /** The error number, positive; 0 for an acknowledgement or a dump that ended well. */
    public static int errno(MessageReader message) {
        if (message.type() == MessageHeader.DONE && message.length() < PAYLOAD) {
            return 0; // very old kernels end a dump without a status
        }
        int error = message.intAt(ERROR_OFFSET);
        if (error > 0 || error < -MAX_ERRNO) {
            throw new NetlinkFormatException(
                    "the error " + error + " is not within -4095 to 0",
                    message.offset() + ERROR_OFFSET);
        }
        return -error;
    }

    /** What the kernel added to the number. */
    public static ExtendedAck extendedAck(MessageReader message) {
        if (!message.hasFlag(MessageHeader.ACK_TLVS)) {
            return ExtendedAck.NONE;
        }
        int headers = PAYLOAD;
        if (message.type() == MessageHeader.ERROR) {
            message.requireLength(PAYLOAD + MessageHeader.LENGTH);
            int request = message.intAt(PAYLOAD);
            headers += MessageHeader.LENGTH;
            if (!message.hasFlag(MessageHeader.CAPPED)) {
                if (request < MessageHeader.LENGTH || request > message.length() - PAYLOAD) {
                    throw new NetlinkFormatException(
                            "the request in an error claims " + request + " bytes",
                            message.offset() + PAYLOAD);
                }
                headers += MessageHeader.align(request) - MessageHeader.LENGTH;
            }
        }
        if (headers > message.length()) {
            return ExtendedAck.NONE;
        }
        return ExtendedAck.decode(message.attributes(new AttributeReader(), headers));
    }
}
