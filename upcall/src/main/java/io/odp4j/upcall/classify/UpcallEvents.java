package io.odp4j.upcall.classify;

import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.ovs.UpcallMessage;
import io.odp4j.upcall.policy.Verdict;
import io.odp4j.upcall.watch.Event;
import io.odp4j.upcall.watch.EventKind;
import io.odp4j.upcall.watch.EventTap;

/** Tells who looks on what became of each upcall. One thread's. */
final class UpcallEvents {
    private final EventTap tap;
    private final UpcallMessage upcall;
    private final FlowKey key;
    private long receivedNanos;

    /**
     * @param upcall the one at hand, whichever that is
     * @param key its key
     */
    UpcallEvents(EventTap tap, UpcallMessage upcall, FlowKey key) {
        this.tap = tap;
        this.upcall = upcall;
        this.key = key;
    }

    /** Says when the upcall at hand was read. */
    void received(long nanos) {
        receivedNanos = nanos;
    }

    /** The policy decided. */
    void decided(Verdict verdict) {
        if (tap.isOpen()) {
            Event event = begin(EventKind.DECIDED);
            if (event != null) {
                if (verdict.install()) {
                    event.mask(verdict.mask());
                }
                event.actions(verdict.actions().buffer(), 0, verdict.actions().length());
                tap.end();
            }
        }
    }

    /** The packet's flow was known. */
    void known(byte[] actions) {
        if (tap.isOpen()) {
            Event event = begin(EventKind.KNOWN);
            if (event != null) {
                event.actions(actions);
                tap.end();
            }
        }
    }

    /** Something became of it that needs no more words. */
    void became(EventKind kind) {
        if (tap.isOpen() && begin(kind) != null) {
            tap.end();
        }
    }

    private Event begin(EventKind kind) {
        Event event = tap.begin(kind);
        if (event != null) {
            event.packet(
                    upcall.isMiss(),
                    key,
                    receivedNanos,
                    upcall.packetLength(),
                    upcall.fullLength());
            int snap = Math.min(tap.snapLength(), upcall.packetLength());
            if (snap > 0) {
                event.bytes(upcall.buffer(), upcall.packetOffset(), snap);
            }
        }
        return event;
    }
}
