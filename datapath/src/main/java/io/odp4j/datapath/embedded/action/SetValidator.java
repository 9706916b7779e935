package io.odp4j.datapath.embedded.action;

import io.odp4j.datapath.embedded.message.Refusal;
import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.Protocol;
import io.odp4j.datapath.netlink.AttributeReader;
import io.odp4j.datapath.netlink.Errno;
import java.nio.ByteBuffer;

/** Checks a set action's single key attribute. */
final class SetValidator {
    private SetValidator() {}

    static void check(AttributeReader action, boolean masked, FlowKey key, int etherType)
            throws Refusal {
        AttributeReader a = new AttributeReader().wrapNested(action);
        Refusal.require(a.next());
        int type = a.type();
        int p = a.offset();
        ByteBuffer b = a.buffer();
        int size = masked ? a.length() / 2 : a.length();
        Refusal.require(!masked || a.length() % 2 == 0);
        int mask = masked ? p + size : -1;
        for (int i = 0; masked && i < size; i++) {
            Refusal.require((b.get(p + i) & ~b.get(mask + i)) == 0);
        }
        int proto = (int) key.get(FlowField.NW_PROTO);
        int frag = (int) key.get(FlowField.NW_FRAG);
        boolean ip = etherType == Protocol.ETH_IPV4 || etherType == Protocol.ETH_IPV6;
        switch (type) {
            case ActionNumbers.KEY_PRIORITY,
                    ActionNumbers.KEY_SKB_MARK,
                    ActionNumbers.KEY_CT_MARK ->
                    Refusal.require(size == 4);
            case ActionNumbers.KEY_CT_LABELS -> Refusal.require(size == 16);
            case ActionNumbers.KEY_ETHERNET -> Refusal.require(size == 12);
            case ActionNumbers.KEY_IPV4 -> {
                Refusal.require(size == 12 && etherType == Protocol.ETH_IPV4);
                fixed(b, p + 8, mask < 0 ? -1 : mask + 8, proto);
                fixed(b, p + 11, mask < 0 ? -1 : mask + 11, frag);
            }
            case ActionNumbers.KEY_IPV6 -> {
                Refusal.require(size == 40 && etherType == Protocol.ETH_IPV6);
                fixed(b, p + 36, mask < 0 ? -1 : mask + 36, proto);
                fixed(b, p + 39, mask < 0 ? -1 : mask + 39, frag);
                Refusal.require(AttributeReader.be32(b, p + 32) >>> 20 == 0);
            }
            case ActionNumbers.KEY_TCP ->
                    Refusal.require(size == 4 && ip && proto == Protocol.IP_TCP);
            case ActionNumbers.KEY_UDP ->
                    Refusal.require(size == 4 && ip && proto == Protocol.IP_UDP);
            case ActionNumbers.KEY_SCTP ->
                    Refusal.require(size == 4 && ip && proto == Protocol.IP_SCTP);
            case ActionNumbers.KEY_MPLS ->
                    Refusal.require(size >= 4 && size % 4 == 0 && PacketEditor.isMpls(etherType));
            default -> throw new Refusal(Errno.EINVAL);
        }
        Refusal.require(!a.next());
    }

    /** A byte that cannot be set: as it is in the key, or left out of the mask. */
    private static void fixed(ByteBuffer b, int value, int mask, int now) throws Refusal {
        Refusal.require(mask < 0 ? (b.get(value) & 0xff) == now : b.get(mask) == 0);
    }
}
