package io.odp4j.datapath.embedded.fragment;

import java.util.Arrays;

/** How long the fragments were that a packet was put together of, in their order. */
public final class Pieces {
    private int[] lengths = new int[8];
    private int count;

    /** The length of the IP headers in front of the first one. */
    private int header;

    public void clear() {
        count = 0;
    }

    void begin(int headerLength) {
        clear();
        header = headerLength;
    }

    void add(int length) {
        if (count == lengths.length) {
            lengths = Arrays.copyOf(lengths, 2 * count);
        }
        lengths[count++] = length;
    }

    public void copyFrom(Pieces other) {
        if (lengths.length < other.count) {
            lengths = new int[other.lengths.length];
        }
        System.arraycopy(other.lengths, 0, lengths, 0, other.count);
        count = other.count;
        header = other.header;
    }

    /**
     * Whether a packet can be cut like that again.
     *
     * @param fixed the length of the headers that each fragment has
     * @param room for what follows them
     */
    boolean fit(int fixed, int room) {
        for (int i = 0; i < count; i++) {
            boolean last = i == count - 1;
            int length = length(i, fixed);
            if (length < 0 || length > room || !last && (length & 7) != 0) {
                return false;
            }
        }
        return count > 0;
    }

    int count() {
        return count;
    }

    /** How long a fragment was, behind the headers that each one has. */
    int length(int index, int fixed) {
        return index == 0 ? lengths[0] + header - fixed : lengths[index];
    }
}
