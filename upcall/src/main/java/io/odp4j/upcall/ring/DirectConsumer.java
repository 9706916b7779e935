package io.odp4j.upcall.ring;

import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.ExceptionHandler;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;

/** A consumer without a thread of its own: it handles what was just published. */
public final class DirectConsumer {
    private final EventHandler<UpcallSlot> handler;
    private final ExceptionHandler<? super UpcallSlot> errors;
    private final Sequence done = new Sequence();

    /**
     * @param errors told of what the handler throws
     */
    public DirectConsumer(
            EventHandler<UpcallSlot> handler, ExceptionHandler<? super UpcallSlot> errors) {
        this.handler = handler;
        this.errors = errors;
    }

    /** How far it has come: what the ring must not run ahead of by more than its slots. */
    public Sequence sequence() {
        return done;
    }

    void consume(RingBuffer<UpcallSlot> ring, long low, long high) {
        for (long i = low; i <= high; i++) {
            UpcallSlot slot = ring.get(i);
            try {
                handler.onEvent(slot, i, i == high);
            } catch (Exception | Error e) {
                errors.handleEventException(e, i, slot);
            }
        }
        done.set(high);
    }
}
