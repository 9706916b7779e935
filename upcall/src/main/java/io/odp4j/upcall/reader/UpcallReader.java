package io.odp4j.upcall.reader;

import io.odp4j.datapath.netlink.Epoll;
import io.odp4j.datapath.netlink.Errno;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.ReceiveBatch;
import io.odp4j.upcall.counter.Counter;
import io.odp4j.upcall.counter.Counters;
import io.odp4j.upcall.ring.UpcallRing;
import io.odp4j.upcall.ring.UpcallSlot;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The reader's loop. Every ready socket is read once a turn, at most {@link #BATCH} datagrams, so
 * that a flooding port cannot hold the reader; what the ring has no room for stays in the kernel's
 * queue.
 *
 * <p>Sources are added and removed by any thread.
 */
public final class UpcallReader implements Runnable, AutoCloseable {
    /** The most datagrams read from one socket in a turn. */
    public static final int BATCH = 64;

    private static final Logger LOG = LoggerFactory.getLogger(UpcallReader.class);
    private static final long RING_FULL_PAUSE_NANOS = 20_000;

    private final Epoll epoll;
    private final UpcallRing ring;
    private final Counters counters;
    private final ReceiveBatch batch = new ReceiveBatch(BATCH);
    private final AtomicReferenceArray<UpcallSource> sources;
    private volatile boolean running = true;
    private volatile boolean knocked;

    /**
     * @param mostSources the most sockets; tokens are below it
     */
    public UpcallReader(UpcallRing ring, int mostSources, Counters counters)
            throws NetlinkException {
        this.ring = ring;
        this.counters = counters;
        this.sources = new AtomicReferenceArray<>(mostSources);
        this.epoll = new Epoll(BATCH);
    }

    /** Reads a socket from now on. */
    public void add(UpcallSource source) throws NetlinkException {
        sources.set(source.token(), source);
        epoll.add(source.socket().fd(), source.token());
    }

    /** Stops reading a socket; what is still queued in it is lost with its port. */
    public void remove(UpcallSource source) throws NetlinkException {
        epoll.remove(source.socket().fd());
        sources.set(source.token(), null);
    }

    /** Has the classifier look for commands. */
    public void knock() {
        knocked = true;
        epoll.wake();
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
                if (knocked && ring.free(1) > 0) {
                    knocked = false;
                    ring.freeSlot(0).knock();
                    ring.publish(1);
                }
                for (int i = 0; i < ready; i++) {
                    UpcallSource source = sources.get(epoll.token(i));
                    if (source != null) {
                        read(source);
                    }
                }
            }
        } catch (NetlinkException e) {
            throw new IllegalStateException("the reader cannot wait on its sockets", e);
        }
    }

    private void read(UpcallSource source) {
        int free = ring.free(BATCH);
        if (free == 0) {
            counters.increment(Counter.RING_FULL);
            LockSupport.parkNanos(RING_FULL_PAUSE_NANOS);
            return;
        }
        for (int i = 0; i < free; i++) {
            batch.setTarget(i, ring.freeSlot(i).address(), UpcallRing.SLOT_BYTES);
        }
        int received = batch.receive(source.socket(), free);
        if (received < 0) {
            failed(source, -received);
            return;
        }
        int datapath = source.socket().peer().portId();
        for (int i = 0; i < received; i++) {
            UpcallSlot slot = ring.freeSlot(i);
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
            slot.received(source.token(), length);
        }
        if (received > 0) {
            ring.publish(received);
        }
    }

    private void failed(UpcallSource source, int errno) {
        if (errno == Errno.ENOBUFS.number()) {
            counters.increment(Counter.UPCALLS_LOST_AT_SOCKET);
            LOG.debug("{}: the kernel dropped upcalls, the socket's queue was full", source.name());
        } else {
            counters.increment(Counter.READ_ERRORS);
            LOG.warn("{}: reading upcalls failed: {}", source.name(), Errno.nameOf(errno));
        }
    }

    @Override
    public void close() {
        epoll.close();
    }
}
