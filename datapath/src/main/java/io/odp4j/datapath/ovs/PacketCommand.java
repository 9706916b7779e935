package io.odp4j.datapath.ovs;

import io.odp4j.datapath.netlink.AttributeHeader;
import io.odp4j.datapath.netlink.MessageHeader;
import io.odp4j.datapath.netlink.MessageWriter;
import java.nio.ByteBuffer;

/**
 * Writes an EXECUTE around an upcall's own key and packet, which stay where they were received:
 * their attributes have the same numbers up and down.
 *
 * <pre>
 *   written   netlink, generic and Open vSwitch header          {@link #begin}
 *   gathered  the upcall's KEY attribute, padded                 {@link #keyOffset}, {@link #keyBytes}
 *   gathered  the upcall's PACKET attribute, unpadded            {@link #packetOffset}, {@link #packetBytes}
 *   written   padding, ACTIONS, MRU, HASH, UPCALL_PID                  {@link #end}
 * </pre>
 *
 * Nothing is allocated.
 */
public final class PacketCommand {
    /** What is written at most, beside the actions. */
    public static final int MAX_LENGTH = 128;

    private static final int ACTIONS = PacketAttributes.ACTIONS.number();
    private static final int MRU = PacketAttributes.MRU.number();
    private static final int HASH = PacketAttributes.HASH.number();
    private static final int UPCALL_PID = PacketAttributes.UPCALL_PID.number();

    private final int family;
    private final int version;
    private final int dpIfindex;

    /** Requests for the datapath of that local interface index. */
    public PacketCommand(OvsFamilies families, int dpIfindex) {
        this.family = families.packet().id();
        this.version = families.packet().version();
        this.dpIfindex = dpIfindex;
    }

    /** Writes the headers. */
    public void begin(MessageWriter writer, int sequence) {
        writer.beginGeneric(
                family, MessageHeader.REQUEST, sequence, PacketAttributes.CMD_EXECUTE, version);
        writer.putRawU32(dpIfindex);
    }

    /** Where the KEY attribute, header included, lies in the upcall's buffer. */
    public static int keyOffset(UpcallMessage upcall) {
        return upcall.keyOffset() - AttributeHeader.LENGTH;
    }

    /** Bytes of the KEY attribute with header and padding. */
    public static int keyBytes(UpcallMessage upcall) {
        return AttributeHeader.LENGTH + MessageHeader.align(upcall.keyLength());
    }

    /** Where the PACKET attribute, header included, lies in the upcall's buffer. */
    public static int packetOffset(UpcallMessage upcall) {
        return upcall.packetOffset() - AttributeHeader.LENGTH;
    }

    /** Bytes of the PACKET attribute with header; its padding may not be there and is written. */
    public static int packetBytes(UpcallMessage upcall) {
        return AttributeHeader.LENGTH + upcall.packetLength();
    }

    /**
     * Writes what follows the gathered attributes, and the length of the whole.
     *
     * @param upcallPid where upcalls go that the packet causes from here on; a kernel before 6.17
     *     does not look at it
     */
    public void end(MessageWriter writer, UpcallMessage upcall, byte[] actions, int upcallPid) {
        pad(writer, upcall);
        writer.putBytes(ACTIONS, actions);
        finish(writer, upcall, upcallPid);
    }

    /** As the other, with the first {@code length} bytes of a buffer for actions. */
    public void end(
            MessageWriter writer,
            UpcallMessage upcall,
            ByteBuffer actions,
            int length,
            int upcallPid) {
        pad(writer, upcall);
        writer.putBytes(ACTIONS, actions, 0, length);
        finish(writer, upcall, upcallPid);
    }

    private static void pad(MessageWriter writer, UpcallMessage upcall) {
        for (int i = 0; i < (-packetBytes(upcall) & 3); i++) {
            writer.putRawU8(0);
        }
    }

    private static void finish(MessageWriter writer, UpcallMessage upcall, int upcallPid) {
        if (upcall.mru() != 0) {
            writer.putU16(MRU, upcall.mru());
        }
        if (upcall.hasHash()) {
            writer.putU64(HASH, upcall.hash());
        }
        if (upcallPid != 0) {
            writer.putU32(UPCALL_PID, upcallPid);
        }
        int header = writer.messageOffset();
        int length = writer.position() - header + keyBytes(upcall) + packetBytes(upcall);
        writer.buffer().putInt(header + MessageHeader.LENGTH_OFFSET, length);
    }
}
