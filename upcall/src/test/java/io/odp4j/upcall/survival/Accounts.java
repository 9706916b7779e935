package io.odp4j.upcall.survival;

import io.odp4j.upcall.Agent;
import io.odp4j.upcall.counter.Counter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What an agent received and what became of it, and what its process holds. */
final class Accounts {
    private static final List<Counter> ENDS =
            List.of(
                    Counter.UPCALLS_OVER_SHARE,
                    Counter.UPCALLS_MALFORMED,
                    Counter.UPCALLS_UNKNOWN,
                    Counter.POLICY_DROPS,
                    Counter.CLASSIFIER_ERRORS,
                    Counter.PACKETS_DROPPED,
                    Counter.ACTIONS_UNHANDLED,
                    Counter.PACKETS_EXECUTED);

    private Accounts() {}

    static long count(Agent agent, Counter counter) {
        return agent.counters()[counter.ordinal()];
    }

    /** Upcalls that were neither executed nor dropped under a name; 0 once all is handled. */
    static long unaccounted(Agent agent) {
        long[] counters = agent.counters();
        long handled = 0;
        for (Counter end : ENDS) {
            handled += counters[end.ordinal()];
        }
        // An embedded datapath tells of an overrun in a message of its own, received as others are.
        long overruns =
                agent.endpoint().isKernel()
                        ? 0
                        : counters[Counter.UPCALLS_LOST_AT_SOCKET.ordinal()];
        return counters[Counter.UPCALLS_RECEIVED.ordinal()] - overruns - handled;
    }

    /** Descriptors that this process has open. */
    static long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }

    /** Resident memory of a process, in kB. */
    static long residentKilobytes(String pid) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", pid, "status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        throw new IOException("no VmRSS of " + pid);
    }
}
