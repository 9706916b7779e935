package io.odp4j.bench.upcall.kernel;

import io.odp4j.upcall.control.ControlClient;
import io.odp4j.upcall.control.ControlException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The control socket that odp4j's agent and Open vSwitch's daemons have. */
final class ControlSocket {
    private static final long PATIENCE_NANOS = 240_000_000_000L;
    private static final long PAUSE_MILLIS = 50;

    private ControlSocket() {}

    /** Waits until a process listens there. */
    static void await(Path socket, Process process) throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (true) {
            try {
                ControlClient.connect(socket).close();
                return;
            } catch (IOException e) {
                if (!process.isAlive() || System.nanoTime() - start > PATIENCE_NANOS) {
                    throw e;
                }
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    /** Runs a command that says nothing of interest. */
    static void run(Path socket, String command) throws IOException {
        try (ControlClient client = ControlClient.connect(socket)) {
            client.run(command, List.of());
        } catch (ControlException e) {
            throw new IOException(command + ": " + e.getMessage(), e);
        }
    }
}
