package io.odp4j.datapath.embedded.forwarding;

import io.odp4j.datapath.embedded.action.ActionNumbers;
import io.odp4j.datapath.embedded.action.PacketEditor;
import io.odp4j.datapath.embedded.conntrack.Conntrack;
import io.odp4j.datapath.embedded.conntrack.TrackedPacket;
import io.odp4j.datapath.embedded.fragment.Defragmenter;
import io.odp4j.datapath.embedded.fragment.Fragmenter;
import io.odp4j.datapath.embedded.packet.Headers;
import io.odp4j.datapath.embedded.packet.Packet;
import io.odp4j.datapath.flow.ActionAttributes;
import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.Protocol;
import io.odp4j.datapath.netlink.Errno;
import io.odp4j.datapath.netlink.MessageHeader;
import java.nio.ByteBuffer;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Does what a validated list of actions says with a packet, without allocation, as {@code
 * do_execute_actions} in {@code net/openvswitch/actions.c} does.
 */
public final class ActionExecutor {
    private static final int PID = ActionAttributes.USERSPACE_PID.number();
    private static final int USERDATA = ActionAttributes.USERSPACE_USERDATA.number();
    private static final int WITH_ACTIONS = ActionAttributes.USERSPACE_ACTIONS.number();

    private final Switch datapath;
    private final Upcalls upcalls;
    private final Samples samples;
    private final Conntrack conntrack;
    private final Branches branches;
    private final Fragmenter fragmenter = new Fragmenter();

    public ActionExecutor(Switch datapath, Upcalls upcalls, Samples samples, Conntrack conntrack) {
        this.samples = samples;
        this.datapath = datapath;
        this.conntrack = conntrack;
        this.upcalls = upcalls;
        this.branches = new Branches(datapath, this);
    }

    /**
     * Runs a flow's actions, or those of an EXECUTE: the {@code length} bytes at {@code start}.
     *
     * @return 0, or the number of the error that ended it
     */
    public int execute(Packet packet, SwitchPort port, ByteBuffer b, int start, int length) {
        if (!branches.enter()) {
            return Errno.ENETDOWN.number();
        }
        try {
            int error = run(packet, port, b, start, length);
            branches.runDeferred();
            return error;
        } finally {
            branches.leave();
        }
    }

    int run(Packet packet, SwitchPort port, ByteBuffer b, int start, int length) {
        int left = length;
        int at = start;
        while (left >= 4) {
            int total = b.getShort(at) & 0xffff;
            int type = b.getShort(at + 2) & 0x3fff;
            int p = at + 4;
            boolean last = total == left;
            int error = 0;
            switch (type) {
                case ActionNumbers.OUTPUT -> output(packet, b.getInt(p), last);
                case ActionNumbers.USERSPACE ->
                        userspace(packet, port, b, p, total - 4, start, length);
                // It counts when the packet goes, however long it is by then.
                case ActionNumbers.TRUNC -> packet.longest = Math.max(b.getInt(p), 0);
                case ActionNumbers.HASH -> hash(packet, b.getInt(p), b.getInt(p + 4));
                case ActionNumbers.RECIRC,
                        ActionNumbers.SAMPLE,
                        ActionNumbers.CLONE,
                        ActionNumbers.CHECK_PKT_LEN -> {
                    error = branches.take(packet, port, b, at, last);
                    if (last) {
                        return error;
                    }
                }
                case ActionNumbers.DEC_TTL -> {
                    error = PacketEditor.decrementTtl(packet);
                    if (error == Errno.EHOSTUNREACH.number()) {
                        // The rest is done in place of what would have followed.
                        return run(packet, port, b, p + 4, (b.getShort(p) & 0xffff) - 4);
                    }
                }
                case ActionNumbers.METER -> {
                    if (datapath.meters().drops(b.getInt(p), packet.untaggedLength())) {
                        datapath.count(PacketCounter.METERED);
                        return 0;
                    }
                }
                case ActionNumbers.CT -> {
                    error = track(packet, port, b, p, total - 4);
                    if (error < 0) {
                        return 0; // the packet is not there any more
                    }
                }
                case ActionNumbers.CT_CLEAR -> conntrack.clear(packet.tracked, packet.key);
                case ActionNumbers.PSAMPLE -> {
                    if (samples.send(port, packet, b, p, total - 4)) {
                        datapath.count(PacketCounter.SAMPLED);
                    }
                    packet.longest = 0;
                }
                case ActionNumbers.DROP -> {
                    return 0;
                }
                default -> error = PacketEditor.edit(packet, type, b, p);
            }
            if (error != 0) {
                return error;
            }
            at += MessageHeader.align(total);
            left -= MessageHeader.align(total);
        }
        return 0;
    }

