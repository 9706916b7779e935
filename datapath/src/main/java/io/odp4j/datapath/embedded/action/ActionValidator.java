package io.odp4j.datapath.embedded.action;

import io.odp4j.datapath.embedded.conntrack.CtValidator;
import io.odp4j.datapath.embedded.message.AttributeRun;
import io.odp4j.datapath.embedded.message.Refusal;
import io.odp4j.datapath.flow.ActionAttributes;
import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.KeyAttributes;
import io.odp4j.datapath.flow.Protocol;
import io.odp4j.datapath.netlink.AttributeHeader;
import io.odp4j.datapath.netlink.AttributeReader;
import io.odp4j.datapath.netlink.DirectBuffer;
import io.odp4j.datapath.netlink.Errno;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.netlink.NetlinkFormatException;
import io.odp4j.datapath.ovs.Vport;
import java.nio.ByteBuffer;

/**
 * Checks a list of actions before it is accepted, and copies it into the form in which a kernel
 * gives it back ({@code __ovs_nla_copy_actions} and {@code ovs_nla_put_actions} in {@code
 * net/openvswitch/flow_netlink.c}). The executor can trust every length in the copy.
 */
public final class ActionValidator {
    private static final int DEEPEST = 16;
    private static final int BYTES = 1 << 17;
    private static final int TCI_PRESENT = 0x1000;
    private static final int ETHERNET = 14;
    private static final int ADD_MPLS_L3 = 1;
    private static final int NEXT_ETHERNET = 3;

    private final DirectBuffer memory = new DirectBuffer(BYTES);
    private final MessageWriter copy = new MessageWriter();
    private final SetValidator sets = new SetValidator(copy);
    private final CtValidator connections = new CtValidator();
    private FlowKey key;

    /** What the actions so far have made of the packet. */
    private static final class State {
        int etherType;
        int vlanTci;
        int labels;
        boolean ethernet;

        State from(State other) {
            etherType = other.etherType;
            vlanTci = other.vlanTci;
            labels = other.labels;
            return this;
        }

        boolean hasTag() {
            return (vlanTci & TCI_PRESENT) != 0;
        }
    }

    /** Checks and copies actions on packets of a key, masked where it is a flow's. */
    public void check(ByteBuffer b, int offset, int length, FlowKey of) throws Refusal {
        key = of;
        copy.wrap(memory.buffer(), 0, BYTES);
        State state = new State();
        state.etherType = of.dlType();
        state.vlanTci = of.vlanTci();
        state.labels = PacketEditor.isMpls(of.dlType()) ? of.mplsCount() : 0;
        try {
            list(b, offset, length, state, 0);
        } catch (NetlinkFormatException e) {
            throw new Refusal(Errno.EINVAL);
        }
    }

    /** Holds the copy, from 0 on, until the next check. */
    public ByteBuffer accepted() {
        return memory.buffer();
    }

    public int acceptedLength() {
        return copy.written();
    }

    /** The copy as bytes of its own. */
    public byte[] acceptedBytes() {
        byte[] bytes = new byte[copy.written()];
        memory.buffer().get(0, bytes);
        return bytes;
    }

    private void list(ByteBuffer b, int offset, int length, State start, int depth) throws Refusal {
        Refusal.require(depth <= DEEPEST, Errno.EOVERFLOW);
        State state = new State().from(start);
        // Each list starts from the Ethernet header that the key has, whatever came before.
        state.ethernet = key.carries(KeyAttributes.ETHERNET.number());
        AttributeRun run = new AttributeRun(b, offset, length);
        while (run.next()) {
            int expected = length(run.type());
            Refusal.require(expected < 0 || expected == run.length());
            if (header(b, run.offset(), run.type(), state)) {
                copy.putBytes(run.type(), b, run.offset(), run.length());
            } else {
                action(b, run.offset(), run.length(), run.type(), run.isLast(), state, depth);
            }
        }
        run.requireEnd();
    }

