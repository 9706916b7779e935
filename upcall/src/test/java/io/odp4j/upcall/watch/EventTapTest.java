package io.odp4j.upcall.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowMask;
import io.odp4j.upcall.counter.Counter;
import io.odp4j.upcall.counter.Counters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EventTapTest {
    private final Counters counters = new Counters();
    private final EventTap tap = new EventTap(counters);
    private final FlowKey key = new FlowKey();

    @Test
    void shouldCostNothingUntilSomebodyLooksOn() {
        assertThat(tap.isOpen()).isFalse();
        new EventReader(List.of(tap), 0, null);
        assertThat(tap.isOpen()).isTrue();
    }

    @Test
    void shouldShowWhatHappensAfterItWasOpened() throws Exception {
        EventReader first = new EventReader(List.of(tap), 0, null);
        happen(1, 3);
        List<Integer> ports = new ArrayList<>();
        first.gather(0, 10, e -> true, e -> ports.add(e.key().inPort()));
        assertThat(ports).containsExactly(1, 2, 3);
        happen(4, 5);
        EventReader second = new EventReader(List.of(tap), 0, first.cursor());
        second.gather(0, 10, e -> e.key().inPort() != 4, e -> ports.add(e.key().inPort()));
        assertThat(ports).containsExactly(1, 2, 3, 5);
        new EventReader(List.of(tap), 0, null)
                .gather(0, 10, e -> true, e -> ports.add(e.key().inPort()));
        assertThat(ports).hasSize(4);
    }

    @Test
    void shouldSayHowManyItDidNotShow() throws Exception {
        EventReader reader = new EventReader(List.of(tap), 0, null);
        happen(1, 20);
        List<Integer> ports = new ArrayList<>();
        reader.gather(0, 5, e -> e.key().inPort() > 2, e -> ports.add(e.key().inPort()));
        assertThat(ports).containsExactly(3, 4, 5, 6, 7);
        assertThat(reader.shown()).isEqualTo(5);
        assertThat(reader.notShown()).isEqualTo(13);
        assertThat(reader.missed()).isZero();
    }

    @Test
    void shouldSayHowManyWereOverwritten() throws Exception {
        EventReader reader = new EventReader(List.of(tap), 0, null);
        int made = 0;
        while (made < EventRing.SLOTS + 100) {
            made += happen(made + 1, made + 1);
        }
        List<Integer> ports = new ArrayList<>();
        reader.gather(0, Integer.MAX_VALUE, e -> true, e -> ports.add(e.key().inPort()));
        assertThat(reader.missed()).isEqualTo(100);
        assertThat(ports).hasSize(EventRing.SLOTS).startsWith(101).endsWith(made);
    }

    @Test
    void shouldPassOverWhatIsMoreThanEnough() {
        new EventReader(List.of(tap), 0, null);
        int made = happen(1, 100_000);
        assertThat(made).isLessThan(100_000);
        assertThat(counters.get(Counter.EVENTS_PASSED_OVER)).isEqualTo(100_000 - made);
    }

    @Test
    void shouldRefuseACursorOfSomethingElse() {
        for (String bad : List.of("", "x y", "1-2", "-1")) {
            assertThatThrownBy(() -> new EventReader(List.of(tap), 0, bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is no cursor of this agent");
        }
    }

    @Test
    void shouldNeverShowHalfAnEvent() throws Exception {
        EventRing ring = new EventRing();
        FlowMask mask = new FlowMask();
        AtomicBoolean stop = new AtomicBoolean();
        Thread writer =
                new Thread(
                        () -> {
                            for (int i = 0; !stop.get(); i++) {
                                Arrays.fill(key.words(), i);
                                ring.claim().begin(EventKind.DECIDED, i).match(key, mask);
                                ring.publish();
                            }
                        });
        writer.start();
        Event event = new Event();
        int whole = 0;
        while (whole < 20_000) {
            // The oldest slot is the one that is overwritten next.
            if (ring.read(Math.max(0, ring.end() - EventRing.SLOTS), event)) {
                long expected = event.key().words()[0];
                for (long word : event.key().words()) {
                    assertThat(word).isEqualTo(expected);
                }
                assertThat(event.nanos()).isEqualTo(expected);
                whole++;
            }
        }
        stop.set(true);
        writer.join();
    }

    /** Has packets come up from ports; how many were taken in. */
    private int happen(int fromPort, int toPort) {
        int made = 0;
        for (int port = fromPort; port <= toPort; port++) {
            Event event = tap.begin(EventKind.DECIDED);
            if (event != null) {
                key.set(FlowField.IN_PORT, port);
                event.packet(true, key, 0, 60, 60);
                tap.end();
                made++;
            }
        }
        return made;
    }
}
