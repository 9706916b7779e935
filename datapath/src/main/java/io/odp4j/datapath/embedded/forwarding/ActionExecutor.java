package io.odp4j.datapath.embedded.forwarding;

import io.odp4j.datapath.embedded.action.ActionNumbers;
import io.odp4j.datapath.embedded.action.PacketEditor;
import io.odp4j.datapath.embedded.packet.Packet;
import io.odp4j.datapath.flow.ActionAttributes;
import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.netlink.Errno;
import io.odp4j.datapath.netlink.MessageHeader;
import java.nio.ByteBuffer;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Does what a validated list of actions says with a packet, without allocation. An action that
 * needs a packet of its own (clone, sample, recirculation before the end) works on a copy, of which
 * there is one for each depth.
 */
public final class ActionExecutor {
    private static final int DEEPEST = 8;
    private static final int PID = ActionAttributes.USERSPACE_PID.number();
    private static final int USERDATA = ActionAttributes.USERSPACE_USERDATA.number();
    private static final int WITH_ACTIONS = ActionAttributes.USERSPACE_ACTIONS.number();

    private final Switch datapath;
    private final Upcalls upcalls;
    private final Packet[] copies = new Packet[DEEPEST];

    public ActionExecutor(Switch datapath, Upcalls upcalls) {
        this.datapath = datapath;
        this.upcalls = upcalls;
    }

    /**
     * Runs the {@code length} bytes of actions at {@code start}.
     *
     * @return 0, or the number of the error that ended it
     */
    public int run(Packet packet, SwitchPort port, ByteBuffer b, int start, int length, int depth) {
        int limit = start + length;
        int at = start;
        while (at < limit) {
            int total = b.getShort(at) & 0xffff;
            int type = b.getShort(at + 2) & 0x3fff;
            int p = at + 4;
            int size = total - 4;
            at += MessageHeader.align(total);
            boolean last = at >= limit;
            int error = 0;
            switch (type) {
                case ActionNumbers.OUTPUT -> output(packet, b.getInt(p));
                case ActionNumbers.USERSPACE -> userspace(packet, port, b, p, size, start, length);
                case ActionNumbers.HASH -> hash(packet, b.getInt(p), b.getInt(p + 4));
                case ActionNumbers.RECIRC -> {
                    error = recirculate(packet, port, b.getInt(p), last, depth);
                    if (last) {
                        return error;
                    }
                }
                case ActionNumbers.TRUNC -> {
                    int longest = b.getInt(p);
                    int counted = packet.untaggedLength();
                    if (Integer.compareUnsigned(counted, longest) > 0) {
                        packet.cut = counted - longest;
                    }
                }
                case ActionNumbers.SAMPLE -> sample(packet, port, b, p, size, depth);
                case ActionNumbers.CLONE -> onCopy(packet, port, b, p, size, depth);
                case ActionNumbers.CHECK_PKT_LEN -> checkLength(packet, port, b, p, size, depth);
                case ActionNumbers.DEC_TTL -> {
                    if (PacketEditor.decrementTtl(packet)) {
                        break;
                    }
                    return run(packet, port, b, p + 4, size - 4, depth);
                }
                case ActionNumbers.METER -> {
                    // There is no meter of any id, and a packet passes one that is not there.
                }
                case ActionNumbers.CT_CLEAR -> clearConnection(packet);
                case ActionNumbers.DROP -> {
                    return 0;
                }
                default -> error = PacketEditor.edit(packet, type, b, p, size);
            }
            if (error != 0) {
                return error;
            }
        }
        return 0;
    }