    /** The length that an action of a type must have; -1 for any. */
    private static int length(int type) throws Refusal {
        return switch (type) {
            case ActionNumbers.OUTPUT,
                    ActionNumbers.RECIRC,
                    ActionNumbers.PUSH_VLAN,
                    ActionNumbers.TRUNC,
                    ActionNumbers.METER,
                    ActionNumbers.DROP ->
                    4;
            case ActionNumbers.HASH, ActionNumbers.PUSH_MPLS, ActionNumbers.ADD_MPLS -> 8;
            case ActionNumbers.POP_MPLS -> 2;
            case ActionNumbers.PUSH_ETH -> 12;
            case ActionNumbers.POP_VLAN,
                    ActionNumbers.CT_CLEAR,
                    ActionNumbers.POP_ETH,
                    ActionNumbers.POP_NSH ->
                    0;
            case ActionNumbers.USERSPACE,
                    ActionNumbers.SET,
                    ActionNumbers.SET_MASKED,
                    ActionNumbers.SAMPLE,
                    ActionNumbers.CT,
                    ActionNumbers.PUSH_NSH,
                    ActionNumbers.CLONE,
                    ActionNumbers.CHECK_PKT_LEN,
                    ActionNumbers.DEC_TTL,
                    ActionNumbers.PSAMPLE ->
                    -1;
            default -> throw new Refusal(Errno.EINVAL);
        };
    }

