package io.odp4j.datapath.netlink;

import static io.odp4j.datapath.netlink.LibC.C;

import java.nio.ByteBuffer;

/**
 * Waits on many descriptors: epoll(7), with a number of the caller's own for each, and a way to be
 * woken by another thread. Nothing is allocated while waiting. One thread waits; any may add,
 * remove and wake, also after the close, when a wake-up has no effect.
 */
public final class Epoll implements AutoCloseable {
    private static final int EPOLLIN = 1;
    private static final int ADD = 1;
    private static final int DELETE = 2;
    private static final int WAKE = -1;
    // struct epoll_event is packed on x86-64 alone.
    private static final boolean PACKED = System.getProperty("os.arch").equals("amd64");
    private static final int EVENT = PACKED ? 12 : 16;
    private static final int DATA = PACKED ? 4 : 8;

    private final int most;
    private final DirectBuffer events;
    private final DirectBuffer scratch = new DirectBuffer(16);
    private final DirectBuffer wakeWords = new DirectBuffer(16);
    private final int epoll;
    private final int wakeFd;
    private boolean closed;

    /**
     * @param most the most descriptors that one call reports
     */
    public Epoll(int most) throws NetlinkException {
        this.most = most;
        this.events = new DirectBuffer(most * EVENT);
        wakeWords.buffer().putLong(0, 1);
        epoll = LibC.check("opening an epoll descriptor", C.epoll_create1(LibC.EPOLL_CLOEXEC));
        int opened = -1;
        try {
            opened =
                    LibC.check(
                            "opening an eventfd",
                            C.eventfd(0, LibC.EFD_CLOEXEC | LibC.EFD_NONBLOCK));
            register(opened, WAKE);
        } catch (NetlinkException e) {
            C.close(opened);
            C.close(epoll);
            throw e;
        }
        wakeFd = opened;
    }

    /** Waits for input on a descriptor from now on; {@code token} (at least 0) names it. */
    public synchronized void add(int fd, int token) throws NetlinkException {
        if (token < 0) {
            throw new IllegalArgumentException("token " + token);
        }
        register(fd, token);
    }

    private void register(int fd, int token) throws NetlinkException {
        ByteBuffer event = scratch.buffer();
        event.putInt(0, EPOLLIN);
        event.putLong(DATA, token);
        LibC.check("adding a descriptor to epoll", C.epoll_ctl(epoll, ADD, fd, scratch.address()));
    }

    /** Stops waiting for a descriptor. */
    public synchronized void remove(int fd) throws NetlinkException {
        LibC.check(
                "removing a descriptor from epoll",
                C.epoll_ctl(epoll, DELETE, fd, scratch.address()));
    }

    /**
     * Waits until a descriptor is ready, {@link #wake} is called or the time is up.
     *
     * @param timeoutMillis -1 to wait for ever
     * @return how many descriptors are ready, to be asked for with {@link #token}
     */
    public int await(int timeoutMillis) throws NetlinkException {
        int ready = C.epoll_wait(epoll, events.address(), most, timeoutMillis);
        if (ready < 0) {
            if (LibC.errno() == Errno.EINTR.number()) {
                return 0;
            }
            LibC.check("waiting on epoll", ready);
        }
        int kept = 0;
        for (int i = 0; i < ready; i++) {
            int token = (int) events.buffer().getLong(i * EVENT + DATA);
            if (token == WAKE) {
                C.read(wakeFd, wakeWords.address() + 8, 8);
            } else {
                events.buffer().putLong(kept++ * EVENT + DATA, token);
            }
        }
        return kept;
    }

    /** The token of ready descriptor {@code index}. */
    public int token(int index) {
        return (int) events.buffer().getLong(index * EVENT + DATA);
    }

    /** Ends the wait of another thread, now or the next one. */
    public synchronized void wake() {
        // Once closed, the number may be that of another file.
        if (!closed) {
            C.write(wakeFd, wakeWords.address(), 8);
        }
    }

    /** Closes; no thread may be waiting any more. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            C.close(wakeFd);
            C.close(epoll);
        }
    }
}
