package io.odp4j.flowcache.search;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.flowcache.rule.field.RuleKey;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts the bits of a rule key that any rule of a table looks at into as few words as they fit: the
 * five-tuple of IPv4 takes two.
 *
 * <p>Each word of the key is masked and rotated to where its bits do not meet those of others, so
 * that a field stays in one piece, but for one that wraps round. Immutable.
 */
public final class KeyPacker {
    /** Packed words there are at least, so that the first two need no loop. */
    private static final int MIN_WORDS = 2;

    private final long[] union;
    private final int[] from;
    private final long[] bits;
    private final int[] turn;
    private final int[] to;
    private final int words;

    /**
     * A packer of those bits.
     *
     * @param union a mask in the words of a {@link RuleKey}
     */
    public KeyPacker(long[] union) {
        this.union = union.clone();
        List<int[]> places = new ArrayList<>();
        long[] used = new long[RuleKey.WORDS];
        int n = 0;
        // What fills a word comes first: the rest then finds its holes.
        for (int least = Long.SIZE; least >= 0; least -= Long.SIZE / 4) {
            for (int w = 0; w < union.length; w++) {
                int count = Long.bitCount(union[w]);
                if (count == 0 || count < least || count >= least + Long.SIZE / 4) {
                    continue;
                }
                int[] place = place(union[w], used, n);
                used[place[0]] |= Long.rotateLeft(union[w], place[1]);
                n = Math.max(n, place[0] + 1);
                places.add(new int[] {w, place[0], place[1]});
            }
        }
        words = Math.max(MIN_WORDS, n);
        from = places.stream().mapToInt(p -> p[0]).toArray();
        to = places.stream().mapToInt(p -> p[1]).toArray();
        turn = places.stream().mapToInt(p -> p[2]).toArray();
        bits = places.stream().mapToLong(p -> union[p[0]]).toArray();
    }

    private static int[] place(long mask, long[] used, int n) {
        for (int word = 0; word < n; word++) {
            for (int by = 0; by < Long.SIZE; by++) {
                if ((Long.rotateLeft(mask, by) & used[word]) == 0) {
                    return new int[] {word, by};
                }
            }
        }
        return new int[] {n, 0};
    }

    /** How many packed words there are, at least two. */
    public int words() {
        return words;
    }

    /** Whether all bits of a mask are packed. */
    public boolean covers(long[] mask) {
        long missing = 0;
        for (int w = 0; w < union.length; w++) {
            missing |= mask[w] & ~union[w];
        }
        return missing == 0;
    }

    /** Packs a key, a value or a mask. */
    public void pack(long[] key, long[] packed) {
        for (int i = 0; i < words; i++) {
            packed[i] = 0;
        }
        for (int i = 0; i < from.length; i++) {
            packed[to[i]] |= Long.rotateLeft(key[from[i]] & bits[i], turn[i]);
        }
    }

    /** Adds the bits of a packed mask to one in the words of a {@link RuleKey}. */
    public void unpack(long[] packed, long[] mask) {
        for (int i = 0; i < from.length; i++) {
            mask[from[i]] |= Long.rotateRight(packed[to[i]], turn[i]) & bits[i];
        }
    }

    /** The bits of each field, packed: a word of a wide field counts as a field. */
    List<long[]> fields() {
        List<long[]> fields = new ArrayList<>();
        for (int i = 0; i < from.length; i++) {
            long left = bits[i];
            for (FlowField field : FlowField.values()) {
                boolean here = from[i] >= field.word() && from[i] < field.word() + field.words();
                if (here && (left & field.wordMask()) != 0) {
                    add(fields, i, left & field.wordMask());
                    left &= ~field.wordMask();
                }
            }
            // Registers and metadata: their halves.
            add(fields, i, left & 0xffff_ffffL);
            add(fields, i, left & ~0xffff_ffffL);
        }
        return fields;
    }

    private void add(List<long[]> fields, int i, long field) {
        if (field != 0) {
            long[] packed = new long[words];
            packed[to[i]] = Long.rotateLeft(field, turn[i]);
            fields.add(packed);
        }
    }
}
