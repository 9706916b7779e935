package io.odp4j.datapath.embedded.fragment;

import static io.odp4j.datapath.netlink.AttributeReader.be16;

import io.odp4j.datapath.embedded.action.PacketEditor;
import io.odp4j.datapath.flow.Protocol;
import io.odp4j.datapath.packet.Checksum;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Cuts a packet that was put together of fragments into fragments that are no longer: {@code
 * ovs_fragment}, and with it {@code ip_do_fragment} and {@code ip6_fragment}. Where it can, it cuts
 * where the packet was cut before.
 */
public final class Fragmenter {
    /** Takes the fragments. */
    public interface Out {
        void transmit(ByteBuffer frame, int offset, int length);
    }

    private static final int IPV6_HEADER = 40;
    private static final int FRAGMENT_HEADER = 8;
    private static final int IPV6_LEAST_MTU = 1280;
    private static final int IPV4_MORE = 0x2000;
    private static final int IPV4_OFFSET = 0x1fff;
    private static final int LONGEST_IP = 0xffff;

    /** What may stand in front of the IP header, the outer tag left out. */
    private static final int LONGEST_LAYER2 = 30;

    private static final Pieces NONE = new Pieces();

    private final ByteBuffer frame =
            ByteBuffer.allocateDirect(1 << 17).order(ByteOrder.nativeOrder());

    // The packet that is being cut.
    private ByteBuffer packet;
    private int start;
    private int network;
    private int end;

    /** Bytes of the frame that all fragments have: up to the first that is cut. */
    private int head;

    /** The next byte that is to be sent. */
    private int at;

    /** Where IPv6's headers name the protocol of what is cut. */
    private int nextHeaderAt;

    /**
     * Cuts a frame.
     *
     * @param networkHeader where its IP header starts
     * @param tagged whether the frame has an outer tag
     * @param mru the longest IP packet that a fragment may be
     * @param pieces where it was cut before, as far as that is known; or null
     * @return false if it cannot be cut
     */
    public boolean cut(
            ByteBuffer from,
            int frameStart,
            int networkHeader,
            int frameEnd,
            boolean tagged,
            boolean ipv6,
            int mru,
            Pieces pieces,
            Out out) {
        packet = from;
        start = frameStart;
        network = networkHeader;
        end = frameEnd;
        if (network - start - (tagged ? 4 : 0) > LONGEST_LAYER2) {
            return false;
        }
        return ipv6
                ? cutIpv6(mru, pieces == null ? NONE : pieces, out)
                : cutIpv4(mru, pieces == null ? NONE : pieces, out);
    }

    private boolean cutIpv4(int mru, Pieces pieces, Out out) {
        int headerLength = (packet.get(network) & 0xf) * 4;
        int room = mru - headerLength;
        at = network + headerLength;
        if (room < 8 || at > end) {
            return false;
        }
        head = at - start;
        int field = be16(packet, network + 6);
        int first = at - (field & IPV4_OFFSET) * 8;
        boolean again =
                (field & (IPV4_MORE | IPV4_OFFSET)) == 0
                        && pieces.fit(headerLength, room)
                        && isUpperHeaderIn(pieces.length(0, headerLength));
        for (int i = 0; at < end; i++) {
            int length = again ? piece(pieces, i, headerLength) : upTo(room);
            copy(length, head);
            int ip = network - start;
            boolean more = at + length < end || (field & IPV4_MORE) != 0;
            PacketEditor.put16(frame, ip + 2, headerLength + length);
            PacketEditor.put16(frame, ip + 6, at - first >> 3 | (more ? IPV4_MORE : 0));
            PacketEditor.put16(frame, ip + 10, 0);
            int sum = Checksum.fold(Checksum.sum(frame, ip, headerLength));
            PacketEditor.put16(frame, ip + 10, sum);
            out.transmit(frame, 0, head + length);
            at += length;
        }
        return true;
    }

    /**
     * Whether the first fragment has the header of the protocol above IP: if not, a kernel has
     * moved that there to read it, and the cut with it.
     */
    private boolean isUpperHeaderIn(int first) {
        int least =
                switch (packet.get(network + 9) & 0xff) {
                    case Protocol.IP_TCP -> 20;
                    case Protocol.IP_SCTP -> 12;
                    default -> 0;
                };
        return first >= least || end - at < least;
    }

    private boolean cutIpv6(int mru, Pieces pieces, Out out) {
        int fixed = unfragmentable();
        int room = Math.max(mru, IPV6_LEAST_MTU) - fixed - FRAGMENT_HEADER;
        if (fixed < 0 || room < 8) {
            return false;
        }
        at = network + fixed;
        head = at - start;
        int id = ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE);
        int first = at;
        boolean again = pieces.fit(fixed, room);
        byte next = packet.get(nextHeaderAt);
        for (int i = 0; at < end; i++) {
            int length = again ? piece(pieces, i, fixed) : upTo(room);
            copy(length, head + FRAGMENT_HEADER);
            int more = at + length < end ? 1 : 0;
            frame.put(nextHeaderAt - start, (byte) Protocol.IPV6_FRAGMENT);
            int payload = fixed - IPV6_HEADER + FRAGMENT_HEADER + length;
            PacketEditor.put16(frame, network - start + 4, payload);
            frame.put(head, next);
            frame.put(head + 1, (byte) 0);
            PacketEditor.put16(frame, head + 2, at - first | more);
            PacketEditor.put16(frame, head + 4, id >>> 16);
            PacketEditor.put16(frame, head + 6, id);
            out.transmit(frame, 0, head + FRAGMENT_HEADER + length);
            at += length;
        }
        return true;
    }

    private int piece(Pieces pieces, int index, int fixed) {
        // An action may have cut the packet off.
        int left = end - at;
        return index < pieces.count() - 1 ? Math.min(pieces.length(index, fixed), left) : left;
    }

    private int upTo(int room) {
        int left = end - at;
        return left <= room ? left : room & ~7;
    }

    private void copy(int length, int to) {
        frame.put(0, packet, start, head);
        frame.put(to, packet, at, length);
    }

    /**
     * The length of the headers that every router reads, which are not cut; -1 if they are wrong.
     */
    private int unfragmentable() {
        int length = IPV6_HEADER;
        nextHeaderAt = network + 6;
        boolean routed = false;
        while (network + length <= end) {
            switch (packet.get(nextHeaderAt) & 0xff) {
                case Protocol.IPV6_HOP_BY_HOP -> {
                    // Read by every router.
                }
                case Protocol.IPV6_ROUTING -> routed = true;
                case Protocol.IPV6_DESTINATION -> {
                    if (routed) {
                        return length;
                    }
                }
                default -> {
                    return length;
                }
            }
            if (network + length + 2 > end) {
                return -1;
            }
            nextHeaderAt = network + length;
            int more = ((packet.get(nextHeaderAt + 1) & 0xff) + 1) * 8;
            if (length + more >= LONGEST_IP) {
                return -1;
            }
            length += more;
        }
        return -1;
    }
}
