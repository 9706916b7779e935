package io.odp4j.upcall.classify;

import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.NetlinkSocket;
import io.odp4j.datapath.ovs.Datapath;
import io.odp4j.datapath.ovs.OvsFamilies;
import io.odp4j.upcall.AgentConfig;
import io.odp4j.upcall.action.ActionPort;
import io.odp4j.upcall.counter.Counters;
import io.odp4j.upcall.metrics.StageLatencies;
import io.odp4j.upcall.outbox.Outbox;
import io.odp4j.upcall.policy.Policy;
import io.odp4j.upcall.ring.UpcallRing;
import io.odp4j.upcall.tunnel.TunnelPorts;
import io.odp4j.upcall.watch.EventTap;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import java.util.function.Consumer;

/** The parts of the stage, put together: all that the classifier's thread owns. */
public final class ClassifierStage implements AutoCloseable {
    private final Classifier classifier;
    private final FlowReviewer reviewer;
    private final FlowBook book;
    private final FlowInstaller installer;
    private final Outbox outbox;
    private final PolicyGuard policy;
    private final StageLatencies latencies = new StageLatencies();
    private final EventTap upcallTap;
    private final EventTap flowTap;

    /**
     * @param shard the shard's number
     * @param salt the first half of the ufids of the shard's flows
     */
    public ClassifierStage(
            AgentConfig config,
            int shard,
            long salt,
            OvsFamilies families,
            Datapath datapath,
            UpcallRing ring,
            Counters counters)
            throws NetlinkException {
        Policy fallback = config.fallback() == null ? null : config.fallback().create(shard);
        policy = new PolicyGuard(config.policies().create(shard), fallback, counters);
        book =
                new FlowBook(
                        config.flowLimit(), config.maskBudget() / config.shards(), salt, counters);
        FlowStatistics statistics = new FlowStatistics(book, policy, counters);
        upcallTap = new EventTap(counters);
        flowTap = new EventTap(counters);
        FlowEvents events = new FlowEvents(flowTap, book);
        installer = new FlowInstaller(datapath.name(), book, statistics, events, counters);
        outbox = new Outbox(config.endpoint(), families, datapath.ifindex(), installer, counters);
        installer.setOutbox(outbox);
        classifier =
                new Classifier(
                        families.packet().id(),
                        datapath.ifindex(),
                        ring,
                        policy,
                        book,
                        installer,
                        outbox,
                        new ActionRouter(
                                config.handlers(), policy, outbox, ring.address(), counters),
                        upcallTap,
                        events,
                        latencies,
                        counters);
        reviewer =
                new FlowReviewer(
                        book, policy, statistics, outbox, events, config.idleMillis(), counters);
    }

    /** The consumer of the ring. */
    public Classifier classifier() {
        return classifier;
    }

    /** Where answers to its requests come in. */
    public NetlinkSocket answers() {
        return outbox.socket();
    }

    /** Answers are read when they come in, not after every batch. */
    public void answersAreWatched() {
        outbox.answersAreWatched();
    }

    /** What a round of the revalidator calls, on the classifier's thread. */
    public FlowReviewer reviewer() {
        return reviewer;
    }

    /** Tells the policy where its userspace actions send packets; on the classifier's thread. */
    public void attach(ActionPort port) {
        policy.attached(port);
    }

    /** How long the shard's stages took; for any thread. */
    public StageLatencies latencies() {
        return latencies;
    }

    /** What becomes of each upcall, for who looks on; for any thread. */
    public EventTap upcallTap() {
        return upcallTap;
    }

    /** What becomes of each flow, for who looks on; for any thread. */
    public EventTap flowTap() {
        return flowTap;
    }

    /** Tells the policy which ports there are; on the classifier's thread. */
    public void portsChanged(int[] numbers, TunnelPorts tunnels) {
        policy.portsChanged(numbers, tunnels);
    }

    /** Hands the policy to somebody; on the classifier's thread. */
    public void withPolicy(Consumer<Policy> somebody) {
        somebody.accept(policy.policy());
    }

    /** The policy; to be asked on the classifier's thread. */
    public Policy policy() {
        return policy.policy();
    }

    /** What the flow of a ufid is credited to, or null; on the classifier's thread. */
    public Object attachment(long ufidFirst, long ufidSecond) {
        long flow = book.find(ufidFirst, ufidSecond);
        return flow == FlowBook.NONE ? null : book.attachment(flow);
    }

    /**
     * Has flows be as wide as their decisions allow, or match one kind of packet each; on the
     * classifier's thread.
     */
    public void setMegaflows(boolean on) {
        installer.setMegaflows(on);
    }

    /**
     * Deletes every flow that the agent installed or adopted, and installs none any more; on the
     * classifier's thread.
     */
    public void deleteFlows() {
        book.setLimit(0);
        LongArrayList flows = new LongArrayList(book.size());
        book.forEach(flows::add);
        // Answers come in between, and each takes its flow out of the book.
        for (int i = 0; i < flows.size(); i++) {
            long flow = flows.getLong(i);
            if (book.isLive(flow)) {
                outbox.delete(flow, book.ufidFirst(flow), book.ufidSecond(flow));
            }
        }
        outbox.flush();
    }

    @Override
    public void close() {
        outbox.close();
    }
}
