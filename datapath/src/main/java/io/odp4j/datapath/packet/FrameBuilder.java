package io.odp4j.datapath.packet;

import io.odp4j.datapath.flow.Protocol;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Builds a frame header by header, and fills in what one header must say of the next: types,
 * lengths and checksums.
 *
 * <pre>{@code
 * byte[] frame = FrameBuilder.ethernet(0x0200_0000_0002L, 0x0200_0000_0001L)
 *         .vlan(5)
 *         .ipv4(0x0a000001, 0x0a000002).ttl(64)
 *         .tcp(1234, 80, 0x002)
 *         .payload(100)
 *         .build();
 * }</pre>
 *
 * Addresses and numbers are as in {@link io.odp4j.datapath.flow.FlowField}: the most significant
 * bits come first on the wire. Modifiers ({@code ttl}, {@code fragment}, …) change the header
 * before them. There can be one IP header; a tunnel's inner frame is a payload.
 */
public final class FrameBuilder {
    private static final int NONE = -1;

    private ByteBuffer frame = ByteBuffer.allocate(256).order(ByteOrder.BIG_ENDIAN);
    private int typeAt = NONE;
    private int protoAt = NONE;
    private int mplsAt = NONE;
    private int ip4 = NONE;
    private int ip6 = NONE;
    private int upper = NONE;
    private int upperProto;
    private boolean fragment;
    private int padTo;

    private FrameBuilder() {}

    /** Starts with an Ethernet header. */
    public static FrameBuilder ethernet(long dst, long src) {
        FrameBuilder builder = new FrameBuilder();
        builder.mac(dst).mac(src);
        return builder.typeHere(0);
    }

    /** Starts with the network header: a frame of a tunnel or device without Ethernet. */
    public static FrameBuilder l3() {
        return new FrameBuilder();
    }

    // --- Ethernet ---

    /** Says what comes next; the headers that follow do so by themselves. */
    public FrameBuilder type(int etherType) {
        if (typeAt != NONE) {
            frame.putShort(typeAt, (short) etherType);
            typeAt = NONE;
        }
        return this;
    }

    /** A tag of any TPID; bit 0x1000 of the TCI is the drop-eligible bit of the wire. */
    public FrameBuilder tag(int tpid, int tci) {
        type(tpid);
        return u16(tci).typeHere(0);
    }

    /** An 802.1Q tag. */
    public FrameBuilder vlan(int vid) {
        return tag(Protocol.ETH_VLAN, vid);
    }

    /** An 802.3 length and an LLC header. */
    public FrameBuilder llc(int dsap, int ssap, int control) {
        type(0x0026);
        return u8(dsap).u8(ssap).u8(control);
    }

    /** An LLC header that says SNAP, organisation 0 and a type, which the next header fills in. */
    public FrameBuilder snap() {
        return llc(0xaa, 0xaa, 3).u8(0).u16(0).typeHere(0);
    }

    /** One label stack entry; the last one before another header is the bottom of the stack. */
    public FrameBuilder mpls(int label, int trafficClass, int ttl) {
        type(Protocol.ETH_MPLS);
        mplsAt = frame.position();
        return u32(label << 12 | trafficClass << 9 | ttl);
    }

    /** A network service header of MD type 1 and its four contexts. */
    public FrameBuilder nsh(int flags, int ttl, int next, int pathHeader, int... contexts) {
        type(Protocol.ETH_NSH);
        u16(flags << 12 | ttl << 6 | 6).u8(1).u8(next).u32(pathHeader);
        for (int context : Arrays.copyOf(contexts, 4)) {
            u32(context);
        }
        return this;
    }

    /** An ARP packet for IPv4 over Ethernet. */
    public FrameBuilder arp(int operation, long sha, int sip, long tha, int tip) {
        type(Protocol.ETH_ARP);
        u16(1).u16(Protocol.ETH_IPV4).u8(6).u8(4).u16(operation);
        return mac(sha).u32(sip).mac(tha).u32(tip);
    }

    // --- IP ---

    public FrameBuilder ipv4(int src, int dst) {
        bottom();
        type(Protocol.ETH_IPV4);
        ip4 = frame.position();
        protoAt = ip4 + 9;
        return u16(0x4500).u16(0).u32(0).u8(64).u8(0).u16(0).u32(src).u32(dst);
    }

    /** IPv4 options; padded to four bytes. */
    public FrameBuilder options(byte... options) {
        bytes(Arrays.copyOf(options, options.length + 3 & ~3));
        frame.put(ip4, (byte) (0x40 | (frame.position() - ip4) / 4));
        return this;
    }

