package io.odp4j.upcall.control;

import io.odp4j.upcall.counter.Counter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Consumer;
import jnr.unixsocket.UnixSocketChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers one client, a request after the other, until it goes. */
final class ControlConnection implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlConnection.class);

    private final UnixSocketChannel channel;
    private final CommandTable commands;
    private final ControlCounters counters;
    private final Consumer<ControlConnection> ended;
    private final JsonFrames frames;
    private final OutputStream out;
    private boolean closed;

    ControlConnection(
            UnixSocketChannel channel,
            CommandTable commands,
            ControlCounters counters,
            Consumer<ControlConnection> ended) {
        this.channel = channel;
        this.commands = commands;
        this.counters = counters;
        this.ended = ended;
        frames = new JsonFrames(ChannelStreams.input(channel), ControlServer.REQUEST_LIMIT);
        out = ChannelStreams.output(channel);
    }

    @Override
    public void run() {
        try {
            for (byte[] frame = frames.next(); frame != null; frame = frames.next()) {
                out.write(answer(RpcRequest.parse(frame)).encode());
            }
        } catch (RpcSyntaxException e) {
            counters.increment(Counter.CONTROL_MALFORMED);
            LOG.warn("a client of the control socket is cut off: {}", e.getMessage());
        } catch (IOException e) {
            counters.increment(Counter.CONTROL_BROKEN);
            LOG.debug("a client of the control socket is gone: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close();
            ended.accept(this);
        }
    }

    private RpcReply answer(RpcRequest request) throws InterruptedException {
        counters.increment(Counter.CONTROL_REQUESTS);
        try {
            return RpcReply.result(request.id(), commands.run(request.method(), request.params()));
        } catch (ControlException e) {
            counters.increment(Counter.CONTROL_ERRORS);
            return RpcReply.error(request.id(), e.getMessage());
        } catch (RuntimeException e) {
            counters.increment(Counter.CONTROL_ERRORS);
            LOG.error("control command {} failed", request.method(), e);
            return RpcReply.error(request.id(), "internal error: " + e);
        }
    }

    /**
     * Ends it, from any thread: a read or write under way fails, and so does the next. The thread
     * that serves it closes the descriptor, for by the time it writes again, another socket may
     * have got the number.
     */
    synchronized void end() {
        if (closed) {
            return;
        }
        try {
            channel.shutdownInput();
            channel.shutdownOutput();
        } catch (IOException e) {
            LOG.trace("already shut down", e);
        }
    }

    private synchronized void close() {
        closed = true;
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("closing a control connection: {}", e.getMessage());
        }
    }
}
