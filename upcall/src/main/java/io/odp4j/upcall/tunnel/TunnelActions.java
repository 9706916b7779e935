package io.odp4j.upcall.tunnel;

import io.odp4j.datapath.flow.ActionAttributes;
import io.odp4j.datapath.flow.ActionWriter;
import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowMask;
import io.odp4j.datapath.flow.KeyAttributes;
import io.odp4j.datapath.netlink.AttributeReader;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.netlink.NetlinkFormatException;
import io.odp4j.upcall.policy.Verdict;

/**
 * Makes decisions hold for tunnels, whatever the policy knows of them: a packet that came through
 * one must be of its remote end and key, and one that leaves by one is told where to.
 *
 * <pre>
 *   output:4                            set(tunnel(tun_id=7,dst=10.0.0.2,ttl=64,…)),output:4
 *   set(tunnel(tun_id=9)),output:4      set(tunnel(tun_id=9,dst=10.0.0.2,ttl=64,…)),output:4
 * </pre>
 *
 * Actions within clone, sample, check_pkt_len and dec_ttl are gone through too. Owned by one
 * classifier's thread; nothing is allocated.
 */
public final class TunnelActions {
    private static final int OUTPUT = ActionAttributes.OUTPUT.number();
    private static final int SET = ActionAttributes.SET.number();
    private static final int SAMPLE = ActionAttributes.SAMPLE.number();
    private static final int CLONE = ActionAttributes.CLONE.number();
    private static final int CHECK_PKT_LEN = ActionAttributes.CHECK_PKT_LEN.number();
    private static final int DEC_TTL = ActionAttributes.DEC_TTL.number();
    private static final int TUNNEL = KeyAttributes.TUNNEL.number();

    private static final int LIST = 0;

    /**
     * Actions nest within actions, each time with one attribute between; the kernel stops at 16.
     */
    private static final int DEPTH = 34;

    private final AttributeReader[] readers = new AttributeReader[DEPTH];
    private final OuterHeader[] headers = new OuterHeader[DEPTH];
    private final AttributeReader inner = new AttributeReader();
    private final ActionWriter scratch = new ActionWriter();
    private TunnelPorts ports = TunnelPorts.NONE;
    private FlowKey key;
    private boolean readId;
    private int unaddressed;

    public TunnelActions() {
        for (int i = 0; i < DEPTH; i++) {
            readers[i] = new AttributeReader();
            headers[i] = new OuterHeader();
        }
    }

    /** The tunnels are these from now on. */
    public void setPorts(TunnelPorts tunnels) {
        ports = tunnels;
    }

    /**
     * Whether a packet may have come through its port: false for one through a tunnel that is of
     * another remote end or key. What was looked at is added to the verdict.
     */
    public boolean admits(FlowKey packet, Verdict verdict) {
        TunnelSpec tunnel = ports.isEmpty() ? null : ports.at(packet.inPort());
        if (tunnel == null) {
            return true;
        }
        verdict.match(FlowField.RECIRC_ID).match(FlowField.IN_PORT);
        if (!tunnel.keyOfFlow()) {
            verdict.match(FlowField.TUN_ID);
            if (packet.get(FlowField.TUN_ID) != tunnel.key()) {
                return false;
            }
        }
        return tunnel.remote() == null || isFrom(tunnel.remote(), packet, verdict);
    }

    private static boolean isFrom(byte[] remote, FlowKey packet, Verdict verdict) {
        if (remote.length == 4) {
            verdict.match(FlowField.TUN_SRC);
            return packet.get(FlowField.TUN_SRC) == big(remote, 0, 4);
        }
        int word = FlowField.TUN_IPV6_SRC.word();
        FlowMask mask = verdict.mask();
        mask.exact(FlowField.TUN_IPV6_SRC);
        return packet.words()[word] == big(remote, 0, 8)
                && packet.words()[word + 1] == big(remote, 8, 8);
    }

    private static long big(byte[] bytes, int from, int count) {
        long value = 0;
        for (int i = from; i < from + count; i++) {
            value = value << 8 | bytes[i] & 0xff;
        }
        return value;
    }

