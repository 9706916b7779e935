package io.odp4j.datapath.flow;

import static io.odp4j.datapath.flow.AttributeBits.CT_LABELS;
import static io.odp4j.datapath.flow.AttributeBits.CT_MARK;
import static io.odp4j.datapath.flow.AttributeBits.CT_STATE;
import static io.odp4j.datapath.flow.AttributeBits.CT_ZONE;
import static io.odp4j.datapath.flow.AttributeBits.DP_HASH;
import static io.odp4j.datapath.flow.AttributeBits.ETHERNET;
import static io.odp4j.datapath.flow.AttributeBits.ETHERTYPE;
import static io.odp4j.datapath.flow.AttributeBits.IN_PORT;
import static io.odp4j.datapath.flow.AttributeBits.IPV4;
import static io.odp4j.datapath.flow.AttributeBits.LITTLE;
import static io.odp4j.datapath.flow.AttributeBits.PRIORITY;
import static io.odp4j.datapath.flow.AttributeBits.RECIRC_ID;
import static io.odp4j.datapath.flow.AttributeBits.SKB_MARK;
import static io.odp4j.datapath.flow.AttributeBits.TCP;
import static io.odp4j.datapath.flow.AttributeBits.TCP_FLAGS;
import static io.odp4j.datapath.flow.AttributeBits.UDP;
import static io.odp4j.datapath.flow.AttributeBits.W_CT;
import static io.odp4j.datapath.flow.AttributeBits.W_CT_LABEL;
import static io.odp4j.datapath.flow.AttributeBits.W_DST;
import static io.odp4j.datapath.flow.AttributeBits.W_HASH;
import static io.odp4j.datapath.flow.AttributeBits.W_IPV4;
import static io.odp4j.datapath.flow.AttributeBits.W_MARK;
import static io.odp4j.datapath.flow.AttributeBits.W_RECIRC;
import static io.odp4j.datapath.flow.AttributeBits.W_SRC;
import static io.odp4j.datapath.flow.AttributeBits.W_TP;
import static io.odp4j.datapath.flow.AttributeBits.be32;
import static io.odp4j.datapath.flow.AttributeBits.be64;
import static io.odp4j.datapath.flow.AttributeBits.bit;
import static io.odp4j.datapath.flow.AttributeBits.header;
import static io.odp4j.datapath.flow.AttributeBits.pair;
import static io.odp4j.datapath.netlink.AttributeReader.be32;

import java.nio.ByteBuffer;

/**
 * Reads the start of a key on the guess that its attributes come as the kernel writes them for most
 * packets: the metadata, ETHERNET, ETHERTYPE, IPV4, then TCP or UDP.
 *
 * <p>Each guess is one comparison of a whole attribute header, number and length in one; where it
 * fails, what follows is left to {@link FlowKeyDecoder}'s loop. A right guess costs about half of
 * what the loop does. There can be nothing to check but that the attribute lies within the run.
 */
final class KernelOrder {
    private KernelOrder() {}

