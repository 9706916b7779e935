package io.odp4j.datapath.embedded.device;

import io.odp4j.datapath.netlink.Epoll;
import io.odp4j.datapath.netlink.NetlinkException;
import java.util.ArrayList;
import java.util.List;

/**
 * The thread that waits for frames on every device with a descriptor, and has each device that is
 * ready bring in one batch a turn.
 */
final class DevicePoller implements Runnable, AutoCloseable {
    /** A device with a descriptor. */
    interface Polled {
        /** Brings in what is there, at most one batch. */
        void poll();
    }

    private static final int MOST = 64;

    private final Epoll epoll;
    private final Thread thread = new Thread(this, "odp4j-devices");
    private final List<Polled> devices = new ArrayList<>();
    private volatile boolean running = true;

    DevicePoller() throws NetlinkException {
        epoll = new Epoll(MOST);
        thread.setDaemon(true);
    }

    /** Polls a device from the start on. */
    void add(int fd, Polled device) throws NetlinkException {
        epoll.add(fd, devices.size());
        devices.add(device);
    }

    void start() {
        if (!devices.isEmpty()) {
            thread.start();
        }
    }

    @Override
    public void run() {
        try {
            while (running) {
                int ready = epoll.await(-1);
                for (int i = 0; i < ready && running; i++) {
                    devices.get(epoll.token(i)).poll();
                }
            }
        } catch (NetlinkException e) {
            throw new IllegalStateException("the devices cannot be waited for", e);
        }
    }

    /** Ends the thread, and waits for that. */
    void stop() {
        running = false;
        epoll.wake();
        SourceThread.join(thread);
    }

    /** Closes; the devices' descriptors may be closed before. */
    @Override
    public void close() {
        epoll.close();
    }
}
