package io.odp4j.datapath.embedded.conntrack;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.KeyAttributes;
import io.odp4j.datapath.flow.Protocol;

/** Writes what is known of a packet's connection, and its translated header, into its key. */
final class KeyUpdate {
    // Bits of ct_state, OVS_CS_F_*.
    static final int NEW = 1;
    static final int ESTABLISHED = 1 << 1;
    static final int RELATED = 1 << 2;
    static final int REPLY_DIR = 1 << 3;
    static final int INVALID = 1 << 4;
    static final int TRACKED = 1 << 5;
    static final int SRC_NAT = 1 << 6;
    static final int DST_NAT = 1 << 7;
    static final int NAT = SRC_NAT | DST_NAT;

    private static final long TUPLES =
            1L << KeyAttributes.CT_ORIG_TUPLE_IPV4.number()
                    | 1L << KeyAttributes.CT_ORIG_TUPLE_IPV6.number();

    private KeyUpdate() {}

    /** A packet has been looked up in a zone; nothing is translated yet. */
    static void tracked(TrackedPacket packet, int zone) {
        FlowKey key = packet.key;
        Connection connection = packet.connection;
        if (connection == null) {
            clear(key);
            key.set(FlowField.CT_STATE, TRACKED | INVALID).set(FlowField.CT_ZONE, zone);
            return;
        }
        int state =
                switch (packet.kind) {
                    case TrackedPacket.ESTABLISHED -> ESTABLISHED;
                    case TrackedPacket.RELATED -> RELATED;
                    default -> NEW;
                };
        state |= TRACKED | (packet.reply ? REPLY_DIR : 0);
        state |= connection.isConfirmed() ? 0 : NEW;
        key.set(FlowField.CT_STATE, state)
                .set(FlowField.CT_ZONE, connection.zone)
                .set(FlowField.CT_MARK, connection.mark)
                .set(FlowField.CT_LABEL, connection.labelHigh, connection.labelLow);
        tuple(key, connection.original.tuple);
    }

    private static void tuple(FlowKey key, Tuple tuple) {
        long[] w = key.words();
        w[FlowKey.ATTRIBUTES] &= ~TUPLES;
        int type = key.dlType();
        if (type == Protocol.ETH_IPV4 && !tuple.ipv6) {
            key.set(FlowField.CT_NW_SRC, tuple.srcLow).set(FlowField.CT_NW_DST, tuple.dstLow);
            key.carry(KeyAttributes.CT_ORIG_TUPLE_IPV4.number());
        } else if (type == Protocol.ETH_IPV6 && tuple.ipv6 && !isNeighbour(key)) {
            key.set(FlowField.CT_IPV6_SRC, tuple.srcHigh, tuple.srcLow)
                    .set(FlowField.CT_IPV6_DST, tuple.dstHigh, tuple.dstLow);
            key.carry(KeyAttributes.CT_ORIG_TUPLE_IPV6.number());
        } else {
            key.set(FlowField.CT_NW_PROTO, 0);
            return;
        }
        boolean icmp = tuple.proto == (tuple.ipv6 ? Protocol.IP_ICMPV6 : Protocol.IP_ICMP);
        key.set(FlowField.CT_NW_PROTO, tuple.proto)
                .set(FlowField.CT_TP_SRC, icmp ? tuple.dstPart >>> 8 : tuple.srcPart)
                .set(FlowField.CT_TP_DST, icmp ? tuple.dstPart & 0xff : tuple.dstPart);
        if (tuple.proto == 0) {
            w[FlowKey.ATTRIBUTES] &= ~TUPLES; // protocol 0 is how a key says that there is none
        }
    }

    private static boolean isNeighbour(FlowKey key) {
        long type = key.get(FlowField.TP_SRC);
        return key.get(FlowField.NW_PROTO) == Protocol.IP_ICMPV6
                && key.get(FlowField.TP_DST) == 0
                && (type == Protocol.NEIGHBOUR_SOLICITATION
                        || type == Protocol.NEIGHBOUR_ADVERTISEMENT);
    }

    /** A packet is of no connection, and of no zone. */
    static void clear(FlowKey key) {
        key.set(FlowField.CT_STATE, 0)
                .set(FlowField.CT_ZONE, 0)
                .set(FlowField.CT_MARK, 0)
                .set(FlowField.CT_LABEL, 0, 0)
                .set(FlowField.CT_NW_SRC, 0)
                .set(FlowField.CT_NW_DST, 0)
                .set(FlowField.CT_IPV6_SRC, 0, 0)
                .set(FlowField.CT_IPV6_DST, 0, 0)
                .set(FlowField.CT_TP_SRC, 0)
                .set(FlowField.CT_TP_DST, 0)
                .set(FlowField.CT_NW_PROTO, 0);
        key.words()[FlowKey.ATTRIBUTES] &= ~TUPLES;
    }

    /** A packet's source or destination has been translated, maybe into itself. */
    static void translated(FlowKey key, IpPacket packet, Tuple scratch, boolean source) {
        long state = key.get(FlowField.CT_STATE);
        key.set(FlowField.CT_STATE, state | (source ? SRC_NAT : DST_NAT));
        packet.readAddresses(scratch);
        if (packet.ipv6) {
            key.set(
                    source ? FlowField.IPV6_SRC : FlowField.IPV6_DST,
                    source ? scratch.srcHigh : scratch.dstHigh,
                    source ? scratch.srcLow : scratch.dstLow);
        } else {
            key.set(
                    source ? FlowField.NW_SRC : FlowField.NW_DST,
                    source ? scratch.srcLow : scratch.dstLow);
        }
        switch ((int) key.get(FlowField.NW_PROTO)) {
            case Protocol.IP_TCP, Protocol.IP_UDP, Protocol.IP_SCTP -> {
                if (packet.has(4)) {
                    int at = packet.transport + (source ? 0 : 2);
                    key.set(source ? FlowField.TP_SRC : FlowField.TP_DST, packet.be16(at));
                }
            }
            default -> {}
        }
    }
}
