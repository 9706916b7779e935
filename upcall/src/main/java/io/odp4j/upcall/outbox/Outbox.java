package io.odp4j.upcall.outbox;

import io.odp4j.datapath.flow.ActionWriter;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.NetlinkSocket;
import io.odp4j.datapath.ovs.FlowCommand;
import io.odp4j.datapath.ovs.OvsFamilies;
import io.odp4j.datapath.ovs.PacketCommand;
import io.odp4j.datapath.ovs.UpcallMessage;
import io.odp4j.upcall.counter.Counter;
import io.odp4j.upcall.counter.Counters;
import java.nio.ByteBuffer;

/**
 * Gathers a batch's requests and sends them in one system call, none acknowledged.
 *
 * <p>An EXECUTE takes its KEY and PACKET from where the upcall was received: the datagram is
 * gathered from this outbox's slab and from the ring's slot, so that a packet is never copied here.
 * The slot must therefore stay as it is until {@link #flush}. One thread's.
 */
public final class Outbox implements AutoCloseable {
    private static final int PIECES_OF_EXECUTE = 4;
    private static final int MOST_DELETES = 512;

    private final Counters counters;
    private final FlowCommand flows;
    private final PacketCommand packets;
    private final OutboxDatagram datagram;
    private final PendingRequests pending = new PendingRequests();
    private final OutboxReplies replies;
    private final boolean fromKernel;
    private int sequence;
    private int deletes;
    private boolean watched;

    public Outbox(
            NetlinkEndpoint peer,
            OvsFamilies families,
            int dpIfindex,
            OutboxListener listener,
            Counters counters)
            throws NetlinkException {
        this.counters = counters;
        this.flows = new FlowCommand(families, dpIfindex);
        this.packets = new PacketCommand(families, dpIfindex);
        this.datagram = new OutboxDatagram(peer, counters);
        this.fromKernel = peer.isKernel();
        this.replies = new OutboxReplies(datagram.socket(), families, pending, listener, counters);
    }

    /**
     * Executes the actions just written on an upcall's packet.
     *
     * @param memoryAddress the address of the first byte of the buffer that the upcall lies in
     * @param upcallPid where the packet's next upcall goes: back to where it came from
     */
    public void execute(
            UpcallMessage upcall, long memoryAddress, ActionWriter actions, int upcallPid) {
        beginExecute(upcall, memoryAddress, actions.length());
        packets.end(datagram.writer(), upcall, actions.buffer(), actions.length(), upcallPid);
    }

    /** Executes actions on an upcall's packet. */
    public void execute(UpcallMessage upcall, long memoryAddress, byte[] actions, int upcallPid) {
        beginExecute(upcall, memoryAddress, actions.length);
        packets.end(datagram.writer(), upcall, actions, upcallPid);
    }

    private void beginExecute(UpcallMessage upcall, long memoryAddress, int actionsLength) {
        int keyBytes = PacketCommand.keyBytes(upcall);
        int packetBytes = PacketCommand.packetBytes(upcall);
        makeRoom(
                actionsLength + PacketCommand.MAX_LENGTH,
                PIECES_OF_EXECUTE,
                keyBytes + packetBytes);
        packets.begin(datagram.writer(), pending.add(++sequence, PendingRequests.EXECUTE, 0));
        datagram.addPiece(memoryAddress + PacketCommand.keyOffset(upcall), keyBytes);
        datagram.addPiece(memoryAddress + PacketCommand.packetOffset(upcall), packetBytes);
        datagram.countPacket();
        counters.increment(Counter.PACKETS_EXECUTED);
    }

    /** Where answers come in. */
    public NetlinkSocket socket() {
        return datagram.socket();
    }

    /** Installs a flow; {@code handle} comes back if that fails. */
    public void install(
            long handle,
            long ufidFirst,
            long ufidSecond,
            FlowKey key,
            ByteBuffer mask,
            int maskLength,
            byte[] actions) {
        makeRoom(actions.length + FlowCommand.MAX_LENGTH, 1, 0);
        flows.install(
                datagram.writer(),
                pending.add(++sequence, PendingRequests.INSTALL, handle),
                ufidFirst,
                ufidSecond,
                key,
                mask,
                maskLength,
                actions);
    }

    /** Changes an installed flow's actions, for which its key is needed; its statistics stay. */
    public void modify(
            long handle,
            long ufidFirst,
            long ufidSecond,
            FlowKey key,
            ByteBuffer mask,
            int maskLength,
            byte[] actions) {
        makeRoom(actions.length + FlowCommand.MAX_LENGTH, 1, 0);
        flows.modify(
                datagram.writer(),
                pending.add(++sequence, PendingRequests.MODIFY, handle),
                ufidFirst,
                ufidSecond,
                key,
                mask,
                maskLength,
                actions);
        counters.increment(Counter.FLOWS_MODIFIED);
    }

    /** Deletes a flow and asks for its final counters. */
    public void delete(long handle, long ufidFirst, long ufidSecond) {
        // Each is answered: more answers than the socket holds would be lost, and counters with
        // them.
        if (++deletes == MOST_DELETES) {
            flush();
        }
        makeRoom(FlowCommand.MAX_LENGTH, 1, 0);
        flows.delete(
                datagram.writer(),
                pending.add(++sequence, PendingRequests.DELETE, handle),
                ufidFirst,
                ufidSecond);
        counters.increment(Counter.FLOWS_DELETED);
    }

    private void makeRoom(int slabBytes, int pieces, int otherBytes) {
        if (!datagram.hasRoom(slabBytes, pieces, otherBytes)) {
            flush();
        }
    }

    /**
     * Sends everything gathered, and reads the errors that came back, unless {@link
     * #answersAreWatched}; the answers to deletes in any case, for there are many of them.
     */
    public void flush() {
        boolean wanted = deletes > 0 || !watched;
        deletes = 0;
        // A kernel has answered when the call returns; another process answers later.
        if (datagram.send() && wanted || !fromKernel && !watched) {
            replies.read();
        }
    }

    /** Has {@link #flush} leave answers to {@link #readAnswers}: somebody waits for them. */
    public void answersAreWatched() {
        watched = true;
    }

    /** Reads the answers that are there. */
    public void readAnswers() {
        replies.read();
    }

    @Override
    public void close() {
        datagram.close();
    }
}
