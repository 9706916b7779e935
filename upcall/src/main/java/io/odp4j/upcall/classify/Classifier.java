package io.odp4j.upcall.classify;

import com.lmax.disruptor.EventHandler;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowKeyDecoder;
import io.odp4j.datapath.netlink.MessageHeader;
import io.odp4j.datapath.netlink.MessageReader;
import io.odp4j.datapath.netlink.NetlinkFormatException;
import io.odp4j.datapath.ovs.UpcallMessage;
import io.odp4j.upcall.counter.Counter;
import io.odp4j.upcall.counter.Counters;
import io.odp4j.upcall.metrics.Stage;
import io.odp4j.upcall.metrics.StageLatencies;
import io.odp4j.upcall.metrics.UpcallBatchEvent;
import io.odp4j.upcall.outbox.Outbox;
import io.odp4j.upcall.policy.Verdict;
import io.odp4j.upcall.ring.UpcallRing;
import io.odp4j.upcall.ring.UpcallSlot;
import io.odp4j.upcall.watch.EventKind;
import io.odp4j.upcall.watch.EventTap;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The consumer of the ring: decodes an upcall where it lies, asks the flow book and on a miss the
 * policy, and puts what is to be done into the outbox, which is sent once a batch.
 *
 * <p>Other threads hand it work with {@link #submit}; it runs between packets.
 */
public final class Classifier implements EventHandler<UpcallSlot> {
    private static final Logger LOG = LoggerFactory.getLogger(Classifier.class);

    /** A flow whose packets still come up after this long was lost, and is installed again. */
    private static final int REINSTALL_MILLIS = 200;

    /** One batch in so many is timed: where the clock is a system call, it costs as much as one. */
    private static final int TIMED = 16;

    private final int packetFamily;
    private final int dpIfindex;
    private final UpcallRing ring;
    private final PolicyGuard policy;
    private final FlowBook book;
    private final FlowInstaller installer;
    private final Outbox outbox;
    private final Counters counters;
    private final Queue<Runnable> commands = new ConcurrentLinkedQueue<>();
    private final MessageReader reader = new MessageReader();
    private final UpcallMessage upcall = new UpcallMessage();
    private final FlowKey key = new FlowKey();
    private final Verdict verdict = new Verdict();
    private final ActionRouter router;
    private final UpcallEvents events;
    private final FlowEvents flowEvents;
    private final StageLatencies latencies;
    private final UpcallBatchEvent batchEvent = new UpcallBatchEvent();
    private boolean batchStarted;
    private int batches;
    private boolean timed;
    private long batchNanos;
    private int batchUpcalls;
    private long waitedFromNanos;
    private int waited;
    private long nowMillis;
    private int upcallPid;
    private boolean muting;
    private Class<?> saidError;

    Classifier(
            int packetFamily,
            int dpIfindex,
            UpcallRing ring,
            PolicyGuard policy,
            FlowBook book,
            FlowInstaller installer,
            Outbox outbox,
            ActionRouter router,
            EventTap upcalls,
            FlowEvents flowEvents,
            StageLatencies latencies,
            Counters counters) {
        this.events = new UpcallEvents(upcalls, upcall, key);
        this.flowEvents = flowEvents;
        this.router = router;
        this.latencies = latencies;
        this.packetFamily = packetFamily;
        this.dpIfindex = dpIfindex;
        this.ring = ring;
        this.policy = policy;
        this.book = book;
        this.installer = installer;
        this.outbox = outbox;
        this.counters = counters;
    }

    /** Queues work for the classifier's thread; the reader must then be told to knock. */
    public void submit(Runnable command) {
        commands.add(command);
    }

    @Override
    public void onEvent(UpcallSlot slot, long sequence, boolean endOfBatch) {
        try {
            event(slot);
        } catch (RuntimeException | Error e) {
            failed(e);
        }
        // Whatever happened: the slots are free when this returns, and the outbox points into them.
        if (endOfBatch) {
            endBatch();
        }
    }

    private void event(UpcallSlot slot) {
        if (!batchStarted) {
            batchStarted = true;
            batchUpcalls = 0;
            timed = false;
            // Where the reader's thread does this, it has just looked at the clock.
            batchNanos =
                    ring.isConsumedDirectly() && !slot.isCommand()
                            ? slot.receivedNanos()
                            : System.nanoTime();
            nowMillis = batchNanos / 1_000_000L;
            batchEvent.begin();
        }
        if (slot.isCommand()) {
            runCommands();
        } else if (slot.length() > 0) {
            upcallPid = slot.portId();
            if (batchUpcalls++ == 0) {
                timed = batches++ % TIMED == 0;
            }
            countWait(slot.receivedNanos());
            muting = slot.isMuting();
            events.received(slot.receivedNanos());
            datagram(slot);
        }
    }

    /** Upcalls of one read share its time, and are recorded at once: a record is two atomics. */
    private void countWait(long receivedNanos) {
        if (receivedNanos != waitedFromNanos) {
            recordWait();
            waitedFromNanos = receivedNanos;
        }
        waited++;
    }

    private void recordWait() {
        if (waited > 0) {
            latencies.record(Stage.RING_WAIT, batchNanos - waitedFromNanos, waited);
            waited = 0;
        }
    }

    private void endBatch() {
        batchStarted = false;
        recordWait();
        long decided = timed ? System.nanoTime() : 0;
        try {
            outbox.flush();
        } catch (RuntimeException | Error e) {
            failed(e);
        }
        if (timed) {
            latencies.record(Stage.DECIDE, (decided - batchNanos) / batchUpcalls, batchUpcalls);
            latencies.record(Stage.SEND, System.nanoTime() - decided, 1);
        }
        if (batchUpcalls > 0) {
            batchEvent.end(batchUpcalls);
        }
    }

    /** Hears what became of the requests that were sent; on the classifier's thread. */
    public void readAnswers() {
        try {
            outbox.readAnswers();
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }

    private void failed(Throwable e) {
        counters.increment(Counter.CLASSIFIER_ERRORS);
        if (saidError != e.getClass()) {
            saidError = e.getClass();
            LOG.error("an upcall was dropped by an error", e);
        }
    }

    private void runCommands() {
        // Whoever asks may go on to ask the datapath: it is to know what the book knows.
        outbox.flush();
        Runnable command;
        while ((command = commands.poll()) != null) {
            command.run();
        }
        // What is installed from here on is younger than what the commands saw.
        nowMillis = System.nanoTime() / 1_000_000L;
    }

    private void datagram(UpcallSlot slot) {
        try {
            reader.wrap(ring.memory(), slot.offset(), slot.length());
            while (reader.next()) {
                message();
            }
        } catch (NetlinkFormatException e) {
            counters.increment(Counter.UPCALLS_MALFORMED);
            LOG.debug("malformed upcall dropped: {}", e.getMessage());
        }
    }

    private void message() {
        if (reader.type() == MessageHeader.OVERRUN) {
            // How an embedded datapath says what a kernel says with ENOBUFS.
            counters.increment(Counter.UPCALLS_LOST_AT_SOCKET);
            return;
        }
        if (reader.type() != packetFamily) {
            counters.increment(Counter.UPCALLS_UNKNOWN);
            return;
        }
        upcall.wrap(reader);
        if (upcall.dpIfindex() != dpIfindex) {
            counters.increment(Counter.UPCALLS_UNKNOWN);
            return;
        }
        FlowKeyDecoder.decodeKey(ring.memory(), upcall.keyOffset(), upcall.keyLength(), key);
        if (muting) {
            mute();
            return;
        }
        if (!upcall.isMiss()) {
            counters.increment(Counter.ACTIONS);
            router.route(upcall, key, upcallPid);
            events.became(EventKind.ACTION);
            return;
        }
        counters.increment(Counter.MISSES);
        long flow = book.lookup(key);
        if (flow == FlowBook.NONE) {
            decide();
        } else {
            repeat(flow);
        }
    }

    /** The packet's port sends too much: it is dropped, and what is like it in the datapath. */
    private void mute() {
        MutedFlows.decide(key, verdict);
        installer.install(key, verdict, nowMillis);
        counters.increment(Counter.PORTS_MUTED);
        events.became(EventKind.MUTED);
    }

    /** A packet of a flow that was decided already: its install is under way, or was lost. */
    private void repeat(long flow) {
        counters.increment(Counter.CACHE_HITS);
        byte[] actions = book.actions(flow);
        events.known(actions);
        if (actions.length == 0) {
            counters.increment(Counter.PACKETS_DROPPED);
        } else {
            outbox.execute(upcall, ring.address(), actions, upcallPid);
        }
        credit(book.attachment(flow));
        if ((int) nowMillis - book.installedMillis(flow) > REINSTALL_MILLIS) {
            installer.installAgain(flow, key, nowMillis);
        }
    }

    private void decide() {
        verdict.clear();
        boolean full = book.isFull();
        if (full) {
            verdict.once(); // spares the policy to find out for how many packets it holds
        }
        if (!policy.decide(key, verdict)) {
            counters.increment(Counter.POLICY_DROPS);
            events.became(EventKind.FAILED);
            return;
        }
        counters.increment(Counter.DECIDED);
        events.decided(verdict);
        // The packet first, then the flow: packets that the flow catches in the kernel would
        // otherwise overtake this one.
        if (verdict.actions().isEmpty()) {
            counters.increment(Counter.PACKETS_DROPPED);
        } else {
            outbox.execute(upcall, ring.address(), verdict.actions(), upcallPid);
        }
        credit(verdict.attachment());
        if (full) {
            counters.increment(Counter.FLOWS_OVER_LIMIT);
            flowEvents.limited(key, verdict);
        } else if (verdict.install()) {
            installer.install(key, verdict, nowMillis);
        }
    }

    private void credit(Object attachment) {
        if (attachment != null && attachment != MutedFlows.MARK) {
            policy.credit(attachment, 1, upcall.fullLength());
        }
    }
}