    /** Returns how far it came; what it read is in {@code w}, whose attributes were none. */
    static int decode(ByteBuffer b, int start, int limit, long[] w) {
        int at = start;
        int last = limit - 8;
        long carried = 0;
        long next = at <= last ? b.getLong(at) : 0;
        if (first(next) == header(RECIRC_ID, 4)) {
            w[W_RECIRC] = (long) second(next) << 32;
            carried |= bit(RECIRC_ID);
            at += 8;
            next = at <= last ? b.getLong(at) : 0;
        }
        if (first(next) == header(DP_HASH, 4)) {
            w[W_HASH] = (long) second(next) << 32;
            carried |= bit(DP_HASH);
            at += 8;
            next = at <= last ? b.getLong(at) : 0;
        }
        if (first(next) == header(PRIORITY, 4)) {
            w[W_HASH] |= second(next) & 0xffff_ffffL;
            carried |= bit(PRIORITY);
            at += 8;
            next = at <= last ? b.getLong(at) : 0;
        }
        if (first(next) == header(IN_PORT, 4)) {
            w[W_RECIRC] |= second(next) & 0xffff_ffffL;
            carried |= bit(IN_PORT);
            at += 8;
            next = at <= last ? b.getLong(at) : 0;
        }
        if (first(next) == header(SKB_MARK, 4)) {
            w[W_MARK] = (long) second(next) << 32;
            carried |= bit(SKB_MARK);
            at += 8;
            next = at <= last ? b.getLong(at) : 0;
        }
        if (first(next) == header(CT_STATE, 4)) {
            w[W_CT] = (long) second(next) << 32;
            carried |= bit(CT_STATE);
            at += 8;
            next = at <= last ? b.getLong(at) : 0;
        }
        if (first(next) == header(CT_ZONE, 2)) {
            int zone = LITTLE ? second(next) & 0xffff : second(next) >>> 16;
            w[W_CT] |= (long) zone << 16;
            carried |= bit(CT_ZONE);
            at += 8;
            next = at <= last ? b.getLong(at) : 0;
        }
        if (first(next) == header(CT_MARK, 4)) {
            w[W_MARK] |= second(next) & 0xffff_ffffL;
            carried |= bit(CT_MARK);
            at += 8;
            next = at <= last ? b.getLong(at) : 0;
        }
        if (first(next) == header(CT_LABELS, 16) && limit - at >= 20) {
            w[W_CT_LABEL] = b.getLong(LITTLE ? at + 12 : at + 4);
            w[W_CT_LABEL + 1] = b.getLong(LITTLE ? at + 4 : at + 12);
            carried |= bit(CT_LABELS);
            at += 20;
        }
        w[FlowKey.ATTRIBUTES] = carried;
        return packet(b, at, limit, w);
    }

    private static int packet(ByteBuffer b, int start, int limit, long[] w) {
        int at = start;
        // ETHERNET and ETHERTYPE; of a tagged frame this is the TPID, which the loop must see.
        if (limit - at < 24
                || b.getInt(at) != header(ETHERNET, 12)
                || b.getInt(at + 16) != header(ETHERTYPE, 2)) {
            return at;
        }
        long type = be32(b, at + 20) >>> 16;
        w[W_SRC] = be64(b, at + 4) & ~0xffffL;
        w[W_DST] = be64(b, at + 8) << 16 | type;
        w[FlowKey.ATTRIBUTES] |= bit(ETHERNET) | bit(ETHERTYPE);
        at += 24;
        if (limit - at < 24 || b.getInt(at) != header(IPV4, 12)) {
            return at;
        }
        long rest = be32(b, at + 12) & 0xffff_ffffL;
        w[W_IPV4] = be64(b, at + 4);
        w[W_SRC] |= rest >>> 16 & 0xff00 | rest & 0xff;
        w[W_TP] = rest >>> 8 & 0xffff;
        w[FlowKey.ATTRIBUTES] |= bit(IPV4);
        at += 16;
        long next = b.getLong(at);
        if (first(next) == header(TCP, 4)) {
            w[W_TP] |= (long) be32(second(next)) << 32;
            w[FlowKey.ATTRIBUTES] |= bit(TCP);
            at += 8;
            next = limit - at >= 8 ? b.getLong(at) : 0;
            if (first(next) == header(TCP_FLAGS, 2)) {
                w[W_TP] |= be32(second(next)) & 0xffff_0000L;
                w[FlowKey.ATTRIBUTES] |= bit(TCP_FLAGS);
                at += 8;
            }
        } else if (first(next) == header(UDP, 4)) {
            w[W_TP] |= (long) be32(second(next)) << 32;
            w[FlowKey.ATTRIBUTES] |= bit(UDP);
            at += 8;
        }
        return at;
    }

    private static int first(long pair) {
        return LITTLE ? (int) pair : (int) (pair >>> 32);
    }

    private static int second(long pair) {
        return LITTLE ? (int) (pair >>> 32) : (int) pair;
    }
}
