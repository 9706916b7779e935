package io.odp4j.upcall.revalidator;

/**
 * When the revalidator begins a round: every half second, at once when somebody knocks, and not at
 * all while it is paused. For tools, who want one to begin and wait for its end.
 */
public final class Rounds {
    private static final long PAUSE_MILLIS = 500;

    private boolean running = true;
    private boolean paused;
    private boolean knocked;
    private boolean purgeAsked;
    private boolean purging;
    private long begun;
    private long ended;
    private long endedCompletely;

    /** Has a round begin at once: decisions have changed, and flows should not wait for theirs. */
    public synchronized void knock() {
        knocked = true;
        notifyAll();
    }

    /** No round begins from now on; one that is under way ends. */
    public synchronized void pause() {
        paused = true;
    }

    /** Rounds begin again. */
    public synchronized void resume() {
        paused = false;
        notifyAll();
    }

    /**
     * Waits until a round that begins from now on has reviewed every flow.
     *
     * @return false if the time ran out, as it must while rounds are paused
     */
    public synchronized boolean await(long millis) throws InterruptedException {
        long wanted = begun + 1;
        knock();
        return awaitEnd(wanted, millis);
    }

    /**
     * Deletes every flow of the agent, also while rounds are paused, and waits until that is done.
     *
     * @return false if the time ran out
     */
    public synchronized boolean purge(long millis) throws InterruptedException {
        long wanted = begun + 1;
        purgeAsked = true;
        notifyAll();
        return awaitEnd(wanted, millis);
    }

    private boolean awaitEnd(long wanted, long millis) throws InterruptedException {
        long until = now() + millis;
        while (running && endedCompletely < wanted) {
            long left = until - now();
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return endedCompletely >= wanted;
    }

    /** Waits for the next round; false if there is to be none any more. */
    synchronized boolean awaitDue() throws InterruptedException {
        long until = now() + PAUSE_MILLIS;
        while (running && !purgeAsked && (paused || !knocked && until > now())) {
            if (paused) {
                wait();
            } else {
                wait(Math.max(1, until - now()));
            }
        }
        begun++;
        purging = purgeAsked;
        purgeAsked = false;
        knocked = false;
        return running;
    }

    /** Whether the round under way is to delete every flow. */
    synchronized boolean isPurge() {
        return purging;
    }

    synchronized void ended(boolean complete) {
        ended = begun;
        if (complete) {
            endedCompletely = ended;
        }
        notifyAll();
    }

    /** Whether a round is under way. */
    public synchronized boolean isUnderWay() {
        return begun > ended;
    }

    /** How many rounds have ended. */
    public synchronized long count() {
        return ended;
    }

    synchronized boolean isRunning() {
        return running;
    }

    /** No round begins any more. */
    public synchronized void stop() {
        running = false;
        notifyAll();
    }

    private static long now() {
        return System.nanoTime() / 1_000_000L;
    }
}
