package io.odp4j.upcall.control;

import io.odp4j.upcall.counter.Counter;
import io.odp4j.upcall.counter.Counters;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import jnr.enxio.channels.NativeSelectorProvider;
import jnr.posix.POSIX;
import jnr.posix.POSIXFactory;
import jnr.unixsocket.UnixServerSocketChannel;
import jnr.unixsocket.UnixSocketAddress;
import jnr.unixsocket.UnixSocketChannel;
import jnr.unixsocket.UnixSocketOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens on a Unix socket for commands, in the unixctl protocol of Open vSwitch: JSON-RPC
 * requests, each answered by its text. {@code ovs-appctl -t PATH COMMAND} is a client of it.
 *
 * <p>Only the same user and root are served. A client has a thread of its own, so that a slow one
 * holds up nobody; one that does not read its answer for ten seconds is cut off.
 */
public final class ControlServer implements AutoCloseable {
    /** The most bytes of a request. */
    static final int REQUEST_LIMIT = 1 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);
    private static final POSIX POSIX_CALLS = POSIXFactory.getNativePOSIX();
    private static final int MOST_CLIENTS = 64;
    private static final int SEND_TIMEOUT_MILLIS = 10_000;
    private static final long JOIN_MILLIS = 5000;

    private final Path path;
    private final CommandTable commands;
    private final ControlCounters counters;
    private final Set<ControlConnection> connections = ConcurrentHashMap.newKeySet();
    private final UnixServerSocketChannel listener;
    private final Selector selector;
    private final Thread thread;
    private volatile boolean stopped;

    private ControlServer(Path path, CommandTable commands, Counters counters) throws IOException {
        this.counters = new ControlCounters(counters);
        this.path = path;
        this.commands = commands;
        ControlPath.prepare(path);
        listener = UnixServerSocketChannel.open();
        try {
            // Nobody else may connect in the moment before the mode is set.
            int mask = POSIX_CALLS.umask(0177);
            try {
                listener.socket().bind(new UnixSocketAddress(path.toFile()), MOST_CLIENTS);
            } finally {
                POSIX_CALLS.umask(mask);
            }
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
            listener.configureBlocking(false);
            selector = NativeSelectorProvider.getInstance().openSelector();
            listener.register(selector, SelectionKey.OP_ACCEPT);
        } catch (IOException e) {
            listener.close();
            throw e;
        }
        thread = new Thread(this::accept, "odp4j-control");
        thread.setDaemon(true);
    }

    /**
     * Serves commands on a socket until it is closed.
     *
     * @throws IOException if the socket cannot be made there
     */
    public static ControlServer open(Path path, CommandTable commands) throws IOException {
        return open(path, commands, new Counters());
    }

    /**
     * The same.
     *
     * @param counters where it counts; written by nobody else
     */
    public static ControlServer open(Path path, CommandTable commands, Counters counters)
            throws IOException {
        ControlServer server = new ControlServer(path, commands, counters);
        server.thread.start();
        return server;
    }

    /** Where it listens. */
    public Path path() {
        return path;
    }

    /** What it counted. */
    public Counters counters() {
        return counters.counters();
    }

    private void accept() {
        while (!stopped) {
            try {
                selector.select();
                selector.selectedKeys().clear();
                UnixSocketChannel client = stopped ? null : listener.accept();
                if (client != null) {
                    serve(client);
                }
            } catch (IOException e) {
                if (!stopped) {
                    LOG.error("the control socket cannot take a client", e);
                    pause();
                }
            }
        }
    }

    private void serve(UnixSocketChannel client) throws IOException {
        client.configureBlocking(true);
        client.setOption(UnixSocketOptions.SO_SNDTIMEO, SEND_TIMEOUT_MILLIS);
        int user = client.getOption(UnixSocketOptions.SO_PEERCRED).getUid();
        if (user != 0 && user != POSIX_CALLS.geteuid()) {
            counters.increment(Counter.CONTROL_STRANGERS);
            LOG.warn("user {} may not use the control socket {}", user, path);
            client.close();
        } else if (connections.size() >= MOST_CLIENTS) {
            counters.increment(Counter.CONTROL_OVER_LIMIT);
            client.close();
        } else {
            ControlConnection connection =
                    new ControlConnection(client, commands, counters, connections::remove);
            connections.add(connection);
            Thread worker = new Thread(connection, "odp4j-control-client");
            worker.setDaemon(true);
            worker.start();
        }
    }

    /** Out of descriptors, say: without a pause it would spin. */
    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stopped = true;
        selector.wakeup();
        try {
            thread.join(JOIN_MILLIS);
            connections.forEach(ControlConnection::end);
            selector.close();
            listener.close();
            Files.deleteIfExists(path);
        } catch (IOException e) {
            LOG.warn("closing the control socket {}: {}", path, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
