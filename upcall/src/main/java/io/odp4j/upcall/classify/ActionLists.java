package io.odp4j.upcall.classify;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The action lists of installed flows, each kept once: thousands of flows share a few lists. Counts
 * the flows of each and forgets a list with its last one. Allocates for a list that is new, and not
 * otherwise. One thread's.
 */
final class ActionLists {
    private static final int FIRST = 64;
    private static final int NONE = -1;

    // The first list of a hash; others of the same hash follow through nextOfHash.
    private final Long2IntOpenHashMap firstOfHash = new Long2IntOpenHashMap();
    private final IntArrayList free = new IntArrayList();
    private byte[][] lists = new byte[FIRST][];
    private long[] hashes = new long[FIRST];
    private int[] users = new int[FIRST];
    private int[] nextOfHash = new int[FIRST];
    private int end;

    ActionLists() {
        firstOfHash.defaultReturnValue(NONE);
    }

    /** The number of a list, one user more. */
    int acquire(ByteBuffer buffer, int offset, int length) {
        long hash = hash(buffer, offset, length);
        int first = firstOfHash.get(hash);
        for (int id = first; id != NONE; id = nextOfHash[id]) {
            if (equal(lists[id], buffer, offset, length)) {
                users[id]++;
                return id;
            }
        }
        int id = place();
        lists[id] = new byte[length];
        buffer.get(offset, lists[id]);
        hashes[id] = hash;
        users[id] = 1;
        nextOfHash[id] = first;
        firstOfHash.put(hash, id);
        return id;
    }

    private int place() {
        if (!free.isEmpty()) {
            return free.popInt();
        }
        if (end == lists.length) {
            lists = Arrays.copyOf(lists, 2 * end);
            hashes = Arrays.copyOf(hashes, 2 * end);
            users = Arrays.copyOf(users, 2 * end);
            nextOfHash = Arrays.copyOf(nextOfHash, 2 * end);
        }
        return end++;
    }

    /** The list of that number. */
    byte[] get(int id) {
        return lists[id];
    }

    /** One user fewer. */
    void release(int id) {
        if (--users[id] > 0) {
            return;
        }
        long hash = hashes[id];
        int first = firstOfHash.get(hash);
        if (first != id) {
            int before = first;
            while (nextOfHash[before] != id) {
                before = nextOfHash[before];
            }
            nextOfHash[before] = nextOfHash[id];
        } else if (nextOfHash[id] == NONE) {
            firstOfHash.remove(hash);
        } else {
            firstOfHash.put(hash, nextOfHash[id]);
        }
        lists[id] = null;
        free.add(id);
    }

    /** Whether a list is those bytes. */
    static boolean equal(byte[] list, ByteBuffer buffer, int offset, int length) {
        if (list.length != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (list[i] != buffer.get(offset + i)) {
                return false;
            }
        }
        return true;
    }

    private static long hash(ByteBuffer buffer, int offset, int length) {
        long hash = length;
        int i = 0;
        // Attributes are padded to four bytes, so that most lists are eight-byte runs.
        for (; i + 8 <= length; i += 8) {
            hash = (hash ^ buffer.getLong(offset + i)) * 0x9e3779b97f4a7c15L;
            hash ^= hash >>> 29;
        }
        for (; i < length; i++) {
            hash = (hash ^ buffer.get(offset + i)) * 0x9e3779b97f4a7c15L;
        }
        return hash ^ hash >>> 32;
    }
}
