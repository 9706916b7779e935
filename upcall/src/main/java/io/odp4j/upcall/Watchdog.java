package io.odp4j.upcall;

import io.odp4j.upcall.counter.Counter;
import io.odp4j.upcall.counter.Counters;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices a stage that makes no progress though it has work, a policy that waits for something say,
 * and one whose thread has ended; says so once, and again when it is over.
 */
final class Watchdog implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
    private static final long LOOK_MILLIS = 250;
    private static final long STUCK_MILLIS = 2000;

    /** A stage, and what was seen of it last. */
    private static final class Seen {
        final Watched stage;
        long progress = Long.MIN_VALUE;
        long sinceMillis;
        volatile StageHealth health;

        Seen(Watched stage) {
            this.stage = stage;
            health = health(StageHealth.State.OK, 0);
        }

        StageHealth health(StageHealth.State state, long millis) {
            return new StageHealth(stage.thread().getName(), state, millis);
        }
    }

    private final List<Seen> stages = new ArrayList<>();
    private final Counters counters;
    private volatile boolean running = true;

    /**
     * @param counters written by this thread alone
     */
    Watchdog(List<Watched> watched, Counters counters) {
        watched.forEach(stage -> stages.add(new Seen(stage)));
        this.counters = counters;
    }

    @Override
    public void run() {
        try {
            while (running) {
                Thread.sleep(LOOK_MILLIS);
                look(System.nanoTime() / 1_000_000L);
            }
        } catch (InterruptedException e) {
            LOG.debug("the watchdog was told to stop");
        }
    }

    void look(long nowMillis) {
        for (Seen seen : stages) {
            StageHealth now = judge(seen, nowMillis);
            StageHealth.State before = seen.health.state();
            seen.health = now;
            if (now.state() == before || !running) {
                continue;
            }
            switch (now.state()) {
                case STUCK -> {
                    counters.increment(Counter.STAGES_STUCK);
                    LOG.error("{}: there is work, and it makes no progress", now);
                }
                case DEAD -> LOG.error("{}", now);
                default -> LOG.warn("{} again", now);
            }
        }
    }

    private static StageHealth judge(Seen seen, long nowMillis) {
        if (!seen.stage.thread().isAlive()) {
            return seen.health(StageHealth.State.DEAD, 0);
        }
        long progress = seen.stage.progress().getAsLong();
        if (progress != seen.progress || !seen.stage.hasWork().getAsBoolean()) {
            seen.progress = progress;
            seen.sinceMillis = nowMillis;
        }
        long still = nowMillis - seen.sinceMillis;
        return still < STUCK_MILLIS
                ? seen.health(StageHealth.State.OK, 0)
                : seen.health(StageHealth.State.STUCK, still);
    }

    /** How every stage is. */
    List<StageHealth> health() {
        return stages.stream().map(seen -> seen.health).toList();
    }

    void stop() {
        running = false;
    }
}
