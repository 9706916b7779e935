package io.odp4j.flowcache;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Where the entries of a megaflow cache lie: flat {@code long[]} chunks, one pool per number of
 * masked words. What a lookup reads and what it does not lie apart, so that an entry of up to six
 * words takes no more than a cache line of what is read.
 *
 * <pre>
 *  read     word 0   generation (32 bits, even: live) | mask id (32 bits)
 *                1   user data; while free: the next free position of the pool
 *                2.. the masked words of the key
 *
 *  counted  word 0   packets
 *                1   bytes
 *                2   last used
 * </pre>
 *
 * A <em>reference</em> (31 bits) is the pool's number (the number of words) and the position in it;
 * a <em>handle</em> is the reference with the generation above it, so that a handle to an entry
 * that is gone is known for what it is. The one writer makes the generation odd, writes, and makes
 * it even again; a reader takes what it read for good if the generation has stayed.
 */
final class EntryStore {
    static final int HEADER = 2;
    private static final int USER = 1;
    private static final int COUNTS = 3;
    private static final int PACKETS = 0;
    private static final int BYTES = 1;
    private static final int USED = 2;

    private static final int POSITION_BITS = 24;
    private static final int POSITION_MASK = (1 << POSITION_BITS) - 1;
    private static final int CHUNK_BITS = 10;
    private static final int CHUNK = 1 << CHUNK_BITS;
    private static final int CHUNK_MASK = CHUNK - 1;
    private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);

    /** The largest number of entries that references can tell apart within a pool. */
    static final int MAX_ENTRIES = 1 << POSITION_BITS;

    private final long[][][] pools = new long[KeyUnits.MATCHABLE.length + 1][][];
    private final long[][][] counts = new long[pools.length][][];
    private final int[] allocated = new int[pools.length];
    private final int[] free = new int[pools.length];
    private final int chunksPerPool;

    EntryStore(int capacity) {
        chunksPerPool = (capacity + CHUNK - 1) / CHUNK;
        Arrays.fill(free, -1);
    }

    static int refOf(long handle) {
        return (int) handle;
    }

    /** The array that an entry lies in, or null if there never was one. */
    long[] chunk(int ref) {
        int words = ref >>> POSITION_BITS;
        int chunk = (ref & POSITION_MASK) >>> CHUNK_BITS;
        if (words >= pools.length) {
            return null;
        }
        long[][] pool = pools[words];
        return pool == null || chunk >= pool.length ? null : pool[chunk];
    }

    /** Where in its chunk an entry begins. */
    static int offset(int ref) {
        return (ref & CHUNK_MASK) * (HEADER + (ref >>> POSITION_BITS));
    }

    /** The first word of an entry, to be read before all others. */
    static long header(long[] chunk, int offset) {
        return (long) LONGS.getAcquire(chunk, offset);
    }

    /** Whether an entry is still what it was when its header was read. */
    static boolean unchanged(long[] chunk, int offset, long header) {
        VarHandle.acquireFence();
        return (long) LONGS.getOpaque(chunk, offset) == header;
    }

    static boolean headerLive(long header) {
        return (header & 1L << 32) == 0 && header >>> 32 != 0;
    }

    static int maskId(long header) {
        return (int) header;
    }

    static long handle(long header, int ref) {
        return header & 0xffff_ffff_0000_0000L | ref;
    }

    /** Whether a handle names the entry that lies at its reference now. */
    boolean isLive(long handle) {
        int ref = refOf(handle);
        long[] chunk = ref < 0 ? null : chunk(ref);
        if (chunk == null) {
            return false;
        }
        long header = header(chunk, offset(ref));
        return headerLive(header) && handle(header, ref) == handle;
    }

    /** The handle of the entry at a reference, zero if there is none or never was. */
    long liveAt(int ref) {
        long[] chunk = chunk(ref);
        if (chunk == null) {
            return 0;
        }
        long header = header(chunk, offset(ref));
        return headerLive(header) ? handle(header, ref) : 0;
    }

    /** Whether there is an entry at a reference that was given out before. */
    boolean isLive(int ref) {
        return headerLive(header(chunk(ref), offset(ref)));
    }

    /** The handle of the entry at a reference. */
    long handle(int ref) {
        return handle(header(chunk(ref), offset(ref)), ref);
    }

    int maskId(int ref) {
        return maskId(header(chunk(ref), offset(ref)));
    }

    /** Calls back with the reference of every entry; the one shown may be released meanwhile. */
    void forEach(IntConsumer visitor) {
        for (int pool = 0; pool < pools.length; pool++) {
            for (int position = 0; position < allocated[pool]; position++) {
                int ref = ref(pool, position);
                if (isLive(ref)) {
                    visitor.accept(ref);
                }
            }
        }
    }

    /** Makes an entry; the handle is valid for readers as soon as this returns. */
    long allocate(MaskWords mask, int maskId, long[] key, long userData, long now) {
        int words = mask.size();
        int position = free[words];
        int ref;
        if (position >= 0) {
            ref = words << POSITION_BITS | position;
            free[words] = (int) chunk(ref)[offset(ref) + USER];
        } else {
            position = allocated[words]++;
            ref = words << POSITION_BITS | position;
            if ((position & CHUNK_MASK) == 0) {
                addChunk(words, position >>> CHUNK_BITS);
            }
        }
        long[] chunk = chunk(ref);
        int offset = offset(ref);
        // A fresh entry has generation 0, a freed one an odd generation: both are passed over.
        long generation = (chunk[offset] >>> 32 | 1) + 1 & 0xffff_ffffL;
        if (generation == 0) {
            generation = 2;
        }
        mask.pack(key, chunk, offset + HEADER);
        chunk[offset + USER] = userData;
        set(ref, 0, 0, now);
        long header = generation << 32 | maskId & 0xffff_ffffL;
        LONGS.setRelease(chunk, offset, header);
        return handle(header, ref);
    }

    private void addChunk(int words, int index) {
        if (pools[words] == null) {
            pools[words] = new long[chunksPerPool][];
            counts[words] = new long[chunksPerPool][];
        }
        counts[words][index] = new long[CHUNK * COUNTS];
        pools[words][index] = new long[CHUNK * (HEADER + words)];
        VarHandle.releaseFence();
    }

    /** Frees an entry; readers that look at it now see that it went. */
    void release(int ref) {
        long[] chunk = chunk(ref);
        int offset = offset(ref);
        int words = ref >>> POSITION_BITS;
        LONGS.setOpaque(chunk, offset, chunk[offset] | 1L << 32);
        VarHandle.releaseFence();
        chunk[offset + USER] = free[words];
        free[words] = ref & POSITION_MASK;
    }

    long userData(int ref) {
        return (long) LONGS.getOpaque(chunk(ref), offset(ref) + USER);
    }

    void setUserData(int ref, long userData) {
        LONGS.setOpaque(chunk(ref), offset(ref) + USER, userData);
    }

    long packets(int ref) {
        return countsOf(ref)[countsAt(ref) + PACKETS];
    }

    long bytes(int ref) {
        return countsOf(ref)[countsAt(ref) + BYTES];
    }

    long used(int ref) {
        return countsOf(ref)[countsAt(ref) + USED];
    }

    void add(int ref, long packets, long bytes, long now) {
        long[] of = countsOf(ref);
        int at = countsAt(ref);
        of[at + PACKETS] += packets;
        of[at + BYTES] += bytes;
        of[at + USED] = Math.max(of[at + USED], now);
    }

    void set(int ref, long packets, long bytes, long used) {
        long[] of = countsOf(ref);
        int at = countsAt(ref);
        of[at + PACKETS] = packets;
        of[at + BYTES] = bytes;
        of[at + USED] = used;
    }

    private long[] countsOf(int ref) {
        return counts[pool(ref)][position(ref) >>> CHUNK_BITS];
    }

    private static int countsAt(int ref) {
        return (ref & CHUNK_MASK) * COUNTS;
    }

    /** The number of pools: references run through pool 0, pool 1, and so on. */
    int pools() {
        return pools.length;
    }

    /** How many positions of a pool have ever been used. */
    int allocated(int pool) {
        return allocated[pool];
    }

    static int ref(int pool, int position) {
        return pool << POSITION_BITS | position;
    }

    static int pool(int ref) {
        return ref >>> POSITION_BITS;
    }

    static int position(int ref) {
        return ref & POSITION_MASK;
    }

    /** Bytes of all chunks. */
    long memory() {
        long bytes = 0;
        for (int words = 0; words < pools.length; words++) {
            if (pools[words] != null) {
                long chunks = (allocated[words] + CHUNK - 1) / CHUNK;
                bytes += chunks * (CHUNK * (HEADER + words + COUNTS) * 8L + 2 * 16);
                bytes += 2 * 4L * chunksPerPool;
            }
        }
        return bytes;
    }
}
