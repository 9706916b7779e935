package io.odp4j.datapath.embedded.conntrack;

import io.odp4j.datapath.embedded.message.Refusal;
import io.odp4j.datapath.flow.ActionAttributes;
import io.odp4j.datapath.flow.Protocol;
import io.odp4j.datapath.netlink.AttributeReader;
import io.odp4j.datapath.netlink.Errno;
import io.odp4j.datapath.netlink.MessageWriter;
import java.nio.ByteBuffer;

/**
 * Checks a ct action before it is accepted, as the kernel does ({@code ovs_ct_copy_action}).
 * Helpers and timeout policies are refused as a kernel without them refuses them, with EINVAL.
 */
public final class CtValidator {
    private static final int MARK_LENGTH = 8;
    private static final int LABELS_LENGTH = 32;
    private static final int NAT_SRC = ActionAttributes.NAT_SRC.number();
    private static final int NAT_DST = ActionAttributes.NAT_DST.number();
    private static final int NAT_IP_MIN = ActionAttributes.NAT_IP_MIN.number();
    private static final int NAT_IP_MAX = ActionAttributes.NAT_IP_MAX.number();
    private static final int NAT_PROTO_MIN = ActionAttributes.NAT_PROTO_MIN.number();
    private static final int NAT_PROTO_MAX = ActionAttributes.NAT_PROTO_MAX.number();
    private static final int NAT_LAST = ActionAttributes.NAT_PROTO_RANDOM.number();

    private final CtAction action = new CtAction();

    /**
     * Checks the attributes of one action, and copies it into the form in which a kernel gives it
     * back.
     *
     * @param etherType the Ethernet type of the packets, as far as it is known
     */
    public void copy(ByteBuffer b, int offset, int length, int etherType, MessageWriter to)
            throws Refusal {
        check(b, offset, length, etherType);
        action.wrap(b, offset, length);
        action.write(to, etherType == Protocol.ETH_IPV6);
    }

    private static void check(ByteBuffer b, int offset, int length, int etherType) throws Refusal {
        boolean ipv6 = etherType == Protocol.ETH_IPV6;
        Refusal.require(ipv6 || etherType == Protocol.ETH_IPV4);
        boolean commit = false;
        boolean needsCommit = false;
        boolean translates = false;
        AttributeReader ct = new AttributeReader().wrap(b, offset, length);
        while (ct.next()) {
            int type = ct.type();
            int size = ct.length();
            if (type == CtAction.COMMIT || type == CtAction.FORCE_COMMIT) {
                Refusal.require(size == 0);
                commit = true;
            } else if (type == CtAction.ZONE) {
                Refusal.require(size == 2);
            } else if (type == CtAction.MARK) {
                Refusal.require(size == MARK_LENGTH && isSet(ct, 4));
                needsCommit = true;
            } else if (type == CtAction.LABELS) {
                Refusal.require(size == LABELS_LENGTH && isSet(ct, 16));
                needsCommit = true;
            } else if (type == CtAction.NAT) {
                nat(ct, ipv6, commit, translates);
                translates = true;
            } else {
                Refusal.require(type == CtAction.EVENTMASK && size == 4);
            }
        }
        Refusal.require(commit || !needsCommit);
    }

    /** Whether the second half, the mask, has a bit. */
    private static boolean isSet(AttributeReader attribute, int half) {
        ByteBuffer b = attribute.buffer();
        int bits = 0;
        for (int i = 0; i < half; i++) {
            bits |= b.get(attribute.offset() + half + i);
        }
        return bits != 0;
    }

    /**
     * Checks one of maybe several NAT attributes, whose parts a kernel takes together.
     *
     * @param another whether there was one before
     */
    private static void nat(AttributeReader ct, boolean ipv6, boolean commit, boolean another)
            throws Refusal {
        int address = ipv6 ? 16 : 4;
        boolean ranged = false;
        boolean known = another;
        AttributeReader nat = new AttributeReader().wrapNested(ct);
        while (nat.next()) {
            int type = nat.type();
            int length = nat.length();
            Refusal.require(type > 0 && type <= NAT_LAST);
            int wanted = 0;
            if (type == NAT_IP_MIN || type == NAT_IP_MAX) {
                wanted = address;
            } else if (type == NAT_PROTO_MIN || type == NAT_PROTO_MAX) {
                wanted = 2;
            }
            Refusal.require(length == wanted);
            if (type == NAT_SRC || type == NAT_DST) {
                Refusal.require(!known, Errno.ERANGE);
                known = true;
            } else {
                ranged = true;
            }
        }
        Refusal.require(known ? commit : !ranged);
    }
}
