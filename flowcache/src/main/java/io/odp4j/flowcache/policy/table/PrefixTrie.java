package io.odp4j.flowcache.policy.table;

import io.odp4j.datapath.flow.FlowField;
import java.util.Arrays;

/**
 * The prefixes of one field that the rules of a table ask for: which lengths match a value, and how
 * many of its bits it takes to know. A path without branches and ends is one node.
 *
 * <pre>
 *  node n, at 4n   the bits down to it, from the top (128 bits, zeros behind)
 *                  child for bit 0 (32 bits) | child for bit 1 (32 bits); 0: none
 *                  rules that end there (56 bits) | how many bits (8 bits)
 * </pre>
 */
final class PrefixTrie {
    static final int ROOT = 0;
    private static final int NODE = 4;
    private static final int LOW = 1;
    private static final int CHILDREN = 2;
    private static final int META = 3;
    private static final int COUNT_SHIFT = 8;
    private static final int END_BITS = 0xff;
    private static final int MAX_BITS = 128;

    private final FlowField field;
    private long[] nodes = new long[16 * NODE];
    private int[] free = new int[16];
    private int freeCount;
    private int end = 1;

    PrefixTrie(FlowField field) {
        this.field = field;
    }

    int bits() {
        return field.bits();
    }

    /** How many nodes there are. */
    int nodes() {
        return end - freeCount;
    }

    /** The first 64 bits down to a node. */
    long top(int node) {
        return nodes[node * NODE];
    }

    /** The other 64 bits of a field that has more. */
    long bottom(int node) {
        return nodes[node * NODE + LOW];
    }

    /** Makes the leading bits of the field significant. */
    void unwildcard(int length, long[] wildcards) {
        if (field.bits() < 64) {
            long ones = length == 0 ? 0 : -1L << field.bits() - length;
            wildcards[field.word()] |= ones << field.shift() & field.wordMask();
            return;
        }
        for (int w = 0; w * 64 < length; w++) {
            wildcards[field.word() + w] |= -1L << 64 - Math.min(64, length - w * 64);
        }
    }

    /** The field's prefix length in a mask, 0 if it is not there, -1 if it is no prefix. */
    int lengthIn(long[] mask) {
        int length = 0;
        boolean ended = false;
        for (int i = 0; i < field.words(); i++) {
            long bits = mask[field.word() + i] & field.wordMask();
            int ones = Long.bitCount(bits);
            int width = Math.min(64, field.bits());
            long low = field.wordMask() & -field.wordMask();
            long missing = field.wordMask() & ~bits;
            if ((missing + low & missing) != 0 || ended && ones != 0) {
                return -1;
            }
            length += ones;
            ended = ones < width;
        }
        return length;
    }

    /** The field's first 64 bits in a key, its own topmost. */
    long high(long[] words) {
        return field.bits() < 64
                ? words[field.word()] << 64 - field.shift() - field.bits()
                : words[field.word()];
    }

    /** The field's other bits, 0 if it has no more. */
    long low(long[] words) {
        return field.bits() <= 64 ? 0 : words[field.word() + 1];
    }

    private static int bit(long high, long low, int index) {
        return (int) ((index < 64 ? high >>> 63 - index : low >>> 127 - index) & 1);
    }

    int child(int node, int bit) {
        return (int) (nodes[node * NODE + CHILDREN] >>> (bit == 0 ? 32 : 0));
    }

    private void setChild(int node, int bit, int child) {
        int at = node * NODE + CHILDREN;
        int shift = bit == 0 ? 32 : 0;
        nodes[at] = nodes[at] & 0xffff_ffffL << 32 - shift | (long) child << shift;
    }

    int depth(int node) {
        return (int) nodes[node * NODE + META] & END_BITS;
    }

    /** How many rules end at a node. */
    long count(int node) {
        return nodes[node * NODE + META] >>> COUNT_SHIFT;
    }

    /** How many leading bits of a value are those down to a node, or more. */
    private int alike(int node, long high, long low) {
        long differ = high ^ nodes[node * NODE];
        return differ != 0
                ? Long.numberOfLeadingZeros(differ)
                : 64 + Long.numberOfLeadingZeros(low ^ nodes[node * NODE + LOW]);
    }

