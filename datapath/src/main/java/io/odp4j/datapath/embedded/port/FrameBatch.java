package io.odp4j.datapath.embedded.port;

import io.odp4j.datapath.netlink.DirectBuffer;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * Frames that come in together, in one piece of direct memory that is used over and over.
 *
 * <pre>
 *   slot i:  at i * SLOT   16 bytes of headroom | the frame, at most {@link #LONGEST} bytes
 * </pre>
 *
 * A device reads into the slots, says how long each frame is, and hands the batch to {@link
 * DeviceLink#receive(FrameBatch)}. One thread's.
 */
public final class FrameBatch {
    /** The longest frame: an Ethernet header and tags more than an IP packet can have. */
    public static final int LONGEST = 0xffff + 64;

    private static final int HEADROOM = 16;
    private static final int SLOT = HEADROOM + (LONGEST + 7 & ~7);

    private final DirectBuffer memory;
    private final int[] offsets;
    private final int[] lengths;
    private int count;

    /**
     * @param frames the most frames of the batch
     */
    public FrameBatch(int frames) {
        memory = new DirectBuffer(frames * SLOT);
        offsets = new int[frames];
        lengths = new int[frames];
    }

    /** The most frames. */
    public int capacity() {
        return lengths.length;
    }

    /** Holds the slots, in native byte order. */
    public ByteBuffer buffer() {
        return memory.buffer();
    }

    /** Where the frame of slot {@code index} is to be written. */
    public int slotOffset(int index) {
        return Objects.checkIndex(index, lengths.length) * SLOT + HEADROOM;
    }

    /** The address of {@link #slotOffset}. */
    public long slotAddress(int index) {
        return memory.address() + slotOffset(index);
    }

    public void clear() {
        count = 0;
    }

    /** Frames added. */
    public int count() {
        return count;
    }

    public boolean isFull() {
        return count == lengths.length;
    }

    /** Adds a frame that lies in a slot, or has grown into its headroom. */
    public void add(int offset, int length) {
        Objects.checkFromIndexSize(offset, length, memory.capacity());
        offsets[count] = offset;
        lengths[count++] = length;
    }

    /** Adds a copy of a frame; false if the batch is full, or the frame too long. */
    public boolean copy(ByteBuffer frame, int offset, int length) {
        if (isFull() || length > LONGEST) {
            return false;
        }
        int at = slotOffset(count);
        buffer().put(at, frame, offset, length);
        add(at, length);
        return true;
    }

    /** Where frame {@code index} lies in {@link #buffer}. */
    public int offset(int index) {
        return offsets[index];
    }

    /** Bytes of frame {@code index}. */
    public int length(int index) {
        return lengths[index];
    }
}
