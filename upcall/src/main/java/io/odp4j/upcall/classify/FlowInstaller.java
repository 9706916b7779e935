package io.odp4j.upcall.classify;

import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowKeyDecoder;
import io.odp4j.datapath.flow.FlowKeyEncoder;
import io.odp4j.datapath.flow.FlowMask;
import io.odp4j.datapath.netlink.DirectBuffer;
import io.odp4j.datapath.netlink.Errno;
import io.odp4j.datapath.netlink.ExtendedAck;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.ovs.FlowMessage;
import io.odp4j.flowcache.MaskBudget;
import io.odp4j.upcall.counter.Counter;
import io.odp4j.upcall.counter.Counters;
import io.odp4j.upcall.outbox.Outbox;
import io.odp4j.upcall.outbox.OutboxListener;
import io.odp4j.upcall.policy.Verdict;
import io.odp4j.upcall.watch.EventKind;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts decided flows into the book and the outbox, and takes back what the kernel refuses. What the
 * book matches is what the kernel will match: the mask is read back from its written form, by the
 * kernel's own rules.
 */
final class FlowInstaller implements OutboxListener {
    private static final Logger LOG = LoggerFactory.getLogger(FlowInstaller.class);
    private static final long SAY_AGAIN_MILLIS = 1000;
    private static final int NO_ROOM_PAUSE_MILLIS = 100;
    private static final Set<Errno> NO_ROOM =
            EnumSet.of(Errno.ENOSPC, Errno.EFBIG, Errno.ENOMEM, Errno.ENOBUFS);

    private final String datapath;
    private final FlowBook book;
    private final FlowStatistics statistics;
    private final FlowEvents events;
    private final Counters counters;
    private final DirectBuffer maskBytes = new DirectBuffer(FlowKeyEncoder.MAX_LENGTH);
    private final MessageWriter maskWriter = new MessageWriter();
    private final FlowMask mask = new FlowMask();
    private final FlowMask tried = new FlowMask();
    private final Predicate<FlowMask> masksPossible = this::isPossible;
    private final FlowMask exact = new FlowMask();
    private boolean megaflows = true;
    private FlowKey packet;
    private boolean hasTried;
    private Outbox outbox;
    private long saidMillis;
    private int noRoomMillis;
    private boolean noRoom;

    FlowInstaller(
            String datapath,
            FlowBook book,
            FlowStatistics statistics,
            FlowEvents events,
            Counters counters) {
        this.events = events;
        this.statistics = statistics;
        this.datapath = datapath;
        this.book = book;
        this.counters = counters;
        Arrays.fill(exact.words(), -1);
    }

    /** Whether flows are as wide as their decisions allow, or match one kind of packet each. */
    void setMegaflows(boolean on) {
        megaflows = on;
    }

    void setOutbox(Outbox outbox) {
        this.outbox = outbox;
    }

    /** Installs a flow for a packet that was decided. */
    void install(FlowKey key, Verdict verdict, long nowMillis) {
        if (noRoom) {
            if ((int) nowMillis - noRoomMillis < NO_ROOM_PAUSE_MILLIS) {
                counters.increment(Counter.FLOWS_HELD_BACK);
                return;
            }
            noRoom = false;
        }
        FlowMask wanted = megaflows ? verdict.mask() : exact;
        encodeMask(key, wanted);
        readBack(mask);
        packet = key;
        hasTried = false;
        MaskBudget.Fit fit = book.fitMask(mask, masksPossible);
        if (fit == MaskBudget.Fit.REFUSED) {
            return;
        }
        if (hasTried) {
            encodeMask(key, fit == MaskBudget.Fit.NARROWED ? mask : wanted);
        }
        long flow =
                book.admit(
                        key,
                        mask,
                        verdict.actions().buffer(),
                        0,
                        verdict.actions().length(),
                        nowMillis);
        if (flow != FlowBook.NONE) {
            book.attach(flow, verdict.attachment());
            send(flow, key);
            counters.increment(Counter.FLOWS_INSTALLED);
            events.became(EventKind.INSTALLED, flow);
        }
    }

