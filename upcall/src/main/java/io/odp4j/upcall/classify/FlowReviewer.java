package io.odp4j.upcall.classify;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowKeyDecoder;
import io.odp4j.datapath.flow.FlowKeyEncoder;
import io.odp4j.datapath.flow.FlowMask;
import io.odp4j.datapath.flow.KeyAttributes;
import io.odp4j.datapath.flow.TunnelAttributes;
import io.odp4j.datapath.netlink.DirectBuffer;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.ovs.FlowMessage;
import io.odp4j.upcall.counter.Counter;
import io.odp4j.upcall.counter.Counters;
import io.odp4j.upcall.outbox.Outbox;
import io.odp4j.upcall.policy.Verdict;
import io.odp4j.upcall.watch.EventKind;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;

/**
 * What a round of the revalidator does with each dumped flow, on the classifier's thread:
 * statistics and signs of life, deletion of idle flows, and a new decision where the policy changed
 * its mind.
 */
public final class FlowReviewer {
    private final FlowBook book;
    private final PolicyGuard policy;
    private final FlowStatistics statistics;
    private final Outbox outbox;
    private final FlowEvents events;
    private final long usualIdleMillis;
    private final Counters counters;
    private final FlowKey key = new FlowKey();
    private final FlowMask mask = new FlowMask();
    private final FlowMask wanted = new FlowMask();
    private final DirectBuffer maskBytes = new DirectBuffer(FlowKeyEncoder.MAX_LENGTH);
    private final MessageWriter maskWriter = new MessageWriter();
    private final Verdict verdict = new Verdict();
    private final LongOpenHashSet seen = new LongOpenHashSet();
    private LongOpenHashSet missed = new LongOpenHashSet();
    private LongOpenHashSet missedBefore = new LongOpenHashSet();
    private long roundMillis;
    private long idleMillis;
    private boolean deleteAll;
    private boolean reviewed;
    private long reviewedVersion;
    private long versionOfRound;

    /**
     * @param usualIdleMillis after how long a flow is deleted where there is room for it
     */
    FlowReviewer(
            FlowBook book,
            PolicyGuard policy,
            FlowStatistics statistics,
            Outbox outbox,
            FlowEvents events,
            long usualIdleMillis,
            Counters counters) {
        this.events = events;
        this.usualIdleMillis = usualIdleMillis;
        this.book = book;
        this.policy = policy;
        this.statistics = statistics;
        this.outbox = outbox;
        this.counters = counters;
    }

    /** How many flows there may be from now on. */
    public void setLimit(int flows) {
        book.setLimit(flows);
    }

    /** Flows in the book. */
    public int flows() {
        return book.size();
    }

    /**
     * Starts a round. A flow that is in the book by now is in the datapath, or was; one that comes
     * later need not be listed.
     *
     * @param idle after how long without a packet a flow is deleted, ms; negative: every flow is
     * @return whether decisions may have changed, so that the dump must have keys and actions
     */
    public boolean begin(long idle) {
        policy.tick();
        idleMillis = idle;
        deleteAll = idle < 0;
        roundMillis = System.nanoTime() / 1_000_000L;
        versionOfRound = policy.version();
        seen.clear();
        LongOpenHashSet unseen = missed;
        missed = missedBefore;
        missed.clear();
        missedBefore = unseen;
        return !reviewed || versionOfRound != reviewedVersion; // what was adopted is to be decided
    }

    /** Reviews one flow of the dump. */
    public void review(FlowMessage dumped) {
        long flow = book.find(dumped.ufidFirst(), dumped.ufidSecond());
        if (flow == FlowBook.NONE) {
            deleteIfForgotten(dumped);
            return;
        }
        seen.add(flow);
        boolean used = statistics.take(flow, dumped);
        if (deleteAll || roundMillis - book.lastUsed(flow) > idleMillis) {
            counters.increment(deleteAll ? Counter.FLOWS_PURGED : Counter.FLOWS_IDLE);
            delete(flow, idleMillis < usualIdleMillis ? EventKind.EVICTED : EventKind.IDLE);
            return;
        }
        if (book.isDoomed(flow)) {
            delete(flow, EventKind.REDECIDED);
            return;
        }
        if (book.attachment(flow) == MutedFlows.MARK) {
            if ((int) roundMillis - book.installedMillis(flow) >= MutedFlows.MILLIS) {
                delete(flow, EventKind.UNMUTED);
            }
            return;
        }
        if (used) {
            book.readKey(flow, key);
            policy.used(key);
        }
        if (dumped.hasKey() && dumped.hasMask()) {
            decideAgain(flow, dumped);
        }
    }

    private void delete(long flow, EventKind why) {
        events.became(why, flow);
        outbox.delete(flow, book.ufidFirst(flow), book.ufidSecond(flow));
    }

    /** A flow of this agent's that it knows nothing of any more would stay for ever. */
    private void deleteIfForgotten(FlowMessage dumped) {
        if (book.isOwn(dumped.ufidFirst())) {
            counters.increment(Counter.FLOWS_FORGOTTEN);
            outbox.delete(FlowBook.NONE, dumped.ufidFirst(), dumped.ufidSecond());
        }
    }

