package io.odp4j.upcall.watch;

import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowMask;
import java.nio.ByteBuffer;

/**
 * One thing that happened: a slot of a ring, or a reader's copy of one. Filled over and over;
 * nothing is allocated but for a packet that is longer than all before it.
 */
public final class Event {
    /** The most bytes of actions that are kept. */
    public static final int MOST_ACTIONS = 512;

    private final FlowKey key = new FlowKey();
    private final FlowMask mask = new FlowMask();
    private final byte[] actions = new byte[MOST_ACTIONS];
    private byte[] packet = {};
    private EventKind kind = EventKind.DECIDED;
    private long nanos;
    private long latencyNanos;
    private boolean miss;
    private boolean masked;
    private boolean named;
    private int actionsLength;
    private int packetLength;
    private int length;
    private int fullLength;
    private long ufidFirst;
    private long ufidSecond;
    private long packets;
    private long bytes;
    private int errno;

    /** Empties it for another event. */
    Event begin(EventKind what, long now) {
        kind = what;
        nanos = now;
        latencyNanos = 0;
        miss = false;
        masked = false;
        named = false;
        actionsLength = 0;
        packetLength = 0;
        length = 0;
        fullLength = 0;
        packets = 0;
        bytes = 0;
        errno = 0;
        return this;
    }

    /**
     * Takes a packet in.
     *
     * @param received when it was read, {@link System#nanoTime}
     * @param lengthInMessage bytes that came up
     * @param whole bytes that the packet has
     */
    public Event packet(
            boolean isMiss, FlowKey packetKey, long received, int lengthInMessage, int whole) {
        miss = isMiss;
        key.copyFrom(packetKey);
        latencyNanos = nanos - received;
        length = lengthInMessage;
        fullLength = whole;
        return this;
    }

    /** Takes the packet's first bytes in. */
    public Event bytes(ByteBuffer buffer, int offset, int count) {
        if (packet.length < count) {
            packet = new byte[count];
        }
        buffer.get(offset, packet, 0, count);
        packetLength = count;
        return this;
    }

    /** Takes in what matches. */
    public Event match(FlowKey flowKey, FlowMask flowMask) {
        key.copyFrom(flowKey);
        return mask(flowMask);
    }

    /** Takes in which bits of the key matter. */
    public Event mask(FlowMask flowMask) {
        System.arraycopy(flowMask.words(), 0, mask.words(), 0, FlowKey.WORDS);
        masked = true;
        return this;
    }

    /** Takes in the name that a flow has in the datapath. */
    public Event ufid(long first, long second) {
        ufidFirst = first;
        ufidSecond = second;
        named = true;
        return this;
    }

    /** Takes actions in: their length, and as many bytes as there is room for. */
    public Event actions(ByteBuffer buffer, int offset, int count) {
        actionsLength = count;
        if (count <= MOST_ACTIONS) {
            buffer.get(offset, actions, 0, count);
        }
        return this;
    }

    /** Takes actions in: their length, and as many bytes as there is room for. */
    public Event actions(byte[] list) {
        actionsLength = list.length;
        if (list.length <= MOST_ACTIONS) {
            System.arraycopy(list, 0, actions, 0, list.length);
        }
        return this;
    }

    /** Takes in what the flow has handled. */
    public Event handled(long flowPackets, long flowBytes) {
        packets = flowPackets;
        bytes = flowBytes;
        return this;
    }

    /** Takes in why the datapath refused it. */
    public Event error(int number) {
        errno = number;
        return this;
    }

    /** Copies a slot, which may be overwritten meanwhile: the caller finds that out afterwards. */
    void copyFrom(Event slot) {
        key.copyFrom(slot.key);
        System.arraycopy(slot.mask.words(), 0, mask.words(), 0, FlowKey.WORDS);
        kind = slot.kind;
        nanos = slot.nanos;
        latencyNanos = slot.latencyNanos;
        miss = slot.miss;
        masked = slot.masked;
        named = slot.named;
        actionsLength = slot.actionsLength;
        if (hasActions()) {
            System.arraycopy(slot.actions, 0, actions, 0, actionsLength);
        }
        byte[] from = slot.packet;
        packetLength = Math.min(slot.packetLength, from.length);
        if (packet.length < packetLength) {
            packet = new byte[packetLength];
        }
        System.arraycopy(from, 0, packet, 0, packetLength);
        length = slot.length;
        fullLength = slot.fullLength;
        ufidFirst = slot.ufidFirst;
        ufidSecond = slot.ufidSecond;
        packets = slot.packets;
        bytes = slot.bytes;
        errno = slot.errno;
    }

    public EventKind kind() {
        return kind;
    }

    /** When it happened, {@link System#nanoTime}. */
    public long nanos() {
        return nanos;
    }

    /** Of a packet: from its read to its decision. */
    public long latencyNanos() {
        return latencyNanos;
    }

    /** Of a packet: whether no flow matched it. */
    public boolean isMiss() {
        return miss;
    }

    /** The packet's key, or the flow's: the bits that its mask has. */
    public FlowKey key() {
        return key;
    }

    /** What the flow matches, or what the decision looked at; null if that is not known. */
    public FlowMask mask() {
        return masked ? mask : null;
    }

    /** Whether the flow's ufid is known. */
    public boolean hasUfid() {
        return named;
    }

    public long ufidFirst() {
        return ufidFirst;
    }

    public long ufidSecond() {
        return ufidSecond;
    }

    /** How many bytes of actions there are. */
    public int actionsLength() {
        return actionsLength;
    }

    /** Whether the actions were short enough to be kept. */
    public boolean hasActions() {
        return actionsLength <= MOST_ACTIONS;
    }

    /** The actions, in the first {@link #actionsLength} bytes. */
    public byte[] actions() {
        return actions;
    }

    /** How many of the packet's bytes were kept. */
    public int packetLength() {
        return packetLength;
    }

    /** The packet, in the first {@link #packetLength} bytes. */
    public byte[] packet() {
        return packet;
    }

    /** How many of the packet's bytes came up. */
    public int length() {
        return length;
    }

    /** How long the packet is. */
    public int fullLength() {
        return fullLength;
    }

    /** Packets that the flow handled. */
    public long packets() {
        return packets;
    }

    /** Bytes that the flow handled. */
    public long bytes() {
        return bytes;
    }

    /** Why the datapath refused the flow; 0 if it did not. */
    public int errno() {
        return errno;
    }
}
