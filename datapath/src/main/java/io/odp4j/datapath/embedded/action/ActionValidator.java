package io.odp4j.datapath.embedded.action;

import io.odp4j.datapath.embedded.message.Refusal;
import io.odp4j.datapath.embedded.packet.Packet;
import io.odp4j.datapath.flow.ActionAttributes;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.Protocol;
import io.odp4j.datapath.netlink.AttributeReader;
import io.odp4j.datapath.netlink.Errno;
import io.odp4j.datapath.netlink.NetlinkFormatException;
import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.ovs.Vport;
import java.nio.ByteBuffer;

/**
 * Checks a list of actions before it is accepted, as the kernel does ({@code ovs_nla_copy_actions}
 * in {@code net/openvswitch/flow_netlink.c}), so that the executor can trust every length in it.
 *
 * <p>Actions that the embedded datapath does not do are refused here as a kernel without them
 * refuses them: connection tracking with ENOTSUPP, the others with EINVAL.
 */
public final class ActionValidator {
    private static final int DEEPEST = 16;
    private static final int VLAN_PRESENT = 0x1000;

    /** What the actions so far have made of the packet. */
    private record State(int etherType, int vlanTci, int labels) {}

    private FlowKey key;

    /** Checks actions on packets of a key, masked where it is a flow's. */
    public void check(ByteBuffer b, int offset, int length, FlowKey of) throws Refusal {
        key = of;
        try {
            list(b, offset, length, new State(of.dlType(), of.vlanTci(), of.mplsCount()), 0);
        } catch (NetlinkFormatException e) {
            throw new Refusal(Errno.EINVAL);
        }
    }

    private void list(ByteBuffer b, int offset, int length, State start, int depth) throws Refusal {
        Refusal.require(depth < DEEPEST, Errno.EOVERFLOW);
        State state = start;
        AttributeReader a = new AttributeReader().wrap(b, offset, length);
        while (a.next()) {
            state = action(a, state, depth, offset + length);
        }
    }

    private State action(AttributeReader a, State state, int depth, int limit) throws Refusal {
        ByteBuffer b = a.buffer();
        int p = a.offset();
        switch (a.type()) {
            case ActionNumbers.OUTPUT ->
                    Refusal.require(
                            size(a, 4)
                                    && Integer.compareUnsigned(b.getInt(p), Vport.MAX_PORTS) < 0);
            case ActionNumbers.USERSPACE -> userspace(a);
            case ActionNumbers.HASH -> Refusal.require(size(a, 8) && (b.getInt(p) & ~1) == 0);
            case ActionNumbers.PUSH_VLAN -> {
                int tci = size(a, 4) ? AttributeReader.be16(b, p + 2) : 0;
                Refusal.require(
                        (tci & VLAN_PRESENT) != 0 && Protocol.isTag(AttributeReader.be16(b, p)));
                return new State(state.etherType, tci, state.labels);
            }
            case ActionNumbers.POP_VLAN -> {
                Refusal.require(size(a, 0));
                return new State(state.etherType, 0, state.labels);
            }
            case ActionNumbers.PUSH_MPLS -> {
                return pushMpls(a, state);
            }
            case ActionNumbers.POP_MPLS -> {
                return popMpls(a, state);
            }
            case ActionNumbers.RECIRC, ActionNumbers.METER -> Refusal.require(size(a, 4));
            case ActionNumbers.CT_CLEAR -> Refusal.require(size(a, 0));
            case ActionNumbers.TRUNC ->
                    Refusal.require(
                            size(a, 4)
                                    && Integer.compareUnsigned(b.getInt(p), Packet.ETHERNET) >= 0);
            case ActionNumbers.SET -> SetValidator.check(a, false, key, state.etherType);
            case ActionNumbers.SET_MASKED -> SetValidator.check(a, true, key, state.etherType);
            case ActionNumbers.SAMPLE -> sample(a, state, depth);
            case ActionNumbers.CLONE -> list(b, p, a.length(), state, depth + 1);
            case ActionNumbers.CHECK_PKT_LEN -> checkLength(a, state, depth);
            case ActionNumbers.DEC_TTL -> {
                AttributeReader nest = new AttributeReader().wrapNested(a);
                Refusal.require(
                        nest.next() && nest.type() == ActionAttributes.DEC_TTL_ACTION.number());
                list(b, nest.offset(), nest.length(), state, depth + 1);
                Refusal.require(!nest.next());
            }
            case ActionNumbers.DROP -> Refusal.require(size(a, 4) && p + 4 >= limit);
            default ->
                    throw new Refusal(
                            a.type() == ActionAttributes.CT.number()
                                    ? Errno.ENOTSUPP
                                    : Errno.EINVAL);
        }
        return state;
    }