    private void output(Packet packet, int number) {
        SwitchPort port = datapath.port(number);
        int length = packet.length;
        if (packet.cut > 0) {
            length = Math.max(length - packet.cut, Packet.ETHERNET);
            packet.cut = 0;
        }
        if (port == null) {
            datapath.count(PacketCounter.PORT_MISSING);
        } else {
            port.transmit(packet.bytes, packet.offset, length);
        }
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
        for (int at = start; at < start + size; ) {
            int total = b.getShort(at) & 0xffff;
            int type = b.getShort(at + 2) & 0x3fff;
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
        if (packet.refreshKey()) {
            upcalls.action(
                    datapath,
                    port,
                    packet,
                    datapath.isPerCpu() ? datapath.cpuPid(port) : portId,
                    b,
                    userdata,
                    userdataLength,
                    withActions ? b : null,
                    list,
                    listLength);
        }
        packet.cut = 0;
    }

    private static void hash(Packet packet, int algorithm, int basis) {
        packet.refreshKey();
        long mixed = (packet.flowHash() ^ (long) basis << 32 ^ algorithm) * 0x9e37_79b9_7f4a_7c15L;
        int hash = (int) (mixed >>> 32);
        packet.key.set(FlowField.DP_HASH, hash == 0 ? 1 : hash);
    }

    private int recirculate(Packet packet, SwitchPort port, int id, boolean last, int depth) {
        if (!packet.refreshKey()) {
            return Errno.EINVAL.number();
        }
        Packet again = last ? packet : copy(packet, depth);
        if (again == null || depth + 1 >= DEEPEST) {
            datapath.count(PacketCounter.TOO_DEEP);
            return 0;
        }
        again.key.set(FlowField.RECIRC_ID, id);
        datapath.process(again, port, depth + 1);
        return 0;
    }

    /** The copy of this depth, or null if it goes too deep. */
    private Packet copy(Packet packet, int depth) {
        if (depth >= DEEPEST) {
            datapath.count(PacketCounter.TOO_DEEP);
            return null;
        }
        if (copies[depth] == null) {
            copies[depth] = new Packet();
        }
        copies[depth].copyFrom(packet);
        return copies[depth];
    }

    private void onCopy(Packet packet, SwitchPort port, ByteBuffer b, int p, int size, int depth) {
        Packet copy = copy(packet, depth);
        if (copy != null) {
            run(copy, port, b, p, size, depth + 1);
        }
    }

    private void sample(Packet packet, SwitchPort port, ByteBuffer b, int p, int size, int depth) {
        int probability = 0;
        for (int at = p; at < p + size; ) {
            int total = b.getShort(at) & 0xffff;
            int type = b.getShort(at + 2) & 0x3fff;
            if (type == ActionAttributes.SAMPLE_PROBABILITY.number()) {
                probability = b.getInt(at + 4);
            }
            at += MessageHeader.align(total);
        }
        boolean taken =
                probability == -1
                        || probability != 0
                                && Integer.compareUnsigned(
                                                ThreadLocalRandom.current().nextInt(), probability)
                                        <= 0;
        if (taken) {
            nest(packet, port, b, p, size, ActionAttributes.SAMPLE_ACTIONS.number(), depth);
        }
    }

    private void checkLength(
            Packet packet, SwitchPort port, ByteBuffer b, int p, int size, int depth) {
        int bound = 0;
        for (int at = p; at < p + size; ) {
            if ((b.getShort(at + 2) & 0x3fff) == ActionAttributes.CHECK_PKT_LEN_PKT_LEN.number()) {
                bound = b.getShort(at + 4) & 0xffff;
            }
            at += MessageHeader.align(b.getShort(at) & 0xffff);
        }
        int length = packet.mru == 0 ? packet.untaggedLength() : packet.mru + Packet.ETHERNET;
        int branch =
                length > bound
                        ? ActionAttributes.CHECK_PKT_LEN_IF_GREATER.number()
                        : ActionAttributes.CHECK_PKT_LEN_IF_LESS_EQUAL.number();
        nest(packet, port, b, p, size, branch, depth);
    }

    /** Runs the list that is attribute {@code wanted} of a nest, on a copy. */
    private void nest(
            Packet packet, SwitchPort port, ByteBuffer b, int p, int size, int wanted, int depth) {
        for (int at = p; at < p + size; ) {
            int total = b.getShort(at) & 0xffff;
            if ((b.getShort(at + 2) & 0x3fff) == wanted) {
                onCopy(packet, port, b, at + 4, total - 4, depth);
            }
            at += MessageHeader.align(total);
        }
    }

    private static void clearConnection(Packet packet) {
        packet.key
                .set(FlowField.CT_STATE, 0)
                .set(FlowField.CT_ZONE, 0)
                .set(FlowField.CT_MARK, 0)
                .set(FlowField.CT_LABEL, 0, 0);
    }
}
