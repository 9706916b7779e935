package io.odp4j.datapath.flow;

import io.odp4j.datapath.netlink.MessageOverflowException;
import io.odp4j.datapath.netlink.MessageWriter;

/**
 * {@link FlowKey} and {@link FlowMask} to key attributes, in the kernel's order, without
 * allocation.
 *
 * <p>What is written are the attributes alone: the caller opens and closes the OVS_*_ATTR_KEY or
 * OVS_FLOW_ATTR_MASK around them. A key that a kernel wrote comes out byte for byte as it was, PAD
 * and unknown attributes aside. {@link MessageOverflowException} is thrown, and nothing is written,
 * if the attributes do not fit.
 */
public final class FlowKeyEncoder {
    /** No key and no mask is longer than this. */
    public static final int MAX_LENGTH = 1280;

    private FlowKeyEncoder() {}

    /** Writes the attributes that the key carries. */
    public static void encodeKey(FlowKey key, MessageWriter writer) {
        long[] w = key.words();
        long carried = w[FlowKey.ATTRIBUTES];
        long nested = w[FlowKey.NESTED_ATTRIBUTES];
        write(w, carried, nested, KeyPresence.optionsLength(w), 0, writer);
    }

    /**
     * Writes a mask for a key, so that the kernel takes the two together:
     *
     * <ul>
     *   <li>recirc_id is always exact, for without it the flow would match recirculated packets
     *       too;
     *   <li>an attribute that is wholly wildcarded, or that the key does not carry, is left out;
     *   <li>in_port and the Ethernet type are exact or left out: the kernel knows nothing between;
     *   <li>where a field of an upper layer is matched, what says that the layer is there (Ethernet
     *       type, IP protocol, ICMPv6 type of neighbour discovery) becomes exact;
     *   <li>for a tagged key the tag's presence and its TPID are exact.
     * </ul>
     *
     * The flow is so never wider than the mask; where it is narrower, the kernel has no other way.
     */
    public static void encodeMask(FlowKey key, FlowMask mask, MessageWriter writer) {
        long[] k = key.words();
        long[] m = mask.words();
        long carried = MaskPresence.carried(k, m);
        long nested = MaskPresence.nested(k, m, carried);
        long forced = MaskPresence.forced(m, carried);
        write(m, carried, nested, KeyPresence.optionsLength(k), forced, writer);
    }

    /** How many bytes {@link #encodeKey} writes. */
    public static int keyLength(FlowKey key) {
        long[] w = key.words();
        return KeyLength.of(
                w[FlowKey.ATTRIBUTES], w[FlowKey.NESTED_ATTRIBUTES], KeyPresence.optionsLength(w));
    }

    private static void write(
            long[] w, long carried, long nested, int options, long forced, MessageWriter writer) {
        if (writer.remaining() < MAX_LENGTH) {
            int needed = KeyLength.of(carried, nested, options);
            if (needed > writer.remaining()) {
                throw new MessageOverflowException(
                        needed + " bytes do not fit into the " + writer.remaining() + " left");
            }
        }
        int start = writer.position();
        int end = KeyWriter.write(writer.buffer(), start, w, carried, nested, options, forced);
        writer.reserve(end - start);
    }
}
