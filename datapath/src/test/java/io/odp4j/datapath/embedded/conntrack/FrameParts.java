package io.odp4j.datapath.embedded.conntrack;

import io.odp4j.datapath.flow.Protocol;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A frame taken apart, for those who compare. */
final class FrameParts {
    private final byte[] frame;
    final IpPacket ip = new IpPacket();
    final boolean whole;

    FrameParts(byte[] frame) {
        this.frame = frame;
        ByteBuffer b = ByteBuffer.allocateDirect(frame.length).order(ByteOrder.nativeOrder());
        b.put(0, frame);
        int at = 12;
        while (type(at) == Protocol.ETH_VLAN) {
            at += 4;
        }
        whole = ip.wrap(b, at + 2, frame.length, type(at) == Protocol.ETH_IPV6);
    }

    private int type(int at) {
        return (frame[at] & 0xff) << 8 | frame[at + 1] & 0xff;
    }

    int network() {
        return ip.network;
    }

    /** The bytes from the IP header on, at most so many. */
    byte[] quoted(int most) {
        int length = Math.min(frame.length - ip.network, most);
        byte[] quoted = new byte[length];
        System.arraycopy(frame, ip.network, quoted, 0, length);
        return quoted;
    }

    int icmpId() {
        return whole && ip.has(8) ? ip.be16(ip.transport + 4) : 0;
    }

    /**
     * The frame with zeros where a port or id may differ, and the checksums over it, in what an
     * error quotes as well.
     */
    byte[] withoutMapping() {
        byte[] masked = frame.clone();
        if (whole) {
            mask(masked, ip);
            boolean icmp = ip.proto == Protocol.IP_ICMP || ip.proto == Protocol.IP_ICMPV6;
            IpPacket inner = new IpPacket();
            if (icmp && inner.wrap(ip.bytes, ip.transport + 8, ip.end, ip.ipv6)) {
                mask(masked, inner);
            }
        }
        return masked;
    }

    private static void mask(byte[] bytes, IpPacket at) {
        int checksum =
                switch (at.proto) {
                    case Protocol.IP_TCP -> 16;
                    case Protocol.IP_UDP -> 6;
                    default -> 2;
                };
        boolean icmp = at.proto == Protocol.IP_ICMP || at.proto == Protocol.IP_ICMPV6;
        clear(bytes, at.transport + (icmp ? 4 : 0), icmp ? 2 : 4);
        clear(bytes, at.transport + checksum, 2);
    }

    private static void clear(byte[] bytes, int at, int count) {
        for (int i = at; i < at + count && i < bytes.length; i++) {
            bytes[i] = 0;
        }
    }
}
