package io.odp4j.bench.jmh;

import io.odp4j.datapath.flow.FlowKey;
import java.util.List;

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
        if (Integer.bitCount(keys.size()) != 1) {
            throw new IllegalArgumentException("a power of two, not " + keys.size());
        }
        long[] used = new long[FlowKey.WORDS];
        for (FlowKey k : keys) {
            for (int w = 0; w < used.length; w++) {
                used[w] |= k.words()[w];
            }
        }
        int n = 0;
        int[] set = new int[used.length];
        for (int w = 0; w < used.length; w++) {
            if (used[w] != 0) {
                set[n++] = w;
            }
        }
        words = java.util.Arrays.copyOf(set, n);
        packed = new long[n * keys.size()];
        for (int i = 0; i < keys.size(); i++) {
            for (int w = 0; w < n; w++) {
                packed[i * n + w] = keys.get(i).words()[words[w]];
            }
        }
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
