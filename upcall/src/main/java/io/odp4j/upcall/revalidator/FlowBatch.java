package io.odp4j.upcall.revalidator;

import io.odp4j.datapath.netlink.DirectBuffer;
import io.odp4j.datapath.netlink.MessageHeader;
import io.odp4j.datapath.netlink.MessageReader;
import io.odp4j.datapath.ovs.FlowMessage;
import io.odp4j.upcall.AgentException;
import io.odp4j.upcall.Shard;
import io.odp4j.upcall.classify.FlowReviewer;

/**
 * Collects a dump's messages and hands them to the classifier's thread a few hundred at a time, so
 * that packets wait for a batch and not for a table.
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
    private final DirectBuffer memory = new DirectBuffer(FULL + LONGEST);
    private final MessageReader reader = new MessageReader();
    private final FlowMessage flow = new FlowMessage();
    private Review review;
    private int length;
    private AgentException failed;
    private boolean interrupted;

    FlowBatch(Shard shard) {
        this.shard = shard;
    }

    void begin(Review what) {
        review = what;
        length = 0;
        failed = null;
        interrupted = false;
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

    private void hand() {
        try {
            shard.call(
                    () -> {
                        reader.wrap(memory.buffer(), 0, length);
                        while (reader.next()) {
                            review.flow(shard.reviewer(), flow.wrap(reader));
                        }
                        return null;
                    });
        } catch (AgentException e) {
            failed = e;
        } catch (InterruptedException e) {
            interrupted = true;
        }
        length = 0;
    }
}
