package io.odp4j.datapath.embedded.action;

import io.odp4j.datapath.embedded.packet.Headers;
import io.odp4j.datapath.embedded.packet.Packet;
import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.Protocol;
import io.odp4j.datapath.netlink.AttributeReader;
import io.odp4j.datapath.netlink.Errno;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The actions that change a packet's headers, as the kernel does them ({@code
 * net/openvswitch/actions.c}). The result is the number of an error, or 0.
 */
public final class PacketEditor {
    private static final boolean SWAP = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    private static final int TAG = 4;
    private static final int LABEL = 4;
    private static final int CFI = 0x1000;
    private static final int ADDRESSES = 12;
    private static final int ADD_MPLS_L3 = 1;

    private PacketEditor() {}

    /** Does one action. */
    public static int edit(Packet packet, int action, ByteBuffer b, int p) {
        return switch (action) {
            case ActionNumbers.PUSH_VLAN ->
                    pushVlan(packet, AttributeReader.be16(b, p), AttributeReader.be16(b, p + 2));
            case ActionNumbers.POP_VLAN -> popVlan(packet);
            case ActionNumbers.PUSH_MPLS ->
                    pushMpls(packet, b, p, packet.headers().macLength, false);
            case ActionNumbers.ADD_MPLS -> addMpls(packet, b, p);
            case ActionNumbers.POP_MPLS -> popMpls(packet, AttributeReader.be16(b, p));
            case ActionNumbers.PUSH_ETH -> pushEthernet(packet, b, p);
            case ActionNumbers.POP_ETH -> popEthernet(packet);
            case ActionNumbers.PUSH_NSH -> NshEditor.push(packet, b, p);
            case ActionNumbers.POP_NSH -> NshEditor.pop(packet);
            case ActionNumbers.SET -> set(packet, b, p, false);
            case ActionNumbers.SET_MASKED -> set(packet, b, p, true);
            default -> Errno.EINVAL.number();
        };
    }

    private static int pushVlan(Packet packet, int tpid, int tci) {
        if (!packet.hasHeadroom(TAG)) {
            return Errno.ENOMEM.number();
        }
        Headers at = packet.headers();
        int held = packet.heldTpid();
        if (packet.holdAnotherTag(tpid, tci & ~CFI)) {
            at.protocol = held;
            at.network -= TAG;
            at.macLength = at.network - packet.offset;
            packet.keyStale = true;
            return 0;
        }
        if (at.tagged) {
            at.protocol = AttributeReader.be16(packet.bytes, packet.offset + ADDRESSES);
            // For a kernel what follows is now the tag, whose first two bytes are the type before
            // it.
            at.network -= TAG;
            packet.keyStale = true;
        } else {
            setKeyTag(packet, tpid, tci);
        }
        packet.shift(-TAG, ADDRESSES);
        put16(packet.bytes, packet.offset + ADDRESSES, tpid);
        // The bit that says in the action that there is a tag is none of the tag's on the wire.
        put16(packet.bytes, packet.offset + ADDRESSES + 2, tci & ~CFI);
        at.tagged = true;
        at.macLength = at.network - packet.offset - TAG;
        return 0;
    }

    private static int popVlan(Packet packet) {
        Headers at = packet.headers();
        packet.dropHeldTag();
        if (at.tagged) {
            packet.shift(TAG, ADDRESSES);
            at.tagged = false;
        }
        if (Protocol.isTag(at.protocol)) {
            // The next tag takes the place of the one popped.
            if (packet.length < Packet.ETHERNET + TAG) {
                return Errno.ENOMEM.number();
            }
            int type = AttributeReader.be16(packet.bytes, packet.offset + ADDRESSES + TAG);
            at.protocol = type >= Protocol.ETH_MIN ? type : Headers.WITHOUT_TYPE;
            at.tagged = true;
            at.network = Math.max(at.network, packet.offset + TAG + Packet.ETHERNET);
            at.macLength = at.network - packet.offset - TAG;
            packet.keyStale = true;
        } else {
            setKeyTag(packet, 0, 0);
        }
        return 0;
    }

    private static void setKeyTag(Packet packet, int tpid, int tci) {
        packet.key.set(FlowField.VLAN_TPID, tpid).set(FlowField.VLAN_TCI, tci);
        packet.carryFromContents();
    }

    private static int addMpls(Packet packet, ByteBuffer b, int p) {
        boolean below = (b.getShort(p + 6) & ADD_MPLS_L3) != 0;
        if (!below) {
            packet.holdTag();
        }
        return pushMpls(packet, b, p, below ? packet.headers().macLength : 0, !below);
    }

    /** Pushes a label after {@code macLength} bytes; without any the Ethernet header is none. */
    private static int pushMpls(Packet packet, ByteBuffer b, int p, int macLength, boolean hide) {
        if (!packet.hasHeadroom(LABEL)) {
            return Errno.ENOMEM.number();
        }
        Headers at = packet.headers();
        int tag = tagWithin(at);
        packet.shift(-LABEL, macLength + tag);
        at.network = packet.offset + macLength + tag;
        at.macLength = macLength;
        at.protocol = AttributeReader.be16(b, p + 4);
        packet.bytes.putInt(at.network, b.getInt(p));
        if (macLength >= Packet.ETHERNET) {
            packet.bytes.putShort(packet.offset + ADDRESSES + tag, b.getShort(p + 4));
        }
        packet.changed(packet.isEthernet() && macLength != 0 && !hide);
        return 0;
    }

