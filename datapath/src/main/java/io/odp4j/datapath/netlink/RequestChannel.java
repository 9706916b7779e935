package io.odp4j.datapath.netlink;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Requests and their answers over a socket of its own: one request at a time, each acknowledged, or
 * a dump.
 *
 * <pre>{@code
 * MessageWriter w = channel.begin(family, MessageHeader.ECHO, command);
 * w.putRawU32(dpIfindex).putU32(...);
 * Vport vport = channel.query("vport new", Vport::decode);
 * }</pre>
 *
 * <p>Not thread safe: a channel has one owner. Every wait is bounded by {@link #setTimeoutMillis}.
 * After an exception of any kind the channel can go on with the next request: what still comes of
 * the one that failed is passed over.
 */
public final class RequestChannel implements AutoCloseable {
    private static final int SEND_BYTES = 128 * 1024;
    private static final int RECEIVE_BYTES = 256 * 1024;
    private static final int SOCKET_BUFFER = 1 << 20;
    private static final int DUMP_ATTEMPTS = 8;

    private final PeerLink link;
    private final MessageWriter writer = new MessageWriter();
    private final MessageReader reader;
    private int sequence = (int) System.nanoTime() | 1;
    private int timeoutMillis = 10_000;
    private boolean dumpUnfinished;

    private RequestChannel(PeerLink link) {
        this.link = link;
        this.reader = link.reader();
    }

    /** Opens a channel with extended acknowledgements on. */
    public static RequestChannel open(NetlinkEndpoint peer) throws NetlinkException {
        return new RequestChannel(
                PeerLink.open(peer, SEND_BYTES, RECEIVE_BYTES, SOCKET_BUFFER, false));
    }

    public NetlinkSocket socket() {
        return link.socket();
    }

    /** How long an answer, or the next part of a dump, may take; at least 1. */
    public void setTimeoutMillis(int millis) {
        if (millis < 1) {
            throw new IllegalArgumentException("a timeout of " + millis + " ms");
        }
        timeoutMillis = millis;
    }

    /** Starts a request of a family's own message type. */
    public MessageWriter begin(int type, int flags) {
        return start().begin(type, flags | MessageHeader.REQUEST, sequence);
    }

    /** Starts a generic-netlink request. */
    public MessageWriter begin(GenericFamily family, int flags, int command) {
        return start().beginGeneric(
                        family.id(),
                        flags | MessageHeader.REQUEST,
                        sequence,
                        command,
                        family.version());
    }

    private MessageWriter start() {
        sequence++;
        return writer.wrap(link.sendMemory().buffer(), 0, SEND_BYTES);
    }

    /** Overwrites the request with zeros, when it has been sent: for one that holds a secret. */
    public void clearRequest() {
        for (int i = 0; i < writer.written(); i++) {
            link.sendMemory().buffer().put(i, (byte) 0);
        }
    }

    /** Sends the request and waits for the acknowledgement; answers are passed over. */
    public void execute(String operation) throws NetlinkException {
        exchange(operation, message -> {});
    }

    /**
     * Sends the request and waits for the answer and the acknowledgement.
     *
     * @return the last answer, decoded
     * @throws NetlinkException what the peer refused it with; ENODATA if it acknowledged without an
     *     answer
     */
    public <T> T query(String operation, Function<MessageReader, T> decoder)
            throws NetlinkException {
        List<T> answers = collect(operation, decoder);
        if (answers.isEmpty()) {
            throw new NetlinkException(operation, Errno.ENODATA.number());
        }
        return answers.get(answers.size() - 1);
    }

    /**
     * Sends the request and waits for the acknowledgement.
     *
     * @return all answers that came before it, decoded; often none
     */
    public <T> List<T> collect(String operation, Function<MessageReader, T> decoder)
            throws NetlinkException {
        List<T> answers = new ArrayList<>(1);
        exchange(operation, message -> answers.add(decoder.apply(message)));
        return answers;
    }

    private void exchange(String operation, Consumer<MessageReader> answer)
            throws NetlinkException {
        writer.end();
        addFlags(MessageHeader.ACK);
        send(operation);
        Deadline deadline = Deadline.in(timeoutMillis);
        while (true) {
            receive(operation, deadline);
            while (reader.next()) {
                if (reader.sequence() != sequence) {
                    continue; // the late answer to a request that timed out
                }
                if (isControl(operation)) {
                    if (reader.type() == MessageHeader.ERROR) {
                        throwIfError(operation);
                        return;
                    }
                } else {
                    answer.accept(reader);
                }
            }
            deadline.check(operation);
        }
    }

    /**
     * Sends the request as a dump and hands the messages on as they come.
     *
     * @return whether the list is consistent; false if the visitor kept one that is not
     * @throws NetlinkException EINTR if the list was inconsistent at each of several attempts
     */
    public boolean dump(String operation, DumpVisitor visitor) throws NetlinkException {
        writer.end();
        addFlags(MessageHeader.DUMP);
        for (int attempt = 1; ; attempt++) {
            if (dumpOnce(operation, visitor)) {
                return true;
            }
            if (!visitor.restart()) {
                return false;
            }
            if (attempt == DUMP_ATTEMPTS) {
                throw new NetlinkException(
                        operation + ", changed during each of " + attempt + " attempts,",
                        Errno.EINTR.number());
            }
            sequence++;
            link.sendMemory().buffer().putInt(MessageHeader.SEQUENCE_OFFSET, sequence);
        }
    }

    /** Sends the request as a dump and collects the answers; taken again until it is consistent. */
    public <T> List<T> dumpAll(String operation, Function<MessageReader, T> decoder)
            throws NetlinkException {
        List<T> all = new ArrayList<>();
        dump(
                operation,
                new DumpVisitor() {
                    @Override
                    public void message(MessageReader message) {
                        all.add(decoder.apply(message));
                    }

                    @Override
                    public boolean restart() {
                        all.clear();
                        return true;
                    }
                });
        return all;
    }

    private boolean dumpOnce(String operation, DumpVisitor visitor) throws NetlinkException {
        drainUnfinishedDump();
        send(operation);
        dumpUnfinished = true;
        boolean consistent = true;
        Deadline deadline = Deadline.in(timeoutMillis);
        while (true) {
            receive(operation, deadline);
            boolean ours = false;
            while (reader.next()) {
                if (reader.sequence() != sequence) {
                    continue;
                }
                ours = true;
                consistent &= !reader.hasFlag(MessageHeader.DUMP_INTR);
                if (!isControl(operation)) {
                    visitor.message(reader);
                } else if (endsDump()) {
                    dumpUnfinished = false;
                    throwIfError(operation);
                    return consistent;
                }
            }
            if (ours) {
                deadline = Deadline.in(timeoutMillis);
            } else {
                deadline.check(operation);
            }
        }
    }

    /**
     * Reads away what is left of a dump that a visitor, an error or a timeout broke off: until then
     * the kernel refuses another one on the same socket with EBUSY. It has the next part ready as
     * soon as one is read, so there is nothing to wait for.
     */
    private void drainUnfinishedDump() {
        Deadline deadline = Deadline.in(timeoutMillis);
        while (dumpUnfinished && !deadline.isOver()) {
            try {
                if (!link.tryReceive("")) {
                    return;
                }
                while (reader.next()) {
                    dumpUnfinished &= !endsDump();
                }
            } catch (NetlinkOverrunException | NetlinkFormatException e) {
                // It was given up: what exactly is lost of it does not matter.
                continue;
            } catch (NetlinkException e) {
                return; // the request that follows will say so
            }
        }
    }

    private boolean endsDump() {
        return reader.type() == MessageHeader.DONE || reader.type() == MessageHeader.ERROR;
    }

    /** Whether the message is netlink's own, and not the family's. */
    private boolean isControl(String operation) throws NetlinkException {
        if (reader.type() == MessageHeader.OVERRUN) {
            throw NetlinkOverrunException.overrun(operation);
        }
        return reader.type() < MessageHeader.MIN_TYPE;
    }

    private void addFlags(int flags) {
        var buffer = link.sendMemory().buffer();
        int old = buffer.getShort(MessageHeader.FLAGS_OFFSET);
        buffer.putShort(MessageHeader.FLAGS_OFFSET, (short) (old | flags));
    }

    private void throwIfError(String operation) throws NetlinkException {
        int errno = ErrorMessage.errno(reader);
        if (errno != 0) {
            throw new NetlinkException(operation, errno, ErrorMessage.extendedAck(reader));
        }
    }

    private void send(String operation) throws NetlinkException {
        Deadline deadline = Deadline.in(timeoutMillis);
        while (!link.trySend(operation, writer.written())) {
            deadline.check(operation);
            link.socket().awaitWritable(deadline.leftMillis());
        }
    }

    /** Waits for one datagram from the peer; the reader then stands before its messages. */
    private void receive(String operation, Deadline deadline) throws NetlinkException {
        while (!link.tryReceive(operation)) {
            deadline.check(operation);
            link.socket().awaitReadable(deadline.leftMillis());
        }
    }

    @Override
    public void close() {
        link.close();
    }
}
