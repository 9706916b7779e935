package io.odp4j.datapath.embedded.message;

import io.odp4j.datapath.netlink.Errno;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.nlctrl.ControlAttributes;
import java.nio.ByteBuffer;

/**
 * What the attributes of a request must be, by their numbers, as the kernel's {@code struct
 * nla_policy} says it: checked before a request is looked at, and told by the controller
 * (CTRL_CMD_GETPOLICY). Numbers of which it says nothing are passed over.
 */
public final class Policy {
    /** What an attribute is, with the number that the controller tells of it (NL_ATTR_TYPE_*). */
    private enum Kind {
        /** Bytes; of these the controller tells nothing. */
        BYTES(0),
        FLAG(1),
        U16(3),
        U32(4),
        U64(5),
        S32(8),
        /** The name of a device or family, with a zero byte behind it. */
        NAME(12),
        NESTED(13);

        private final int told;

        Kind(int told) {
            this.told = told;
        }
    }

    private record Rule(Kind kind, long least, long most) {}

    private static final long MOST_U16 = 0xffff;
    private static final long MOST_U32 = 0xffff_ffffL;
    private static final int POLICY = 8;

    private final Rule[] rules;

    /** Says nothing yet of the numbers up to {@code highest}. */
    public Policy(int highest) {
        rules = new Rule[highest + 1];
    }

    private Policy put(Kind kind, long least, long most, int... numbers) {
        for (int number : numbers) {
            rules[number] = new Rule(kind, least, most);
        }
        return this;
    }

    public Policy flag(int... numbers) {
        return put(Kind.FLAG, 0, 0, numbers);
    }

    public Policy u16(int... numbers) {
        return put(Kind.U16, 0, MOST_U16, numbers);
    }

    public Policy u32(int... numbers) {
        return put(Kind.U32, 0, MOST_U32, numbers);
    }

    /** A number from 0 to {@code most}. */
    public Policy u32UpTo(long most, int number) {
        return put(Kind.U32, 0, most, number);
    }

    public Policy u64(int... numbers) {
        return put(Kind.U64, 0, -1, numbers);
    }

    /** A signed number, not below {@code least}. */
    public Policy s32From(int least, int number) {
        return put(Kind.S32, least, Integer.MAX_VALUE, number);
    }

    public Policy name(int number) {
        return put(Kind.NAME, 0, DeviceName.LONGEST, number);
    }

    public Policy nested(int... numbers) {
        return put(Kind.NESTED, 0, 0, numbers);
    }

    /** Any bytes, {@code least} of them or more. */
    public Policy bytes(int least, int number) {
        return put(Kind.BYTES, least, 0, number);
    }

    /** Whether it says something of a number. */
    public boolean knows(int number) {
        return number > 0 && number < rules.length && rules[number] != null;
    }

    /**
     * Checks an attribute that is known.
     *
     * @throws Refusal ERANGE if it is shorter than it must be, or its value is not allowed
     */
    public void check(int number, ByteBuffer b, int at, int length) throws Refusal {
        Rule rule = rules[number];
        switch (rule.kind) {
            case FLAG -> Refusal.require(length == 0, Errno.ERANGE);
            case NESTED -> Refusal.require(length == 0 || length >= 4, Errno.ERANGE);
            case NAME -> checkName(b, at, length);
            case BYTES -> Refusal.require(length >= rule.least, Errno.ERANGE);
            case U16 -> Refusal.require(length >= 2, Errno.ERANGE);
            case U32 -> {
                Refusal.require(length >= 4, Errno.ERANGE);
                Refusal.require((b.getInt(at) & MOST_U32) <= rule.most, Errno.ERANGE);
            }
            case S32 -> {
                Refusal.require(length >= 4, Errno.ERANGE);
                Refusal.require(b.getInt(at) >= rule.least, Errno.ERANGE);
            }
            default -> Refusal.require(length >= 8, Errno.ERANGE);
        }
    }

    private static void checkName(ByteBuffer b, int at, int length) throws Refusal {
        boolean ends = false;
        for (int i = 0; i < Math.min(length, DeviceName.LONGEST + 1); i++) {
            ends |= b.get(at + i) == 0;
        }
        Refusal.require(ends);
        int text = b.get(at + length - 1) == 0 ? length - 1 : length;
        Refusal.require(text <= DeviceName.LONGEST, Errno.ERANGE);
    }

    /** Whether the controller tells of a number. */
    public boolean tells(int number) {
        return knows(number) && rules[number].kind != Kind.BYTES;
    }

    /** The highest number that it may say something of. */
    public int highest() {
        return rules.length - 1;
    }

    /**
     * Writes what it says of a number ({@code netlink_policy_dump_write}): POLICY, in it the index
     * of the policy, in it the number, in it the rule, its type last.
     */
    public void tell(MessageWriter w, int index, int number) {
        Rule rule = rules[number];
        int policies = w.beginNest(POLICY);
        int policy = w.beginNest(index);
        int nest = w.beginNest(number);
        switch (rule.kind) {
            case S32 -> {
                w.putU64(ControlAttributes.POLICY_ATTRIBUTE_MIN_VALUE_S.number(), rule.least);
                w.putU64(ControlAttributes.POLICY_ATTRIBUTE_MAX_VALUE_S.number(), rule.most);
            }
            case U16, U32, U64 -> {
                w.putU64(ControlAttributes.POLICY_ATTRIBUTE_MIN_VALUE_U.number(), rule.least);
                w.putU64(ControlAttributes.POLICY_ATTRIBUTE_MAX_VALUE_U.number(), rule.most);
            }
            case NAME ->
                    w.putU32(
                            ControlAttributes.POLICY_ATTRIBUTE_MAX_LENGTH.number(),
                            (int) rule.most);
            default -> {
                // Nothing but its type.
            }
        }
        w.putU32(ControlAttributes.POLICY_ATTRIBUTE_TYPE.number(), rule.kind.told);
        w.endNest(nest);
        w.endNest(policy);
        w.endNest(policies);
    }
}
