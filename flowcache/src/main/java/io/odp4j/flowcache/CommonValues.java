package io.odp4j.flowcache;

/**
 * What occurs in the words that all masks of a {@link MaskTree} have just so, port and protocol as
 * a rule: a packet that has anything else there needs no walk down the tree.
 *
 * <p>With more values than a filter should be filled with, it says yes to all that come.
 */
final class CommonValues {
    private static final int MAX_VALUES = 1 << 12;

    private final PresenceFilter filter;
    private final long secret = KeyHash.secret();
    private int values;

    /**
     * Nothing yet.
     *
     * @param filter where values are noted; null for a tree that rules nothing out
     */
    CommonValues(PresenceFilter filter) {
        this.filter = filter;
    }

    /** Notes a value, given as the sum of its words. */
    void record(long sum) {
        if (values <= MAX_VALUES && filter.set(spread(sum), 1)) {
            values++;
        }
    }

    /** Whether an entry may have that value. */
    boolean mayOccur(long sum) {
        return filter == null || values > MAX_VALUES || filter.get(spread(sum)) != 0;
    }

    /** The filter goes by the most significant bits, the sum's are as good in its least. */
    private long spread(long sum) {
        return (sum ^ sum >>> 32) * secret;
    }
}