    /** Bytes of an outer tag, which a kernel holds beside the Ethernet header. */
    private static int tagWithin(Headers at) {
        return at.tagged ? TAG : 0;
    }

    private static int popMpls(Packet packet, int type) {
        Headers at = packet.headers();
        if (isMpls(at.protocol)) {
            int tag = tagWithin(at);
            if (packet.length < at.macLength + tag + LABEL) {
                return Errno.ENOMEM.number();
            }
            packet.shift(LABEL, at.macLength + tag);
            at.network = packet.offset + at.macLength + tag;
            if (packet.isEthernet() && at.macLength >= Packet.ETHERNET) {
                put16(packet.bytes, at.network - 2, type);
            }
            at.protocol = type;
        }
        packet.changed(packet.isEthernet() || type == NshEditor.ETH_TEB);
        return 0;
    }

    private static int pushEthernet(Packet packet, ByteBuffer b, int p) {
        Headers at = packet.headers();
        if (at.macLength != 0 || packet.hasTag()) {
            return Errno.EPROTO.number();
        }
        if (!packet.hasHeadroom(Packet.ETHERNET)) {
            return Errno.ENOMEM.number();
        }
        packet.shift(-Packet.ETHERNET, 0);
        // The action has the source first, the wire the destination.
        packet.bytes.put(packet.offset, b, p + 6, 6);
        packet.bytes.put(packet.offset + 6, b, p, 6);
        put16(packet.bytes, packet.offset + ADDRESSES, at.protocol);
        at.macLength = at.network - packet.offset;
        packet.changed(true);
        return 0;
    }

    private static int popEthernet(Packet packet) {
        Headers at = packet.headers();
        boolean whole = at.macLength >= Packet.ETHERNET && packet.length >= at.macLength;
        if (packet.hasTag() || !whole) {
            return Errno.EPROTO.number();
        }
        packet.shift(Packet.ETHERNET, 0);
        // An LLC header stays, and is then what lies before the network header.
        at.macLength -= Packet.ETHERNET;
        packet.changed(false);
        return 0;
    }

    static boolean isMpls(int type) {
        return type == Protocol.ETH_MPLS || type == Protocol.ETH_MPLS_MULTICAST;
    }

    private static int set(Packet packet, ByteBuffer b, int p, boolean masked) {
        int type = b.getShort(p + 2) & 0x3fff;
        int size = (b.getShort(p) & 0xffff) - 4;
        int value = p + 4;
        int mask = masked ? value + size / 2 : -1;
        return switch (type) {
            case ActionNumbers.KEY_PRIORITY ->
                    metadata(packet, FlowField.SKB_PRIORITY, b, value, mask);
            case ActionNumbers.KEY_SKB_MARK -> metadata(packet, FlowField.SKB_MARK, b, value, mask);
            // A tunnel's key is for tunnel ports; there is none. Only samples show it.
            case ActionNumbers.KEY_TUNNEL -> {
                packet.setTunnel(b, value, size);
                yield 0;
            }
            case ActionNumbers.KEY_ETHERNET -> FieldSetter.ethernet(packet, b, value, mask);
            case ActionNumbers.KEY_IPV4 -> Ipv4Setter.set(packet, b, value, mask);
            case ActionNumbers.KEY_IPV6 -> Ipv6Setter.set(packet, b, value, mask);
            case ActionNumbers.KEY_TCP -> FieldSetter.tcp(packet, b, value, mask);
            case ActionNumbers.KEY_UDP -> FieldSetter.udp(packet, b, value, mask);
            case ActionNumbers.KEY_SCTP -> FieldSetter.sctp(packet, b, value, mask);
            case ActionNumbers.KEY_MPLS -> FieldSetter.mpls(packet, b, value, mask);
            default -> Errno.EINVAL.number();
        };
    }

    private static int metadata(Packet packet, FlowField field, ByteBuffer b, int value, int at) {
        long mask = at < 0 ? -1 : b.getInt(at);
        packet.key.set(field, packet.key.get(field) & ~mask | b.getInt(value) & mask);
        return 0;
    }

    /**
     * Takes one off the time to live.
     *
     * @return EHOSTUNREACH if it has run out; then nothing is changed
     */
    public static int decrementTtl(Packet packet) {
        Headers at = packet.headers();
        boolean ipv6 = at.protocol == Protocol.ETH_IPV6;
        if (at.protocol != Protocol.ETH_IPV4 && !ipv6) {
            return 0;
        }
        if (at.end - at.network < (ipv6 ? 40 : 20)) {
            return Errno.ENOMEM.number();
        }
        int field = at.network + (ipv6 ? 7 : 8);
        int ttl = packet.bytes.get(field) & 0xff;
        if (ttl <= 1) {
            return Errno.EHOSTUNREACH.number();
        }
        if (ipv6) {
            packet.bytes.put(field, (byte) (ttl - 1));
        } else {
            Ipv4Setter.timeToLive(at, ttl - 1);
        }
        packet.key.set(FlowField.NW_TTL, ttl - 1);
        return 0;
    }

    /** Writes a big-endian number. */
    public static void put16(ByteBuffer b, int at, int value) {
        b.putShort(at, SWAP ? Short.reverseBytes((short) value) : (short) value);
    }
}
