package io.odp4j.datapath.embedded.fragment;

import static io.odp4j.datapath.netlink.AttributeReader.be16;
import static io.odp4j.datapath.netlink.AttributeReader.be32;
import static io.odp4j.datapath.netlink.AttributeReader.be64;

import io.odp4j.datapath.flow.Protocol;
import io.odp4j.datapath.netlink.Errno;
import java.nio.ByteBuffer;

/** What a fragment says of its place. Used over and over. */
final class FragmentHeader {
    /** There is nothing to be put together. */
    static final int NOT_ONE = -1;

    private static final int IPV6_HEADER = 40;
    private static final int FRAGMENT_HEADER = 8;
    private static final int LONGEST_IP = 0xffff;

    DatagramId id;

    /** Where its bytes belong, and where they claim to end. */
    int offset;

    int stop;

    /** Whether others follow. */
    boolean more;

    boolean dontFragment;

    /** A bit of {@link Ecn}. */
    int ecn;

    /** Where its bytes are, and how many: negative if the header is cut off. */
    int data;

    int length;

    /** Its length, as the longest fragment is told. */
    int size;

    /** Where the headers end that the whole packet has, too. */
    int headEnd;

    int nextHeaderAt;
    byte nextHeader;

    /** 0. */
    int readIpv4(ByteBuffer b, int network, int end, int zone) {
        int field = be16(b, network + 6);
        more = (field & 0x2000) != 0;
        dontFragment = (field & 0x4000) != 0;
        offset = (field & 0x1fff) << 3;
        ecn = Ecn.bit(b.get(network + 1));
        int headerLength = (b.get(network) & 0xf) * 4;
        data = network + headerLength;
        headEnd = data;
        nextHeaderAt = network + 9;
        nextHeader = b.get(nextHeaderAt);
        length = end - data;
        stop = offset + length;
        if (more) {
            // All but the last are a multiple of eight; what is over is cut off.
            stop &= ~7;
            length = Math.min(length, stop - offset);
        }
        size = length + headerLength;
        id =
                new DatagramId(
                        0,
                        be32(b, network + 12) & 0xffff_ffffL,
                        0,
                        be32(b, network + 16) & 0xffff_ffffL,
                        be16(b, network + 4),
                        nextHeader & 0xff,
                        zone,
                        0);
        return 0;
    }

    /** 0, {@link #NOT_ONE}, or the number of an error. */
    int readIpv6(ByteBuffer b, int network, int end, int zone, int ifindex) {
        int payload = be16(b, network + 4);
        if (payload == 0 || !find(b, network, end) || isCutWithinHeaders(b, headEnd, end)) {
            return NOT_ONE;
        }
        if (end - headEnd < FRAGMENT_HEADER) {
            return Errno.ENOMEM.number();
        }
        int field = be16(b, headEnd + 2);
        offset = field & ~7;
        more = (field & 1) != 0;
        dontFragment = false;
        ecn = Ecn.bit(b.get(network + 1) >>> 4);
        nextHeader = b.get(headEnd);
        data = headEnd + FRAGMENT_HEADER;
        stop = offset + payload - (data - network - IPV6_HEADER);
        if (Integer.compareUnsigned(stop, LONGEST_IP) > 0) {
            return Errno.EINVAL.number();
        }
        length = Math.min(end - data, stop - offset);
        size = payload;
        long dstHigh = be64(b, network + 24);
        boolean local = dstHigh >>> 56 == 0xff || dstHigh >>> 54 == 0xfe80 >>> 6;
        id =
                new DatagramId(
                        be64(b, network + 8),
                        be64(b, network + 16),
                        dstHigh,
                        be64(b, network + 32),
                        be32(b, headEnd + 4),
                        0,
                        zone,
                        local ? ifindex : 0);
        return 0;
    }

    /** Finds the fragment header, and where it is named. */
    private boolean find(ByteBuffer b, int network, int end) {
        int next = b.get(network + 6) & 0xff;
        int at = network + IPV6_HEADER;
        nextHeaderAt = network + 6;
        while (next != Protocol.IPV6_FRAGMENT) {
            if (!Protocol.isIpv6Extension(next) || next == Protocol.IPV6_NONE || end - at < 2) {
                return false;
            }
            nextHeaderAt = at;
            int length = extensionLength(b, at, next);
            next = b.get(at) & 0xff;
            at += length;
        }
        headEnd = at;
        return at <= end;
    }

    /** Whether a first fragment ends before the header of the protocol above IPv6 does. */
    private static boolean isCutWithinHeaders(ByteBuffer b, int start, int end) {
        int next = Protocol.IPV6_FRAGMENT;
        int at = start;
        while (Protocol.isIpv6Extension(next)) {
            if (next == Protocol.IPV6_NONE || end - at < (next == Protocol.IPV6_FRAGMENT ? 4 : 2)) {
                return false;
            }
            if (next == Protocol.IPV6_FRAGMENT && (be16(b, at + 2) & ~7) != 0) {
                return false;
            }
            int length = extensionLength(b, at, next);
            next = b.get(at) & 0xff;
            at += length;
        }
        int least =
                switch (next) {
                    case Protocol.IP_TCP -> 20;
                    case Protocol.IP_UDP, Protocol.IP_ICMPV6 -> 8;
                    default -> 1;
                };
        return at + least > end;
    }

    private static int extensionLength(ByteBuffer b, int at, int type) {
        return switch (type) {
            case Protocol.IPV6_FRAGMENT -> FRAGMENT_HEADER;
            case Protocol.IPV6_AUTH -> ((b.get(at + 1) & 0xff) + 2) * 4;
            default -> ((b.get(at + 1) & 0xff) + 1) * 8;
        };
    }
}
