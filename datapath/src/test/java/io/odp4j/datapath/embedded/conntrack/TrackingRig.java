package io.odp4j.datapath.embedded.conntrack;

import io.odp4j.datapath.flow.text.ActionParser;
import io.odp4j.datapath.netlink.DirectBuffer;
import io.odp4j.datapath.netlink.MessageReader;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.NetlinkSocket;
import io.odp4j.datapath.netlink.ReceiveBatch;
import io.odp4j.datapath.netlink.RequestChannel;
import io.odp4j.datapath.ovs.Datapath;
import io.odp4j.datapath.ovs.DatapathAttributes;
import io.odp4j.datapath.ovs.Datapaths;
import io.odp4j.datapath.ovs.OvsFamilies;
import io.odp4j.datapath.ovs.PacketAttributes;
import io.odp4j.datapath.ovs.UpcallMessage;

/** A datapath, the kernel's or an embedded one, that is given packets with ct actions. */
final class TrackingRig implements AutoCloseable {
    /** What came of a packet: an error number or 0; key and packet as they came up, or null. */
    record Outcome(int errno, byte[] key, byte[] packet) {
        boolean cameUp() {
            return key != null;
        }
    }

    final RequestChannel channel;
    final OvsFamilies families;
    final Datapath datapath;
    private final Datapaths datapaths;
    private final NetlinkSocket upcalls;
    private final DirectBuffer memory = new DirectBuffer(1 << 17);
    private final ReceiveBatch batch = new ReceiveBatch(1);
    private final ActionParser parser = new ActionParser();

    TrackingRig(NetlinkEndpoint endpoint, String name) throws NetlinkException {
        channel = RequestChannel.open(endpoint);
        families = OvsFamilies.resolve(channel);
        datapaths = new Datapaths(channel, families);
        datapath = datapaths.create(name, 0, DatapathAttributes.F_UNALIGNED);
        upcalls = NetlinkSocket.openNonBlocking(endpoint);
        batch.setTarget(0, memory.address(), memory.capacity());
    }

    @Override
    public void close() throws NetlinkException {
        datapaths.delete(datapath);
        upcalls.close();
        channel.close();
    }

    /** Has actions done with a frame, and has it sent up after them. */
    Outcome execute(byte[] frame, byte[] key, String actions) throws NetlinkException {
        MessageWriter w =
                channel.begin(families.packet(), 0, PacketAttributes.CMD_EXECUTE)
                        .putRawU32(datapath.ifindex())
                        .putBytes(PacketAttributes.PACKET.number(), frame)
                        .putBytes(PacketAttributes.KEY.number(), key);
        int nest = w.beginPlainNest(PacketAttributes.ACTIONS.number());
        parser.parse(
                actions + ",userspace(pid=" + Integer.toUnsignedString(upcalls.portId()) + ")", w);
        w.endNest(nest);
        int errno = 0;
        try {
            channel.execute("execute");
        } catch (NetlinkException e) {
            errno = e.errno();
        }
        if (batch.receive(upcalls, 1) != 1) {
            return new Outcome(errno, null, null);
        }
        MessageReader reader = new MessageReader().wrap(memory.buffer(), 0, batch.length(0));
        reader.next();
        UpcallMessage upcall = new UpcallMessage().wrap(reader);
        byte[] keyBytes = new byte[upcall.keyLength()];
        upcall.buffer().get(upcall.keyOffset(), keyBytes);
        byte[] packet = new byte[upcall.packetLength()];
        upcall.buffer().get(upcall.packetOffset(), packet);
        return new Outcome(errno, keyBytes, packet);
    }
}