    private void decideAgain(long flow, FlowMessage dumped) {
        decodeMatch(dumped);
        verdict.clear();
        if (!policy.decideAgain(key, verdict)) {
            return;
        }
        boolean first = book.isAdopted(flow) && book.attachment(flow) == null;
        book.attach(flow, verdict.attachment());
        if (first && verdict.attachment() != null) {
            // What the flow counted under the forerunner, the policy has not heard of.
            policy.credit(verdict.attachment(), dumped.packets(), dumped.bytes());
        }
        encode(verdict.mask());
        FlowKeyDecoder.decodeRequestMask(maskBytes.buffer(), 0, maskWriter.written(), wanted);
        if (!verdict.install() || !wanted.isWithin(mask)) {
            // The flow would catch packets that the decision does not hold for.
            counters.increment(Counter.FLOWS_CHANGED);
            delete(flow, EventKind.REDECIDED);
        } else if (!ActionLists.equal(
                book.actions(flow), verdict.actions().buffer(), 0, verdict.actions().length())) {
            counters.increment(Counter.FLOWS_CHANGED);
            modify(flow);
        }
    }

    private void modify(long flow) {
        book.setActions(flow, verdict.actions().buffer(), 0, verdict.actions().length());
        events.became(EventKind.CHANGED, flow);
        // Not the dumped bytes: a tunnel's mask without a tunnel is listed, too, and refused.
        makeAcceptable(key);
        encode(mask);
        outbox.modify(
                flow,
                book.ufidFirst(flow),
                book.ufidSecond(flow),
                key,
                maskBytes.buffer(),
                maskWriter.written(),
                book.actions(flow));
    }

    /**
     * The kernel lists keys that it refuses in a request: an Ethernet type that does not match as
     * 0, and a tunnel without a destination where the mask does not look at it.
     */
    private static void makeAcceptable(FlowKey key) {
        long[] words = key.words();
        if (key.dlType() == 0) {
            words[FlowKey.ATTRIBUTES] &= ~(1L << KeyAttributes.ETHERTYPE.number());
        }
        if (!key.carries(KeyAttributes.TUNNEL.number())) {
            return;
        }
        boolean four = key.carriesTunnel(TunnelAttributes.IPV4_DST.number());
        boolean six = key.carriesTunnel(TunnelAttributes.IPV6_DST.number());
        if (!four && !six) {
            // Any will do, of the source's IP version.
            six = key.carriesTunnel(TunnelAttributes.IPV6_SRC.number());
            FlowField field = six ? FlowField.TUN_IPV6_DST : FlowField.TUN_DST;
            field.set(words, 1);
            AttributeSpec there = six ? TunnelAttributes.IPV6_DST : TunnelAttributes.IPV4_DST;
            words[FlowKey.NESTED_ATTRIBUTES] |= 1L << there.number();
        }
    }

    private void encode(FlowMask what) {
        maskWriter.wrap(maskBytes.buffer(), 0, maskBytes.capacity());
        FlowKeyEncoder.encodeMask(key, what, maskWriter);
    }

    private void decodeMatch(FlowMessage dumped) {
        FlowKeyDecoder.decodeKey(dumped.buffer(), dumped.keyOffset(), dumped.keyLength(), key);
        FlowKeyDecoder.decodeMask(dumped.buffer(), dumped.maskOffset(), dumped.maskLength(), mask);
        mask.addAbsentTags();
    }

    /** Takes over a flow that was in the datapath before this agent. */
    public void adopt(FlowMessage dumped, long nowMillis) {
        if (dumped.ufidLength() != 16 || !dumped.hasMask() || !dumped.hasActions()) {
            counters.increment(Counter.FLOWS_FOREIGN);
            return;
        }
        decodeMatch(dumped);
        long flow =
                book.adopt(
                        key,
                        mask,
                        dumped.ufidFirst(),
                        dumped.ufidSecond(),
                        dumped.buffer(),
                        dumped.actionsOffset(),
                        dumped.actionsLength(),
                        nowMillis);
        if (flow == FlowBook.NONE) {
            // There is no room for it here, so that nobody would ever delete it.
            counters.increment(Counter.FLOWS_PURGED);
            outbox.delete(FlowBook.NONE, dumped.ufidFirst(), dumped.ufidSecond());
        } else {
            book.setStatistics(
                    flow,
                    dumped.packets(),
                    dumped.bytes(),
                    Math.max(dumped.usedMillis(), book.lastUsed(flow)));
            counters.increment(Counter.FLOWS_ADOPTED);
            events.became(EventKind.ADOPTED, flow);
            policy.adopted(key);
        }
    }

    /**
     * Ends a round.
     *
     * @param complete whether every flow of the datapath was shown, with key and actions if {@link
     *     #begin} asked for them
     */
    public void end(boolean complete) {
        outbox.flush();
        if (!complete) {
            return;
        }
        reviewed = true;
        reviewedVersion = versionOfRound;
        if (seen.size() < book.size()) {
            book.forEach(this::forgetIfVanished);
        }
    }

    private void forgetIfVanished(long flow) {
        boolean older = (int) roundMillis - book.installedMillis(flow) > 0;
        if (!older || seen.contains(flow)) {
            return;
        }
        // A list may leave out a flow while the datapath's table grows, but not twice in a row.
        if (!missedBefore.contains(flow)) {
            missed.add(flow);
        } else {
            counters.increment(Counter.FLOWS_VANISHED);
            events.became(EventKind.VANISHED, flow);
            book.remove(flow);
        }
    }
}
