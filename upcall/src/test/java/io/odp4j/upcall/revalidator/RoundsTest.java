package io.odp4j.upcall.revalidator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RoundsTest {
    private final Rounds rounds = new Rounds();
    private final Thread worker = new Thread(this::work);
    private volatile boolean complete = true;
    private volatile int purges;

    private void work() {
        try {
            while (rounds.awaitDue()) {
                purges += rounds.isPurge() ? 1 : 0;
                rounds.ended(complete);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void stop() throws InterruptedException {
        rounds.stop();
        worker.join();
    }

    @Test
    void shouldEndAWaitWithARoundThatBeganAfterIt() throws Exception {
        worker.start();
        long before = rounds.count();
        assertThat(rounds.await(60_000)).isTrue();
        assertThat(rounds.count()).isGreaterThan(before);
    }

    @Test
    void shouldNotTakeARoundForOneThatReviewedEveryFlowIfItDidNot() throws Exception {
        complete = false;
        worker.start();
        assertThat(rounds.await(50)).isFalse();
        complete = true;
        assertThat(rounds.await(60_000)).isTrue();
    }

    @Test
    void shouldBeginNoRoundWhilePausedButPurge() throws Exception {
        rounds.pause();
        worker.start();
        assertThat(rounds.await(50)).isFalse();
        assertThat(rounds.count()).isZero();
        assertThat(rounds.purge(60_000)).isTrue();
        assertThat(purges).isEqualTo(1);
        rounds.resume();
        assertThat(rounds.await(60_000)).isTrue();
        assertThat(purges).isEqualTo(1);
    }

    @Test
    void shouldEndEveryWaitWhenStopped() throws Exception {
        rounds.stop();
        assertThat(rounds.await(60_000)).isFalse();
        assertThat(rounds.awaitDue()).isFalse();
    }
}
