package io.odp4j.datapath.netlink.peer;

import io.odp4j.datapath.netlink.DirectBuffer;
import io.odp4j.datapath.netlink.ErrorMessage;
import io.odp4j.datapath.netlink.ExtendedAck;
import io.odp4j.datapath.netlink.MessageHeader;
import io.odp4j.datapath.netlink.MessageOverflowException;
import io.odp4j.datapath.netlink.MessageReader;
import io.odp4j.datapath.netlink.MessageWriter;
import java.util.function.Consumer;

/**
 * What goes back to one requester: messages, gathered into datagrams as they fit. The answer to a
 * dump is in parts: each message has the flag MULTI, and an NLMSG_DONE ends them.
 */
public final class Answer {
    /** Sends the first bytes of the answer's memory as a datagram. */
    interface Sender {
        void send(long address, int length, int portId);
    }

    private final DirectBuffer memory;
    private final Sender sender;
    private final MessageWriter writer = new MessageWriter();
    private MessageReader request;
    private int portId;
    private boolean parts;

    Answer(int bytes, Sender sender) {
        this.memory = new DirectBuffer(bytes);
        this.sender = sender;
    }

    void begin(MessageReader to, int from) {
        request = to;
        portId = from;
        parts = (to.flags() & MessageHeader.DUMP) == MessageHeader.DUMP;
        startDatagram();
    }

    /** Whether the request is a dump, whose answer is in parts. */
    public boolean isInParts() {
        return parts;
    }

    /** The requester's port id. */
    public int requester() {
        return portId;
    }

    /**
     * Adds a message.
     *
     * @param type its type, from {@link MessageHeader#MIN_TYPE} on
     * @param body writes what follows the header; it may be called a second time, where the message
     *     did not fit behind those before it
     * @throws MessageOverflowException if it does not fit into a datagram by itself
     */
    public void message(int type, Consumer<MessageWriter> body) {
        if (!tryWrite(type, body)) {
            send();
            if (!tryWrite(type, body)) {
                throw new MessageOverflowException(
                        "a message does not fit into a datagram of " + writer.remaining());
            }
        }
    }

    private boolean tryWrite(int type, Consumer<MessageWriter> body) {
        try {
            writer.begin(type, parts ? MessageHeader.MULTI : 0, request.sequence());
            writer.setPortId(portId);
            body.accept(writer);
            writer.end();
            return true;
        } catch (MessageOverflowException e) {
            writer.rollback();
            return false;
        }
    }

    /** Ends an answer that went well. */
    void end() {
        if (parts) {
            done(0, ExtendedAck.NONE);
        } else if (request.hasFlag(MessageHeader.ACK)) {
            error(0, ExtendedAck.NONE);
        }
        send();
    }

    /** Ends an answer with an error; what was added before goes first. */
    void refuse(int errno, ExtendedAck more) {
        if (parts) {
            done(errno, more);
        } else {
            error(errno, more);
        }
        send();
    }

    private void done(int errno, ExtendedAck more) {
        int tlvs = more == ExtendedAck.NONE ? 0 : MessageHeader.ACK_TLVS;
        alone(
                () -> {
                    int flags = MessageHeader.MULTI | tlvs;
                    writer.begin(MessageHeader.DONE, flags, request.sequence()).putRawU32(-errno);
                    writer.setPortId(portId);
                    more.encode(writer);
                    writer.end();
                });
    }

    private void error(int errno, ExtendedAck more) {
        int most = memory.buffer().capacity() / 2;
        alone(() -> ErrorMessage.write(writer, request, portId, errno, more, most));
    }

    /** Writes behind what there is, or in a datagram of its own. */
    private void alone(Runnable write) {
        try {
            write.run();
        } catch (MessageOverflowException e) {
            writer.rollback();
            send();
            write.run();
        }
    }

    private void send() {
        if (writer.written() > 0) {
            sender.send(memory.address(), writer.written(), portId);
        }
        startDatagram();
    }

    private void startDatagram() {
        writer.wrap(memory.buffer(), 0, memory.buffer().capacity());
    }
}
