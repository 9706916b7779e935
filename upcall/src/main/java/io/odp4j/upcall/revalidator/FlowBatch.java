package io.odp4j.upcall.revalidator;

import io.odp4j.datapath.netlink.DirectBuffer;
import io.odp4j.datapath.netlink.MessageHeader;
import io.odp4j.datapath.netlink.MessageReader;
import io.odp4j.datapath.ovs.FlowMessage;
import io.odp4j.upcall.AgentException;
import io.odp4j.upcall.Shard;
import io.odp4j.upcall.classify.FlowReviewer;

/**
 * Collects a dump's messages for a shard and hands them to its classifier's thread a few hundred at
 * a time, so that packets wait for a batch and not for a table.
 */
final class FlowBatch {
    /** What is to be done with each flow, on the classifier's thread. */
    @FunctionalInterface
    interface Review {
        void flow(FlowReviewer reviewer, FlowMessage flow);
    }

    private static final int FULL = 32 * 1024;
    private static final int LONGEST = 128 * 1024;

    private final Shard shard;
    private final Review review;
    private final DirectBuffer memory;
    private final MessageReader reader = new MessageReader();
    private final FlowMessage flow = new FlowMessage();
    private int length;
    private AgentException failed;
    private boolean interrupted;
    private long waitedNanos;
    private long workedNanos;

    /**
     * @param memory used while the batch is; see {@link #memory}
     */
    FlowBatch(Shard shard, Review review, DirectBuffer memory) {
        this.shard = shard;
        this.review = review;
        this.memory = memory;
    }

    static DirectBuffer newMemory() {
        return new DirectBuffer(FULL + LONGEST);
    }

    /** Adds one message of a dump. */
    void add(MessageReader message) {
        if (failed != null || interrupted) {
            return; // the dump must be read to its end all the same
        }
        memory.buffer().put(length, message.buffer(), message.offset(), message.length());
        length += MessageHeader.align(message.length());
        if (length >= FULL) {
            hand();
        }
    }

    /** Hands over the rest and reports what went wrong. */
    void end() throws AgentException, InterruptedException {
        if (failed == null && !interrupted) {
            hand();
        }
        if (interrupted) {
            throw new InterruptedException();
        }
        if (failed != null) {
            throw failed;
        }
    }

    /** Memory for the next batch: a classifier that did not answer may still read this one's. */
    DirectBuffer memory() {
        return failed == null && !interrupted ? memory : newMemory();
    }

    /** For how long the caller waited for the classifier. */
    long waitedNanos() {
        return waitedNanos;
    }

    /** How long the classifier took for the flows themselves. */
    long workedNanos() {
        return workedNanos;
    }

    private void hand() {
        if (length == 0) {
            return;
        }
        long before = System.nanoTime();
        try {
            workedNanos += shard.call(this::review);
        } catch (AgentException e) {
            failed = e;
        } catch (InterruptedException e) {
            interrupted = true;
        }
        waitedNanos += System.nanoTime() - before;
        length = 0;
    }

    private long review() {
        long before = System.nanoTime();
        reader.wrap(memory.buffer(), 0, length);
        while (reader.next()) {
            review.flow(shard.reviewer(), flow.wrap(reader));
        }
        return System.nanoTime() - before;
    }
}