    /** IPv6 addresses as their more and less significant halves. */
    public FrameBuilder ipv6(long srcHigh, long srcLow, long dstHigh, long dstLow) {
        bottom();
        type(Protocol.ETH_IPV6);
        ip6 = frame.position();
        protoAt = ip6 + 6;
        u32(0x6000_0000).u16(0).u8(Protocol.IPV6_NONE).u8(64);
        return u64(srcHigh).u64(srcLow).u64(dstHigh).u64(dstLow);
    }

    /** TOS or traffic class. */
    public FrameBuilder tos(int tos) {
        if (ip4 != NONE) {
            frame.put(ip4 + 1, (byte) tos);
        } else {
            frame.putInt(ip6, frame.getInt(ip6) & 0xf00f_ffff | tos << 20);
        }
        return this;
    }

    /** TTL or hop limit. */
    public FrameBuilder ttl(int ttl) {
        frame.put(ip4 != NONE ? ip4 + 8 : ip6 + 7, (byte) ttl);
        return this;
    }

    public FrameBuilder flowLabel(int label) {
        frame.putInt(ip6, frame.getInt(ip6) & 0xfff0_0000 | label);
        return this;
    }

    /**
     * Makes it a fragment, in IPv6 with a header of its own.
     *
     * @param offset in units of eight bytes
     */
    public FrameBuilder fragment(int offset, boolean more) {
        fragment = true;
        if (ip4 != NONE) {
            frame.putShort(ip4 + 6, (short) ((more ? 0x2000 : 0) | offset));
            return this;
        }
        next(Protocol.IPV6_FRAGMENT);
        protoAt = frame.position();
        return u16(0).u16(offset << 3 | (more ? 1 : 0)).u32(0x1234);
    }

    /** An IPv6 extension header of {@code 8 * units + 8} bytes (AUTH: {@code 4 * units + 8}). */
    public FrameBuilder extension(int header, int units) {
        next(header);
        protoAt = frame.position();
        int length = header == Protocol.IPV6_AUTH ? 4 * units + 8 : 8 * units + 8;
        return u8(Protocol.IPV6_NONE).u8(units).bytes(new byte[length - 2]);
    }

    // --- above IP ---

    /** Any protocol without a header that is known here. */
    public FrameBuilder proto(int proto) {
        next(proto);
        protoAt = NONE;
        return this;
    }

    public FrameBuilder tcp(int src, int dst, int flags) {
        proto(Protocol.IP_TCP).upper(Protocol.IP_TCP);
        return u16(src).u16(dst).u32(1).u32(0).u16(0x5000 | flags).u16(0xffff).u32(0);
    }

    /** Sequence number, acknowledgement and window of the TCP header. */
    public FrameBuilder numbers(int seq, int ack, int window) {
        frame.putInt(upper + 4, seq);
        frame.putInt(upper + 8, ack);
        frame.putShort(upper + 14, (short) window);
        return this;
    }

    /** Options of the TCP header, a multiple of four bytes. */
    public FrameBuilder tcpOptions(byte... options) {
        int words = (frame.get(upper + 12) >>> 4 & 0xf) + options.length / 4;
        frame.put(upper + 12, (byte) (words << 4));
        return bytes(options);
    }

    public FrameBuilder udp(int src, int dst) {
        proto(Protocol.IP_UDP).upper(Protocol.IP_UDP);
        return u16(src).u16(dst).u32(0);
    }

    public FrameBuilder sctp(int src, int dst) {
        proto(Protocol.IP_SCTP).upper(Protocol.IP_SCTP);
        return u16(src).u16(dst).u32(1).u32(0);
    }

    public FrameBuilder icmp(int type, int code) {
        proto(Protocol.IP_ICMP).upper(Protocol.IP_ICMP);
        return u8(type).u8(code).u16(0).u32(0);
    }

    public FrameBuilder icmpv6(int type, int code) {
        proto(Protocol.IP_ICMPV6).upper(Protocol.IP_ICMPV6);
        return u8(type).u8(code).u16(0).u32(0);
    }

    /** Identifier and sequence number of an ICMP or ICMPv6 echo. */
    public FrameBuilder echo(int id, int sequence) {
        frame.putShort(upper + 4, (short) id);
        frame.putShort(upper + 6, (short) sequence);
        return this;
    }

