package io.odp4j.upcall.cli.dpctl;

import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.NetlinkSocket;
import io.odp4j.upcall.cli.Output;
import io.odp4j.upcall.cli.Signals;
import java.io.IOException;

/**
 * Waits on a socket until it is enough: SIGINT or SIGTERM came, the time is up, or what was to come
 * has come.
 */
final class Watch {
    /** How long a signal may go unnoticed. */
    private static final int PATIENCE_MILLIS = 200;

    /** Reads what is there. */
    @FunctionalInterface
    interface Reader {
        void read() throws IOException;
    }

    private final long deadline;
    private final int most;
    private volatile boolean stopped;
    private int seen;

    /**
     * @param most how many to wait for, 0 for no end
     */
    Watch(DpctlCommand options, int most) {
        int millis = options.timeoutMillis();
        this.deadline = millis == 0 ? Long.MAX_VALUE : FlowPrinter.monotonicMillis() + millis;
        this.most = most;
        Signals.handle("TERM", () -> stopped = true);
        Signals.handle("INT", () -> stopped = true);
    }

    /** Counts one; false if it is one more than wanted. */
    boolean count() {
        if (most > 0 && seen == most) {
            return false;
        }
        seen++;
        return true;
    }

    /** Reads whenever something is there, and hands on what was printed. */
    void run(NetlinkSocket socket, Reader reader, Output out) throws IOException {
        while (!stopped && (most == 0 || seen < most)) {
            long left = deadline - FlowPrinter.monotonicMillis();
            if (left <= 0) {
                return;
            }
            if (await(socket, (int) Math.min(left, PATIENCE_MILLIS))) {
                reader.read();
                out.flush();
            }
        }
    }

    private static boolean await(NetlinkSocket socket, int millis) throws NetlinkException {
        return socket.awaitReadable(millis);
    }
}
