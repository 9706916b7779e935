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

    /**
     * Writes the answer to a request, as a peer that was asked: an NLMSG_ERROR to whoever sent it.
     *
     * @param request stands on the request
     * @param to the requester's port id
     * @param errno 0 to acknowledge, else positive
     * @param more what to add; {@link ExtendedAck#NONE} for nothing
     * @param most bytes of a refused request that are sent back at most; an acknowledgement carries
     *     the header alone
     */
    public static void write(
            MessageWriter w, MessageReader request, int to, int errno, ExtendedAck more, int most) {
        int carried =
                errno == 0
                        ? MessageHeader.LENGTH
                        : Math.max(MessageHeader.LENGTH, Math.min(request.length(), most));
        int tlvs = more == ExtendedAck.NONE ? 0 : MessageHeader.ACK_TLVS;
        // A reader finds the attributes behind the whole request, or behind its header.
        if (tlvs != 0 && carried < request.length()) {
            carried = MessageHeader.LENGTH;
        }
        int capped =
                errno == 0 || tlvs != 0 && carried < request.length() ? MessageHeader.CAPPED : 0;
        w.begin(MessageHeader.ERROR, capped | tlvs, request.sequence()).putRawU32(-errno);
        w.setPortId(to);
        int at = w.reserve(carried);
        w.buffer().put(at, request.buffer(), request.offset(), carried);
        if (tlvs != 0) {
            w.putRaw(new byte[MessageHeader.align(carried) - carried]);
            more.encode(w);
        }
        w.end();
    }
}
