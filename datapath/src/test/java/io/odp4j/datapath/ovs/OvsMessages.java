package io.odp4j.datapath.ovs;

import io.odp4j.datapath.flow.KeyAttributes;
import io.odp4j.datapath.netlink.GenericFamily;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.netlink.Wire;
import io.odp4j.datapath.netlink.table.AttributeCodec;
import io.odp4j.datapath.netlink.table.AttributeList;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/** Messages of the Open vSwitch families, written through the tables. */
public final class OvsMessages {
    static final int DP_IFINDEX = 7;
    public static final OvsFamilies FAMILIES =
            new OvsFamilies(family(0x21), family(0x22), family(0x23), family(0x24));

    private OvsMessages() {}

    private static GenericFamily family(int id) {
        return new GenericFamily("family" + id, id, 1, 4, Map.of());
    }

    public static byte[] message(int family, int command, AttributeList attributes) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 17).order(ByteOrder.nativeOrder());
        MessageWriter writer = new MessageWriter().wrap(buffer, 0, buffer.capacity());
        writer.beginGeneric(family, 0, 0, command, 1).putRawU32(DP_IFINDEX);
        AttributeCodec.encode(attributes, writer);
        writer.end();
        byte[] bytes = new byte[writer.written()];
        buffer.get(0, bytes);
        return bytes;
    }

    /** An upcall as the kernel lays it out: KEY first, PACKET last and without padding. */
    public static byte[] upcall(int packetBytes) {
        byte[] key =
                Wire.join(
                        Wire.attr(KeyAttributes.RECIRC_ID.number(), Wire.u32(0)),
                        Wire.attr(KeyAttributes.IN_PORT.number(), Wire.u32(3)),
                        Wire.attr(KeyAttributes.ETHERNET.number(), new byte[12]),
                        Wire.attr(KeyAttributes.ETHERTYPE.number(), new byte[] {(byte) 0x88, 1}));
        return Wire.message(
                FAMILIES.packet().id(),
                0,
                0,
                0,
                Wire.generic(PacketAttributes.CMD_MISS, 1),
                Wire.u32(DP_IFINDEX),
                Wire.attr(PacketAttributes.KEY.number(), key),
                Wire.attr(PacketAttributes.MRU.number(), Wire.u16(1500)),
                Wire.attr(PacketAttributes.LEN.number(), Wire.u32(packetBytes + 1)),
                Wire.attr(PacketAttributes.HASH.number(), Wire.u64(0x100000007L)),
                Wire.unpadded(PacketAttributes.PACKET.number(), new byte[packetBytes]));
    }
}
