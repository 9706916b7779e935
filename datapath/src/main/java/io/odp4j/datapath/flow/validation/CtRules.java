package io.odp4j.datapath.flow.validation;

import io.odp4j.datapath.flow.ActionAttributes;
import io.odp4j.datapath.flow.Protocol;
import io.odp4j.datapath.netlink.table.Attribute;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.netlink.table.AttributeSpec;
import java.util.Set;

/**
 * The rules for a conntrack action ({@code parse_ct} in {@code net/openvswitch/conntrack.c}).
 * Whether there are such a helper and such a timeout policy only the kernel knows.
 */
final class CtRules {
    /** Parts of NAT that say how a new address is chosen. */
    private static final Set<AttributeSpec> RANGE =
            Set.of(
                    ActionAttributes.NAT_IP_MIN,
                    ActionAttributes.NAT_IP_MAX,
                    ActionAttributes.NAT_PROTO_MIN,
                    ActionAttributes.NAT_PROTO_MAX,
                    ActionAttributes.NAT_PERSISTENT,
                    ActionAttributes.NAT_PROTO_HASH,
                    ActionAttributes.NAT_PROTO_RANDOM);

    private CtRules() {}

    static void check(AttributeList ct, int type, Problems problems) {
        if (type != Protocol.ETH_IPV4 && type != Protocol.ETH_IPV6) {
            problems.add("the packet is not known to be IPv4 or IPv6");
        }
        boolean commit =
                ct.has(ActionAttributes.CT_COMMIT) || ct.has(ActionAttributes.CT_FORCE_COMMIT);
        boolean committed = false;
        for (Attribute attribute : ct) {
            AttributeSpec spec = attribute.spec();
            committed |=
                    spec == ActionAttributes.CT_COMMIT || spec == ActionAttributes.CT_FORCE_COMMIT;
            if (spec == ActionAttributes.CT_MARK) {
                problems.require(attribute.asStruct().number("mask") != 0, "mark", "its mask is 0");
                problems.require(commit, "mark", "needs commit");
            } else if (spec == ActionAttributes.CT_LABELS) {
                problems.require(
                        !isZero(attribute.asStruct().bytes("mask")), "labels", "its mask is 0");
                problems.require(commit, "labels", "needs commit");
            } else if (spec == ActionAttributes.CT_NAT) {
                int address = type == Protocol.ETH_IPV4 ? 4 : 16;
                nat(attribute.asList(), address, committed, commit, problems.in("nat"));
            }
        }
    }

    private static void nat(
            AttributeList nat, int address, boolean committed, boolean commit, Problems problems) {
        boolean src = nat.has(ActionAttributes.NAT_SRC);
        boolean dst = nat.has(ActionAttributes.NAT_DST);
        if (src && dst) {
            problems.add("has both src and dst");
        }
        for (Attribute attribute : nat) {
            if (attribute.spec() != null && RANGE.contains(attribute.spec())) {
                problems.require(src || dst, attribute.fieldName(), "needs src or dst beside it");
            }
            if (attribute.spec() == ActionAttributes.NAT_IP_MIN
                    || attribute.spec() == ActionAttributes.NAT_IP_MAX) {
                problems.require(
                        attribute.asBytes().length == address,
                        attribute.fieldName(),
                        "must have " + address + " bytes, for the Ethernet type that is matched");
            }
        }
        if ((src || dst) && !committed) {
            problems.add(commit ? "must come after commit" : "src and dst need commit");
        }
    }

    private static boolean isZero(byte[] bytes) {
        int bits = 0;
        for (byte b : bytes) {
            bits |= b;
        }
        return bits == 0;
    }
}
