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
    private static final int SOCKET_BUFFER = 1 << 22;
    private static final int SEND_TIMEOUT_MILLIS = 10_000;
    private static final String SENDING = "sending a pipeline's requests";
    private static final String READING = "reading a pipeline's errors";

    private final PeerLink link;
    private final MessageWriter writer = new MessageWriter();
    private final MessageReader reader;
    private final ErrorHandler errors;
    private int sequence;
    private boolean open;
    private int barrier;
    private boolean barrierSeen = true;

    private RequestPipeline(PeerLink link, ErrorHandler errors) {
        this.link = link;
        this.reader = link.reader();
        this.errors = errors;
        rewind();
    }

    /** Opens a pipeline; {@code errors} is called from {@link #end} and {@link #finish}. */
    public static RequestPipeline open(NetlinkEndpoint peer, ErrorHandler errors)
            throws NetlinkException {
        return new RequestPipeline(
                PeerLink.open(peer, DATAGRAM + LONGEST, RECEIVE_BYTES, SOCKET_BUFFER, true),
                errors);
    }

    public NetlinkSocket socket() {
        return link.socket();
    }

    /**
     * Starts a generic-netlink request without acknowledgement, of at most 80 KB. A request before
     * it that was not ended, because it did not fit, is dropped.
     */
    public MessageWriter begin(GenericFamily family, int flags, int command) {
        start();
        return writer.beginGeneric(
                family.id(), flags | MessageHeader.REQUEST, sequence, command, family.version());
    }

    /**
     * Starts a request of a family's own message type, as {@link #begin(GenericFamily, int, int)}.
     */
    public MessageWriter begin(int type, int flags) {
        start();
        return writer.begin(type, flags | MessageHeader.REQUEST, sequence);
    }

    private void start() {
        if (open) {
            writer.rollback();
        }
        open = true;
        sequence++;
    }

    /** The sequence number of the request begun last. */
    public int sequence() {
        return sequence;
    }

    /**
     * Ends the request; a full datagram is sent.
     *
     * @throws NetlinkOverrunException if errors of earlier requests were lost
     */
    public void end() throws NetlinkException {
        writer.end();
        open = false;
        if (writer.written() >= DATAGRAM) {
            Deadline deadline = Deadline.in(SEND_TIMEOUT_MILLIS);
            send(deadline);
            readErrors(deadline);
        }
    }

    /**
     * Sends what is left and waits until every request has been carried out or refused.
     *
     * @throws NetlinkOverrunException if errors were lost; thrown at the end of the wait
     */
    public void finish(int timeoutMillis) throws NetlinkException {
        Deadline deadline = Deadline.in(timeoutMillis);
        NetlinkOverrunException lost = null;
        sendBarrier(deadline);
        while (!barrierSeen) {
            link.socket().awaitReadable(deadline.leftMillis());
            try {
                readErrors(deadline);
            } catch (NetlinkOverrunException e) {
                lost = e;
                // The barrier may be among what was lost. There is room for another one's answer
                // only when everything that did come is read.
                readOn(deadline);
                sendBarrier(deadline);
            }
            if (!barrierSeen) {
                deadline.check("waiting for a pipeline to finish");
            }
        }
        if (lost != null) {
            throw lost;
        }
    }

    private void sendBarrier(Deadline deadline) throws NetlinkException {
        start();
        // The kernel works through a socket's requests in order and acknowledges even a NOOP, so
        // that its acknowledgement comes after every error.
        writer.begin(MessageHeader.NOOP, MessageHeader.REQUEST | MessageHeader.ACK, sequence);
        writer.end();
        open = false;
        barrier = sequence;
        barrierSeen = false;
        send(deadline);
    }

    private void readOn(Deadline deadline) throws NetlinkException {
        while (true) {
            try {
                readErrors(deadline);
                return;
            } catch (NetlinkOverrunException e) {
                deadline.check(READING);
            }
        }
    }

    private void send(Deadline deadline) throws NetlinkException {
        try {
            while (!link.trySend(SENDING, writer.written())) {
                deadline.check(SENDING);
                // A peer that cannot tell its errors does not take requests either.
                readErrors(deadline);
                link.socket().awaitWritable(1);
            }
        } finally {
            rewind();
        }
    }

    private void rewind() {
        writer.wrap(link.sendMemory().buffer(), 0, link.sendMemory().capacity());
    }

    private void readErrors(Deadline deadline) throws NetlinkException {
        while (!deadline.isOver() && link.tryReceive(READING)) {
            while (reader.next()) {
                readError();
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
        link.close();
    }
}