    /** Actions that add and remove headers; false if it is none of them. */
    private boolean header(ByteBuffer b, int p, int type, State state) throws Refusal {
        switch (type) {
            case ActionNumbers.PUSH_VLAN -> {
                int tci = AttributeReader.be16(b, p + 2);
                Refusal.require(state.ethernet && Protocol.isTag(AttributeReader.be16(b, p)));
                Refusal.require((tci & TCI_PRESENT) != 0);
                state.vlanTci = tci;
            }
            case ActionNumbers.POP_VLAN -> {
                Refusal.require(state.ethernet);
                state.vlanTci = 0;
            }
            case ActionNumbers.PUSH_MPLS -> pushMpls(b, p, state);
            case ActionNumbers.ADD_MPLS -> {
                if ((b.getShort(p + 6) & ADD_MPLS_L3) != 0) {
                    pushMpls(b, p, state);
                } else {
                    state.etherType = mplsType(b, p);
                    state.labels = state.ethernet ? 1 : state.labels + 1;
                    state.ethernet = false;
                }
            }
            case ActionNumbers.POP_MPLS -> popMpls(AttributeReader.be16(b, p), state);
            case ActionNumbers.PUSH_ETH -> {
                Refusal.require(!state.ethernet);
                state.ethernet = true;
            }
            case ActionNumbers.POP_ETH -> {
                Refusal.require(state.ethernet && !state.hasTag());
                state.ethernet = false;
            }
            case ActionNumbers.POP_NSH -> {
                int next = (int) key.get(FlowField.NSH_NP);
                Refusal.require(state.etherType == Protocol.ETH_NSH);
                Refusal.require(NshEditor.etherType(next) != 0);
                state.ethernet = next == NEXT_ETHERNET;
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private static int mplsType(ByteBuffer b, int p) throws Refusal {
        int type = AttributeReader.be16(b, p + 4);
        Refusal.require(PacketEditor.isMpls(type));
        return type;
    }

    private static void pushMpls(ByteBuffer b, int p, State state) throws Refusal {
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
        Refusal.require(!state.hasTag() && onKnown);
        state.etherType = mplsType(b, p);
        state.labels++;
    }

    private static void popMpls(int type, State state) throws Refusal {
        Refusal.require(!state.hasTag() && PacketEditor.isMpls(state.etherType));
        Refusal.require(type != NshEditor.ETH_TEB || !state.ethernet);
        state.labels--;
        // What a last label covered has not been looked at: nothing above it may be set.
        state.etherType = PacketEditor.isMpls(type) && state.labels != 0 ? type : 0;
    }

    private void action(
            ByteBuffer b, int p, int size, int type, boolean last, State state, int depth)
            throws Refusal {
        switch (type) {
            case ActionNumbers.OUTPUT ->
                    Refusal.require(Integer.compareUnsigned(b.getInt(p), Vport.MAX_PORTS) < 0);
            case ActionNumbers.TRUNC ->
                    Refusal.require(Integer.compareUnsigned(b.getInt(p), ETHERNET) >= 0);
            case ActionNumbers.HASH -> Refusal.require((b.getInt(p) & ~1) == 0);
            case ActionNumbers.DROP -> Refusal.require(last);
            case ActionNumbers.RECIRC, ActionNumbers.METER, ActionNumbers.CT_CLEAR -> {
                // A meter that there is not lets everything pass.
            }
            case ActionNumbers.USERSPACE -> ActionShapes.userspace(b, p, size);
            case ActionNumbers.PUSH_NSH -> {
                boolean known = NshEditor.nextProtocol(state.etherType) != 0;
                Refusal.require(state.ethernet || known);
                state.ethernet = false;
                ActionShapes.pushNsh(b, p, size);
            }
            case ActionNumbers.SET, ActionNumbers.SET_MASKED -> {
                boolean masked = type == ActionNumbers.SET_MASKED;
                sets.check(b, p, size, masked, key, state.etherType, state.ethernet);
                return;
            }
            case ActionNumbers.CT -> {
                connections.copy(b, p, size, key.dlType(), copy);
                return;
            }
            case ActionNumbers.PSAMPLE -> {
                boolean nested = (b.getShort(p - 2) & AttributeHeader.NESTED) != 0;
                Refusal.require(nested);
                ActionShapes.psample(b, p, size);
            }
            default -> {
                branch(b, p, size, type, state, depth);
                return;
            }
        }
        copy.putBytes(type, b, p, size);
    }

    /** Actions with actions in them. */
    private void branch(ByteBuffer b, int p, int size, int type, State state, int depth)
            throws Refusal {
        int nest = copy.beginPlainNest(type);
        switch (type) {
            case ActionNumbers.CLONE -> list(b, p, size, state, depth + 1);
            case ActionNumbers.SAMPLE -> {
                long found = ActionShapes.sample(b, p, size);
                copy.putBytes(ActionAttributes.SAMPLE_PROBABILITY.number(), b, (int) found, 4);
                nested(ActionAttributes.SAMPLE_ACTIONS.number(), b, found >>> 32, state, depth);
            }
            case ActionNumbers.CHECK_PKT_LEN -> {
                int[] found = ActionShapes.checkLength(b, p, size);
                int length = ActionAttributes.CHECK_PKT_LEN_PKT_LEN.number();
                int greater = ActionAttributes.CHECK_PKT_LEN_IF_GREATER.number();
                int lessEqual = ActionAttributes.CHECK_PKT_LEN_IF_LESS_EQUAL.number();
                copy.putU16(length, b.getShort(found[length]) & 0xffff);
                nested(lessEqual, b, found[lessEqual], state, depth);
                nested(greater, b, found[greater], state, depth);
            }
            default ->
                    nested(
                            ActionAttributes.DEC_TTL_ACTION.number(),
                            b,
                            ActionShapes.decrementTtl(b, p, size),
                            state,
                            depth);
        }
        copy.endNest(nest);
    }

    /** A list that is the payload, at {@code p}, of an attribute. */
    private void nested(int type, ByteBuffer b, long p, State state, int depth) throws Refusal {
        int nest = copy.beginPlainNest(type);
        int at = (int) p;
        list(b, at, (b.getShort(at - 4) & 0xffff) - 4, state, depth + 1);
        copy.endNest(nest);
    }
}