    /**
     * Puts before every output to a tunnel what sends the packet on its way.
     *
     * @return outputs that were left out since nobody says where they are to go
     * @throws NetlinkFormatException if the actions are no actions
     */
    public int complete(FlowKey packet, Verdict verdict) {
        ActionWriter actions = verdict.actions();
        if (ports.isEmpty() || !reaches(0, actions)) {
            return 0;
        }
        key = packet;
        readId = false;
        unaddressed = 0;
        scratch.clear();
        headers[0].clear();
        readers[0].wrap(actions.buffer(), 0, actions.length());
        rewrite(0, LIST, scratch.writer());
        actions.clear();
        int length = scratch.length();
        int at = actions.writer().reserve(length);
        actions.buffer().put(at, scratch.buffer(), 0, length);
        if (readId && packet.carries(TUNNEL)) {
            verdict.match(FlowField.TUN_ID);
        }
        return unaddressed;
    }

    private boolean reaches(int depth, ActionWriter actions) {
        readers[depth].wrap(actions.buffer(), 0, actions.length());
        return reaches(depth, LIST);
    }

    private boolean reaches(int depth, int within) {
        AttributeReader reader = readers[depth];
        while (reader.next()) {
            int type = reader.type();
            if (within == LIST && type == OUTPUT) {
                if (ports.at(reader.u32()) != null) {
                    return true;
                }
            } else if (holdsActions(within, type)) {
                enter(depth, reader);
                if (reaches(depth + 1, entered(within, type))) {
                    return true;
                }
            }
        }
        return false;
    }

    private void enter(int depth, AttributeReader reader) {
        if (depth + 1 == DEPTH) {
            throw new NetlinkFormatException("actions nest too deep", reader.offset());
        }
        readers[depth + 1].wrapNested(reader);
    }

    /**
     * Whether there are actions in an attribute.
     *
     * @param within {@link #LIST}, or the action whose attribute it is
     */
    private static boolean holdsActions(int within, int type) {
        if (within == LIST) {
            return type == CLONE || type == SAMPLE || type == CHECK_PKT_LEN || type == DEC_TTL;
        } else if (within == SAMPLE) {
            return type == ActionAttributes.SAMPLE_ACTIONS.number();
        } else if (within == CHECK_PKT_LEN) {
            return type == ActionAttributes.CHECK_PKT_LEN_IF_GREATER.number()
                    || type == ActionAttributes.CHECK_PKT_LEN_IF_LESS_EQUAL.number();
        }
        return type == ActionAttributes.DEC_TTL_ACTION.number();
    }

    /** What the attributes in such an attribute are within. */
    private static int entered(int within, int type) {
        return within != LIST || type == CLONE ? LIST : type;
    }

    private void rewrite(int depth, int within, MessageWriter out) {
        AttributeReader reader = readers[depth];
        OuterHeader header = headers[depth];
        while (reader.next()) {
            int type = reader.type();
            if (within == LIST && type == OUTPUT) {
                output(reader, header, out);
            } else if (within == LIST && type == SET && isTunnel(reader)) {
                header.take(inner);
                if (header.isComplete()) {
                    copy(reader, out);
                }
            } else if (holdsActions(within, type)) {
                enter(depth, reader);
                headers[depth + 1].copyFrom(header);
                int nest = out.beginPlainNest(type | reader.flags());
                rewrite(depth + 1, entered(within, type), out);
                out.endNest(nest);
            } else {
                copy(reader, out);
            }
        }
    }

    private void output(AttributeReader reader, OuterHeader header, MessageWriter out) {
        TunnelSpec tunnel = ports.at(reader.u32());
        if (tunnel != null && !header.write(tunnel, key, out)) {
            unaddressed++;
            return;
        }
        readId |= tunnel != null && header.readsId(tunnel);
        copy(reader, out);
    }

    /** Whether it sets the tunnel; {@link #inner} then stands before what it says. */
    private boolean isTunnel(AttributeReader set) {
        inner.wrapNested(set);
        if (!inner.next() || inner.type() != TUNNEL) {
            return false;
        }
        inner.wrapNested(inner);
        return true;
    }

    private static void copy(AttributeReader reader, MessageWriter out) {
        out.putBytes(
                reader.type() | reader.flags(), reader.buffer(), reader.offset(), reader.length());
    }
}
