package io.odp4j.upcall.revalidator;

/**
 * How many flows may be installed: as many as can be listed and reviewed in about a second. The
 * thresholds are Open vSwitch's; that only the work on the flows counts, and only when there are
 * many of them, is not: a pause of another kind must not take the flows away.
 */
final class FlowLimit {
    /** It is never lowered below this. */
    static final int FLOOR = 1000;

    private static final long FAR_TOO_SLOW = 2000;
    private static final long TOO_SLOW = 1300;
    private static final long FAST = 1000;
    private static final int STEP = 1000;

    private int most;
    private int limit;
    private volatile int asked;

    /**
     * @param most what is configured, and begun with
     */
    FlowLimit(int most) {
        this.most = most;
        this.limit = most;
        this.asked = most;
    }

    /** Has another limit hold from the next round on; by any thread. */
    void ask(int flows) {
        asked = flows;
    }

    /** Takes in what was asked for. */
    void begin() {
        if (asked != most) {
            most = asked;
            limit = most;
        }
    }

    int get() {
        return limit;
    }

    /**
     * Takes in what a round cost.
     *
     * @param flows how many were listed
     * @param workMillis what listing and reviewing them took, without waiting for other work
     * @return whether the limit is lower than before
     */
    boolean adapt(int flows, long workMillis) {
        int before = limit;
        if (workMillis > TOO_SLOW && flows > FLOOR) {
            long could = workMillis > FAR_TOO_SLOW ? limit * FAST / workMillis : limit * 3L / 4;
            // What this many flows cost says nothing about a limit far above them.
            limit = (int) Math.max(could, Math.min(limit, flows / 2));
        } else if (workMillis < FAST) {
            limit = (int) Math.min(most, limit + (long) Math.max(STEP, limit / 4));
        }
        limit = Math.min(most, Math.max(limit, FLOOR));
        return limit < before;
    }

    /**
     * After how long without a packet a flow goes, for that many of them.
     *
     * @return milliseconds; -1 if every flow is to go
     */
    long idleMillis(int flows, long configured) {
        if (flows > 2L * limit) {
            return -1;
        }
        return flows > limit ? Math.min(100, configured) : configured;
    }
}
