package io.odp4j.datapath.embedded.table;

import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowMask;

/**
 * The flows of one mask, in an open-addressed hash table over the words in which the mask has bits.
 */
final class SubTable {
    private static final long MULTIPLIER = 0x9e37_79b9_7f4a_7c15L;

    private final int[] index;
    private final long[] bits;
    private FlowEntry[] slots = new FlowEntry[16];
    private int size;

    SubTable(FlowMask mask) {
        long[] words = mask.words();
        int count = 0;
        for (int i = 0; i < FlowKey.WORDS; i++) {
            count += counts(words, i) ? 1 : 0;
        }
        index = new int[count];
        bits = new long[count];
        int at = 0;
        for (int i = 0; i < FlowKey.WORDS; i++) {
            if (counts(words, i)) {
                index[at] = i;
                bits[at++] = words[i];
            }
        }
    }

    /** Words 42 and 43 say which attributes there were, and are not matched on. */
    private static boolean counts(long[] words, int i) {
        return words[i] != 0 && i != FlowKey.ATTRIBUTES && i != FlowKey.NESTED_ATTRIBUTES;
    }

    boolean hasMask(FlowMask mask) {
        long[] words = mask.words();
        int at = 0;
        for (int i = 0; i < FlowKey.WORDS; i++) {
            if (counts(words, i)) {
                if (at == index.length || index[at] != i || bits[at] != words[i]) {
                    return false;
                }
                at++;
            }
        }
        return at == index.length;
    }

    boolean isEmpty() {
        return size == 0;
    }

    private int hash(long[] key) {
        long hash = 0;
        for (int i = 0; i < index.length; i++) {
            hash = (hash ^ key[index[i]] & bits[i]) * MULTIPLIER;
            hash ^= hash >>> 32;
        }
        // Multiplied once more: bits at a word's top must reach the bottom of the hash as well.
        return (int) (hash * MULTIPLIER >>> 32);
    }

    private boolean matches(long[] key, long[] flow) {
        for (int i = 0; i < index.length; i++) {
            if (((key[index[i]] ^ flow[index[i]]) & bits[i]) != 0) {
                return false;
            }
        }
        return true;
    }

    FlowEntry find(long[] key) {
        FlowEntry[] all = slots;
        int mask = all.length - 1;
        for (int at = hash(key) & mask; ; at = at + 1 & mask) {
            FlowEntry flow = all[at];
            if (flow == null || matches(key, flow.key().words())) {
                return flow;
            }
        }
    }

    void insert(FlowEntry flow) {
        if (2 * ++size > slots.length) {
            FlowEntry[] old = slots;
            slots = new FlowEntry[2 * old.length];
            for (FlowEntry moved : old) {
                if (moved != null) {
                    put(moved);
                }
            }
        }
        put(flow);
    }

    private void put(FlowEntry flow) {
        int mask = slots.length - 1;
        int at = hash(flow.key().words()) & mask;
        while (slots[at] != null) {
            at = at + 1 & mask;
        }
        slots[at] = flow;
    }

    boolean remove(FlowEntry flow) {
        int mask = slots.length - 1;
        int at = hash(flow.key().words()) & mask;
        while (slots[at] != flow) {
            if (slots[at] == null) {
                return false;
            }
            at = at + 1 & mask;
        }
        slots[at] = null;
        size--;
        // What was pushed on by the one removed moves back.
        for (int next = at + 1 & mask; slots[next] != null; next = next + 1 & mask) {
            FlowEntry moved = slots[next];
            slots[next] = null;
            put(moved);
        }
        return true;
    }
}
