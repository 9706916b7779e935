package io.odp4j.datapath.netlink;

import java.util.BitSet;

/**
 * Which attributes a generic-netlink family of the kernel knows: its policy, which the controller
 * tells (CTRL_CMD_GETPOLICY, from Linux 5.7). A way to ask for what a kernel can do without trying
 * it.
 */
public final class FamilyPolicy {
    private static final int CMD_GETPOLICY = 10;
    private static final int FAMILY_ID = 1;
    private static final int POLICY = 8;

    private FamilyPolicy() {}

    /**
     * The numbers of the attributes that may stand at the top level of the family's requests.
     *
     * @throws NetlinkException EOPNOTSUPP or ENOENT if the kernel or the family tells no policy
     */
    public static BitSet attributes(RequestChannel channel, GenericFamily family)
            throws NetlinkException {
        BitSet numbers = new BitSet();
        channel.begin(GenericFamily.CONTROL, 0, CMD_GETPOLICY).putU16(FAMILY_ID, family.id());
        channel.dump("policy of " + family.name(), message -> collect(message, numbers));
        return numbers;
    }

    /** Each message has one attribute of one policy: POLICY { index { number { ... } } }. */
    private static void collect(MessageReader message, BitSet numbers) {
        AttributeReader a = message.attributes(new AttributeReader(), GenericHeader.PAYLOAD_OFFSET);
        AttributeReader policies = new AttributeReader();
        AttributeReader policy = new AttributeReader();
        while (a.next()) {
            if (a.type() != POLICY) {
                continue;
            }
            policies.wrapNested(a);
            while (policies.next()) {
                policy.wrapNested(policies);
                // Index 0 is the top level, the others are of nests within it.
                while (policies.type() == 0 && policy.next()) {
                    numbers.set(policy.type());
                }
            }
        }
    }
}
