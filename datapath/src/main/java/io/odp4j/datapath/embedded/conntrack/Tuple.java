package io.odp4j.datapath.embedded.conntrack;

import io.odp4j.datapath.flow.Protocol;

/**
 * What names one direction of a connection: addresses, protocol, and the protocol's parts of both
 * ends. Mutable, used over and over.
 *
 * <p>An IPv4 address is in the lower word of its pair. The source's part is a port, or an ICMP id;
 * the destination's is a port, or ICMP type times 256 plus code.
 */
final class Tuple {
    private static final long MIX = 0x9e37_79b9_7f4a_7c15L;
    private static final int ICMPV6_TYPES = 128;

    boolean ipv6;
    int proto;
    long srcHigh;
    long srcLow;
    long dstHigh;
    long dstLow;
    int srcPart;
    int dstPart;

    void copyFrom(Tuple other) {
        ipv6 = other.ipv6;
        proto = other.proto;
        srcHigh = other.srcHigh;
        srcLow = other.srcLow;
        dstHigh = other.dstHigh;
        dstLow = other.dstLow;
        srcPart = other.srcPart;
        dstPart = other.dstPart;
    }

    /**
     * Becomes the tuple of the answers to another.
     *
     * @return false if there are none: an ICMP type that asks nothing
     */
    boolean invert(Tuple other) {
        ipv6 = other.ipv6;
        proto = other.proto;
        srcHigh = other.dstHigh;
        srcLow = other.dstLow;
        dstHigh = other.srcHigh;
        dstLow = other.srcLow;
        if (other.proto != Protocol.IP_ICMP && other.proto != Protocol.IP_ICMPV6) {
            srcPart = other.dstPart;
            dstPart = other.srcPart;
            return true;
        }
        int type = other.dstPart >>> 8;
        int answer = proto == Protocol.IP_ICMP ? icmpAnswer(type) : icmpv6Answer(type);
        srcPart = other.srcPart;
        dstPart = answer << 8 | other.dstPart & 0xff;
        return answer >= 0;
    }

    /** Echo, timestamp, information and address mask: the type that belongs to a type; or -1. */
    private static int icmpAnswer(int type) {
        return switch (type) {
            case 0 -> 8;
            case 8 -> 0;
            case 13, 15, 17 -> type + 1;
            case 14, 16, 18 -> type - 1;
            default -> -1;
        };
    }

    /** Whether an ICMP message of that type has an id. */
    static boolean hasIcmpId(int type) {
        return icmpAnswer(type) >= 0;
    }

    /** Echo and node information. */
    private static int icmpv6Answer(int type) {
        return switch (type) {
            case ICMPV6_TYPES, 139 -> type + 1;
            case ICMPV6_TYPES + 1, 140 -> type - 1;
            default -> -1;
        };
    }

    /** Whether a connection can begin with it, as far as ICMP types say. */
    boolean canBegin() {
        int type = dstPart >>> 8;
        return switch (proto) {
            case Protocol.IP_ICMP -> !ipv6 && (type == 8 || type == 13 || type == 15 || type == 17);
            case Protocol.IP_ICMPV6 -> ipv6 && (type == ICMPV6_TYPES || type == 139);
            default -> true;
        };
    }

    boolean same(Tuple other) {
        return srcLow == other.srcLow
                && dstLow == other.dstLow
                && srcPart == other.srcPart
                && dstPart == other.dstPart
                && proto == other.proto
                && srcHigh == other.srcHigh
                && dstHigh == other.dstHigh
                && ipv6 == other.ipv6;
    }

    /** Whether address, protocol and part of the source are the same. */
    boolean sameSource(Tuple other) {
        return srcLow == other.srcLow
                && srcHigh == other.srcHigh
                && srcPart == other.srcPart
                && proto == other.proto;
    }

    int hash(int zone) {
        long h = (srcHigh + zone) * MIX ^ srcLow;
        h = (h ^ h >>> 32) * MIX ^ dstHigh;
        h = (h ^ h >>> 32) * MIX ^ dstLow;
        h = (h ^ h >>> 32) * MIX ^ ((long) proto << 32 | srcPart << 16 | dstPart);
        h = (h ^ h >>> 32) * MIX;
        return (int) (h >>> 32);
    }

    int sourceHash(int zone) {
        long h = (srcHigh + zone) * MIX ^ srcLow;
        h = (h ^ h >>> 32) * MIX ^ ((long) proto << 16 | srcPart);
        h = (h ^ h >>> 32) * MIX;
        return (int) (h >>> 32);
    }
}
