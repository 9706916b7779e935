package io.odp4j.upcall.tunnel;

import io.odp4j.datapath.flow.ActionAttributes;
import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.KeyAttributes;
import io.odp4j.datapath.flow.TunnelAttributes;
import io.odp4j.datapath.netlink.AttributeReader;
import io.odp4j.datapath.netlink.MessageWriter;

/**
 * The part of a packet's outer headers that actions have set so far, and the action that sets all
 * of them. Used over and over; nothing is allocated.
 */
final class OuterHeader {
    private static final int SET = ActionAttributes.SET.number();
    private static final int TUNNEL = KeyAttributes.TUNNEL.number();
    private static final int ID = TunnelAttributes.ID.number();
    private static final int IPV4_SRC = TunnelAttributes.IPV4_SRC.number();
    private static final int IPV4_DST = TunnelAttributes.IPV4_DST.number();
    private static final int IPV6_SRC = TunnelAttributes.IPV6_SRC.number();
    private static final int IPV6_DST = TunnelAttributes.IPV6_DST.number();
    private static final int TOS = TunnelAttributes.TOS.number();
    private static final int TTL = TunnelAttributes.TTL.number();
    private static final int DONT_FRAGMENT = TunnelAttributes.DONT_FRAGMENT.number();
    private static final int CSUM = TunnelAttributes.CSUM.number();

    private static final int UNSET = -1;

    private boolean hasId;
    private long id;
    private final byte[] source = new byte[16];
    private int sourceLength;
    private final byte[] destination = new byte[16];
    private int destinationLength;
    private int tos;
    private int ttl;

    OuterHeader clear() {
        hasId = false;
        sourceLength = 0;
        destinationLength = 0;
        tos = UNSET;
        ttl = UNSET;
        return this;
    }

    void copyFrom(OuterHeader other) {
        hasId = other.hasId;
        id = other.id;
        sourceLength = other.sourceLength;
        destinationLength = other.destinationLength;
        System.arraycopy(other.source, 0, source, 0, sourceLength);
        System.arraycopy(other.destination, 0, destination, 0, destinationLength);
        tos = other.tos;
        ttl = other.ttl;
    }

    /** Whether the kernel would take it as it is: it refuses one without destination or TTL. */
    boolean isComplete() {
        return destinationLength > 0 && ttl > 0;
    }

    /** Adds what a {@code set(tunnel(…))} says, whose attributes {@code reader} stands before. */
    void take(AttributeReader reader) {
        while (reader.next()) {
            int type = reader.type();
            if (type == ID) {
                id = reader.be64();
                hasId = true;
            } else if (type == TOS) {
                tos = reader.u8();
            } else if (type == TTL) {
                ttl = reader.u8();
            } else if (type == IPV4_SRC || type == IPV6_SRC) {
                sourceLength = address(reader, type == IPV4_SRC ? 4 : 16, source);
            } else if (type == IPV4_DST || type == IPV6_DST) {
                destinationLength = address(reader, type == IPV4_DST ? 4 : 16, destination);
            }
        }
    }

    private static int address(AttributeReader reader, int length, byte[] to) {
        reader.requireLength(length);
        reader.buffer().get(reader.offset(), to, 0, length);
        return length;
    }

    /**
     * Writes the action: what the tunnel fixes, then what was set, then what the packet came with.
     *
     * @return false if nobody says where packets are to go
     */
    boolean write(TunnelSpec tunnel, FlowKey key, MessageWriter out) {
        if (tunnel.remote() == null && destinationLength == 0) {
            return false;
        }
        int set = out.beginPlainNest(SET);
        int nest = out.beginPlainNest(TUNNEL);
        out.putBe64(ID, id(tunnel, key));
        if (tunnel.local() != null) {
            put(tunnel.local(), tunnel.local().length, IPV4_SRC, IPV6_SRC, out);
        } else if (sourceLength > 0) {
            put(source, sourceLength, IPV4_SRC, IPV6_SRC, out);
        }
        if (tunnel.remote() == null) {
            put(destination, destinationLength, IPV4_DST, IPV6_DST, out);
        } else {
            put(tunnel.remote(), tunnel.remote().length, IPV4_DST, IPV6_DST, out);
        }
        int type = tos == UNSET ? tunnel.tos() : tos;
        if (type != 0) {
            out.putU8(TOS, type);
        }
        out.putU8(TTL, ttl <= 0 ? tunnel.ttl() : ttl);
        if (tunnel.dontFragment()) {
            out.putFlag(DONT_FRAGMENT);
        }
        if (tunnel.checksum()) {
            out.putFlag(CSUM);
        }
        out.endNest(nest);
        out.endNest(set);
        return true;
    }

    private long id(TunnelSpec tunnel, FlowKey key) {
        if (!tunnel.keyOfFlow()) {
            return tunnel.key();
        }
        return hasId ? id : key.get(FlowField.TUN_ID);
    }

    /** Whether the action depends on the tunnel id that the packet came with. */
    boolean readsId(TunnelSpec tunnel) {
        return tunnel.keyOfFlow() && !hasId;
    }

    private static void put(byte[] address, int length, int v4, int v6, MessageWriter out) {
        int at = out.header(length == 4 ? v4 : v6, length);
        out.buffer().put(at, address, 0, length);
    }
}
