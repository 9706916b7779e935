package io.odp4j.upcall.classify;

import io.odp4j.datapath.ovs.FlowMessage;
import io.odp4j.upcall.counter.Counter;
import io.odp4j.upcall.counter.Counters;

/**
 * Takes the datapath's totals of a flow into the book, and tells the policy what they grew by. One
 * thread's.
 */
final class FlowStatistics {
    private final FlowBook book;
    private final PolicyGuard policy;
    private final Counters counters;

    FlowStatistics(FlowBook book, PolicyGuard policy, Counters counters) {
        this.counters = counters;
        this.book = book;
        this.policy = policy;
    }

    /** Takes a flow's totals; whether packets have come since the last ones. */
    boolean take(long flow, FlowMessage totals) {
        long packets = grown(totals.packets(), book.packets(flow));
        long bytes = grown(totals.bytes(), book.bytes(flow));
        long used = Math.max(totals.usedMillis(), book.lastUsed(flow));
        book.setStatistics(flow, totals.packets(), totals.bytes(), used);
        Object attachment = packets == 0 ? null : book.attachment(flow);
        if (attachment == MutedFlows.MARK) {
            counters.add(Counter.PACKETS_MUTED, packets);
        } else if (attachment != null) {
            policy.credit(attachment, packets, bytes);
        }
        return packets != 0;
    }

    /** A flow that was installed anew counts from 0 again. */
    private static long grown(long now, long before) {
        return now >= before ? now - before : now;
    }
}
