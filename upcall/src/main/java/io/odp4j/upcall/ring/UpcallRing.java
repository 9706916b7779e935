package io.odp4j.upcall.ring;

import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.WaitStrategy;
import io.odp4j.datapath.netlink.DirectBuffer;
import java.nio.ByteBuffer;

/**
 * A single-producer Disruptor of {@link UpcallSlot}s over one slab of direct memory. The producer
 * fills free slots <em>before</em> it claims them: it alone moves the cursor, so that what is free
 * stays free, and what did not fill up need not be published.
 */
public final class UpcallRing {
    /** Longest datagram of a slot: a packet of 64 KB, its key and the other attributes. */
    public static final int SLOT_BYTES = 68 * 1024;

    // Slots start at different places of their page, or all their headers would share a few cache
    // sets.
    private static final int STRIDE = SLOT_BYTES + 3 * 64;

    private final DirectBuffer slab;
    private final RingBuffer<UpcallSlot> ring;
    private DirectConsumer direct;

    /**
     * @param slots a power of two
     */
    public UpcallRing(int slots, WaitStrategy waitStrategy) {
        slab = new DirectBuffer(Math.multiplyExact(slots, STRIDE));
        int[] next = {0};
        ring =
                RingBuffer.createSingleProducer(
                        () -> {
                            int offset = STRIDE * next[0]++;
                            return new UpcallSlot(offset, slab.address() + offset);
                        },
                        slots,
                        waitStrategy);
    }

    /** The Disruptor's ring, for its consumer. */
    public RingBuffer<UpcallSlot> disruptor() {
        return ring;
    }

    /**
     * Has {@link #publish} do the consumer's work, on the producer's thread; null for no longer. To
     * be called where the producer is not running.
     */
    public void consumeDirectly(DirectConsumer consumer) {
        direct = consumer;
    }

    /** Whether {@link #publish} does the consumer's work. */
    public boolean isConsumedDirectly() {
        return direct != null;
    }

    /** The slab that {@link UpcallSlot#offset} counts in. */
    public ByteBuffer memory() {
        return slab.buffer();
    }

    /** The address of the slab's first byte. */
    public long address() {
        return slab.address();
    }

    /** All slots, free or not. */
    public int slots() {
        return ring.getBufferSize();
    }

    /** Whether the consumer is done with everything; by the producer alone. */
    public boolean isEmpty() {
        return used() == 0;
    }

    /** How many slots the consumer is not done with; by the producer alone. */
    public int used() {
        return (int) (ring.getBufferSize() - ring.remainingCapacity());
    }

    /** How many slots are free, at most {@code most}; by the producer alone. */
    public int free(int most) {
        return (int) Math.min(most, ring.remainingCapacity());
    }

    /** The {@code index}-th free slot; by the producer alone, below {@link #free}. */
    public UpcallSlot freeSlot(int index) {
        return ring.get(ring.getCursor() + 1 + index);
    }

    /** Hands the first {@code count} free slots to the consumer. */
    public void publish(int count) {
        long high = ring.next(count);
        ring.publish(high - count + 1, high);
        if (direct != null) {
            direct.consume(ring, high - count + 1, high);
        }
    }
}
