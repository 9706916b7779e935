package io.odp4j.datapath.ovs;

import io.odp4j.datapath.flow.ActionAttributes;
import io.odp4j.datapath.flow.KeyAttributes;
import io.odp4j.datapath.netlink.AttributeReader;
import io.odp4j.datapath.netlink.MessageReader;
import io.odp4j.datapath.netlink.table.AttributeCodec;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.netlink.table.AttributeTable;
import java.nio.ByteBuffer;

/**
 * A view of one OVS_FLOW message: where its key, mask, actions and numbers lie. It copies and
 * allocates nothing, and is valid as long as the message is.
 *
 * <p>A part that the message does not have has offset -1; numbers are then 0.
 */
public final class FlowMessage {
    // enum ovs_flow_attr; FlowAttributes declares them, a test holds the two together.
    private static final int KEY = 1;
    private static final int ACTIONS = 2;
    private static final int STATS = 3;
    private static final int TCP_FLAGS = 4;
    private static final int USED = 5;
    private static final int MASK = 7;
    private static final int UFID = 9;

    /** struct ovs_flow_stats: n_packets, n_bytes. */
    private static final int STATS_BYTES = 16;

    private final AttributeReader attributes = new AttributeReader();
    private ByteBuffer buffer;
    private int dpIfindex;
    private int command;
    private int keyOffset;
    private int keyLength;
    private int maskOffset;
    private int maskLength;
    private int actionsOffset;
    private int actionsLength;
    private int ufidOffset;
    private int ufidLength;
    private long packets;
    private long bytes;
    private long used;
    private int tcpFlags;

    /** Reads the attributes of the message that {@code message} stands on. */
    public FlowMessage wrap(MessageReader message) {
        buffer = message.buffer();
        dpIfindex = OvsHeader.dpIfindex(message);
        command = message.command();
        keyOffset = maskOffset = actionsOffset = ufidOffset = -1;
        keyLength = maskLength = actionsLength = ufidLength = 0;
        packets = bytes = used = 0;
        tcpFlags = 0;
        message.attributes(attributes, OvsHeader.PAYLOAD_OFFSET);
        while (attributes.next()) {
            attribute(attributes);
        }
        return this;
    }

    private void attribute(AttributeReader a) {
        int offset = a.offset();
        int length = a.length();
        switch (a.type()) {
            case KEY -> {
                keyOffset = offset;
                keyLength = length;
            }
            case ACTIONS -> {
                actionsOffset = offset;
                actionsLength = length;
            }
            case STATS -> {
                a.requireAtLeast(STATS_BYTES);
                packets = buffer.getLong(offset);
                bytes = buffer.getLong(offset + 8);
            }
            case TCP_FLAGS -> tcpFlags = a.u8();
            case USED -> used = a.u64();
            case MASK -> {
                maskOffset = offset;
                maskLength = length;
            }
            case UFID -> {
                ufidOffset = offset;
                ufidLength = length;
            }
            default -> {
                // Padding, or newer than this program.
            }
        }
    }

    public ByteBuffer buffer() {
        return buffer;
    }

    public int dpIfindex() {
        return dpIfindex;
    }

    /** One of {@code FlowAttributes.CMD_*}. */
    public int command() {
        return command;
    }

    public boolean hasKey() {
        return keyOffset >= 0;
    }

    public int keyOffset() {
        return keyOffset;
    }

    public int keyLength() {
        return keyLength;
    }

    public boolean hasMask() {
        return maskOffset >= 0;
    }

    public int maskOffset() {
        return maskOffset;
    }

    public int maskLength() {
        return maskLength;
    }

    /** False too where a dump left out an action list that was too long for it. */
    public boolean hasActions() {
        return actionsOffset >= 0;
    }

    public int actionsOffset() {
        return actionsOffset;
    }

    public int actionsLength() {
        return actionsLength;
    }

    public boolean hasUfid() {
        return ufidOffset >= 0;
    }

    public int ufidOffset() {
        return ufidOffset;
    }

    public int ufidLength() {
        return ufidLength;
    }

    /** Bytes 0 to 7 of a 16-byte ufid, as a number of native byte order. */
    public long ufidFirst() {
        return ufidLength == 16 ? buffer.getLong(ufidOffset) : 0;
    }

    /** Bytes 8 to 15 of a 16-byte ufid. */
    public long ufidSecond() {
        return ufidLength == 16 ? buffer.getLong(ufidOffset + 8) : 0;
    }

    public long packets() {
        return packets;
    }

    public long bytes() {
        return bytes;
    }

    /** When the flow was last used, in ms of the monotonic clock; 0 for never. */
    public long usedMillis() {
        return used;
    }

    /** TCP flags of all packets, ORed. */
    public int tcpFlags() {
        return tcpFlags;
    }

    // For tools: the parts as objects.

    /** The key by its table. */
    public AttributeList key() {
        return list(KeyAttributes.TABLE, keyOffset, keyLength);
    }

    /** The mask by its table. */
    public AttributeList mask() {
        return list(KeyAttributes.TABLE, maskOffset, maskLength);
    }

    /** The actions by their table. */
    public AttributeList actions() {
        return list(ActionAttributes.TABLE, actionsOffset, actionsLength);
    }

    private AttributeList list(AttributeTable table, int offset, int length) {
        return offset < 0
                ? new AttributeList(table)
                : AttributeCodec.decode(table, new AttributeReader().wrap(buffer, offset, length));
    }
}
