package io.odp4j.bench.jmh;

import io.odp4j.datapath.flow.FlowKey;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * At least 65,536 packets' keys, packed, and written one after another into one reused key, as a
 * decoder would: a benchmark then pays for its table's memory, not for that of its packets.
 */
final class PacketStream {
    static final int PACKETS = 1 << 16;

    /**
     * Packets per measured call: short enough that on a shared machine most calls are not
     * interrupted, so that their median is the machine's and not the neighbours'.
     */
    static final int BATCH = 1 << 10;

    private final int[] words;
    private final long[] packed;
    private final FlowKey key = new FlowKey();
    private int next;

    /** Packs keys; which words are set at all is found out first. */
    PacketStream(List<FlowKey> keys) {
        this(wordsOf(keys), keys.size(), keys.iterator()::next);
    }

    /** Packs that many keys as they are made, of which only those words are looked at. */
    PacketStream(int[] words, int packets, Supplier<FlowKey> keys) {
        if (Integer.bitCount(packets) != 1) {
            throw new IllegalArgumentException("a power of two, not " + packets);
        }
        this.words = words;
        packed = new long[words.length * packets];
        for (int at = 0; at < packed.length; ) {
            long[] key = keys.get().words();
            for (int w : words) {
                packed[at++] = key[w];
            }
        }
    }

    /** The words that any of some keys sets. */
    static int[] wordsOf(List<FlowKey> keys) {
        long[] used = new long[FlowKey.WORDS];
        for (FlowKey key : keys) {
            for (int w = 0; w < used.length; w++) {
                used[w] |= key.words()[w];
            }
        }
        return IntStream.range(0, used.length).filter(w -> used[w] != 0).toArray();
    }

    /** The next packet's key; the same object each time. */
    FlowKey next() {
        next(key.words());
        return key;
    }

    /** The next packet's key, into words that had none but this stream's before. */
    void next(long[] to) {
        int from = next;
        for (int w = 0; w < words.length; w++) {
            to[words[w]] = packed[from + w];
        }
        next = from + words.length;
        if (next == packed.length) {
            next = 0;
        }
    }
}
