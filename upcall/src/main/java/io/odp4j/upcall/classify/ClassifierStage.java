package io.odp4j.upcall.classify;

import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.ovs.Datapath;
import io.odp4j.datapath.ovs.OvsFamilies;
import io.odp4j.upcall.AgentConfig;
import io.odp4j.upcall.counter.Counters;
import io.odp4j.upcall.outbox.Outbox;
import io.odp4j.upcall.ring.UpcallRing;
import java.security.SecureRandom;

/** The parts of the stage, put together: all that the classifier's thread owns. */
public final class ClassifierStage implements AutoCloseable {
    private final Classifier classifier;
    private final FlowReviewer reviewer;
    private final FlowBook book;
    private final Outbox outbox;

    public ClassifierStage(
            AgentConfig config,
            OvsFamilies families,
            Datapath datapath,
            UpcallRing ring,
            Counters counters)
            throws NetlinkException {
        this.book = new FlowBook(config.flowLimit(), new SecureRandom().nextLong(), counters);
        FlowInstaller installer = new FlowInstaller(datapath.name(), book, counters);
        this.outbox =
                new Outbox(config.endpoint(), families, datapath.ifindex(), installer, counters);
        installer.setOutbox(outbox);
        this.classifier =
                new Classifier(
                        families.packet().id(),
                        datapath.ifindex(),
                        ring,
                        config.policy(),
                        book,
                        installer,
                        outbox,
                        counters);
        this.reviewer =
                new FlowReviewer(book, config.policy(), outbox, counters, config.idleMillis());
    }

    /** The consumer of the ring. */
    public Classifier classifier() {
        return classifier;
    }

    /** What a round of the revalidator calls, on the classifier's thread. */
    public FlowReviewer reviewer() {
        return reviewer;
    }

    /** Deletes every flow that the agent installed or adopted; on the classifier's thread. */
    public void deleteFlows() {
        book.forEach(flow -> outbox.delete(flow, book.ufidFirst(flow), book.ufidSecond(flow)));
        outbox.flush();
    }

    @Override
    public void close() {
        outbox.close();
    }
}
