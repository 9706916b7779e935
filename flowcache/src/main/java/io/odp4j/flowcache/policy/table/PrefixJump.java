package io.odp4j.flowcache.policy.table;

import java.util.Arrays;

/**
 * Where in a {@link PrefixTrie} a value's first bits lead, so that a walk begins there. It is a
 * picture of the trie as it was: made when as many walks were taken since the last change as it
 * costs, given up at the next change.
 *
 * <pre>
 *  entry, per value of the first bits   node to go on from (32 bits)
 *                                       where its list begins (26 bits) | entries of the list (6 bits)
 *  list                                 per prefix on the way there: length, node
 * </pre>
 */
final class PrefixJump {
    private static final int MIN_NODES = 64;
    private static final int MAX_BITS = 16;
    private static final int COUNT_BITS = 6;

    /** How many entries are filled in the time of a walk, as a power of two. */
    private static final int ENTRIES_PER_WALK = 3;

    private long[] entries = new long[0];
    private int[] lists = new int[64];
    private int end;
    private int bits;
    private boolean isReady;
    private int walks;

    /** The trie is no longer as it was. */
    void changed() {
        isReady = false;
        walks = 0;
    }

    /** Whether it can be used; makes it if it is time to. */
    boolean isReady(PrefixTrie trie) {
        if (!isReady && trie.nodes() >= MIN_NODES) {
            int log = Integer.SIZE - Integer.numberOfLeadingZeros(trie.nodes() - 1);
            int wanted = Math.min(Math.min(MAX_BITS, log), trie.bits());
            if (++walks >= 1 << wanted >> ENTRIES_PER_WALK) {
                make(trie, wanted);
            }
        }
        return isReady;
    }

    private void make(PrefixTrie trie, int wanted) {
        bits = wanted;
        if (entries.length != 1 << bits) {
            entries = new long[1 << bits];
        }
        end = 0;
        fill(trie, PrefixTrie.ROOT, 0, 0);
        isReady = true;
    }

    /** Fills in what lies below a node whose own list has some entries. */
    private void fill(PrefixTrie trie, int node, int list, int count) {
        int depth = trie.depth(node);
        int first = depth == 0 ? 0 : (int) (trie.top(node) >>> Long.SIZE - bits);
        long entry = (long) node << 32 | (long) list << COUNT_BITS | count;
        Arrays.fill(entries, first, first + (1 << bits - depth), entry);
        for (int bit = 0; bit <= 1; bit++) {
            int child = trie.child(node, bit);
            if (child == 0 || trie.depth(child) > bits) {
                continue;
            }
            if (trie.count(child) == 0) {
                fill(trie, child, list, count);
            } else {
                fill(trie, child, extend(list, count, trie.depth(child), child), count + 1);
            }
        }
    }

    private int extend(int list, int count, int length, int node) {
        int to = end;
        end += 2 * count + 2;
        while (end > lists.length) {
            lists = Arrays.copyOf(lists, 2 * lists.length);
        }
        System.arraycopy(lists, list, lists, to, 2 * count);
        lists[to + 2 * count] = length;
        lists[to + 2 * count + 1] = node;
        return to;
    }

    /**
     * Takes the first part of a walk.
     *
     * @param high the first 64 bits of the value
     * @return the node to go on from
     */
    int start(long high, PrefixTrie.Walk walk) {
        long entry = entries[(int) (high >>> Long.SIZE - bits)];
        int count = (int) entry & (1 << COUNT_BITS) - 1;
        int at = (int) entry >>> COUNT_BITS;
        for (int i = 0; i < count; i++) {
            walk.met(lists[at + 2 * i], lists[at + 2 * i + 1]);
        }
        return (int) (entry >>> 32);
    }
}
