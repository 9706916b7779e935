package io.odp4j.datapath.embedded.table;

import io.odp4j.datapath.embedded.message.AttributeRun;
import io.odp4j.datapath.embedded.message.Refusal;
import io.odp4j.datapath.flow.KeyAttributes;
import io.odp4j.datapath.flow.NshAttributes;
import io.odp4j.datapath.flow.Protocol;
import io.odp4j.datapath.flow.TunnelAttributes;
import io.odp4j.datapath.netlink.AttributeReader;
import io.odp4j.datapath.netlink.DirectBuffer;
import io.odp4j.datapath.netlink.MessageWriter;
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
                    | bit(KeyAttributes.NSH)
                    | bit(KeyAttributes.CT_ORIG_TUPLE_IPV4)
                    | bit(KeyAttributes.CT_ORIG_TUPLE_IPV6);

    /** Of each of these a packet has one at most; they lie in the same place of a key. */
    private static final long[] ALTERNATIVES = {
        bit(KeyAttributes.IPV4)
                | bit(KeyAttributes.IPV6)
                | bit(KeyAttributes.ARP)
                | bit(KeyAttributes.MPLS)
                | bit(KeyAttributes.NSH),
        bit(KeyAttributes.TCP)
                | bit(KeyAttributes.UDP)
                | bit(KeyAttributes.SCTP)
                | bit(KeyAttributes.ICMP)
                | bit(KeyAttributes.ICMPV6),
        bit(KeyAttributes.CT_ORIG_TUPLE_IPV4) | bit(KeyAttributes.CT_ORIG_TUPLE_IPV6)
    };

    private static final long TAG =
            bit(KeyAttributes.VLAN) | bit(KeyAttributes.ENCAP) | bit(KeyAttributes.ETHERTYPE);

    private static final long METADATA =
            bit(KeyAttributes.PRIORITY)
                    | bit(KeyAttributes.IN_PORT)
                    | bit(KeyAttributes.ETHERNET)
                    | bit(KeyAttributes.ETHERTYPE)
                    | bit(KeyAttributes.SKB_MARK)
                    | bit(KeyAttributes.TUNNEL)
                    | bit(KeyAttributes.DP_HASH)
                    | bit(KeyAttributes.RECIRC_ID)
                    | bit(KeyAttributes.CT_STATE)
                    | bit(KeyAttributes.CT_ZONE)
                    | bit(KeyAttributes.CT_MARK)
                    | bit(KeyAttributes.CT_LABELS)
                    | bit(KeyAttributes.CT_ORIG_TUPLE_IPV4)
                    | bit(KeyAttributes.CT_ORIG_TUPLE_IPV6);

    private static final int TCI_PRESENT = 0x1000;
    private static final int VLAN = KeyAttributes.VLAN.number();
    private static final int ETHERTYPE = KeyAttributes.ETHERTYPE.number();
    private static final int ENCAP = KeyAttributes.ENCAP.number();
    private static final int TUNNEL = KeyAttributes.TUNNEL.number();
    private static final int NSH = KeyAttributes.NSH.number();
    private static final int LAST = KeyAttributes.IPV6_EXTHDRS.number();
    private static final int MOST_TAGS = 3;

    private static final int LONGEST = 0x10000;

    private final DirectBuffer ones = new DirectBuffer(LONGEST);
    private final DirectBuffer notedMemory = new DirectBuffer(LONGEST + 64);

    /** A copy of those attributes of a mask, or of an EXECUTE's key, that count. */
    private final MessageWriter noted = new MessageWriter();

    static long bit(AttributeSpec attribute) {
        return 1L << attribute.number();
    }

    /** Whether a key has attributes of which no packet has both. */
    static boolean sharesFields(long present) {
        for (long some : ALTERNATIVES) {
            if (Long.bitCount(present & some) > 1) {
                return true;
            }
        }
        return false;
    }

    // Value of the last VLAN and ETHERTYPE that were read. The kernel looks at these for a tag's
    // mask even if they are left from an outer tag or from the key.
    private int lastVlan;
    private int lastType;
    private int encapOffset;
    private int encapLength;
    private boolean outerTag;
    private boolean innerTag;
    private long copied;

    /**
     * The attributes of a key, as bits by number: those of the tags taken out level by level, those
     * within ENCAP in their place ({@code parse_vlan_from_nlattrs} in the kernel).
     *
     * @throws Refusal EINVAL if one has a number that the kernel does not take, or stands twice, or
     *     if a tag is not whole
     */
    long key(ByteBuffer b, int offset, int length) throws Refusal {
        lastVlan = 0;
        lastType = 0;
        outerTag = false;
        innerTag = false;
        copy(0);
        long present = scan(b, offset, length, 0, false);
        if (isKeyTag(present)) {
            outerTag = (lastVlan & TCI_PRESENT) != 0;
            present = scan(b, encapOffset, encapLength, present & ~TAG, false);
            if (isKeyTag(present)) {
                innerTag = (lastVlan & TCI_PRESENT) != 0;
                present = scan(b, encapOffset, encapLength, present & ~TAG, false);
            }
        }
        return withoutTag(present);
    }

    /**
     * The same of the mask of the key that was read last; those of zeros alone do not count, and
     * {@link #noted} has the others.
     */
    long mask(ByteBuffer b, int offset, int length) throws Refusal {
        copy(~TAG);
        long present = maskLevel(b, offset, length, 0, outerTag, innerTag);
        return withoutTag(present);
    }

    private long maskLevel(
            ByteBuffer b, int offset, int length, long before, boolean tag, boolean tagWithin)
            throws Refusal {
        long present = scan(b, offset, length, before, true);
        if (isMaskTag(present, tag)) {
            // Of a tag that is zero in the mask a kernel takes the one that it read before.
            noted.putBe16(VLAN, lastVlan).putBe16(ETHERTYPE, lastType);
            int encap = noted.beginPlainNest(ENCAP);
            present = maskLevel(b, encapOffset, encapLength, present & ~TAG, tagWithin, false);
            noted.endNest(encap);
        } else if ((present & bit(KeyAttributes.ETHERTYPE)) != 0) {
            noted.putBe16(ETHERTYPE, lastType);
        }
        return present;
    }

    /**
     * Reads the key of an EXECUTE, of which {@link #noted} has what more than the length counts.
     */
    void metadata(ByteBuffer b, int offset, int length) throws Refusal {
        copy(METADATA);
        scan(b, offset, length, 0, false);
    }

    /** Says which attributes are copied, by number. */
    private void copy(long attributes) {
        noted.wrap(notedMemory.buffer(), 0, notedMemory.capacity());
        copied = attributes;
    }

    /** What was copied of the mask, or of the metadata, read last; from 0 on. */
    ByteBuffer noted() {
        return notedMemory.buffer();
    }

    /** The bytes of that. */
    int notedLength() {
        return noted.written();
    }

    private static long withoutTag(long present) throws Refusal {
        Refusal.require((present & (bit(KeyAttributes.VLAN) | bit(KeyAttributes.ENCAP))) == 0);
        return present;
    }

    private boolean isKeyTag(long present) throws Refusal {
        long typed = bit(KeyAttributes.ETHERNET) | bit(KeyAttributes.ETHERTYPE);
        if ((present & typed) != typed || !Protocol.isTag(lastType)) {
            return false;
        }
        Refusal.require((present & TAG) == TAG);
        // A tag that is cut off has nothing in it.
        boolean whole = (lastVlan & TCI_PRESENT) != 0;
        Refusal.require(whole || lastVlan == 0 && encapLength == 0);
        return true;
    }

    private boolean isMaskTag(long present, boolean keyHasTag) throws Refusal {
        if ((present & bit(KeyAttributes.ENCAP)) == 0) {
            return false;
        }
        Refusal.require(keyHasTag && lastType == 0xffff && (lastVlan & TCI_PRESENT) != 0);
        return true;
    }

    private long scan(ByteBuffer b, int offset, int length, long before, boolean nonZero)
            throws Refusal {
        long present = before;
        AttributeRun run = new AttributeRun(b, offset, length);
        while (run.next()) {
            int type = run.type();
            Refusal.require(type <= LAST && type != 29 && type != 30 && type != 31);
            Refusal.require((present & 1L << type) == 0);
            Refusal.require(AttributeLengths.accept(type, run.length()));
            if (!nonZero || !isZero(b, run.offset(), run.length())) {
                present |= 1L << type;
                note(b, type, run.offset(), run.length());
            }
        }
        run.requirePaddedEnd();
        return present;
    }

    private void note(ByteBuffer b, int type, int payload, int length) {
        if ((copied & 1L << type) != 0) {
            noted.putBytes(type, b, payload, length);
        }
        if (type == ENCAP) {
            encapOffset = payload;
            encapLength = length;
        } else if (type == VLAN || type == ETHERTYPE) {
            int value = AttributeReader.be16(b, payload);
            lastVlan = type == VLAN ? value : lastVlan;
            lastType = type == ETHERTYPE ? value : lastType;
        }
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
