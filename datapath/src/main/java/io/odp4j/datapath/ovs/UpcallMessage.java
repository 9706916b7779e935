package io.odp4j.datapath.ovs;

import io.odp4j.datapath.netlink.AttributeReader;
import io.odp4j.datapath.netlink.MessageReader;
import io.odp4j.datapath.netlink.NetlinkFormatException;
import java.nio.ByteBuffer;

/**
 * A view of one upcall, OVS_PACKET_CMD_MISS or ACTION: where its packet, key and the rest lie. It
 * copies and allocates nothing, and is valid as long as the message is.
 *
 * <p>The attributes come in the order KEY, USERDATA, EGRESS_TUN_KEY, ACTIONS, MRU (if set), LEN (if
 * truncated), HASH, PACKET. An optional part that is missing has offset -1.
 */
public final class UpcallMessage {
    // enum ovs_packet_attr; PacketAttributes declares them, a test holds the two together.
    private static final int PACKET = 1;
    private static final int KEY = 2;
    private static final int ACTIONS = 3;
    private static final int USERDATA = 4;
    private static final int EGRESS_TUN_KEY = 5;
    private static final int MRU = 9;
    private static final int LEN = 10;
    private static final int HASH = 11;

    private final AttributeReader attributes = new AttributeReader();
    private ByteBuffer buffer;
    private int dpIfindex;
    private int command;
    private int packetOffset;
    private int packetLength;
    private int keyOffset;
    private int keyLength;
    private int userdataOffset;
    private int userdataLength;
    private int egressTunKeyOffset;
    private int egressTunKeyLength;
    private int actionsOffset;
    private int actionsLength;
    private int mru;
    private int fullLength;
    private long hash;
    private boolean hasHash;

    /**
     * Reads the attributes of the message that {@code message} stands on.
     *
     * @throws NetlinkFormatException if it is malformed, or lacks its packet or key
     */
    public UpcallMessage wrap(MessageReader message) {
        buffer = message.buffer();
        dpIfindex = OvsHeader.dpIfindex(message);
        command = message.command();
        packetOffset = keyOffset = userdataOffset = egressTunKeyOffset = actionsOffset = -1;
        packetLength = keyLength = userdataLength = egressTunKeyLength = actionsLength = 0;
        mru = 0;
        fullLength = -1;
        hash = 0;
        hasHash = false;
        message.attributes(attributes, OvsHeader.PAYLOAD_OFFSET);
        while (attributes.next()) {
            attribute(attributes);
        }
        if (packetOffset < 0 || keyOffset < 0) {
            throw new NetlinkFormatException(
                    packetOffset < 0 ? "upcall without packet" : "upcall without key",
                    message.offset());
        }
        return this;
    }

    private void attribute(AttributeReader a) {
        switch (a.type()) {
            case PACKET -> {
                packetOffset = a.offset();
                packetLength = a.length();
            }
            case KEY -> {
                keyOffset = a.offset();
                keyLength = a.length();
            }
            case ACTIONS -> {
                actionsOffset = a.offset();
                actionsLength = a.length();
            }
            case USERDATA -> {
                userdataOffset = a.offset();
                userdataLength = a.length();
            }
            case EGRESS_TUN_KEY -> {
                egressTunKeyOffset = a.offset();
                egressTunKeyLength = a.length();
            }
            case MRU -> mru = a.u16();
            case LEN -> fullLength = a.u32();
            case HASH -> {
                hash = a.u64();
                hasHash = true;
            }
            default -> {
                // Newer than this program.
            }
        }
    }

    public ByteBuffer buffer() {
        return buffer;
    }

    public int dpIfindex() {
        return dpIfindex;
    }

    /** {@link PacketAttributes#CMD_MISS} or {@link PacketAttributes#CMD_ACTION}. */
    public int command() {
        return command;
    }

    public boolean isMiss() {
        return command == PacketAttributes.CMD_MISS;
    }

    public int packetOffset() {
        return packetOffset;
    }

    /** Bytes of the packet that came up, without the attribute's padding. */
    public int packetLength() {
        return packetLength;
    }

    public int keyOffset() {
        return keyOffset;
    }

    public int keyLength() {
        return keyLength;
    }

    public int userdataOffset() {
        return userdataOffset;
    }

    public int userdataLength() {
        return userdataLength;
    }

    public int egressTunKeyOffset() {
        return egressTunKeyOffset;
    }

    public int egressTunKeyLength() {
        return egressTunKeyLength;
    }

    public int actionsOffset() {
        return actionsOffset;
    }

    public int actionsLength() {
        return actionsLength;
    }

    /** Longest fragment of a reassembled packet; 0 if it was none. */
    public int mru() {
        return mru;
    }

    /** Bytes of the whole packet, more than {@link #packetLength} if it was truncated. */
    public int fullLength() {
        return fullLength < 0 ? packetLength : fullLength;
    }

    public boolean hasHash() {
        return hasHash;
    }

    /** The packet's hash: low 32 bits the hash itself, above them flags. */
    public long hash() {
        return hash;
    }
}
