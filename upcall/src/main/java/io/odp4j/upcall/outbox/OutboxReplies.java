package io.odp4j.upcall.outbox;

import io.odp4j.datapath.netlink.DirectBuffer;
import io.odp4j.datapath.netlink.Errno;
import io.odp4j.datapath.netlink.ErrorMessage;
import io.odp4j.datapath.netlink.ExtendedAck;
import io.odp4j.datapath.netlink.MessageHeader;
import io.odp4j.datapath.netlink.MessageReader;
import io.odp4j.datapath.netlink.NetlinkFormatException;
import io.odp4j.datapath.netlink.NetlinkSocket;
import io.odp4j.datapath.netlink.ReceiveBatch;
import io.odp4j.datapath.ovs.FlowMessage;
import io.odp4j.datapath.ovs.OvsFamilies;
import io.odp4j.upcall.counter.Counter;
import io.odp4j.upcall.counter.Counters;

/**
 * Reads what comes back on the outbox's socket: errors, and the final counters of deleted flows.
 */
final class OutboxReplies {
    private static final int BATCH = 32;
    private static final int BYTES = 4096;

    private final NetlinkSocket socket;
    private final OvsFamilies families;
    private final PendingRequests pending;
    private final OutboxListener listener;
    private final Counters counters;
    private final DirectBuffer memory = new DirectBuffer(BATCH * BYTES);
    private final ReceiveBatch receiver = new ReceiveBatch(BATCH);
    private final MessageReader reader = new MessageReader();
    private final FlowMessage flow = new FlowMessage();

    OutboxReplies(
            NetlinkSocket socket,
            OvsFamilies families,
            PendingRequests pending,
            OutboxListener listener,
            Counters counters) {
        this.socket = socket;
        this.families = families;
        this.pending = pending;
        this.listener = listener;
        this.counters = counters;
        for (int i = 0; i < BATCH; i++) {
            receiver.setTarget(i, memory.address() + (long) i * BYTES, BYTES);
        }
    }

    /** Reads everything that is there, without waiting. */
    void read() {
        while (true) {
            int received = receiver.receive(socket, BATCH);
            if (received == -Errno.ENOBUFS.number()) {
                counters.increment(Counter.ERRORS_LOST);
                continue;
            }
            if (received <= 0) {
                return;
            }
            for (int i = 0; i < received; i++) {
                datagram(i);
            }
            if (received < BATCH) {
                return;
            }
        }
    }

    private void datagram(int i) {
        if (receiver.senderPortId(i) != socket.peer().portId()) {
            counters.increment(Counter.UPCALLS_FOREIGN);
            return;
        }
        if (receiver.truncated(i)) {
            counters.increment(Counter.ERRORS_LOST);
            return;
        }
        try {
            reader.wrap(memory.buffer(), i * BYTES, receiver.length(i));
            while (reader.next()) {
                message();
            }
        } catch (NetlinkFormatException e) {
            counters.increment(Counter.UPCALLS_MALFORMED);
        }
    }

    private void message() {
        int sequence = reader.sequence();
        byte kind = pending.kind(sequence);
        long handle = pending.handle(sequence);
        if (reader.type() == families.flow().id()) {
            if (kind == PendingRequests.DELETE) {
                listener.deleted(handle, flow.wrap(reader));
            }
            return;
        }
        if (reader.type() == MessageHeader.OVERRUN) {
            counters.increment(Counter.ERRORS_LOST); // as a userspace peer says ENOBUFS
            return;
        }
        if (reader.type() != MessageHeader.ERROR) {
            return;
        }
        int errno = ErrorMessage.errno(reader);
        if (errno == 0) {
            return;
        }
        ExtendedAck ack = ErrorMessage.extendedAck(reader);
        switch (kind) {
            case PendingRequests.INSTALL -> listener.installFailed(handle, errno, ack);
            case PendingRequests.MODIFY -> listener.modifyFailed(handle, errno, ack);
            case PendingRequests.DELETE -> listener.deleteFailed(handle, errno, ack);
            case PendingRequests.EXECUTE -> listener.executeFailed(errno, ack);
            default -> counters.increment(Counter.ERRORS_LOST);
        }
    }
}
