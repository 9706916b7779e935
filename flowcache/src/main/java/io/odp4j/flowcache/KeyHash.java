package io.odp4j.flowcache;

import java.security.SecureRandom;
import java.util.SplittableRandom;

/**
 * The hash of masked key words: each word is multiplied with a secret number of its own into 128
 * bits, the halves folded, the products summed.
 *
 * <p>The numbers are drawn once per process, so that nobody outside can choose packets that
 * collide.
 */
final class KeyHash {
    private static final SplittableRandom SECRETS =
            new SplittableRandom(new SecureRandom().nextLong());
    private static final long FINISH = secret();

    private KeyHash() {}

    /** A random odd number. */
    static synchronized long secret() {
        return SECRETS.nextLong() | 1;
    }

    /** What one word adds to the sum. */
    static long term(long word, long secret) {
        long x = word ^ secret;
        return x * secret ^ Math.multiplyHigh(x, secret);
    }

    static long finish(long sum) {
        long h = (sum ^ sum >>> 32) * FINISH;
        return h ^ h >>> 29;
    }
}
