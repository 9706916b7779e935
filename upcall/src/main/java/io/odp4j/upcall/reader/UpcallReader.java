package io.odp4j.upcall.reader;

import io.odp4j.datapath.netlink.Epoll;
import io.odp4j.datapath.netlink.Errno;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.NetlinkSocket;
import io.odp4j.datapath.netlink.ReceiveBatch;
import io.odp4j.upcall.admission.Admission;
import io.odp4j.upcall.admission.PortShares;
import io.odp4j.upcall.counter.Counter;
import io.odp4j.upcall.counter.Counters;
import io.odp4j.upcall.metrics.UpcallLossEvent;
import io.odp4j.upcall.ring.UpcallRing;
import io.odp4j.upcall.ring.UpcallSlot;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The reader's loop. In a turn first those ready sockets are read that had little to say last time,
 * then the busy ones, in turns, for half a millisecond at most and as far as their part of the ring
 * has room: an upcall of a quiet port waits neither behind the queues of flooding ones nor behind a
 * ring that is full of theirs. What is not read stays in the kernel's queues.
 *
 * <p>Sources are added and retired by any thread.
 */
public final class UpcallReader implements Runnable, AutoCloseable {
    /** The most datagrams read from one socket in a turn. */
    public static final int BATCH = 64;

    private static final Logger LOG = LoggerFactory.getLogger(UpcallReader.class);
    private static final long RING_FULL_PAUSE_NANOS = 20_000;

    /** After this long with busy sockets it is seen whether a quiet one has something. */
    private static final long BUSY_NANOS = 500_000;

    private static final long SAY_AGAIN_NANOS = 1_000_000_000L;
    private static final int MOST_SOURCES = 1 << 16;
    private static final int ANSWERS = MOST_SOURCES;

    private final Epoll epoll;
    private final PortShares shares;
    private final UpcallRing ring;
    private final Counters counters;
    private final ReceiveBatch batch = new ReceiveBatch(BATCH);
    private final AtomicReferenceArray<UpcallSource> sources =
            new AtomicReferenceArray<>(MOST_SOURCES);
    private final Queue<UpcallSource> retired = new ConcurrentLinkedQueue<>();
    private volatile boolean running = true;
    private volatile boolean knocked;
    private volatile long turns;
    private Runnable answered;
    private final TurnOrder order = new TurnOrder(BATCH);
    private final BusyShare busyShare;
    private boolean waiting;
    private long saidNanos;
    private boolean said;
    private long saidOverNanos;
    private boolean saidOver;

    public UpcallReader(UpcallRing ring, Admission admission, Counters counters)
            throws NetlinkException {
        this.shares = admission.isLimited() ? new PortShares(admission) : null;
        this.ring = ring;
        this.busyShare = new BusyShare(ring, BATCH);
        this.counters = counters;
        this.epoll = new Epoll(BATCH);
    }

    /** Reads a socket from now on. */
    public void add(UpcallSource source) throws NetlinkException {
        sources.set(source.token(), source);
        epoll.add(source.socket().fd(), source.token());
    }

    /**
     * Waits for answers to the classifier's requests, too.
     *
     * @param whenThere called on the reader's thread when some have come in
     */
    public void watchAnswers(NetlinkSocket socket, Runnable whenThere) throws NetlinkException {
        answered = whenThere;
        epoll.add(socket.fd(), ANSWERS);
    }

    /** Reads what is left in a socket that nothing more comes to, and closes it. */
    public void retire(UpcallSource source) {
        try {
            epoll.remove(source.socket().fd());
        } catch (NetlinkException e) {
            LOG.debug("{}: {}", source.name(), e.getMessage());
        }
        sources.set(source.token(), null);
        // Closed by the thread that reads it: another file would get its number in mid-read.
        retired.add(source);
        epoll.wake();
    }

    /** The sockets that are read at the moment. */
    public List<UpcallSource> sources() {
        List<UpcallSource> all = new ArrayList<>();
        for (int i = 0; i < MOST_SOURCES; i++) {
            UpcallSource source = sources.get(i);
            if (source != null) {
                all.add(source);
            }
        }
        return all;
    }

    /** Has the classifier look for commands. */
    public void knock() {
        knocked = true;
        epoll.wake();
    }

    /** Whether the classifier has been told of the last {@link #knock}. */
    public boolean isKnocked() {
        return knocked;
    }

    /** How often it has looked at its sockets. */
    public long turns() {
        return turns;
    }

    /** Ends the loop. */
    public void stop() {
        running = false;
        epoll.wake();
    }

    @Override
    public void run() {
        try {
            while (running) {
                int ready = epoll.await(-1);
                turns = turns + 1;
                passKnock();
                turn(ready);
                closeRetired();
            }
        } catch (NetlinkException e) {
            throw new IllegalStateException("the reader cannot wait on its sockets", e);
        }
    }

    private void passKnock() {
        if (knocked && awaitRoom()) {
            knocked = false;
            ring.freeSlot(0).knock();
            ring.publish(1);
        }
    }

