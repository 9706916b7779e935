package io.odp4j.upcall.repl;

import io.odp4j.upcall.control.ControlClient;
import io.odp4j.upcall.control.ControlException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;

/**
 * A process that listens on a control socket: an agent, or a daemon of Open vSwitch. One that was
 * started anew is found again.
 */
public final class SocketTarget implements Target {
    private final Path path;
    private volatile ControlClient client;

    /** The connection is spent, also if its last answer came just before. */
    private volatile boolean cancelled;

    private SortedMap<String, String> commands;

    private SocketTarget(Path path) {
        this.path = path;
    }

    /**
     * Connects.
     *
     * @throws IOException if nobody listens there
     */
    public static SocketTarget connect(Path path) throws IOException {
        SocketTarget target = new SocketTarget(path);
        target.client = ControlClient.connect(path);
        return target;
    }

    /** The file's name without {@code .ctl} and the process id that Open vSwitch puts there. */
    @Override
    public String name() {
        return path.getFileName().toString().replaceFirst("(\\.\\d+)?\\.ctl$", "");
    }

    @Override
    public SortedMap<String, String> commands() throws IOException, ControlException {
        if (commands == null) {
            commands = CommandList.parse(run("list-commands", List.of()));
        }
        return commands;
    }

    @Override
    public String run(String command, List<String> arguments) throws IOException, ControlException {
        if (cancelled) {
            cancelled = false;
            close();
        }
        if (client == null) {
            client = ControlClient.connect(path);
        }
        try {
            return client.run(command, arguments);
        } catch (IOException e) {
            // The next command tries again.
            close();
            throw e;
        }
    }

    @Override
    public void cancel() {
        ControlClient asked = client;
        if (asked != null) {
            cancelled = true;
            asked.cancel();
        }
    }

    @Override
    public void close() throws IOException {
        commands = null;
        if (client != null) {
            client.close();
            client = null;
        }
    }
}
