package io.odp4j.flowcache;

import java.util.Arrays;

/**
 * The words of a mask that are not zero, packed, and the hash over them.
 *
 * <p>Immutable, so that any thread may use one that it came by.
 */
final class MaskWords {
    /** One secret per word of a key, the same for every mask. */
    private static final long[] SECRETS = secrets();

    private final int[] word;
    private final long[] bits;
    private final long[] secret;
    private final long salt;

    /**
     * Packs a mask.
     *
     * @param words the mask in the layout of a key; attributes carried are not looked at
     * @param salt what sets this mask's hashes apart from those of others
     */
    MaskWords(long[] words, long salt) {
        int n = count(words);
        word = new int[n];
        bits = new long[n];
        secret = new long[n];
        this.salt = salt;
        int i = 0;
        for (int w : KeyUnits.MATCHABLE) {
            if (words[w] != 0) {
                word[i] = w;
                bits[i] = words[w];
                secret[i] = SECRETS[w];
                i++;
            }
        }
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
        return word.length;
    }

    int word(int i) {
        return word[i];
    }

    long bits(int i) {
        return bits[i];
    }

    /** The hash of a key under this mask. */
    long hash(long[] key) {
        long sum = salt;
        for (int i = 0; i < word.length; i++) {
            sum += KeyHash.term(key[word[i]] & bits[i], secret[i]);
        }
        return KeyHash.finish(sum);
    }

    /** The same hash, of words that {@link #pack} wrote. */
    long hashPacked(long[] packed, int offset) {
        long sum = salt;
        for (int i = 0; i < word.length; i++) {
            sum += KeyHash.term(packed[offset + i], secret[i]);
        }
        return KeyHash.finish(sum);
    }

    /** Writes the masked words of a key one after another. */
    void pack(long[] key, long[] packed, int offset) {
        for (int i = 0; i < word.length; i++) {
            packed[offset + i] = key[word[i]] & bits[i];
        }
    }

    /** Puts packed words back where they lie in a key. */
    void unpack(long[] packed, int offset, long[] key) {
        for (int i = 0; i < word.length; i++) {
            key[word[i]] = packed[offset + i];
        }
    }

    /** Whether a key, masked, is equal to packed words. */
    boolean matches(long[] key, long[] packed, int offset) {
        long differ = 0;
        for (int i = 0; i < word.length; i++) {
            differ |= key[word[i]] & bits[i] ^ packed[offset + i];
        }
        return differ == 0;
    }

    /** Whether this is the packed form of a mask in the layout of a key. */
    boolean isOf(long[] words) {
        for (int i = 0; i < word.length; i++) {
            if (words[word[i]] != bits[i]) {
                return false;
            }
        }
        return count(words) == word.length;
    }

    /** Writes the mask itself in the layout of a key. */
    void unpackBits(long[] words) {
        for (int i = 0; i < word.length; i++) {
            words[word[i]] = bits[i];
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
