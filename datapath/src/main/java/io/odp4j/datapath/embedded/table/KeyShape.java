package io.odp4j.datapath.embedded.table;

import io.odp4j.datapath.embedded.message.Refusal;
import io.odp4j.datapath.flow.KeyAttributes;
import io.odp4j.datapath.flow.NshAttributes;
import io.odp4j.datapath.flow.TunnelAttributes;
import io.odp4j.datapath.netlink.AttributeReader;
import io.odp4j.datapath.netlink.DirectBuffer;
import io.odp4j.datapath.netlink.table.AttributeSpec;
import java.nio.ByteBuffer;

/**
 * The attributes of a key or mask without their values: which are there, and which say anything.
 */
final class KeyShape {
    /** What a mask may ask for only where Ethernet type and protocol say that it is there. */
    static final long UPPER_LAYERS =
            bit(KeyAttributes.IPV4)
                    | bit(KeyAttributes.IPV6)
                    | bit(KeyAttributes.TCP)
                    | bit(KeyAttributes.TCP_FLAGS)
                    | bit(KeyAttributes.UDP)
                    | bit(KeyAttributes.SCTP)
                    | bit(KeyAttributes.ICMP)
                    | bit(KeyAttributes.ICMPV6)
                    | bit(KeyAttributes.ARP)
                    | bit(KeyAttributes.ND)
                    | bit(KeyAttributes.MPLS)
                    | bit(KeyAttributes.NSH);

    private static final int ENCAP = KeyAttributes.ENCAP.number();
    private static final int TUNNEL = KeyAttributes.TUNNEL.number();
    private static final int NSH = KeyAttributes.NSH.number();
    private static final int LAST = KeyAttributes.IPV6_EXTHDRS.number();
    private static final int MOST_TAGS = 3;

    private final DirectBuffer ones = new DirectBuffer(0x10000);

    static long bit(AttributeSpec attribute) {
        return 1L << attribute.number();
    }

    /**
     * The attributes with any bit set, as bits by number, those within ENCAP among them.
     *
     * @throws Refusal EINVAL if one has a number that the kernel does not take from userspace
     */
    long scan(ByteBuffer b, int offset, int length) throws Refusal {
        return scan(b, offset, length, 0);
    }

    private long scan(ByteBuffer b, int offset, int length, int tags) throws Refusal {
        long present = 0;
        AttributeReader a = new AttributeReader().wrap(b, offset, length);
        while (a.next()) {
            int type = a.type();
            Refusal.require(type > 0 && type <= LAST && type != 29 && type != 30 && type != 31);
            if (!isZero(b, a.offset(), a.length())) {
                present |= 1L << type;
            }
            if (type == ENCAP && tags < MOST_TAGS) {
                present |= scan(b, a.offset(), a.length(), tags + 1);
            }
        }
        return present;
    }

    private static boolean isZero(ByteBuffer b, int offset, int length) {
        int bits = 0;
        for (int i = 0; i < length; i++) {
            bits |= b.get(offset + i);
        }
        return bits == 0;
    }

    /** A copy, from 0 on, in which every value has all bits set: the mask of an exact match. */
    ByteBuffer allOnes(ByteBuffer b, int offset, int length) {
        ByteBuffer copy = ones.buffer();
        copy.put(0, b, offset, length);
        fill(copy, 0, length, KeyAttributes.TABLE.name(), 0);
        return copy;
    }

    private static void fill(ByteBuffer b, int offset, int length, String level, int depth) {
        AttributeReader a = new AttributeReader().wrap(b, offset, length);
        while (a.next()) {
            boolean top = level.equals(KeyAttributes.TABLE.name());
            String nested = null;
            if (top && a.type() == ENCAP) {
                nested = level;
            } else if (top && a.type() == TUNNEL) {
                nested = TunnelAttributes.TABLE.name();
            } else if (top && a.type() == NSH) {
                nested = NshAttributes.TABLE.name();
            } else if (level.equals(TunnelAttributes.TABLE.name())
                    && a.type() == TunnelAttributes.VXLAN_OPTS.number()) {
                nested = TunnelAttributes.VXLAN_TABLE.name();
            }
            if (nested != null && depth < MOST_TAGS + 1) {
                fill(b, a.offset(), a.length(), nested, depth + 1);
            } else {
                for (int i = 0; i < a.length(); i++) {
                    b.put(a.offset() + i, (byte) 0xff);
                }
            }
            if (top && a.type() == KeyAttributes.CT_STATE.number() && a.length() == 4) {
                b.putInt(a.offset(), 0xff);
            }
        }
    }
}
