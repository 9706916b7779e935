package io.odp4j.upcall;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.upcall.counter.Counter;
import io.odp4j.upcall.counter.Counters;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WatchdogTest {
    private final CountDownLatch end = new CountDownLatch(1);
    private final Thread thread = new Thread(this::live, "a-stage");
    private final Counters counters = new Counters();
    private volatile long progress;
    private volatile boolean hasWork;
    private final Watchdog watchdog =
            new Watchdog(List.of(new Watched(thread, () -> progress, () -> hasWork)), counters);

    private void live() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @BeforeEach
    void start() {
        thread.start();
    }

    @AfterEach
    void end() {
        end.countDown();
    }

    private StageHealth look(long millis) {
        watchdog.look(millis);
        return watchdog.health().get(0);
    }

    @Test
    void shouldTakeAStageWithoutWorkForWell() {
        assertThat(look(0).state()).isEqualTo(StageHealth.State.OK);
        assertThat(look(100_000).state()).isEqualTo(StageHealth.State.OK);
        assertThat(counters.get(Counter.STAGES_STUCK)).isZero();
    }

    @Test
    void shouldFindAStageStuckOnceThatHasWorkAndMakesNoProgress() {
        look(0);
        hasWork = true;
        assertThat(look(1900).state()).isEqualTo(StageHealth.State.OK);
        assertThat(look(5000)).hasToString("a-stage stuck for 5 s");
        assertThat(look(6000).millis()).isEqualTo(6000);
        assertThat(counters.get(Counter.STAGES_STUCK)).isEqualTo(1);
        progress++;
        assertThat(look(6100).state()).isEqualTo(StageHealth.State.OK);
        assertThat(look(8200).state()).isEqualTo(StageHealth.State.STUCK);
        assertThat(counters.get(Counter.STAGES_STUCK)).isEqualTo(2);
    }

    @Test
    void shouldFindAThreadDeadThatHasEnded() throws Exception {
        end.countDown();
        thread.join();
        assertThat(look(0).state()).isEqualTo(StageHealth.State.DEAD);
    }
}
