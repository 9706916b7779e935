package io.odp4j.datapath.embedded.conntrack;

/**
 * Chooses an address out of a range by a hash of the ends, as the kernel does: the same ends get
 * the same address, there and here. The hash is Bob Jenkins' lookup3 with the kernel's start value.
 */
final class NatAddress {
    private static final int START = 0xdeadbeef;
    private static final int WORDS = 4;

    private final int[] source = new int[WORDS];
    private final int[] destination = new int[WORDS];
    private final int[] min = new int[WORDS];
    private final int[] max = new int[WORDS];

    /** Puts the chosen address into the tuple's source or destination. */
    void choose(Tuple tuple, NatRange range, boolean source, int zone) {
        if (!range.hasAddresses) {
            return;
        }
        if (range.isOneAddress()) {
            put(tuple, source, range.minHigh, range.minLow);
            return;
        }
        boolean ipv6 = tuple.ipv6;
        split(this.source, tuple.srcHigh, tuple.srcLow, ipv6);
        split(destination, tuple.dstHigh, tuple.dstLow, ipv6);
        split(min, range.minHigh, range.minLow, ipv6);
        split(max, range.maxHigh, range.maxLow, ipv6);
        int last = ipv6 ? WORDS - 1 : 0;
        int hash = hash(this.source, range.persistent ? 0 : native32(destination[last]) ^ zone);
        int[] to = source ? this.source : destination;
        boolean anything = false;
        for (int i = 0; i <= last; i++) {
            long size = anything ? 0xffff_ffffL : max[i] - min[i] + 1 & 0xffff_ffffL;
            to[i] = (anything ? 0 : min[i]) + (int) ((hash & 0xffff_ffffL) * size >>> 32);
            anything |= to[i] != max[i];
            if (!range.persistent) {
                hash ^= native32(destination[i]);
            }
        }
        if (ipv6) {
            put(tuple, source, join(to[0], to[1]), join(to[2], to[3]));
        } else {
            put(tuple, source, 0, to[0] & 0xffff_ffffL);
        }
    }

    private static void put(Tuple tuple, boolean source, long high, long low) {
        if (source) {
            tuple.srcHigh = high;
            tuple.srcLow = low;
        } else {
            tuple.dstHigh = high;
            tuple.dstLow = low;
        }
    }

    private static long join(int high, int low) {
        return (long) high << 32 | low & 0xffff_ffffL;
    }

    /** An IPv4 address takes the first word, the others are zero. */
    private static void split(int[] words, long high, long low, boolean ipv6) {
        words[0] = ipv6 ? (int) (high >>> 32) : (int) low;
        words[1] = ipv6 ? (int) high : 0;
        words[2] = ipv6 ? (int) (low >>> 32) : 0;
        words[3] = ipv6 ? (int) low : 0;
    }

    /** What a little-endian machine reads where these bytes are in network order. */
    private static int native32(int networkOrder) {
        return Integer.reverseBytes(networkOrder);
    }

    private static int hash(int[] words, int seed) {
        int a = START + WORDS * 4 + seed;
        int b = a;
        int c = a;
        a += native32(words[0]);
        b += native32(words[1]);
        c += native32(words[2]);
        a = a - c ^ Integer.rotateLeft(c, 4);
        c += b;
        b = b - a ^ Integer.rotateLeft(a, 6);
        a += c;
        c = c - b ^ Integer.rotateLeft(b, 8);
        b += a;
        a = a - c ^ Integer.rotateLeft(c, 16);
        c += b;
        b = b - a ^ Integer.rotateLeft(a, 19);
        a += c;
        c = c - b ^ Integer.rotateLeft(b, 4);
        b += a;
        a += native32(words[3]);
        c = (c ^ b) - Integer.rotateLeft(b, 14);
        a = (a ^ c) - Integer.rotateLeft(c, 11);
        b = (b ^ a) - Integer.rotateLeft(a, 25);
        c = (c ^ b) - Integer.rotateLeft(b, 16);
        a = (a ^ c) - Integer.rotateLeft(c, 4);
        b = (b ^ a) - Integer.rotateLeft(a, 14);
        return (c ^ b) - Integer.rotateLeft(b, 24);
    }
}