    private void output(Packet packet, int number, boolean last) {
        int longest = packet.longest;
        packet.longest = 0;
        SwitchPort port = datapath.port(number);
        if (port == null) {
            datapath.count(PacketCounter.PORT_MISSING);
            return;
        }
        if (!packet.isEthernet()) {
            datapath.count(PacketCounter.NOT_ETHERNET);
            return;
        }
        int cut = longest > 0 ? Math.max(packet.untaggedLength() - longest, 0) : 0;
        int length = packet.length - cut;
        boolean tooLong =
                packet.mru != 0 && packet.untaggedLength() - cut > packet.mru + Packet.ETHERNET;
        if (!tooLong) {
            port.transmit(packet.bytes, packet.offset, length);
        }
        boolean sent = !tooLong || fragment(packet, length, port, last);
        datapath.count(sent ? PacketCounter.SENT : PacketCounter.NOT_FRAGMENTED);
    }

    /** Sends a packet in pieces no longer than those that it came in. */
    private boolean fragment(Packet packet, int length, SwitchPort port, boolean last) {
        int type = packet.key.dlType();
        return (type == Protocol.ETH_IPV4 || type == Protocol.ETH_IPV6)
                && fragmenter.cut(
                        packet.bytes,
                        packet.offset,
                        packet.headers().ip(),
                        packet.offset + length,
                        packet.headers().tagged,
                        type == Protocol.ETH_IPV6,
                        packet.mru,
                        // A kernel shares the bytes of a packet that goes on, and cuts a copy.
                        last ? packet.pieces : null,
                        port);
    }

    private void userspace(
            Packet packet,
            SwitchPort port,
            ByteBuffer b,
            int start,
            int size,
            int list,
            int listLength) {
        int portId = 0;
        int userdata = -1;
        int userdataLength = 0;
        boolean withActions = false;
        for (int at = start; at + 4 <= start + size; ) {
            int total = b.getShort(at) & 0xffff;
            int type = b.getShort(at + 2) & 0x3fff;
            if (total < 4 || at + total > start + size) {
                break;
            }
            if (type == PID) {
                portId = b.getInt(at + 4);
            } else if (type == USERDATA) {
                userdata = at + 4;
                userdataLength = total - 4;
            } else if (type == WITH_ACTIONS) {
                withActions = true;
            }
            at += MessageHeader.align(total);
        }
        upcalls.action(
                datapath,
                port,
                packet,
                portId,
                b,
                userdata,
                userdataLength,
                withActions ? b : null,
                list,
                listLength);
        packet.longest = 0;
    }

    private static void hash(Packet packet, int algorithm, int basis) {
        long mixed = (packet.flowHash() ^ (long) basis << 32 ^ algorithm) * 0x9e37_79b9_7f4a_7c15L;
        int hash = (int) (mixed >>> 32);
        packet.key.set(FlowField.DP_HASH, (hash == 0 ? 1 : hash) & 0xffff_ffffL);
    }

    /** Whether a sample of that probability, out of 2^32 - 1, takes this packet. */
    static boolean sampled(int probability) {
        return probability == -1
                || probability != 0
                        && Integer.compareUnsigned(
                                        ThreadLocalRandom.current().nextInt(), probability)
                                <= 0;
    }

    /** Does ct; negative if there is no packet any more, which then is counted. */
    private int track(Packet packet, SwitchPort port, ByteBuffer b, int p, int size) {
        if (!packet.refreshKey()) {
            return Errno.EINVAL.number();
        }
        TrackedPacket tracked = wrap(packet);
        if (packet.key.get(FlowField.NW_FRAG) != 0) {
            int fate = conntrack.gather(tracked, packet.offset, port.ifindex, b, p, size);
            packet.length = tracked.end() - packet.offset;
            switch (fate) {
                case Defragmenter.AS_IT_IS -> packet.readAsWhole(0);
                case Defragmenter.WHOLE -> {
                    Defragmenter from = conntrack.fragments();
                    packet.become(from.whole(), from.wholeLength(), from.longest(), from.pieces());
                }
                case Defragmenter.KEPT -> {
                    datapath.count(PacketCounter.KEPT);
                    return fate;
                }
                case Defragmenter.DROPPED -> {
                    datapath.count(PacketCounter.ACTION_FAILED);
                    return fate;
                }
                default -> {
                    return fate;
                }
            }
            wrap(packet);
        }
        int error = conntrack.execute(tracked, b, p, size);
        packet.length = tracked.end() - packet.offset;
        return error;
    }

    private static TrackedPacket wrap(Packet packet) {
        Headers at = packet.headers();
        boolean ipv6 = packet.key.dlType() == Protocol.ETH_IPV6;
        return packet.tracked.wrap(packet.bytes, at.network, at.end, ipv6, packet.key);
    }
}
