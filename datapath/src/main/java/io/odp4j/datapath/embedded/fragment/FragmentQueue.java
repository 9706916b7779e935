package io.odp4j.datapath.embedded.fragment;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;

/**
 * What has come of one packet: {@code inet_frag_queue}. Fragments may come in any order; one that
 * is there already changes nothing, and one that overlaps others in part shows that they are forged
 * (RFC 5722).
 *
 * <p>Fragments that follow one another form a run, if they came in order at the end. A repetition
 * is what lies within one run; what covers several is an overlap, although it may be all known.
 */
final class FragmentQueue {
    /** What became of a fragment. */
    enum Placement {
        TAKEN,
        REPEATED,
        OVERLAPS
    }

    /** The source of IPv4 fragments, which counts them: too old ones do not fit new ones. */
    static final class Source {
        int queues;
        int fragments;
    }

    /** What a fragment takes up beside its bytes, and what a packet does without any. */
    private static final int OVERHEAD = 576;

    final DatagramId id;
    final Source source;

    /** How many fragments its source had sent when the last one of this packet came. */
    int seenOfSource;

    long expiresAt;

    private final TreeMap<Integer, byte[]> pieces = new TreeMap<>();

    /** From a run's start to its end. */
    private final TreeMap<Integer, Integer> runs = new TreeMap<>();

    private int bytes;

    /** The highest number of a byte seen, and one; that of the last one, once it has come. */
    int length;

    boolean hasLast;

    /** All that stands in front of the first fragment's bytes, from the start of its frame. */
    byte[] head;

    /** Where the IP header starts in {@link #head}. */
    int network;

    /** Where {@link #head} names the protocol of what follows, and which one that is: of IPv6. */
    int nextHeaderAt;

    byte nextHeader;

    /** Bits of {@link Ecn}. */
    int ecn;

    /** The longest fragment, from the IP header on; of IPv6, without that. */
    int longest;

    /** The longest that may not be cut. */
    int longestUncut;

    FragmentQueue(DatagramId id, Source source) {
        this.id = id;
        this.source = source;
    }

    /** Takes a fragment's bytes, which claim to end at {@code end}; they may be fewer. */
    Placement take(int offset, int end, ByteBuffer from, int at, int count) {
        Map.Entry<Integer, Integer> last = runs.lastEntry();
        if (last != null && last.getValue() < end) {
            if (offset < last.getValue()) {
                return Placement.OVERLAPS;
            }
            int start = offset == last.getValue() ? last.getKey() : offset;
            runs.put(start, offset + count);
        } else {
            Map.Entry<Integer, Integer> before = runs.floorEntry(offset);
            if (before != null && offset < before.getValue()) {
                return end <= before.getValue() ? Placement.REPEATED : Placement.OVERLAPS;
            }
            Integer after = runs.higherKey(offset);
            if (after != null && end > after) {
                return Placement.OVERLAPS;
            }
            runs.put(offset, offset + count);
        }
        byte[] piece = new byte[count];
        from.get(at, piece);
        pieces.put(offset, piece);
        bytes += count;
        return Placement.TAKEN;
    }

    boolean isComplete() {
        return head != null && hasLast && bytes == length;
    }

    int fragments() {
        return pieces.size();
    }

    int cost() {
        return bytes + OVERHEAD * (1 + pieces.size());
    }

    /** Copies the bytes of all fragments, in order; how long each is goes into {@code lengths}. */
    int copyTo(ByteBuffer to, int at, Pieces lengths) {
        int next = at;
        lengths.begin(head.length - network);
        for (byte[] piece : pieces.values()) {
            to.put(next, piece);
            next += piece.length;
            lengths.add(piece.length);
        }
        return next;
    }

    /** Forgets all; the next fragment begins anew. */
    void reset() {
        pieces.clear();
        runs.clear();
        bytes = 0;
        length = 0;
        hasLast = false;
        head = null;
        ecn = 0;
        longest = 0;
        longestUncut = 0;
    }
}