    /** Neighbour solicitation or advertisement, without options. */
    public FrameBuilder neighbour(int type, long targetHigh, long targetLow) {
        return icmpv6(type, 0).u64(targetHigh).u64(targetLow);
    }

    /** A link-layer address option of neighbour discovery: 1 source, 2 target. */
    public FrameBuilder neighbourOption(int type, long address) {
        return u8(type).u8(1).mac(address);
    }

    // --- the rest ---

    public FrameBuilder payload(byte... bytes) {
        return bytes(bytes);
    }

    /** Bytes that count up. */
    public FrameBuilder payload(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) i;
        }
        return bytes(bytes);
    }

    /** Adds zeros behind the packet until the frame has that length, as Ethernet does up to 60. */
    public FrameBuilder padTo(int length) {
        padTo = length;
        return this;
    }

    /** Bytes written so far, without padding. */
    public int length() {
        return frame.position();
    }

    /** The frame, without a frame check sequence. */
    public byte[] build() {
        bottom();
        int end = frame.position();
        ByteBuffer b = frame.duplicate().order(ByteOrder.nativeOrder());
        if (ip4 != NONE) {
            int header = (frame.get(ip4) & 0xf) * 4;
            frame.putShort(ip4 + 2, (short) (end - ip4));
            frame.putShort(ip4 + 10, (short) 0);
            frame.putShort(ip4 + 10, (short) Checksum.fold(Checksum.sum(b, ip4, header)));
        } else if (ip6 != NONE) {
            frame.putShort(ip6 + 4, (short) (end - ip6 - 40));
        }
        if (upper != NONE) {
            upperChecksum(b, end);
        }
        return Arrays.copyOf(Arrays.copyOf(frame.array(), end), Math.max(end, padTo));
    }

    private void upperChecksum(ByteBuffer b, int end) {
        int length = end - upper;
        if (upperProto == Protocol.IP_UDP) {
            frame.putShort(upper + 4, (short) length);
        }
        if (fragment) {
            // A checksum covers the whole datagram, of which this is a part.
            return;
        }
        int at =
                upper
                        + switch (upperProto) {
                            case Protocol.IP_TCP -> 16;
                            case Protocol.IP_UDP -> 6;
                            case Protocol.IP_SCTP -> 8;
                            default -> 2;
                        };
        if (upperProto == Protocol.IP_SCTP) {
            frame.putInt(at, 0);
            frame.putInt(at, Checksum.sctp(b, upper, length));
            return;
        }
        frame.putShort(at, (short) 0);
        long sum = Checksum.sum(b, upper, length);
        if (upperProto != Protocol.IP_ICMP) {
            sum +=
                    ip4 != NONE
                            ? Checksum.pseudoIpv4(b, ip4, upperProto, length)
                            : Checksum.pseudoIpv6(b, ip6, upperProto, length);
        }
        int checksum = Checksum.fold(sum);
        // In UDP zero would mean that there is none.
        boolean udpZero = checksum == 0 && upperProto == Protocol.IP_UDP;
        frame.putShort(at, (short) (udpZero ? 0xffff : checksum));
    }

    private FrameBuilder typeHere(int type) {
        typeAt = frame.position();
        return u16(type);
    }

    private void next(int proto) {
        if (protoAt != NONE) {
            frame.put(protoAt, (byte) proto);
        }
    }

    private void upper(int proto) {
        upper = frame.position();
        upperProto = proto;
    }

    private void bottom() {
        if (mplsAt != NONE) {
            frame.putInt(mplsAt, frame.getInt(mplsAt) | 0x100);
            mplsAt = NONE;
            typeAt = NONE;
        }
    }

    private FrameBuilder mac(long address) {
        return u16((int) (address >>> 32)).u32((int) address);
    }

    private FrameBuilder u8(int value) {
        room(1).put((byte) value);
        return this;
    }

    private FrameBuilder u16(int value) {
        room(2).putShort((short) value);
        return this;
    }

    private FrameBuilder u32(int value) {
        room(4).putInt(value);
        return this;
    }

    private FrameBuilder u64(long value) {
        room(8).putLong(value);
        return this;
    }

    private FrameBuilder bytes(byte[] bytes) {
        room(bytes.length).put(bytes);
        return this;
    }

    private ByteBuffer room(int bytes) {
        if (frame.remaining() < bytes) {
            int capacity = Math.max(2 * frame.capacity(), frame.position() + bytes);
            byte[] grown = Arrays.copyOf(frame.array(), capacity);
            frame = ByteBuffer.wrap(grown).position(frame.position());
        }
        return frame;
    }
}