    private void turn(int ready) {
        if (ready == 0) {
            return;
        }
        order.clear();
        for (int i = 0; i < ready; i++) {
            int token = epoll.token(i);
            UpcallSource source = token == ANSWERS ? null : sources.get(token);
            if (token == ANSWERS) {
                answered.run();
            } else if (source != null) {
                order.add(source);
            }
        }
        int budget = Math.max(1, Math.min(busyShare.batch(), ring.slots() / ready));
        for (int i = 0; i < order.quiet() && awaitRoom(); i++) {
            read(order.quiet(i), budget);
        }
        readBusy();
    }

    private void readBusy() {
        int busy = order.busy();
        long until = busy > 1 ? System.nanoTime() + BUSY_NANOS : 0;
        for (int i = 0; i < busy && running; i++) {
            if (!busyShare.hasRoom()) {
                pauseBusy();
                return;
            }
            waiting = false;
            read(order.nextBusy(), busyShare.batch());
            if (i + 1 < busy && System.nanoTime() - until >= 0) {
                return;
            }
        }
    }

    /** Gives the classifier time, and then looks at the quiet sockets again. */
    private void pauseBusy() {
        if (!waiting) {
            waiting = true;
            counters.increment(Counter.RING_FULL);
        }
        LockSupport.parkNanos(RING_FULL_PAUSE_NANOS);
    }

    /** Has the classifier look at the answers at the end of its batch, or of an empty one. */
    public void wakeForAnswers() {
        if (ring.isEmpty()) {
            ring.freeSlot(0).knock();
            ring.publish(1);
        }
        // Whatever batch the classifier is at, it ends with a look at the answers.
        LockSupport.parkNanos(RING_FULL_PAUSE_NANOS);
    }

    /** Waits until the ring has room; false if the reader is to stop before it has. */
    private boolean awaitRoom() {
        if (ring.free(1) > 0) {
            return true;
        }
        counters.increment(Counter.RING_FULL);
        while (running && ring.free(1) == 0) {
            LockSupport.parkNanos(RING_FULL_PAUSE_NANOS);
        }
        return running;
    }

    /** Reads a socket once; how many datagrams came. */
    private int read(UpcallSource source, int budget) {
        int free = ring.free(budget);
        for (int i = 0; i < free; i++) {
            batch.setTarget(i, ring.freeSlot(i).address(), UpcallRing.SLOT_BYTES);
        }
        int received = batch.receive(source.socket(), free);
        if (received == -Errno.ENOBUFS.number()) {
            lost(source);
            received = batch.receive(source.socket(), free); // what did fit is there
        }
        if (received < 0) {
            counters.increment(Counter.READ_ERRORS);
            LOG.warn("{}: reading upcalls failed: {}", source.name(), Errno.nameOf(-received));
            return 0;
        }
        source.setBusy(received >= budget);
        if (received > 0) {
            hand(source, received);
        }
        return received;
    }

    private void hand(UpcallSource source, int received) {
        int datapath = source.socket().peer().portId();
        long now = System.nanoTime(); // one look at the clock per read
        for (int i = 0; i < received; i++) {
            int length = batch.length(i);
            if (batch.senderPortId(i) != datapath) {
                counters.increment(Counter.UPCALLS_FOREIGN);
                length = 0;
            } else if (batch.truncated(i)) {
                counters.increment(Counter.UPCALLS_TRUNCATED);
                length = 0;
            } else {
                counters.increment(Counter.UPCALLS_RECEIVED);
            }
            UpcallSlot slot = ring.freeSlot(i);
            slot.received(source.socket().portId(), length, now);
            if (shares != null && length > 0) {
                admit(slot, now);
            }
        }
        ring.publish(received);
    }

    private void admit(UpcallSlot slot, long now) {
        PortShares.Answer answer = shares.admit(ring.memory(), slot.offset(), slot.length(), now);
        if (answer == PortShares.Answer.ADMIT) {
            return;
        }
        counters.increment(Counter.UPCALLS_OVER_SHARE);
        if (answer == PortShares.Answer.MUTE) {
            slot.mute();
        } else {
            slot.received(slot.portId(), 0, now);
        }
        if (!saidOver || now - saidOverNanos > SAY_AGAIN_NANOS) {
            saidOver = true;
            saidOverNanos = now;
            LOG.warn("port {} is over its share of upcalls", shares.port());
        }
    }

    private void lost(UpcallSource source) {
        counters.increment(Counter.UPCALLS_LOST_AT_SOCKET);
        source.lost();
        UpcallLossEvent.record(source.name(), source.losses());
        long now = System.nanoTime();
        if (!said || now - saidNanos > SAY_AGAIN_NANOS) {
            said = true;
            saidNanos = now;
            LOG.warn(
                    "{}: the datapath dropped upcalls, their queue was full ({} times so far)",
                    source.name(),
                    source.losses());
        }
    }

    private void closeRetired() {
        UpcallSource source;
        while ((source = retired.poll()) != null) {
            while (awaitRoom() && read(source, BATCH) > 0) {
                continue;
            }
            source.socket().close();
        }
    }

    /** Closes every socket, once the thread has ended. */
    @Override
    public void close() {
        running = false;
        closeRetired();
        for (int i = 0; i < MOST_SOURCES; i++) {
            UpcallSource source = sources.getAndSet(i, null);
            if (source != null) {
                source.socket().close();
            }
        }
        epoll.close();
    }
}
