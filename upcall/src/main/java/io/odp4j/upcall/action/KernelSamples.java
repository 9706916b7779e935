package io.odp4j.upcall.action;

import io.odp4j.datapath.netlink.Epoll;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.psample.PsampleEvents;
import io.odp4j.datapath.psample.Sample;
import io.odp4j.upcall.counter.Counter;
import io.odp4j.upcall.counter.Counters;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands on what the kernel samples without an upcall: psample actions of flows, and other samplers
 * of this network namespace, each with the number of its group. One thread's.
 */
public final class KernelSamples implements Runnable, PsampleEvents.Listener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KernelSamples.class);

    private final PsampleEvents events;
    private final Epoll epoll;
    private final Consumer<Sample> listener;
    private final Counters counters;
    private volatile boolean running = true;
    private volatile long looks;
    private Class<?> said;

    /**
     * Listens from now on; needs CAP_NET_ADMIN.
     *
     * @param counters written by this thread alone
     * @throws io.odp4j.datapath.netlink.FamilyNotFoundException if the kernel lacks psample
     */
    public KernelSamples(Consumer<Sample> listener, Counters counters) throws NetlinkException {
        this.listener = listener;
        this.counters = counters;
        this.epoll = new Epoll(1);
        try {
            this.events = PsampleEvents.open();
        } catch (NetlinkException e) {
            epoll.close();
            throw e;
        }
        epoll.add(events.socket().fd(), 0);
    }

    @Override
    public void run() {
        try {
            while (running) {
                if (epoll.await(-1) > 0) {
                    events.poll(this);
                }
                looks = looks + 1;
            }
        } catch (NetlinkException e) {
            throw new IllegalStateException("the kernel's samples cannot be read", e);
        }
    }

    /** How often it has looked for samples. */
    public long looks() {
        return looks;
    }

    @Override
    public void sample(Sample sample) {
        counters.increment(Counter.SAMPLES_RECEIVED);
        try {
            listener.accept(sample);
        } catch (RuntimeException | Error e) {
            counters.increment(Counter.SAMPLES_FAILED);
            if (said != e.getClass()) {
                said = e.getClass();
                LOG.error("the listener failed to take a sample", e);
            }
        }
    }

    @Override
    public void lost(long group, long count) {
        counters.add(Counter.SAMPLES_LOST, count);
    }

    @Override
    public void overrun() {
        counters.increment(Counter.SAMPLES_OVERRUN);
    }

    /** Ends the thread's loop. */
    public void stop() {
        running = false;
        epoll.wake();
    }

    /** Frees the socket, once the thread has ended. */
    @Override
    public void close() {
        events.close();
        epoll.close();
    }
}
