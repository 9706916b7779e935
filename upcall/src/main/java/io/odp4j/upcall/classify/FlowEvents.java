package io.odp4j.upcall.classify;

import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowMask;
import io.odp4j.upcall.policy.Verdict;
import io.odp4j.upcall.watch.Event;
import io.odp4j.upcall.watch.EventKind;
import io.odp4j.upcall.watch.EventTap;

/** Tells who looks on which flows come and go, and why. One thread's. */
final class FlowEvents {
    private final EventTap tap;
    private final FlowBook book;
    private final FlowKey key = new FlowKey();
    private final FlowMask mask = new FlowMask();

    FlowEvents(EventTap tap, FlowBook book) {
        this.tap = tap;
        this.book = book;
    }

    /** Something becomes of a flow of the book. */
    void became(EventKind kind, long flow) {
        if (tap.isOpen()) {
            became(kind, flow, 0);
        }
    }

    /** The datapath refuses a flow of the book. */
    void refused(long flow, int errno) {
        if (tap.isOpen() && book.isLive(flow)) {
            became(EventKind.REFUSED, flow, errno);
        }
    }

    private void became(EventKind kind, long flow, int errno) {
        Event event = tap.begin(kind);
        if (event != null) {
            book.readKey(flow, key);
            book.readMask(flow, mask);
            event.match(key, mask)
                    .ufid(book.ufidFirst(flow), book.ufidSecond(flow))
                    .actions(book.actions(flow))
                    .handled(book.packets(flow), book.bytes(flow))
                    .error(errno);
            tap.end();
        }
    }

    /** A flow is not installed since there are too many. */
    void limited(FlowKey packet, Verdict verdict) {
        if (tap.isOpen()) {
            Event event = tap.begin(EventKind.LIMIT);
            if (event != null) {
                event.packet(true, packet, 0, 0, 0)
                        .actions(verdict.actions().buffer(), 0, verdict.actions().length());
                tap.end();
            }
        }
    }
}
