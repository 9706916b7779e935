package io.odp4j.flowcache.policy.table;

import java.util.Arrays;

/** The masks of a table in the order of their highest priorities, in arrays of their own. */
final class Ranking {
    private final Tuple[] byRank;
    private final int[] priorities;
    private final int[] rankOf;

    /** Per 64 ranks: the masks, by number, of lower rank. */
    private final long[][] before;

    private final long[] ranks;

    /**
     * A ranking.
     *
     * @param byNumber the masks, null where a number is free
     */
    Ranking(Tuple[] byNumber, int words) {
        byRank = Arrays.stream(byNumber).filter(t -> t != null).toArray(Tuple[]::new);
        Arrays.sort(byRank, (a, b) -> Integer.compare(b.maxPriority(), a.maxPriority()));
        priorities = new int[byRank.length];
        rankOf = new int[byNumber.length];
        before = new long[byRank.length / 64 + 1][words];
        ranks = new long[words];
        for (int r = 0; r < byRank.length; r++) {
            priorities[r] = byRank[r].maxPriority();
            int number = byRank[r].number;
            rankOf[number] = r;
            for (int i = r / 64 + 1; i < before.length; i++) {
                before[i][number >> 6] |= 1L << number;
            }
        }
    }

    Tuple tuple(int rank) {
        return byRank[rank];
    }

    int maxPriority(int rank) {
        return priorities[rank];
    }

    /** How many masks have a rule of a priority above that. */
    int above(int priority) {
        int low = 0;
        int high = priorities.length;
        while (low < high) {
            int middle = low + high >>> 1;
            if (priorities[middle] > priority) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** From bits by number bits by rank; good until the next call. */
    long[] toRanks(long[] numbers) {
        Arrays.fill(ranks, 0);
        for (int w = 0; w < numbers.length; w++) {
            for (long bits = numbers[w]; bits != 0; bits &= bits - 1) {
                int rank = rankOf[w * 64 + Long.numberOfTrailingZeros(bits)];
                ranks[rank >> 6] |= 1L << rank;
            }
        }
        return ranks;
    }

    /** Sets the bits, by number, of the first so many masks. */
    void first(int count, long[] numbers) {
        System.arraycopy(before[count / 64], 0, numbers, 0, numbers.length);
        for (int r = count & ~63; r < count; r++) {
            int number = byRank[r].number;
            numbers[number >> 6] |= 1L << number;
        }
    }
}
