package io.odp4j.upcall.action;

import io.odp4j.datapath.flow.ActionAttributes;
import io.odp4j.datapath.flow.ActionWriter;
import io.odp4j.datapath.netlink.MessageWriter;
import java.nio.ByteBuffer;

/**
 * The userdata of a userspace action: what its packets are sent up for.
 *
 * <pre>
 *    0        1        2                 4                                  8                 16
 *   +--------+--------+-----------------+----------------------------------+-----------------+
 *   |  0xd4  |  kind  |     number      |              value               |     detail      |
 *   +--------+--------+-----------------+----------------------------------+-----------------+
 * </pre>
 *
 * All big-endian.
 *
 * @param kind one of {@link #CONTROLLER}, {@link #SLOW_PATH}, {@link #SAMPLE}, {@link #USER}
 * @param number of the handler of a {@link #USER}, 0 to 65535; the collector set of a sample
 * @param value longest packet for the controller; how many of 2^32 packets are sampled
 * @param detail the cookie of the rule for the controller; what the user or the sampler likes
 */
public record ActionCookie(int kind, int number, int value, long detail) {
    /** For the controller. */
    public static final int CONTROLLER = 1;

    /** For the policy to decide packet by packet. */
    public static final int SLOW_PATH = 2;

    /** A sample. */
    public static final int SAMPLE = 3;

    /** For a handler of the user's. */
    public static final int USER = 4;

    /** Bytes of a cookie. */
    public static final int LENGTH = 16;

    private static final byte MAGIC = (byte) 0xd4;
    private static final int SAMPLE_ACTION = ActionAttributes.SAMPLE.number();
    private static final int PROBABILITY = ActionAttributes.SAMPLE_PROBABILITY.number();
    private static final int ACTIONS = ActionAttributes.SAMPLE_ACTIONS.number();

    /** The cookie for packets that the policy decides one by one. */
    public static final ActionCookie FOR_SLOW_PATH = new ActionCookie(SLOW_PATH, 0, 0, 0);

    /** A cookie for the handler of that number. */
    public static ActionCookie user(int number, long detail) {
        return new ActionCookie(USER, number, 0, detail);
    }

    /** The bytes. */
    public byte[] toBytes() {
        return ByteBuffer.allocate(LENGTH)
                .put(MAGIC)
                .put((byte) kind)
                .putShort((short) number)
                .putInt(value)
                .putLong(detail)
                .array();
    }

    /** Has packets sent up with this cookie, to a port id: {@link ActionPort#portId}. */
    public void appendTo(ActionWriter actions, int portId) {
        actions.userspace(portId, toBytes());
    }

    /** Has {@code value} of 2^32 packets sent up with this cookie; the others go on. */
    public void appendSampleTo(ActionWriter actions, int portId) {
        MessageWriter writer = actions.writer();
        int sample = writer.beginPlainNest(SAMPLE_ACTION);
        writer.putU32(PROBABILITY, value);
        int list = writer.beginPlainNest(ACTIONS);
        appendTo(actions, portId);
        writer.endNest(list);
        writer.endNest(sample);
    }

    /** The kind of a cookie in a buffer; 0 if it is none of ours. */
    public static int kindOf(ByteBuffer buffer, int offset, int length) {
        return length == LENGTH && buffer.get(offset) == MAGIC ? buffer.get(offset + 1) : 0;
    }

    /** The cookie in a buffer that {@link #kindOf} knows. */
    public static ActionCookie read(ByteBuffer buffer, int offset) {
        byte[] bytes = new byte[LENGTH];
        buffer.get(offset, bytes);
        ByteBuffer cookie = ByteBuffer.wrap(bytes);
        return new ActionCookie(
                cookie.get(1), cookie.getShort(2) & 0xffff, cookie.getInt(4), cookie.getLong(8));
    }
}
