package io.odp4j.upcall.ring;

import static org.assertj.core.api.Assertions.assertThat;

import com.lmax.disruptor.BlockingWaitStrategy;
import com.lmax.disruptor.ExceptionHandler;
import com.lmax.disruptor.Sequence;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UpcallRingTest {
    private final UpcallRing ring = new UpcallRing(4, new BlockingWaitStrategy());
    private final Sequence consumed = new Sequence();

    @Test
    void shouldOfferOnlyFreeSlotsAndPublishOnlyFilledOnes() {
        ring.disruptor().addGatingSequences(consumed);
        assertThat(ring.free(64)).isEqualTo(4);
        UpcallSlot second = ring.freeSlot(1);
        ring.publish(1);
        assertThat(ring.free(64)).isEqualTo(3);
        assertThat(ring.freeSlot(0)).isSameAs(second);
        ring.publish(3);
        assertThat(ring.free(64)).isZero();
        consumed.set(1);
        assertThat(ring.free(64)).isEqualTo(2);
        assertThat(ring.free(1)).isEqualTo(1);
    }

    @Test
    void shouldHandleWhatIsPublishedOnTheProducersThreadWhateverIsThrown() {
        List<Long> handled = new ArrayList<>();
        List<Throwable> thrown = new ArrayList<>();
        DirectConsumer consumer =
                new DirectConsumer(
                        (slot, sequence, endOfBatch) -> {
                            handled.add(endOfBatch ? -sequence : sequence);
                            if (sequence == 1) {
                                throw new IllegalStateException("a fault");
                            }
                        },
                        new Collect(thrown));
        ring.disruptor().addGatingSequences(consumer.sequence());
        ring.consumeDirectly(consumer);
        ring.publish(3);
        assertThat(ring.isEmpty()).isTrue();
        ring.publish(2);
        assertThat(handled).containsExactly(0L, 1L, -2L, 3L, -4L);
        assertThat(thrown).hasSize(1);
        assertThat(ring.free(64)).isEqualTo(4);
    }

    private record Collect(List<Throwable> thrown) implements ExceptionHandler<UpcallSlot> {
        @Override
        public void handleEventException(Throwable e, long sequence, UpcallSlot slot) {
            thrown.add(e);
        }

        @Override
        public void handleOnStartException(Throwable e) {
            thrown.add(e);
        }

        @Override
        public void handleOnShutdownException(Throwable e) {
            thrown.add(e);
        }
    }

    @Test
    void shouldKeepSlotsApartInMemory() {
        for (int i = 0; i < 3; i++) {
            UpcallSlot slot = ring.disruptor().get(i);
            UpcallSlot next = ring.disruptor().get(i + 1);
            assertThat(next.offset() - slot.offset()).isGreaterThan(UpcallRing.SLOT_BYTES);
            assertThat(next.address() - ring.address()).isEqualTo(next.offset());
        }
    }
}
