package io.odp4j.datapath.embedded.fragment;

import io.odp4j.datapath.embedded.action.PacketEditor;
import io.odp4j.datapath.netlink.Errno;
import io.odp4j.datapath.packet.Checksum;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Puts fragments together for connection tracking: {@code nf_ct_handle_fragments}. What waits is
 * bounded in time (IPv4 30 s, IPv6 60 s) and room (4 MB each).
 */
public final class Defragmenter {
    /** It is no fragment that could be put together: go on with it as it is. */
    public static final int AS_IT_IS = 0;

    /** It was the last one that was missing: go on with the whole packet. */
    public static final int WHOLE = -1;

    /** It is kept until the others have come. */
    public static final int KEPT = -2;

    /** It is dropped, of which a kernel does not tell. */
    public static final int DROPPED = -3;

    private static final long IPV4_MILLIS = 30_000;
    private static final long IPV6_MILLIS = 60_000;
    private static final int IPV6_HEADER = 40;
    private static final int LONGEST_IP = 0xffff;
    private static final int NOTHING = 0;
    private static final int IPV4_DONT_FRAGMENT = 0x4000;

    private final FragmentTable ipv4 = new FragmentTable(IPV4_MILLIS, true);
    private final FragmentTable ipv6 = new FragmentTable(IPV6_MILLIS, false);
    private final FragmentHeader header = new FragmentHeader();
    private final Pieces pieces = new Pieces();
    private ByteBuffer whole;
    private int wholeLength;
    private int longest;

    private long taken;
    private long joined;
    private long dropped;
    private long expired;

    /**
     * Takes a fragment.
     *
     * @param start where the frame starts
     * @param network where its IP header starts
     * @param end where its IP packet ends
     * @param ifindex the interface that it came in at
     * @param now in milliseconds
     * @return {@link #AS_IT_IS}, {@link #WHOLE}, {@link #KEPT}, {@link #DROPPED}, or the number of
     *     the error for which it is dropped
     */
    public int gather(
            ByteBuffer b,
            int start,
            int network,
            int end,
            boolean isIpv6,
            int zone,
            int ifindex,
            long now) {
        expire(now);
        int error =
                isIpv6
                        ? header.readIpv6(b, network, end, zone, ifindex)
                        : header.readIpv4(b, network, end, zone);
        if (error == FragmentHeader.NOT_ONE) {
            return AS_IT_IS;
        }
        taken++;
        if (error != NOTHING) {
            return drop(error, 1);
        }
        FragmentTable table = isIpv6 ? ipv6 : ipv4;
        FragmentQueue queue = table.find(header.id, now);
        if (queue == null) {
            return drop(Errno.ENOMEM.number(), 1);
        }
        if (!isIpv6) {
            dropped += table.countOfSource(queue, now);
        } else if (header.more && (header.stop & 7) != 0) {
            // No fragment but the last may end there; a kernel gives up its packet, and lets it go.
            dropped += table.remove(queue);
            taken--;
            return AS_IT_IS;
        }
        error = isIpv6 ? extendIpv6(queue) : extendIpv4(table, queue);
        if (error != NOTHING) {
            return error;
        }
        int cost = queue.cost();
        switch (queue.take(header.offset, header.stop, b, header.data, header.length)) {
            case REPEATED -> {
                // Over IPv6 a kernel does as if it were kept.
                return drop(isIpv6 ? DROPPED : Errno.EINVAL.number(), 1);
            }
            case OVERLAPS -> {
                return drop(Errno.EINVAL.number(), 1 + table.remove(queue));
            }
            default -> table.grown(queue, cost);
        }
        note(queue, b, start, network);
        if (!queue.isComplete()) {
            return KEPT;
        }
        table.remove(queue);
        error = isIpv6 ? joinIpv6(queue) : joinIpv4(queue);
        if (error != NOTHING) {
            return drop(error, queue.fragments());
        }
        joined += queue.fragments();
        return WHOLE;
    }

    private int drop(int error, int howMany) {
        dropped += howMany;
        return error;
    }

    /** Whether a fragment can belong to what has come of its packet, by where it ends. */
    private int extendIpv4(FragmentTable table, FragmentQueue queue) {
        boolean fits = isEndRight(queue) && header.stop != header.offset;
        if (!fits || header.length < 0) {
            int error = (fits ? Errno.ENOMEM : Errno.EINVAL).number();
            return drop(error, 1 + table.remove(queue));
        }
        return NOTHING;
    }

