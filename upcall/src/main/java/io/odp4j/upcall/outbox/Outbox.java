package io.odp4j.upcall.outbox;

import io.odp4j.datapath.flow.ActionWriter;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowKeyEncoder;
import io.odp4j.datapath.netlink.AttributeHeader;
import io.odp4j.datapath.netlink.MessageHeader;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.ovs.FlowAttributes;
import io.odp4j.datapath.ovs.OvsFamilies;
import io.odp4j.datapath.ovs.PacketAttributes;
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
    // Beside its actions, what a request takes of the slab at most.
    private static final int EXECUTE_BYTES = 128;
    private static final int FLOW_BYTES = 128 + 2 * FlowKeyEncoder.MAX_LENGTH;
    private static final int PIECES_OF_EXECUTE = 4;

    private final OvsFamilies families;
    private final int dpIfindex;
    private final Counters counters;
    private final OutboxDatagram datagram;
    private final MessageWriter writer;
    private final PendingRequests pending = new PendingRequests();
    private final OutboxReplies replies;
    private int sequence;

    public Outbox(
            NetlinkEndpoint peer,
            OvsFamilies families,
            int dpIfindex,
            OutboxListener listener,
            Counters counters)
            throws NetlinkException {
        this.families = families;
        this.dpIfindex = dpIfindex;
        this.counters = counters;
        this.datagram = new OutboxDatagram(peer, counters);
        this.writer = datagram.writer();
        this.replies = new OutboxReplies(datagram.socket(), families, pending, listener, counters);
    }

    /** Executes the actions just written on an upcall's packet. */
    public void execute(UpcallMessage upcall, long memoryAddress, ActionWriter actions) {
        int header = beginExecute(upcall, memoryAddress, actions.length());
        writer.putBytes(PacketAttributes.ACTIONS.number(), actions.buffer(), 0, actions.length());
        endExecute(upcall, header);
    }

    /**
     * Executes actions on an upcall's packet.
     *
     * @param memoryAddress the address of the first byte of the buffer that the upcall lies in
     */
    public void execute(UpcallMessage upcall, long memoryAddress, byte[] actions) {
        int header = beginExecute(upcall, memoryAddress, actions.length);
        writer.putBytes(PacketAttributes.ACTIONS.number(), actions);
        endExecute(upcall, header);
    }

    private int beginExecute(UpcallMessage upcall, long memoryAddress, int actionsLength) {
        int keyBytes = AttributeHeader.LENGTH + MessageHeader.align(upcall.keyLength());
        int packetBytes = AttributeHeader.LENGTH + upcall.packetLength();
        makeRoom(actionsLength + EXECUTE_BYTES, PIECES_OF_EXECUTE, keyBytes + packetBytes);
        writer.beginGeneric(
                families.packet().id(),
                MessageHeader.REQUEST,
                pending.add(++sequence, PendingRequests.EXECUTE, 0),
                PacketAttributes.CMD_EXECUTE,
                families.packet().version());
        writer.putRawU32(dpIfindex);
        // The upcall's own attributes, headers included: their numbers are those of a request.
        datagram.addPiece(memoryAddress + upcall.keyOffset() - AttributeHeader.LENGTH, keyBytes);
        datagram.addPiece(
                memoryAddress + upcall.packetOffset() - AttributeHeader.LENGTH, packetBytes);
        for (int i = 0; i < (-packetBytes & 3); i++) {
            writer.putRawU8(0);
        }
        return writer.messageOffset();
    }

    private void endExecute(UpcallMessage upcall, int header) {
        if (upcall.mru() != 0) {
            writer.putU16(PacketAttributes.MRU.number(), upcall.mru());
        }
        if (upcall.hasHash()) {
            writer.putU64(PacketAttributes.HASH.number(), upcall.hash());
        }
        int gathered =
                2 * AttributeHeader.LENGTH
                        + MessageHeader.align(upcall.keyLength())
                        + upcall.packetLength();
        writer.buffer()
                .putInt(
                        header + MessageHeader.LENGTH_OFFSET,
                        writer.position() - header + gathered);
        counters.increment(Counter.PACKETS_EXECUTED);
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
        makeRoom(actions.length + FLOW_BYTES, 1, 0);
        beginFlow(
                PendingRequests.INSTALL,
                handle,
                FlowAttributes.CMD_NEW,
                MessageHeader.CREATE | MessageHeader.EXCL,
                ufidFirst,
                ufidSecond);
        endFlow(key, mask, maskLength, actions);
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
        makeRoom(actions.length + FLOW_BYTES, 1, 0);
        beginFlow(PendingRequests.MODIFY, handle, FlowAttributes.CMD_SET, 0, ufidFirst, ufidSecond);
        endFlow(key, mask, maskLength, actions);
        counters.increment(Counter.FLOWS_MODIFIED);
    }

    private void endFlow(FlowKey key, ByteBuffer mask, int maskLength, byte[] actions) {
        int nest = writer.beginPlainNest(FlowAttributes.KEY.number());
        FlowKeyEncoder.encodeKey(key, writer);
        writer.endNest(nest);
        writer.putBytes(FlowAttributes.MASK.number(), mask, 0, maskLength);
        writer.putBytes(FlowAttributes.ACTIONS.number(), actions);
        writer.end();
    }

    /** Deletes a flow and asks for its final counters. */
    public void delete(long handle, long ufidFirst, long ufidSecond) {
        makeRoom(FLOW_BYTES, 1, 0);
        beginFlow(
                PendingRequests.DELETE,
                handle,
                FlowAttributes.CMD_DEL,
                MessageHeader.ECHO,
                ufidFirst,
                ufidSecond);
        writer.putU32(
                FlowAttributes.UFID_FLAGS.number(),
                FlowAttributes.UFID_F_OMIT_KEY
                        | FlowAttributes.UFID_F_OMIT_MASK
                        | FlowAttributes.UFID_F_OMIT_ACTIONS);
        writer.end();
        counters.increment(Counter.FLOWS_DELETED);
    }

    private void beginFlow(
            byte kind, long handle, int command, int flags, long ufidFirst, long ufidSecond) {
        writer.beginGeneric(
                families.flow().id(),
                MessageHeader.REQUEST | flags,
                pending.add(++sequence, kind, handle),
                command,
                families.flow().version());
        writer.putRawU32(dpIfindex);
        int ufid = writer.header(FlowAttributes.UFID.number(), 16);
        writer.buffer().putLong(ufid, ufidFirst).putLong(ufid + 8, ufidSecond);
    }

    private void makeRoom(int slabBytes, int pieces, int otherBytes) {
        if (!datagram.hasRoom(slabBytes, pieces, otherBytes)) {
            flush();
        }
    }

    /** Sends everything gathered, and reads the errors that came back. */
    public void flush() {
        if (datagram.send()) {
            replies.read();
        }
    }

    @Override
    public void close() {
        datagram.close();
    }
}