    /**
     * Installs a flow once more: its packets keep coming up, so that the datapath cannot have it.
     */
    void installAgain(long flow, FlowKey key, long nowMillis) {
        book.readMask(flow, mask);
        encodeMask(key, mask);
        send(flow, key);
        book.setInstalled(flow, nowMillis);
        counters.increment(Counter.FLOWS_REINSTALLED);
        events.became(EventKind.REINSTALLED, flow);
    }

    /** Whether the datapath takes a mask for a packet just as it is. */
    private boolean isPossible(FlowMask candidate) {
        hasTried = true;
        encodeMask(packet, candidate);
        readBack(tried);
        return tried.isWithin(candidate) && candidate.isWithin(tried);
    }

    private void readBack(FlowMask into) {
        FlowKeyDecoder.decodeRequestMask(maskBytes.buffer(), 0, maskWriter.written(), into);
    }

    private void encodeMask(FlowKey key, FlowMask wanted) {
        maskWriter.wrap(maskBytes.buffer(), 0, maskBytes.capacity());
        FlowKeyEncoder.encodeMask(key, wanted, maskWriter);
    }

    private void send(long flow, FlowKey key) {
        outbox.install(
                flow,
                book.ufidFirst(flow),
                book.ufidSecond(flow),
                key,
                maskBytes.buffer(),
                maskWriter.written(),
                book.actions(flow));
    }

    @Override
    public void installFailed(long flow, int errno, ExtendedAck ack) {
        if (errno == Errno.EEXIST.number()) {
            // Someone else was faster, or an install that was thought lost was not.
            counters.increment(Counter.FLOWS_EXISTED);
            return;
        }
        refused(errno);
        say("flow put", errno, ack);
        events.refused(flow, errno);
        book.remove(flow);
    }

    /** What a refusal means for those that follow. */
    private void refused(int errno) {
        counters.increment(Counter.FLOW_INSTALL_FAILED);
        Errno known = Errno.of(errno);
        if (NO_ROOM.contains(known)) {
            // Packets are executed meanwhile; each install would cost a refusal more.
            counters.increment(Counter.FLOW_INSTALL_NO_ROOM);
            noRoom = true;
            noRoomMillis = (int) (System.nanoTime() / 1_000_000L);
        } else if (known == Errno.EINVAL) {
            counters.increment(Counter.FLOW_INSTALL_INVALID);
        } else if (known == Errno.ENODEV) {
            counters.increment(Counter.FLOW_INSTALL_NO_DATAPATH);
        }
    }

    @Override
    public void modifyFailed(long flow, int errno, ExtendedAck ack) {
        refused(errno);
        events.refused(flow, errno);
        if (errno == Errno.ENOENT.number()) {
            book.remove(flow);
        } else {
            say("flow set", errno, ack);
            book.doom(flow); // the datapath goes on by the former actions
        }
    }

    @Override
    public void deleted(long flow, FlowMessage last) {
        if (book.isLive(flow)) {
            statistics.take(flow, last);
            book.remove(flow);
        }
    }

    @Override
    public void deleteFailed(long flow, int errno, ExtendedAck ack) {
        counters.increment(Counter.FLOW_DELETE_FAILED);
        if (errno == Errno.ENOENT.number()) {
            book.remove(flow);
        } else {
            say("flow del", errno, ack); // the next round tries again
        }
    }

    @Override
    public void executeFailed(int errno, ExtendedAck ack) {
        counters.increment(Counter.EXECUTE_FAILED);
        say("packet execute", errno, ack);
    }

    /** Logs a failure, at most one a second: the counters have them all. */
    private void say(String operation, int errno, ExtendedAck ack) {
        long now = System.nanoTime() / 1_000_000L;
        if (saidMillis == 0 || now - saidMillis >= SAY_AGAIN_MILLIS) {
            saidMillis = now;
            LOG.warn(new NetlinkException(operation + " on " + datapath, errno, ack).getMessage());
        }
    }
}
