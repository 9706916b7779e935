package io.odp4j.upcall.control;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import jnr.unixsocket.UnixSocketAddress;
import jnr.unixsocket.UnixSocketChannel;
import jnr.unixsocket.UnixSocketOptions;

/**
 * Asks a control socket, of odp4j or of a daemon of Open vSwitch: one command after the other. Not
 * safe for several threads.
 */
public final class ControlClient implements AutoCloseable {
    // The dump of a full flow table is some 60 MB.
    private static final int REPLY_LIMIT = 1 << 29;

    private final Path path;
    private final UnixSocketChannel channel;
    private final JsonFrames frames;
    private final OutputStream out;
    private long lastId;
    private boolean closed;

    private ControlClient(Path path, UnixSocketChannel channel) {
        this.path = path;
        this.channel = channel;
        frames = new JsonFrames(ChannelStreams.input(channel), REPLY_LIMIT);
        out = ChannelStreams.output(channel);
    }

    /**
     * Connects.
     *
     * @throws IOException if nobody listens there, or it may not be used
     */
    public static ControlClient connect(Path path) throws IOException {
        UnixSocketChannel channel;
        try {
            channel = UnixSocketChannel.open(new UnixSocketAddress(path.toFile()));
        } catch (IOException e) {
            throw new IOException("cannot connect to " + path + ": " + e.getMessage(), e);
        }
        return new ControlClient(path, channel);
    }

    /** Lets a command take at most so long; 0 for no limit. */
    public void timeout(int millis) throws IOException {
        channel.setOption(UnixSocketOptions.SO_RCVTIMEO, millis);
    }

    /**
     * Runs a command and returns what it says.
     *
     * @throws ControlException with the server's words, if it answers with an error
     * @throws IOException if the server goes away, or what it sends is no reply
     */
    public String run(String command, List<String> arguments) throws IOException, ControlException {
        String id = Long.toString(lastId++);
        channel.socket().getOutputStream().write(new RpcRequest(id, command, arguments).encode());
        while (true) {
            byte[] frame = frames.next();
            if (frame == null) {
                throw new IOException(path + ": the server closed the connection");
            }
            RpcReply reply = RpcReply.parse(frame);
            if (!reply.id().equals(id)) {
                continue;
            }
            if (reply.error() != null) {
                throw new ControlException(reply.error().stripTrailing());
            }
            return reply.result();
        }
    }

    /** Has the command under way fail, from another thread; the connection is of no more use. */
    public synchronized void cancel() {
        if (closed) {
            return; // another socket may have got the descriptor's number
        }
        try {
            channel.shutdownInput();
        } catch (IOException e) {
            // The other side has gone.
        }
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        channel.close();
    }
}
