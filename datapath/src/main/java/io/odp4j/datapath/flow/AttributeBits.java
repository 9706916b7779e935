package io.odp4j.datapath.flow;

import io.odp4j.datapath.netlink.AttributeReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What the hand-written key codecs share: attribute numbers as compile-time constants, attribute
 * headers as one word, and the key's words that several fields share.
 *
 * <p>The numbers repeat {@link KeyAttributes} because a switch needs constants; a test holds the
 * two together.
 */
final class AttributeBits {
    static final boolean LITTLE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

    static final int ENCAP = 1;
    static final int PRIORITY = 2;
    static final int IN_PORT = 3;
    static final int ETHERNET = 4;
    static final int VLAN = 5;
    static final int ETHERTYPE = 6;
    static final int IPV4 = 7;
    static final int IPV6 = 8;
    static final int TCP = 9;
    static final int UDP = 10;
    static final int ICMP = 11;
    static final int ICMPV6 = 12;
    static final int ARP = 13;
    static final int ND = 14;
    static final int SKB_MARK = 15;
    static final int TUNNEL = 16;
    static final int SCTP = 17;
    static final int TCP_FLAGS = 18;
    static final int DP_HASH = 19;
    static final int RECIRC_ID = 20;
    static final int MPLS = 21;
    static final int CT_STATE = 22;
    static final int CT_ZONE = 23;
    static final int CT_MARK = 24;
    static final int CT_LABELS = 25;
    static final int CT_ORIG_TUPLE_IPV4 = 26;
    static final int CT_ORIG_TUPLE_IPV6 = 27;
    static final int NSH = 28;
    static final int PACKET_TYPE = 29;
    static final int ND_EXTENSIONS = 30;
    static final int IPV6_EXTHDRS = 32;

    static final int TUN_ID = 0;
    static final int TUN_IPV4_SRC = 1;
    static final int TUN_IPV4_DST = 2;
    static final int TUN_TOS = 3;
    static final int TUN_TTL = 4;
    static final int TUN_DONT_FRAGMENT = 5;
    static final int TUN_CSUM = 6;
    static final int TUN_OAM = 7;
    static final int TUN_GENEVE_OPTS = 8;
    static final int TUN_TP_SRC = 9;
    static final int TUN_TP_DST = 10;
    static final int TUN_VXLAN_OPTS = 11;
    static final int TUN_IPV6_SRC = 12;
    static final int TUN_IPV6_DST = 13;
    static final int TUN_PAD = 14;
    static final int TUN_ERSPAN_OPTS = 15;
    static final int TUN_IPV4_INFO_BRIDGE = 16;

    static final int VXLAN_GBP = 1;

    static final int NSH_BASE = 1;
    static final int NSH_MD1 = 2;
    static final int NSH_MD2 = 3;

    /** The 48 bits of a hardware address in the lower end of a word. */
    static final long MAC = 0xffff_ffff_ffffL;

    // Words of a FlowKey that the codecs move as a whole; FlowField says what lies in them.
    static final int W_RECIRC = 0;
    static final int W_HASH = 1;
    static final int W_MARK = 2;
    static final int W_CT = 3;
    static final int W_DST = 4;
    static final int W_SRC = 5;
    static final int W_VLAN = 6;
    static final int W_IPV4 = 7;
    static final int W_IPV6_SRC = 8;
    static final int W_IPV6_DST = 10;
    static final int W_TP = 12;
    static final int W_LABEL = 13;
    static final int W_ARP_SHA = 14;
    static final int W_ARP_THA = 15;
    static final int W_ND_TARGET = 16;
    static final int W_ND_SLL = 18;
    static final int W_ND_TLL = 19;
    static final int W_ND_RESERVED = 20;
    static final int W_MPLS = 21;
    static final int W_CT_LABEL = 23;
    static final int W_CT_IPV4 = 25;
    static final int W_CT_IPV6_SRC = 26;
    static final int W_CT_IPV6_DST = 28;
    static final int W_CT_TP = 30;
    static final int W_NSH = 31;
    static final int W_NSH_C1 = 32;
    static final int W_NSH_C3 = 33;
    static final int W_TUN_ID = 34;
    static final int W_TUN_IPV4 = 35;
    static final int W_TUN_IPV6_SRC = 36;
    static final int W_TUN_IPV6_DST = 38;
    static final int W_TUN_TP = 40;
    static final int W_TUN_GBP = 41;

    /** VLAN_TCI's bit that says that there is a tag. */
    static final int TCI_PRESENT = 0x1000;

    private AttributeBits() {}

    /** An attribute header as the 32-bit number that stands in a buffer of native byte order. */
    static int header(int type, int payload) {
        int length = payload + 4;
        return LITTLE ? type << 16 | length : length << 16 | type;
    }

    /** Two 32-bit numbers that follow each other, as one number of native byte order. */
    static long pair(int first, int second) {
        return LITTLE
                ? first & 0xffff_ffffL | (long) second << 32
                : (long) first << 32 | second & 0xffff_ffffL;
    }

    /** The number that reads as {@code value} in network byte order. */
    static int be32(int value) {
        return LITTLE ? Integer.reverseBytes(value) : value;
    }

    static long be64(long value) {
        return LITTLE ? Long.reverseBytes(value) : value;
    }

    static long be64(ByteBuffer buffer, int offset) {
        return AttributeReader.be64(buffer, offset);
    }

    static long bit(int attribute) {
        return 1L << attribute;
    }
}
