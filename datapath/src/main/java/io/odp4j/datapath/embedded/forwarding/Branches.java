package io.odp4j.datapath.embedded.forwarding;

import io.odp4j.datapath.embedded.action.ActionNumbers;
import io.odp4j.datapath.embedded.packet.Packet;
import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.netlink.Errno;
import io.odp4j.datapath.netlink.MessageHeader;
import java.nio.ByteBuffer;

/**
 * Actions that have a packet go another way beside the list: recirculation, sample, clone and
 * check_pkt_len. Unless the action is the list's last, the packet that goes is a copy.
 *
 * <p>As in the kernel, three levels run at once; what nests deeper is put off until the first list
 * is done, nine times at most, and what nests five levels deep nevertheless is dropped ({@code
 * clone_execute} and {@code process_deferred_actions} in {@code net/openvswitch/actions.c}).
 */
final class Branches {
    private static final int DEEPEST = 5;
    private static final int DEEPEST_AT_ONCE = 3;
    private static final int MOST_DEFERRED = 9;
    private static final int MOST_COPIES = 64;

    private final Switch datapath;
    private final ActionExecutor executor;
    private final Packet[] copies = new Packet[MOST_COPIES];
    private int copiesInUse;
    private int level;

    private final Packet[] deferred = new Packet[MOST_DEFERRED];
    private final SwitchPort[] deferredPorts = new SwitchPort[MOST_DEFERRED];
    private final ByteBuffer[] deferredActions = new ByteBuffer[MOST_DEFERRED];
    private final int[] deferredStart = new int[MOST_DEFERRED];
    private final int[] deferredLength = new int[MOST_DEFERRED];
    private int deferredCount;

    Branches(Switch datapath, ActionExecutor executor) {
        this.datapath = datapath;
        this.executor = executor;
    }

    /** Goes a level deeper; false if that is too deep. */
    boolean enter() {
        if (level >= DEEPEST) {
            datapath.count(PacketCounter.TOO_DEEP);
            return false;
        }
        level++;
        return true;
    }

    void leave() {
        level--;
    }

    /** Takes the branch that the action at {@code at} says. */
    int take(Packet packet, SwitchPort port, ByteBuffer b, int at, boolean last) {
        int type = b.getShort(at + 2) & 0x3fff;
        int p = at + 4;
        int total = b.getShort(at) & 0xffff;
        switch (type) {
            case ActionNumbers.RECIRC -> {
                return packet.refreshKey()
                        ? branch(packet, port, null, b.getInt(p), 0, last, true)
                        : Errno.EINVAL.number();
            }
            case ActionNumbers.CLONE -> {
                return list(packet, port, b, p, total - 4, last);
            }
            case ActionNumbers.SAMPLE -> {
                // The copy that was accepted has the probability first.
                int probability = b.getInt(p + 4);
                if (!ActionExecutor.sampled(probability)) {
                    return 0;
                }
                int before = packet.probability;
                packet.sampledWith(probability);
                int error = nested(packet, port, b, p + 8, last);
                packet.probability = before;
                return error;
            }
            default -> {
                int bound = b.getShort(p + 4) & 0xffff;
                int lessEqual = p + 8;
                int greater = lessEqual + MessageHeader.align(b.getShort(lessEqual) & 0xffff);
                int length =
                        packet.mru == 0
                                ? packet.untaggedLength()
                                : packet.mru + packet.headers().macLength;
                return nested(packet, port, b, length > bound ? greater : lessEqual, last);
            }
        }
    }

    private int nested(Packet packet, SwitchPort port, ByteBuffer b, int at, boolean last) {
        return list(packet, port, b, at + 4, (b.getShort(at) & 0xffff) - 4, last);
    }

    private int list(
            Packet packet, SwitchPort port, ByteBuffer b, int start, int length, boolean last) {
        boolean keyOfItsOwn = !last && changesFlow(b, start, length);
        return branch(packet, port, b, start, length, last, keyOfItsOwn);
    }

    /** Whether a list has actions after which the flow key is another. */
    private static boolean changesFlow(ByteBuffer b, int start, int length) {
        for (int at = start; at < start + length; ) {
            switch (b.getShort(at + 2) & 0x3fff) {
                case ActionNumbers.OUTPUT,
                        ActionNumbers.RECIRC,
                        ActionNumbers.TRUNC,
                        ActionNumbers.USERSPACE,
                        ActionNumbers.DROP -> {
                    // The key stays.
                }
                default -> {
                    return true;
                }
            }
            at += MessageHeader.align(b.getShort(at) & 0xffff);
        }
        return false;
    }

    /** Has a packet run actions or, without any, be looked up again under an id. */
    private int branch(
            Packet packet,
            SwitchPort port,
            ByteBuffer actions,
            int start,
            int length,
            boolean last,
            boolean keyOfItsOwn) {
        if (keyOfItsOwn && level > DEEPEST_AT_ONCE) {
            defer(packet, port, actions, start, length);
            return 0;
        }
        int mark = copiesInUse;
        Packet goes = last ? packet : copy(packet);
        if (goes == null) {
            datapath.count(PacketCounter.TOO_DEEP);
            return 0;
        }
        int error = 0;
        if (actions == null) {
            goes.key.set(FlowField.RECIRC_ID, start & 0xffff_ffffL);
            datapath.process(goes, port);
        } else {
            level += keyOfItsOwn ? 1 : 0;
            error = executor.run(goes, port, actions, start, length);
            level -= keyOfItsOwn ? 1 : 0;
            if (!keyOfItsOwn && goes != packet) {
                packet.shareKeyOf(goes);
            }
        }
        copiesInUse = mark;
        return error;
    }

    private Packet copy(Packet packet) {
        if (copiesInUse == MOST_COPIES) {
            return null;
        }
        int next = copiesInUse++;
        if (copies[next] == null) {
            copies[next] = new Packet();
        }
        copies[next].copyFrom(packet);
        return copies[next];
    }

    private void defer(Packet packet, SwitchPort port, ByteBuffer actions, int start, int length) {
        if (deferredCount == MOST_DEFERRED) {
            datapath.count(PacketCounter.TOO_DEEP);
            return;
        }
        int next = deferredCount++;
        if (deferred[next] == null) {
            deferred[next] = new Packet();
        }
        deferred[next].copyFrom(packet);
        deferredPorts[next] = port;
        deferredActions[next] = actions;
        deferredStart[next] = start;
        deferredLength[next] = length;
    }

    /** Does what was put off, once the first list is done. */
    void runDeferred() {
        if (level != 1 || deferredCount == 0) {
            return;
        }
        // What is put off meanwhile comes behind.
        for (int i = 0; i < deferredCount; i++) {
            Packet packet = deferred[i];
            SwitchPort port = deferredPorts[i];
            if (deferredActions[i] == null) {
                packet.key.set(FlowField.RECIRC_ID, deferredStart[i] & 0xffff_ffffL);
                datapath.process(packet, port);
            } else {
                int start = deferredStart[i];
                executor.run(packet, port, deferredActions[i], start, deferredLength[i]);
            }
            deferredActions[i] = null;
        }
        deferredCount = 0;
    }
}
