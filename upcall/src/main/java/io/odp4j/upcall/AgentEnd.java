package io.odp4j.upcall;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Whether an agent has come to its end, and why. */
final class AgentEnd {
    private final CountDownLatch ended = new CountDownLatch(1);
    private AgentException failure;

    /** The agent was told to stop. */
    void stop() {
        ended.countDown();
    }

    /** The agent cannot go on. Of several failures the first counts, and none after the end. */
    synchronized void fail(String why, Throwable cause) {
        if (failure == null && ended.getCount() > 0) {
            failure = new AgentException(why, cause);
            ended.countDown();
        }
    }

    /** Waits for the end, for so long; true if it came. Throws what made the agent fail. */
    boolean await(long millis) throws AgentException, InterruptedException {
        boolean came = ended.await(millis, TimeUnit.MILLISECONDS);
        synchronized (this) {
            if (failure != null) {
                throw failure;
            }
        }
        return came;
    }
}
