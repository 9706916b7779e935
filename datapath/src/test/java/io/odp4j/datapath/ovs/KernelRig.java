package io.odp4j.datapath.ovs;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.datapath.flow.ActionAttributes;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowKeyDecoder;
import io.odp4j.datapath.netlink.DirectBuffer;
import io.odp4j.datapath.netlink.MessageHeader;
import io.odp4j.datapath.netlink.MessageReader;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.NetlinkSocket;
import io.odp4j.datapath.netlink.ReceiveBatch;
import io.odp4j.datapath.netlink.RequestChannel;

/**
 * A datapath of its own for a test, the kernel's unless said otherwise, and a socket that gets the
 * upcalls asked for.
 */
public final class KernelRig implements AutoCloseable {
    public final RequestChannel channel;
    public final OvsFamilies families;
    public final Datapath datapath;
    public final NetlinkSocket upcalls;
    private final NetlinkEndpoint endpoint;
    private final Datapaths datapaths;
    private final DirectBuffer memory = new DirectBuffer(1 << 16);
    private final ReceiveBatch batch = new ReceiveBatch(1);
    private final MessageReader reader = new MessageReader();
    private final UpcallMessage upcall = new UpcallMessage();

    public KernelRig(String name) throws NetlinkException {
        this(name, NetlinkEndpoint.KERNEL_GENERIC);
    }

    public KernelRig(String name, NetlinkEndpoint endpoint) throws NetlinkException {
        this.endpoint = endpoint;
        channel = RequestChannel.open(endpoint);
        families = OvsFamilies.resolve(channel);
        datapaths = new Datapaths(channel, families);
        datapath = datapaths.create(name, 0, DatapathAttributes.F_UNALIGNED);
        upcalls = NetlinkSocket.openNonBlocking(endpoint);
        upcalls.setReceiveBuffer(1 << 20);
        batch.setTarget(0, memory.address(), memory.capacity());
    }

    @Override
    public void close() throws NetlinkException {
        datapaths.delete(datapath);
        upcalls.close();
        channel.close();
    }

    /** Attaches a device whose misses go to a port id. */
    public Vport add(String device, int portId) throws NetlinkException {
        return new Vports(channel, families)
                .add(datapath.ifindex(), device, Vport.TYPE_NETDEV, new int[] {portId}, null);
    }

    /** The action that sends a packet up to this rig. */
    public byte[] userspace() {
        MessageWriter actions = writer();
        int nest = actions.beginPlainNest(ActionAttributes.USERSPACE.number());
        actions.putU32(ActionAttributes.USERSPACE_PID.number(), upcalls.portId());
        actions.endNest(nest);
        return bytes(actions);
    }

    public byte[] output(int port) {
        return bytes(writer().putU32(ActionAttributes.OUTPUT.number(), port));
    }

    /** Executes actions on a frame; false if the kernel refuses it. */
    public boolean execute(byte[] frame, byte[] key, byte[] actions) throws NetlinkException {
        channel.begin(families.packet(), 0, PacketAttributes.CMD_EXECUTE)
                .putRawU32(datapath.ifindex())
                .putBytes(PacketAttributes.PACKET.number(), frame)
                .putBytes(PacketAttributes.KEY.number(), key)
                .putBytes(PacketAttributes.ACTIONS.number(), actions);
        return succeeds("execute");
    }

    /** Adds a flow, and deletes it; false if the kernel refuses it. */
    public boolean takesFlow(byte[] key, byte[] mask, byte[] actions) throws NetlinkException {
        byte[] ufid = new byte[16];
        ufid[0] = 1;
        MessageWriter put =
                channel.begin(
                                families.flow(),
                                MessageHeader.CREATE | MessageHeader.EXCL,
                                FlowAttributes.CMD_NEW)
                        .putRawU32(datapath.ifindex())
                        .putBytes(FlowAttributes.UFID.number(), ufid)
                        .putBytes(FlowAttributes.KEY.number(), key)
                        .putFlag(FlowAttributes.PROBE.number());
        if (mask != null) {
            put.putBytes(FlowAttributes.MASK.number(), mask);
        }
        put.putBytes(FlowAttributes.ACTIONS.number(), actions);
        boolean taken = succeeds("flow put");
        if (taken) {
            channel.begin(families.flow(), 0, FlowAttributes.CMD_DEL)
                    .putRawU32(datapath.ifindex())
                    .putBytes(FlowAttributes.UFID.number(), ufid);
            channel.execute("flow del");
        }
        return taken;
    }

    private boolean succeeds(String operation) {
        try {
            channel.execute(operation);
            return true;
        } catch (NetlinkException e) {
            return false;
        }
    }

    /** Waits for an upcall; false if none comes. */
    public boolean receive(int millis) throws NetlinkException {
        if (batch.receive(upcalls, 1) != 1
                && (!upcalls.awaitReadable(millis) || batch.receive(upcalls, 1) != 1)) {
            return false;
        }
        assertThat(batch.senderPortId(0)).isEqualTo(endpoint.portId());
        reader.wrap(memory.buffer(), 0, batch.length(0));
        assertThat(reader.next()).isTrue();
        upcall.wrap(reader);
        return true;
    }

    /** The last upcall received. */
    public UpcallMessage upcall() {
        return upcall;
    }

    /** The key of the last upcall, as it came. */
    public byte[] keyBytes() {
        byte[] bytes = new byte[upcall.keyLength()];
        upcall.buffer().get(upcall.keyOffset(), bytes);
        return bytes;
    }

    /** The packet of the last upcall. */
    public byte[] packetBytes() {
        byte[] bytes = new byte[upcall.packetLength()];
        upcall.buffer().get(upcall.packetOffset(), bytes);
        return bytes;
    }

    /** The key of the last upcall, decoded. */
    public FlowKey key() {
        FlowKey key = new FlowKey();
        FlowKeyDecoder.decodeKey(upcall.buffer(), upcall.keyOffset(), upcall.keyLength(), key);
        return key;
    }

    private static MessageWriter writer() {
        return new MessageWriter().wrap(new DirectBuffer(4096).buffer(), 0, 4096);
    }

    private static byte[] bytes(MessageWriter writer) {
        byte[] bytes = new byte[writer.written()];
        writer.buffer().get(0, bytes);
        return bytes;
    }
}
