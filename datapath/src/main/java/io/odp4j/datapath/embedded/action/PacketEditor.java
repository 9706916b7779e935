package io.odp4j.datapath.embedded.action;

import io.odp4j.datapath.embedded.packet.Headers;
import io.odp4j.datapath.embedded.packet.Packet;
import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.Protocol;
import io.odp4j.datapath.netlink.AttributeReader;
import io.odp4j.datapath.netlink.Errno;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The actions that change a packet's headers: tags, labels and fields, with their checksums. */
public final class PacketEditor {
    private static final boolean SWAP = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    private static final int TAG = 4;
    private static final int LABEL = 4;

    private PacketEditor() {}

    /** Does one action; returns the number of an error, or 0. */
    public static int edit(Packet packet, int action, ByteBuffer b, int p, int size) {
        int error =
                switch (action) {
                    case ActionNumbers.PUSH_VLAN -> pushVlan(packet, b, p);
                    case ActionNumbers.POP_VLAN -> popVlan(packet);
                    case ActionNumbers.PUSH_MPLS -> pushMpls(packet, b, p);
                    case ActionNumbers.POP_MPLS -> popMpls(packet, AttributeReader.be16(b, p));
                    case ActionNumbers.SET -> set(packet, b, p, false);
                    case ActionNumbers.SET_MASKED -> set(packet, b, p, true);
                    default -> Errno.EINVAL.number();
                };
        packet.keyStale = true;
        return error;
    }

    private static int pushVlan(Packet packet, ByteBuffer b, int p) {
        if (!packet.hasHeadroom(TAG)) {
            return Errno.ENOMEM.number();
        }
        ByteBuffer frame = packet.bytes;
        int from = packet.offset;
        packet.offset -= TAG;
        packet.length += TAG;
        move(frame, from, from - TAG, 12);
        frame.putShort(packet.offset + 12, b.getShort(p));
        // The bit that says in the action that there is a tag is none of the tag's on the wire.
        put16(frame, packet.offset + 14, AttributeReader.be16(b, p + 2) & ~0x1000);
        return 0;
    }

    private static int popVlan(Packet packet) {
        if (Protocol.isTag(packet.outerType()) && packet.length >= Packet.ETHERNET + TAG) {
            int from = packet.offset;
            packet.offset += TAG;
            packet.length -= TAG;
            move(packet.bytes, from, from + TAG, 12);
        }
        return 0;
    }

    /** Moves up to a few dozen bytes that may overlap. */
    private static void move(ByteBuffer b, int from, int to, int count) {
        if (to < from) {
            for (int i = 0; i < count; i++) {
                b.put(to + i, b.get(from + i));
            }
        } else {
            for (int i = count - 1; i >= 0; i--) {
                b.put(to + i, b.get(from + i));
            }
        }
    }

    private static int pushMpls(Packet packet, ByteBuffer b, int p) {
        if (!packet.hasHeadroom(LABEL)) {
            return Errno.ENOMEM.number();
        }
        Headers at = packet.headers();
        int from = packet.offset;
        packet.offset -= LABEL;
        packet.length += LABEL;
        move(packet.bytes, from, packet.offset, at.network - from);
        packet.bytes.putInt(at.network - LABEL, b.getInt(p));
        packet.bytes.putShort(at.network - LABEL - 2, b.getShort(p + 4));
        return 0;
    }

    private static int popMpls(Packet packet, int type) {
        Headers at = packet.headers();
        if (!isMpls(at.type) || at.end - at.network < LABEL) {
            return at.end - at.network < LABEL ? Errno.EINVAL.number() : 0;
        }
        int from = packet.offset;
        packet.offset += LABEL;
        packet.length -= LABEL;
        move(packet.bytes, from, packet.offset, at.network - from);
        put16(packet.bytes, at.network + LABEL - 2, type);
        return 0;
    }

    public static boolean isMpls(int type) {
        return type == Protocol.ETH_MPLS || type == Protocol.ETH_MPLS_MULTICAST;
    }

    private static int set(Packet packet, ByteBuffer b, int p, boolean masked) {
        int type = b.getShort(p + 2) & 0x3fff;
        int size = (b.getShort(p) & 0xffff) - 4;
        int value = p + 4;
        int mask = masked ? value + size / 2 : -1;
        switch (type) {
            case ActionNumbers.KEY_PRIORITY ->
                    metadata(packet, FlowField.SKB_PRIORITY, b, value, mask);
            case ActionNumbers.KEY_SKB_MARK -> metadata(packet, FlowField.SKB_MARK, b, value, mask);
            case ActionNumbers.KEY_ETHERNET -> {
                for (int i = 0; i < 12; i++) {
                    // On the wire the destination comes first.
                    int at = packet.offset + (i < 6 ? i + 6 : i - 6);
                    int m = mask < 0 ? 0xff : b.get(mask + i);
                    packet.bytes.put(at, (byte) (packet.bytes.get(at) & ~m | b.get(value + i) & m));
                }
            }
            case ActionNumbers.KEY_IPV4 -> {
                return FieldSetter.ipv4(packet.headers(), b, value, mask);
            }
            case ActionNumbers.KEY_IPV6 -> {
                return FieldSetter.ipv6(packet.headers(), b, value, mask);
            }
            case ActionNumbers.KEY_TCP, ActionNumbers.KEY_UDP, ActionNumbers.KEY_SCTP -> {
                return FieldSetter.ports(packet.headers(), b, value, mask);
            }
            case ActionNumbers.KEY_MPLS -> {
                Headers at = packet.headers();
                if (at.end - at.network < LABEL) {
                    return Errno.ENOMEM.number();
                }
                int m = mask < 0 ? -1 : b.getInt(mask);
                int old = packet.bytes.getInt(at.network);
                packet.bytes.putInt(at.network, old & ~m | b.getInt(value) & m);
            }
            default -> {
                return Errno.EINVAL.number();
            }
        }
        return 0;
    }

    private static void metadata(Packet packet, FlowField field, ByteBuffer b, int value, int at) {
        long mask = at < 0 ? -1 : b.getInt(at);
        packet.key.set(field, packet.key.get(field) & ~mask | b.getInt(value) & mask);
    }

    /**
     * Takes one off the time to live.
     *
     * @return false if it has run out; then nothing is changed
     */
    public static boolean decrementTtl(Packet packet) {
        Headers at = packet.headers();
        boolean ipv6 = at.type == Protocol.ETH_IPV6;
        if (at.type != Protocol.ETH_IPV4 && !ipv6 || at.end - at.network < (ipv6 ? 40 : 20)) {
            return true;
        }
        int field = at.network + (ipv6 ? 7 : 8);
        int ttl = packet.bytes.get(field) & 0xff;
        if (ttl <= 1) {
            return false;
        }
        if (ipv6) {
            packet.bytes.put(field, (byte) (ttl - 1));
        } else {
            FieldSetter.ipv4Word(at, field, ttl - 1 << 8 | packet.bytes.get(field + 1) & 0xff);
        }
        packet.keyStale = true;
        return true;
    }

    /** Writes a big-endian number. */
    public static void put16(ByteBuffer b, int at, int value) {
        b.putShort(at, SWAP ? Short.reverseBytes((short) value) : (short) value);
    }
}
