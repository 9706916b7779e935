package io.odp4j.flowcache.search;

import java.util.Arrays;

/**
 * A hash table of rules over bits that the masks of all of them have, and that may be fewer than
 * any has: rules that agree in those bits share a bucket.
 *
 * <pre>
 *  slot   tag of the hash (15 bits, odd) | highest rank there (17 bits) | what is there (32 bits)
 *           &gt; 0  the first record of a chain
 *             0  nothing any more
 *           &lt; 0  ~n: group n of this table
 * </pre>
 *
 * Slots are probed one after another, at most half of them in use; none moves until the table
 * grows. What is found is checked by whoever asked. Ranks fall only when tables are made anew.
 */
final class MergedTable {
    private static final long FIRST = 0x9e37_79b9_7f4a_7c15L;
    private static final long SECOND = 0xc2b2_ae3d_27d4_eb4fL;
    private static final long REST = 0x1656_67b1_9e37_79f9L;
    private static final int MIN_BITS = 3;
    private static final int TAG_SHIFT = 49;
    private static final int RANK = 0x1_ffff;
    private static final int FIRST_GROUPS = 4;

    final long bits0;
    final long bits1;
    final long[] bits;
    final boolean narrow;

    /** No rule here has a higher rank; the order of a group's tables. */
    int rank;

    MergedTable next;
    MergedGroup[] groups = new MergedGroup[FIRST_GROUPS];
    long[] slots;
    int shift;
    private int used;
    private int groupCount;

    MergedTable(long[] bits, int keys) {
        this.bits = bits;
        bits0 = bits[0];
        bits1 = bits[1];
        long rest = 0;
        for (int w = 2; w < bits.length; w++) {
            rest |= bits[w];
        }
        narrow = rest == 0;
        allocate(keys);
    }

    private void allocate(int keys) {
        int log = Math.max(MIN_BITS, 33 - Integer.numberOfLeadingZeros(keys));
        slots = new long[1 << log];
        shift = Long.SIZE - log;
        used = 0;
    }

    /** The hash of a packed key; its top bits are the slot. */
    long hash(long key0, long key1, long[] key) {
        long h = (key0 & bits0) * FIRST + (key1 & bits1) * SECOND;
        return narrow ? h : wide(h, key);
    }

    private long wide(long from, long[] key) {
        long h = from;
        for (int w = 2; w < bits.length; w++) {
            h = (h ^ h >>> 32) * FIRST + (key[w] & bits[w]) * REST;
        }
        return h;
    }

    private static int tag(long hash) {
        return (int) ((hash ^ hash >>> 32) * SECOND >>> TAG_SHIFT) | 1;
    }

    /** What lies under a hash: the slot's word, or 0. */
    long find(long hash) {
        int tag = tag(hash);
        int slot = (int) (hash >>> shift);
        while (true) {
            long here = slots[slot];
            if (here == 0 || (int) (here >>> TAG_SHIFT) == tag) {
                return here;
            }
            slot = slot + 1 & slots.length - 1;
        }
    }

    /** The highest rank under a slot's word. */
    static int rank(long word) {
        return (int) (word >>> 32) & RANK;
    }

    /** The slot of a hash, its own or the one that it would take. */
    int slotOf(long hash) {
        int tag = tag(hash);
        int slot = (int) (hash >>> shift);
        while (slots[slot] != 0 && (int) (slots[slot] >>> TAG_SHIFT) != tag) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    int at(int slot) {
        return (int) slots[slot];
    }

    /** Says what is in a slot, where a rule of some rank is among it. */
    void put(int slot, long hash, int what, int rank) {
        used += slots[slot] == 0 ? 1 : 0;
        long highest = Math.max(rank(slots[slot]), rank);
        slots[slot] = (long) tag(hash) << TAG_SHIFT | highest << 32 | what & 0xffff_ffffL;
    }

    void replace(int slot, int what) {
        slots[slot] = slots[slot] & ~0xffff_ffffL | what;
    }

    /** Whether one more key is one too many. */
    boolean isFull() {
        return 2 * (used + 1) > slots.length;
    }

    /** Empties the table, with room for that many keys. */
    void clear(int keys) {
        groups = new MergedGroup[FIRST_GROUPS];
        groupCount = 0;
        allocate(keys);
    }

    int addGroup(MergedGroup group) {
        if (groupCount == groups.length) {
            groups = Arrays.copyOf(groups, 2 * groupCount);
        }
        groups[groupCount] = group;
        return ~groupCount++;
    }

    boolean takes(RuleRecords records, int record) {
        long missing = 0;
        for (int w = 0; w < bits.length; w++) {
            missing |= bits[w] & ~records.mask(record, w);
        }
        return missing == 0;
    }

    long hashOf(RuleRecords records, int record, long[] scratch) {
        for (int w = 0; w < bits.length; w++) {
            scratch[w] = records.value(record, w);
        }
        return hash(scratch[0], scratch[1], scratch);
    }

    long memory() {
        long bytes = 8L * slots.length + 4L * groups.length;
        for (int i = 0; i < groupCount; i++) {
            bytes += groups[i].memory();
        }
        return bytes;
    }
}