    private static boolean size(AttributeReader a, int bytes) {
        return a.length() == bytes;
    }

    private static void userspace(AttributeReader a) throws Refusal {
        int portId = 0;
        AttributeReader nest = new AttributeReader().wrapNested(a);
        while (nest.next()) {
            if (nest.type() == ActionAttributes.USERSPACE_PID.number()) {
                Refusal.require(nest.length() >= 4);
                portId = nest.buffer().getInt(nest.offset());
            }
        }
        Refusal.require(portId != 0);
    }

    private static State pushMpls(AttributeReader a, State state) throws Refusal {
        Refusal.require(size(a, 8));
        int type = AttributeReader.be16(a.buffer(), a.offset() + 4);
        boolean onKnown =
                switch (state.etherType) {
                    case Protocol.ETH_IPV4,
                            Protocol.ETH_IPV6,
                            Protocol.ETH_ARP,
                            Protocol.ETH_RARP,
                            Protocol.ETH_MPLS,
                            Protocol.ETH_MPLS_MULTICAST ->
                            true;
                    default -> false;
                };
        Refusal.require(PacketEditor.isMpls(type));
        Refusal.require((state.vlanTci & VLAN_PRESENT) == 0 && onKnown);
        return new State(type, state.vlanTci, state.labels + 1);
    }

    private static State popMpls(AttributeReader a, State state) throws Refusal {
        Refusal.require(
                size(a, 2)
                        && (state.vlanTci & VLAN_PRESENT) == 0
                        && PacketEditor.isMpls(state.etherType));
        int type = AttributeReader.be16(a.buffer(), a.offset());
        int left = state.labels - 1;
        // What a last label covered has not been looked at: nothing above it may be set.
        return new State(PacketEditor.isMpls(type) && left != 0 ? type : 0, state.vlanTci, left);
    }

    private void sample(AttributeReader a, State state, int depth) throws Refusal {
        AttributeReader nest = new AttributeReader().wrapNested(a);
        int seen = 0;
        int listAt = 0;
        int listLength = 0;
        while (nest.next()) {
            int type = nest.type();
            Refusal.require(type >= 1 && type <= 2 && (seen & 1 << type) == 0);
            seen |= 1 << type;
            if (is(nest, ActionAttributes.SAMPLE_PROBABILITY)) {
                Refusal.require(size(nest, 4));
            } else {
                listAt = nest.offset();
                listLength = nest.length();
            }
        }
        Refusal.require(seen == 0b110);
        list(a.buffer(), listAt, listLength, state, depth + 1);
    }

    private void checkLength(AttributeReader a, State state, int depth) throws Refusal {
        AttributeReader nest = new AttributeReader().wrapNested(a);
        int seen = 0;
        while (nest.next()) {
            Refusal.require(nest.type() >= 1 && nest.type() <= 3);
            seen |= 1 << nest.type();
            if (is(nest, ActionAttributes.CHECK_PKT_LEN_PKT_LEN)) {
                Refusal.require(size(nest, 2) && nest.u16() != 0);
            } else {
                list(nest.buffer(), nest.offset(), nest.length(), state, depth + 1);
            }
        }
        Refusal.require(seen == 0b1110);
    }

    private static boolean is(AttributeReader a, AttributeSpec attribute) {
        return a.type() == attribute.number();
    }
}