    /** Adds a prefix, once more if it is there; its node, which stays until it is removed. */
    int add(long[] value, int length) {
        long high = high(value);
        long low = low(value);
        int node = ROOT;
        while (depth(node) < length) {
            int bit = bit(high, low, depth(node));
            int next = child(node, bit);
            int same = next == 0 ? length : Math.min(length, alike(next, high, low));
            if (next == 0 || same < depth(next)) {
                int fresh = allocate(high, low, same);
                if (next != 0) {
                    setChild(fresh, bit(nodes[next * NODE], nodes[next * NODE + LOW], same), next);
                }
                setChild(node, bit, fresh);
                next = fresh;
            }
            node = next;
        }
        nodes[node * NODE + META] += 1L << COUNT_SHIFT;
        return node;
    }

    /** The node of a prefix that is there. */
    int find(long[] value, int length) {
        long high = high(value);
        long low = low(value);
        int node = ROOT;
        while (depth(node) < length) {
            node = child(node, bit(high, low, depth(node)));
        }
        return node;
    }

    void remove(long[] value, int length) {
        long high = high(value);
        long low = low(value);
        int above = ROOT;
        int parent = ROOT;
        int node = ROOT;
        while (depth(node) < length) {
            above = parent;
            parent = node;
            node = child(node, bit(high, low, depth(node)));
        }
        nodes[node * NODE + META] -= 1L << COUNT_SHIFT;
        if (shorten(parent, node)) {
            shorten(above, parent);
        }
    }

    /** Takes out a node that nothing ends at and that does not branch; whether it was a leaf. */
    private boolean shorten(int parent, int node) {
        int zero = child(node, 0);
        int one = child(node, 1);
        if (node == ROOT || count(node) > 0 || zero != 0 && one != 0) {
            return false;
        }
        int bit = bit(nodes[node * NODE], nodes[node * NODE + LOW], depth(parent));
        setChild(parent, bit, zero | one);
        release(node);
        return (zero | one) == 0;
    }

    private int allocate(long high, long low, int length) {
        if (freeCount == 0 && end * NODE == nodes.length) {
            nodes = Arrays.copyOf(nodes, 2 * nodes.length);
        }
        int node = freeCount > 0 ? free[--freeCount] : end++;
        int at = node * NODE;
        nodes[at] = length >= 64 ? high : high & ~(-1L >>> length);
        nodes[at + LOW] = length <= 64 ? 0 : length == 128 ? low : low & ~(-1L >>> length - 64);
        nodes[at + CHILDREN] = 0;
        nodes[at + META] = length;
        return node;
    }

    private void release(int node) {
        if (freeCount == free.length) {
            free = Arrays.copyOf(free, 2 * freeCount);
        }
        free[freeCount++] = node;
    }

    /** What a walk with one value found. */
    static final class Walk {
        /** By length: the node of the prefix, where one matches. */
        private final int[] nodes = new int[MAX_BITS + 1];

        /** The lengths that match, the shortest first. */
        private final int[] lengths = new int[MAX_BITS];

        private int found;
        private int bitsNeeded;

        /** Notes a prefix that matches. */
        void met(int length, int node) {
            lengths[found++] = length;
            nodes[length] = node;
        }

        /** How many lengths match. */
        int found() {
            return found;
        }

        /** One of the lengths that match, in rising order. */
        int length(int index) {
            return lengths[index];
        }

        /** Whether a prefix of that length, 1 or more, is the value's. */
        boolean matches(int length) {
            for (int i = 0; i < found; i++) {
                if (lengths[i] == length) {
                    return true;
                }
            }
            return false;
        }

        /** The node of the prefix of a length that matches. */
        int node(int length) {
            return nodes[length];
        }

        /** How many leading bits it took to know which prefixes match. */
        int bitsNeeded() {
            return bitsNeeded;
        }
    }

    void walk(long[] value, Walk walk) {
        walk.found = 0;
        long high = high(value);
        long low = low(value);
        int width = field.bits();
        int node = ROOT;
        int depth = 0;
        while (depth < width) {
            long children = nodes[node * NODE + CHILDREN];
            int next = (int) (bit(high, low, depth) == 0 ? children >>> 32 : children);
            if (next == 0) {
                // Where nothing lies below on either side, there is nothing to look for.
                walk.bitsNeeded = children == 0 ? depth : depth + 1;
                return;
            }
            int same = alike(next, high, low);
            long meta = nodes[next * NODE + META];
            int there = (int) meta & END_BITS;
            if (same < there) {
                walk.bitsNeeded = same + 1;
                return;
            }
            node = next;
            depth = there;
            if (meta >>> COUNT_SHIFT != 0) {
                walk.met(depth, next);
            }
        }
        walk.bitsNeeded = depth;
    }
}
