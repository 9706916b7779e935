package io.odp4j.flowcache;

import io.odp4j.datapath.flow.FlowKey;
import java.util.Arrays;

/**
 * The words of a mask that are not zero, packed, and the hash over them.
 *
 * <p>One flat program, so that a mask that has not been used for a while costs few cache lines:
 *
 * <pre>
 *  [0]       salt: what sets this mask's hashes apart
 *  [1 + 2i]  a word's number (low half) and its place among an entry's packed words (high half)
 *  [2 + 2i]  its significant bits
 * </pre>
 *
 * The words that are the mask's <em>own</em> come first, then those that it has in <em>common</em>
 * with all masks beside it: the hash is a sum over words, and what is common is summed once per
 * key. Immutable.
 */
final class MaskWords {
    /** One secret per word of a key, the same for every mask. */
    private static final long[] SECRETS = secrets();

    private final long[] program;
    private final int own;

    /**
     * Packs a mask.
     *
     * @param words the mask in the layout of a key; attributes carried are not looked at
     */
    MaskWords(long[] words, long salt) {
        this(salt, words, new long[FlowKey.WORDS]);
    }

    private MaskWords(long salt, long[] words, long[] common) {
        int n = count(words);
        program = new long[1 + 2 * n];
        program[0] = salt;
        int at = 0;
        int shared = 0;
        int place = 0;
        for (int w : KeyUnits.MATCHABLE) {
            if (words[w] != 0) {
                boolean isCommon = common[w] == words[w];
                int to = isCommon ? n - 1 - shared++ : at++;
                program[1 + 2 * to] = w | (long) place++ << 32;
                program[2 + 2 * to] = words[w];
            }
        }
        own = at;
    }

    /** The same mask, told which words it shares; the bits of those must be its own bits. */
    MaskWords sharing(long[] common) {
        long[] words = new long[FlowKey.WORDS];
        unpackBits(words);
        return new MaskWords(program[0], words, common);
    }

    private static long[] secrets() {
        long[] secrets = new long[KeyUnits.MATCHABLE[KeyUnits.MATCHABLE.length - 1] + 1];
        Arrays.setAll(secrets, w -> KeyHash.secret());
        return secrets;
    }

    private static int count(long[] words) {
        int n = 0;
        for (int w : KeyUnits.MATCHABLE) {
            if (words[w] != 0) {
                n++;
            }
        }
        return n;
    }

    /** How many words are significant. */
    int size() {
        return program.length >> 1;
    }

    int word(int i) {
        return (int) program[1 + 2 * i];
    }

    long bits(int i) {
        return program[2 + 2 * i];
    }

    private int place(int i) {
        return (int) (program[1 + 2 * i] >>> 32);
    }

    /** What the words add up to, before {@link #hash(long[], long)} of those that share them. */
    long sum(long[] key) {
        long sum = 0;
        for (int i = 1; i < program.length; i += 2) {
            int w = (int) program[i];
            sum += KeyHash.term(key[w] & program[i + 1], SECRETS[w]);
        }
        return sum;
    }

    /** The hash of a key under this mask, given what the common words add up to. */
    long hash(long[] key, long common) {
        long sum = program[0] + common;
        for (int i = 1; i < 1 + 2 * own; i += 2) {
            int w = (int) program[i];
            sum += KeyHash.term(key[w] & program[i + 1], SECRETS[w]);
        }
        return KeyHash.finish(sum);
    }

    /** The hash of a key under this mask; the same, whatever is shared. */
    long hash(long[] key) {
        return KeyHash.finish(program[0] + sum(key));
    }

    /** The same hash, of words that {@link #pack} wrote. */
    long hashPacked(long[] packed, int offset) {
        long sum = program[0];
        for (int i = 0; i < size(); i++) {
            sum += KeyHash.term(packed[offset + place(i)], SECRETS[word(i)]);
        }
        return KeyHash.finish(sum);
    }

    /** Writes the masked words of a key one after another. */
    void pack(long[] key, long[] packed, int offset) {
        for (int i = 0; i < size(); i++) {
            packed[offset + place(i)] = key[word(i)] & bits(i);
        }
    }

    /** Puts packed words back where they lie in a key. */
    void unpack(long[] packed, int offset, long[] key) {
        for (int i = 0; i < size(); i++) {
            key[word(i)] = packed[offset + place(i)];
        }
    }

    /** Whether a key, masked, is equal to packed words. */
    boolean matches(long[] key, long[] packed, int offset) {
        for (int i = 1; i < program.length; i += 2) {
            long where = program[i];
            if ((key[(int) where] & program[i + 1]) != packed[offset + (int) (where >>> 32)]) {
                return false;
            }
        }
        return true;
    }

    /** Whether this is the packed form of a mask in the layout of a key. */
    boolean isOf(long[] words) {
        for (int i = 0; i < size(); i++) {
            if (words[word(i)] != bits(i)) {
                return false;
            }
        }
        return count(words) == size();
    }

    /** How many bits a mask in the layout of a key has, attributes carried aside. */
    static int countBits(long[] words) {
        int n = 0;
        for (int w : KeyUnits.MATCHABLE) {
            n += Long.bitCount(words[w]);
        }
        return n;
    }

    /** How many bits this has beside those of another mask; -1 if it lacks some of them. */
    int countBeyond(long[] words, int count) {
        int here = 0;
        int common = 0;
        for (int i = 0; i < size(); i++) {
            here += Long.bitCount(bits(i));
            common += Long.bitCount(bits(i) & words[word(i)]);
        }
        return common == count ? here - count : -1;
    }

    /** Writes the mask itself in the layout of a key. */
    void unpackBits(long[] words) {
        for (int i = 0; i < size(); i++) {
            words[word(i)] = bits(i);
        }
    }

    /** Keeps of another mask what this one has just so. */
    void retainIn(long[] common) {
        long[] words = new long[FlowKey.WORDS];
        unpackBits(words);
        for (int w = 0; w < words.length; w++) {
            if (common[w] != words[w]) {
                common[w] = 0;
            }
        }
    }

    /** A hash of a mask in the layout of a key, equal for equal masks. */
    static int hashOfMask(long[] words) {
        long sum = 0;
        for (int w : KeyUnits.MATCHABLE) {
            if (words[w] != 0) {
                sum += KeyHash.term(words[w], SECRETS[w]);
            }
        }
        return (int) KeyHash.finish(sum);
    }
}
