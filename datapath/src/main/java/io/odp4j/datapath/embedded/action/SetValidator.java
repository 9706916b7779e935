package io.odp4j.datapath.embedded.action;

import io.odp4j.datapath.embedded.message.Refusal;
import io.odp4j.datapath.flow.ActionAttributes;
import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowKeyDecoder;
import io.odp4j.datapath.flow.FlowKeyEncoder;
import io.odp4j.datapath.flow.KeyAttributes;
import io.odp4j.datapath.flow.Protocol;
import io.odp4j.datapath.flow.validation.FlowValidator;
import io.odp4j.datapath.netlink.AttributeReader;
import io.odp4j.datapath.netlink.Errno;
import io.odp4j.datapath.netlink.MessageHeader;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.netlink.table.AttributeCodec;
import io.odp4j.datapath.netlink.table.AttributeList;
import java.nio.ByteBuffer;

/** Checks and copies a set action's single key attribute ({@code validate_set} in the kernel). */
final class SetValidator {
    private final MessageWriter copy;
    private final FlowKey tunnel = new FlowKey();

    SetValidator(MessageWriter copy) {
        this.copy = copy;
    }

    void check(
            ByteBuffer b,
            int at,
            int length,
            boolean masked,
            FlowKey key,
            int etherType,
            boolean ethernet)
            throws Refusal {
        Refusal.require(length >= 4);
        int total = b.getShort(at) & 0xffff;
        Refusal.require(total >= 4 && MessageHeader.align(total) == length);
        int type = b.getShort(at + 2) & 0x3fff;
        int p = at + 4;
        int size = masked ? (total - 4) / 2 : total - 4;
        int mask = masked ? p + size : -1;
        Refusal.require(type <= KeyAttributes.IPV6_EXTHDRS.number());
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
            case ActionNumbers.KEY_ETHERNET -> Refusal.require(size == 12 && ethernet);
            case ActionNumbers.KEY_IPV4 -> {
                Refusal.require(size == 12 && etherType == Protocol.ETH_IPV4);
                fixed(b, p, mask, 8, proto);
                fixed(b, p, mask, 11, frag);
            }
            case ActionNumbers.KEY_IPV6 -> {
                Refusal.require(size == 40 && etherType == Protocol.ETH_IPV6);
                fixed(b, p, mask, 36, proto);
                fixed(b, p, mask, 39, frag);
                Refusal.require(AttributeReader.be32(b, p + 32) >>> 20 == 0);
                Refusal.require(mask < 0 || AttributeReader.be32(b, mask + 32) >>> 20 == 0);
            }
            case ActionNumbers.KEY_TCP ->
                    Refusal.require(size == 4 && ip && proto == Protocol.IP_TCP);
            case ActionNumbers.KEY_UDP ->
                    Refusal.require(size == 4 && ip && proto == Protocol.IP_UDP);
            case ActionNumbers.KEY_SCTP ->
                    Refusal.require(size == 4 && ip && proto == Protocol.IP_SCTP);
            case ActionNumbers.KEY_MPLS ->
                    Refusal.require(size == 4 && PacketEditor.isMpls(etherType));
            case ActionNumbers.KEY_TUNNEL -> {
                Refusal.require(!masked);
                tunnel(b, at, length, key);
                return;
            }
            default -> throw new Refusal(Errno.EINVAL);
        }
        int nest = copy.beginPlainNest(masked ? ActionNumbers.SET_MASKED : ActionNumbers.SET);
        copy.putBytes(type, b, p, total - 4);
        copy.endNest(nest);
    }

    /** A byte that cannot be set: as it is in the key, or left out of the mask. */
    private static void fixed(ByteBuffer b, int value, int mask, int in, int now) throws Refusal {
        Refusal.require(mask < 0 ? (b.get(value + in) & 0xff) == now : b.get(mask + in) == 0);
    }

    /** A tunnel comes back with what its fields stand for, in the kernel's order. */
    private void tunnel(ByteBuffer b, int at, int length, FlowKey key) throws Refusal {
        // The action begins with the header before its payload.
        AttributeReader action = new AttributeReader().wrap(b, at - 4, length + 4);
        AttributeList set = AttributeCodec.decode(ActionAttributes.TABLE, action);
        Refusal.require(FlowValidator.actions(set, key).isEmpty());
        FlowKeyDecoder.decodeKey(b, at, length, tunnel);
        Refusal.require(!tunnel.carriesUnknown());
        tunnel.carryFromContents();
        tunnel.words()[FlowKey.ATTRIBUTES] = 1L << KeyAttributes.TUNNEL.number();
        int nest = copy.beginPlainNest(ActionNumbers.SET);
        FlowKeyEncoder.encodeKey(tunnel, copy);
        copy.endNest(nest);
    }
}
