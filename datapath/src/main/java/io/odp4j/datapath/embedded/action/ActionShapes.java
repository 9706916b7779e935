package io.odp4j.datapath.embedded.action;

import io.odp4j.datapath.embedded.message.AttributeRun;
import io.odp4j.datapath.embedded.message.Policy;
import io.odp4j.datapath.embedded.message.Refusal;
import io.odp4j.datapath.flow.ActionAttributes;
import io.odp4j.datapath.flow.KeyAttributes;
import io.odp4j.datapath.flow.NshAttributes;
import io.odp4j.datapath.netlink.AttributeHeader;
import io.odp4j.datapath.netlink.Errno;
import java.nio.ByteBuffer;

/**
 * The attributes within actions that have some, each set checked as the kernel checks it: some pass
 * unknown ones over, some refuse them, and what is left over at the end counts or does not.
 */
final class ActionShapes {
    /** The kernel's own attribute of a sample, which it takes from anybody and does not look at. */
    private static final int SAMPLE_ARGUMENT = 3;

    /** The same of check_pkt_len. */
    private static final int CHECK_ARGUMENT = 4;

    private static final Policy USERSPACE =
            new Policy(ActionAttributes.USERSPACE_ACTIONS.number())
                    .u32(
                            ActionAttributes.USERSPACE_PID.number(),
                            ActionAttributes.USERSPACE_EGRESS_TUN_PORT.number());
    private static final Policy CHECK =
            new Policy(CHECK_ARGUMENT)
                    .u16(ActionAttributes.CHECK_PKT_LEN_PKT_LEN.number())
                    .nested(
                            ActionAttributes.CHECK_PKT_LEN_IF_GREATER.number(),
                            ActionAttributes.CHECK_PKT_LEN_IF_LESS_EQUAL.number());
    private static final Policy PSAMPLE = new Policy(ActionAttributes.PSAMPLE_COOKIE.number());
    private static final int MOST_METADATA = 244;
    private static final int LONGEST_COOKIE = 16;

    private ActionShapes() {}

    /**
     * The payload of the last attribute of each type, by type; 0 for none. Each is checked when it
     * is met: of two things wrong the first decides which error it is.
     */
    private static int[] parse(ByteBuffer b, int offset, int length, Policy policy) throws Refusal {
        int[] found = new int[policy.highest() + 1];
        AttributeRun run = new AttributeRun(b, offset, length);
        while (run.next()) {
            Refusal.require(run.type() > 0 && run.type() <= policy.highest());
            if (policy.knows(run.type())) {
                policy.check(run.type(), b, run.offset(), run.length());
            }
            found[run.type()] = run.offset();
        }
        run.requireEnd();
        return found;
    }

    private static int size(ByteBuffer b, int payload) {
        return (b.getShort(payload - 4) & 0xffff) - 4;
    }

    static void userspace(ByteBuffer b, int p, int size) throws Refusal {
        int portId = parse(b, p, size, USERSPACE)[ActionAttributes.USERSPACE_PID.number()];
        Refusal.require(portId != 0 && b.getInt(portId) != 0);
    }

    /** Where the probability is; above it, shifted by 32, where the actions are. */
    static long sample(ByteBuffer b, int p, int size) throws Refusal {
        int seen = 0;
        int probability = 0;
        int actions = 0;
        AttributeRun run = new AttributeRun(b, p, size);
        while (run.next()) {
            int type = run.type();
            Refusal.require(type >= 1 && type <= SAMPLE_ARGUMENT && (seen & 1 << type) == 0);
            seen |= 1 << type;
            if (type == ActionAttributes.SAMPLE_PROBABILITY.number()) {
                probability = run.offset();
            } else if (type == ActionAttributes.SAMPLE_ACTIONS.number()) {
                actions = run.offset();
            }
        }
        run.requireEnd();
        Refusal.require(probability != 0 && size(b, probability) == 4);
        requireList(b, actions);
        return (long) actions << 32 | probability;
    }

    private static void requireList(ByteBuffer b, int payload) throws Refusal {
        Refusal.require(payload != 0 && (size(b, payload) == 0 || size(b, payload) >= 4));
    }

    /** Where each part is, by its type. */
    static int[] checkLength(ByteBuffer b, int p, int size) throws Refusal {
        int[] found = parse(b, p, size, CHECK);
        int length = found[ActionAttributes.CHECK_PKT_LEN_PKT_LEN.number()];
        int greater = found[ActionAttributes.CHECK_PKT_LEN_IF_GREATER.number()];
        int lessEqual = found[ActionAttributes.CHECK_PKT_LEN_IF_LESS_EQUAL.number()];
        Refusal.require(length != 0 && b.getShort(length) != 0);
        Refusal.require(greater != 0 && lessEqual != 0);
        return found;
    }

    /** Where the actions are. */
    static int decrementTtl(ByteBuffer b, int p, int size) throws Refusal {
        int actions = 0;
        AttributeRun run = new AttributeRun(b, p, size);
        while (run.next()) {
            if (run.type() <= ActionAttributes.DEC_TTL_ACTION.number()) {
                Refusal.require(run.type() != 0 && actions == 0);
                actions = run.offset();
            }
        }
        run.requireEnd();
        requireList(b, actions);
        return actions;
    }

    /** Read strictly, as no other: the lengths are exact. */
    static void psample(ByteBuffer b, int p, int size) throws Refusal {
        int[] found = parse(b, p, size, PSAMPLE);
        int group = found[ActionAttributes.PSAMPLE_GROUP.number()];
        int cookie = found[ActionAttributes.PSAMPLE_COOKIE.number()];
        Refusal.require(cookie == 0 || size(b, cookie) <= LONGEST_COOKIE, Errno.ERANGE);
        Refusal.require(group != 0 && size(b, group) == 4);
    }

    /** The service header to push. */
    static void pushNsh(ByteBuffer b, int p, int size) throws Refusal {
        Refusal.require(size >= 4);
        int total = b.getShort(p) & 0xffff;
        int type = b.getShort(p + 2) & AttributeHeader.TYPE_MASK;
        Refusal.require(type == KeyAttributes.NSH.number());
        Refusal.require(total >= 4 && total <= size);
        boolean base = false;
        int first = 0;
        int second = 0;
        int metadataType = 0;
        AttributeRun run = new AttributeRun(b, p + 4, total - 4);
        while (run.next()) {
            if (run.type() == NshAttributes.BASE.number()) {
                Refusal.require(run.length() == 8);
                base = true;
                metadataType = b.get(run.offset() + 2) & 0xff;
            } else if (run.type() == NshAttributes.MD1.number()) {
                Refusal.require(run.length() == 16);
                first++;
            } else {
                Refusal.require(run.type() == NshAttributes.MD2.number());
                Refusal.require(run.length() > 0 && run.length() <= MOST_METADATA);
                second++;
            }
        }
        run.requireEnd();
        Refusal.require(base && (first != 0) != (second != 0));
        Refusal.require(metadataType == (first != 0 ? 1 : 2));
    }
}
