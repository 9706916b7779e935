package io.odp4j.datapath.netlink;

/**
 * Many requests in few system calls, none acknowledged: only errors come back, and the sequence
 * number says whose they are.
 *
 * <pre>{@code
 * MessageWriter w = pipeline.begin(family, flags, command);   // its sequence: pipeline.sequence()
 * ...
 * pipeline.end();
 * ...
 * pipeline.finish(timeoutMillis);                            // errors went to the handler
 * }</pre>
 *
 * Not thread safe.
 */
public final class RequestPipeline implements AutoCloseable {
    /** Takes the error of one request. */
    @FunctionalInterface
    public interface ErrorHandler {
        void failed(int sequence, int errno, ExtendedAck extendedAck);
    }

    private static final int DATAGRAM = 32 * 1024;
    private static final int LONGEST = 80 * 1024;
    private static final int RECEIVE_BYTES = 128 * 1024;

    private final NetlinkSocket socket;
    private final DirectBuffer sendMemory = new DirectBuffer(DATAGRAM + LONGEST);
    private final DirectBuffer receiveMemory = new DirectBuffer(RECEIVE_BYTES);
    private final SendBatch sender = new SendBatch(1, 1);
    private final ReceiveBatch receiver = new ReceiveBatch(1);
    private final MessageWriter writer = new MessageWriter();
    private final MessageReader reader = new MessageReader();
    private final ErrorHandler errors;
    private int sequence;
    private int barrier;
    private boolean barrierSeen = true;

    private RequestPipeline(NetlinkSocket socket, ErrorHandler errors) {
        this.socket = socket;
        this.errors = errors;
        receiver.setTarget(0, receiveMemory.address(), RECEIVE_BYTES);
        rewind();
    }

    /** Opens a pipeline; {@code errors} is called from {@link #end} and {@link #finish}. */
    public static RequestPipeline open(NetlinkEndpoint peer, ErrorHandler errors)
            throws NetlinkException {
        NetlinkSocket socket = NetlinkSocket.open(peer);
        try {
            socket.set(SocketOption.EXT_ACK, 1);
            socket.set(SocketOption.CAP_ACK, 1);
            socket.setReceiveBuffer(1 << 22);
        } catch (NetlinkException e) {
            socket.close();
            throw e;
        }
        return new RequestPipeline(socket, errors);
    }

    /** Starts a request without acknowledgement. */
    public MessageWriter begin(GenericFamily family, int flags, int command) {
        return writer.beginGeneric(
                family.id(), flags | MessageHeader.REQUEST, ++sequence, command, family.version());
    }

    /** The sequence number of the request begun last. */
    public int sequence() {
        return sequence;
    }

    /** Ends the request; a full datagram is sent. */
    public void end() throws NetlinkException {
        writer.end();
        if (writer.written() >= DATAGRAM) {
            flush();
        }
    }

    /** Sends what is left and waits until every request has been carried out. */
    public void finish(int timeoutMillis) throws NetlinkException {
        // The kernel works through a socket's requests in order and acknowledges even a NOOP, so
        // its
        // acknowledgement comes after every error.
        writer.begin(MessageHeader.NOOP, MessageHeader.REQUEST | MessageHeader.ACK, ++sequence);
        writer.end();
        barrier = sequence;
        barrierSeen = false;
        flush();
        long deadline = System.nanoTime() + timeoutMillis * 1_000_000L;
        while (!barrierSeen) {
            long left = (deadline - System.nanoTime()) / 1_000_000L;
            if (left <= 0) {
                throw new NetlinkTimeoutException("waiting for a pipeline to finish");
            }
            socket.awaitReadable((int) left);
            readErrors();
        }
    }

    private void flush() throws NetlinkException {
        sender.clear();
        sender.add(sendMemory.address(), writer.written());
        sender.endDatagram();
        while (true) {
            int sent = sender.send(socket, 0);
            if (sent > 0) {
                break;
            }
            if (sent != -Errno.EAGAIN.number() && sent != -Errno.EINTR.number()) {
                throw new NetlinkException("sending a pipeline", -sent);
            }
            socket.awaitWritable(100);
        }
        rewind();
        readErrors();
    }

    private void rewind() {
        writer.wrap(sendMemory.buffer(), 0, sendMemory.capacity());
    }

    private void readErrors() throws NetlinkException {
        int received;
        while ((received = receiver.receive(socket, 1)) != 0) {
            if (received == -Errno.ENOBUFS.number()) {
                throw NetlinkOverrunException.overrun("reading a pipeline's errors");
            }
            if (received < 0) {
                throw new NetlinkException("reading a pipeline's errors", -received);
            }
            if (receiver.senderPortId(0) == socket.peer().portId() && !receiver.truncated(0)) {
                reader.wrap(receiveMemory.buffer(), 0, receiver.length(0));
                while (reader.next()) {
                    readError();
                }
            }
        }
    }

    private void readError() {
        if (reader.type() != MessageHeader.ERROR) {
            return; // the echo of a request that asked for one
        }
        if (reader.sequence() == barrier) {
            barrierSeen = true;
            return;
        }
        int errno = ErrorMessage.errno(reader);
        if (errno != 0) {
            errors.failed(reader.sequence(), errno, ErrorMessage.extendedAck(reader));
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