    private int extendIpv6(FragmentQueue queue) {
        return isEndRight(queue) && header.stop != header.offset
                ? NOTHING
                : drop(Errno.EINVAL.number(), 1);
    }

    private boolean isEndRight(FragmentQueue queue) {
        int stop = header.stop;
        if (header.more) {
            if (stop > queue.length) {
                if (queue.hasLast) {
                    return false;
                }
                queue.length = stop;
            }
            return true;
        }
        if (stop < queue.length || queue.hasLast && stop != queue.length) {
            return false;
        }
        queue.hasLast = true;
        queue.length = stop;
        return true;
    }

    /** Remembers what the whole packet will need. */
    private void note(FragmentQueue queue, ByteBuffer b, int start, int network) {
        queue.ecn |= header.ecn;
        queue.longest = Math.max(queue.longest, header.size);
        if (header.dontFragment) {
            queue.longestUncut = Math.max(queue.longestUncut, header.size);
        }
        if (header.offset == 0) {
            queue.head = new byte[header.headEnd - start];
            b.get(start, queue.head);
            queue.network = network - start;
            queue.nextHeaderAt = header.nextHeaderAt - start;
            queue.nextHeader = header.nextHeader;
        }
    }

    private int joinIpv4(FragmentQueue queue) {
        int ecn = Ecn.combined(queue.ecn);
        if (ecn == Ecn.INVALID) {
            return Errno.EINVAL.number();
        }
        int headerLength = queue.head.length - queue.network;
        int total = headerLength + queue.length;
        if (total > LONGEST_IP) {
            return Errno.E2BIG.number();
        }
        write(queue);
        int at = queue.network;
        // A packet that may not be cut is one whose longest fragment must not be.
        boolean uncut = queue.longestUncut == queue.longest;
        PacketEditor.put16(whole, at + 2, total);
        PacketEditor.put16(whole, at + 6, uncut ? IPV4_DONT_FRAGMENT : 0);
        whole.put(at + 1, (byte) (whole.get(at + 1) | ecn));
        PacketEditor.put16(whole, at + 10, 0);
        PacketEditor.put16(whole, at + 10, Checksum.fold(Checksum.sum(whole, at, headerLength)));
        longest = queue.longest;
        return NOTHING;
    }

    private int joinIpv6(FragmentQueue queue) {
        int ecn = Ecn.combined(queue.ecn);
        int payload = queue.head.length - queue.network - IPV6_HEADER + queue.length;
        if (ecn == Ecn.INVALID || payload > LONGEST_IP) {
            return DROPPED;
        }
        write(queue);
        int at = queue.network;
        whole.put(queue.nextHeaderAt, queue.nextHeader);
        PacketEditor.put16(whole, at + 4, payload);
        whole.put(at + 1, (byte) (whole.get(at + 1) | ecn << 4));
        longest = IPV6_HEADER + queue.longest;
        return NOTHING;
    }

    private void write(FragmentQueue queue) {
        if (whole == null) {
            whole = ByteBuffer.allocateDirect(1 << 17).order(ByteOrder.nativeOrder());
        }
        whole.put(0, queue.head);
        wholeLength = queue.copyTo(whole, queue.head.length, pieces);
    }

    private void expire(long now) {
        expired += ipv4.expire(now) + ipv6.expire(now);
    }

    // --- the last whole packet ---

    /** The frame, from index 0 on. */
    public ByteBuffer whole() {
        return whole;
    }

    public int wholeLength() {
        return wholeLength;
    }

    /** The length of its longest fragment, from the IP header on. */
    public int longest() {
        return longest;
    }

    public Pieces pieces() {
        return pieces;
    }

    // --- what was counted: taken = joined + dropped + expired + waiting ---

    public long taken() {
        return taken;
    }

    public long joined() {
        return joined;
    }

    public long dropped() {
        return dropped;
    }

    /** How many have waited too long. */
    public long expired(long now) {
        expire(now);
        return expired;
    }

    /** How many wait. */
    public int waiting() {
        return ipv4.waiting() + ipv6.waiting();
    }
}
