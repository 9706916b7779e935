package io.odp4j.datapath.netlink;

import java.util.ArrayList;
import java.util.List;
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
 * Not thread safe: a channel has one owner. Every wait is bounded by {@link #setTimeoutMillis}.
 */
public final class RequestChannel implements AutoCloseable {
    private static final int SEND_BYTES = 128 * 1024;
    private static final int RECEIVE_BYTES = 256 * 1024;
    private static final int DUMP_ATTEMPTS = 8;

    private final NetlinkSocket socket;
    private final DirectBuffer sendMemory = new DirectBuffer(SEND_BYTES);
    private final DirectBuffer receiveMemory = new DirectBuffer(RECEIVE_BYTES);
    private final ReceiveBatch receiver = new ReceiveBatch(1);
    private final SendBatch sender = new SendBatch(1, 1);
    private final MessageWriter writer = new MessageWriter();
    private final MessageReader reader = new MessageReader();
    private int sequence = (int) System.nanoTime() | 1;
    private int timeoutMillis = 10_000;

    private RequestChannel(NetlinkSocket socket) {
        this.socket = socket;
        receiver.setTarget(0, receiveMemory.address(), RECEIVE_BYTES);
    }

    /** Opens a channel with extended acknowledgements on. */
    public static RequestChannel open(NetlinkEndpoint peer) throws NetlinkException {
        NetlinkSocket socket = NetlinkSocket.open(peer);
        try {
            socket.set(SocketOption.EXT_ACK, 1);
            socket.setReceiveBuffer(1 << 20);
        } catch (NetlinkException e) {
            socket.close();
            throw e;
        }
        return new RequestChannel(socket);
    }

    public NetlinkSocket socket() {
        return socket;
    }

    /** How long an answer may take. */
    public void setTimeoutMillis(int millis) {
        timeoutMillis = millis;
    }

    /** Starts a request of a family's own message type. */
    public MessageWriter begin(int type, int flags) {
        sequence++;
        return writer.wrap(sendMemory.buffer(), 0, SEND_BYTES)
                .begin(type, flags | MessageHeader.REQUEST, sequence);
    }

    /** Starts a generic-netlink request. */
    public MessageWriter begin(GenericFamily family, int flags, int command) {
        sequence++;
        return writer.wrap(sendMemory.buffer(), 0, SEND_BYTES)
                .beginGeneric(
                        family.id(),
                        flags | MessageHeader.REQUEST,
                        sequence,
                        command,
                        family.version());
    }

    /** Sends the request and waits for the acknowledgement. */
    public void execute(String operation) throws NetlinkException {
        query(operation, message -> null);
    }

    /**
     * Sends the request and waits for the answer and the acknowledgement.
     *
     * @return the last answer, decoded; null if there was an acknowledgement alone
     */
    public <T> T query(String operation, Function<MessageReader, T> decoder)
            throws NetlinkException {
        writer.end();
        addFlags(MessageHeader.ACK);
        send(operation);
        T answer = null;
        long deadline = deadline();
        while (true) {
            receive(operation, deadline);
            while (reader.next()) {
                if (reader.sequence() != sequence) {
                    continue; // the late answer to a request that timed out
                }
                if (reader.type() != MessageHeader.ERROR) {
                    answer = decoder.apply(reader);
                    continue;
                }
                throwIfError(operation);
                return answer;
            }
        }
    }

    /**
     * Sends the request as a dump and hands the messages on as they come.
     *
     * @return whether the list is consistent; false if the visitor kept one that is not
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
                        operation + ": the list changed during each of " + attempt + " dumps",
                        Errno.EINTR.number());
            }
            sequence++;
            sendMemory.buffer().putInt(MessageHeader.SEQUENCE_OFFSET, sequence);
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
        send(operation);
        boolean consistent = true;
        while (true) {
            receive(operation, deadline());
            while (reader.next()) {
                if (reader.sequence() != sequence) {
                    continue;
                }
                consistent &= !reader.hasFlag(MessageHeader.DUMP_INTR);
                int type = reader.type();
                if (type == MessageHeader.DONE || type == MessageHeader.ERROR) {
                    throwIfError(operation);
                    return consistent;
                }
                visitor.message(reader);
            }
        }
    }

    private void addFlags(int flags) {
        int at = MessageHeader.FLAGS_OFFSET;
        sendMemory.buffer().putShort(at, (short) (sendMemory.buffer().getShort(at) | flags));
    }

    private void throwIfError(String operation) throws NetlinkException {
        int errno = ErrorMessage.errno(reader);
        if (errno != 0) {
            throw new NetlinkException(operation, errno, ErrorMessage.extendedAck(reader));
        }
    }

    private void send(String operation) throws NetlinkException {
        sender.clear();
        sender.add(sendMemory.address(), writer.written());
        sender.endDatagram();
        long deadline = deadline();
        while (true) {
            int sent = sender.send(socket, 0);
            if (sent > 0) {
                return;
            }
            if (sent != -Errno.EAGAIN.number() && sent != -Errno.EINTR.number()) {
                throw new NetlinkException(operation, -sent);
            }
            if (!socket.awaitWritable(left(deadline)) && left(deadline) == 0) {
                throw new NetlinkTimeoutException(operation);
            }
        }
    }

    /** Waits for one datagram from the peer and sets the reader to it. */
    private void receive(String operation, long deadline) throws NetlinkException {
        while (true) {
            int received = receiver.receive(socket, 1);
            if (received == -Errno.ENOBUFS.number()) {
                throw NetlinkOverrunException.overrun(operation);
            }
            if (received < 0) {
                throw new NetlinkException(operation, -received);
            }
            if (received == 1 && receiver.senderPortId(0) == socket.peer().portId()) {
                if (receiver.truncated(0)) {
                    throw NetlinkOverrunException.truncated(
                            operation, receiver.length(0), RECEIVE_BYTES);
                }
                reader.wrap(receiveMemory.buffer(), 0, receiver.length(0));
                return;
            }
            if (received == 0 && !socket.awaitReadable(left(deadline)) && left(deadline) == 0) {
                throw new NetlinkTimeoutException(operation);
            }
        }
    }

    private long deadline() {
        return System.nanoTime() + timeoutMillis * 1_000_000L;
    }

    private static int left(long deadline) {
        return (int) Math.max(0, (deadline - System.nanoTime()) / 1_000_000L);
    }

    @Override
    public void close() {
        socket.close();
    }
}
