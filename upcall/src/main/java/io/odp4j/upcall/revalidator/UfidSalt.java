package io.odp4j.upcall.revalidator;

import java.security.SecureRandom;

/**
 * The first half of the ufids of an agent's flows, by which a dumped flow finds its shard: 56
 * random bits, so that no other agent's are equal, and the shard's number in the lowest eight.
 */
public final class UfidSalt {
    private static final int SHARD_BITS = 8;
    private static final long SHARD = (1 << SHARD_BITS) - 1;

    private final long salt = new SecureRandom().nextLong() & ~SHARD;

    /** The salt of a shard's flows. */
    public long of(int shard) {
        return salt | shard;
    }

    /** The shard that a flow belongs to; of a flow that is not the agent's, one by its ufid. */
    int shardOf(long ufidFirst, long ufidSecond, int shards) {
        if ((ufidFirst & ~SHARD) == salt) {
            return (int) ((ufidFirst & SHARD) % shards);
        }
        return (int) Long.remainderUnsigned(ufidFirst * 31 + ufidSecond, shards);
    }
}
