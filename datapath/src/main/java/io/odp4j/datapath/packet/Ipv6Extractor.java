package io.odp4j.datapath.packet;

import static io.odp4j.datapath.netlink.AttributeReader.be16;
import static io.odp4j.datapath.netlink.AttributeReader.be32;
import static io.odp4j.datapath.netlink.AttributeReader.be64;
import static io.odp4j.datapath.packet.KeyWords.HAS_ICMPV6;
import static io.odp4j.datapath.packet.KeyWords.HAS_IPV6;
import static io.odp4j.datapath.packet.KeyWords.HAS_ND;
import static io.odp4j.datapath.packet.KeyWords.IPV6_DST;
import static io.odp4j.datapath.packet.KeyWords.IPV6_SRC;
import static io.odp4j.datapath.packet.KeyWords.LABEL;
import static io.odp4j.datapath.packet.KeyWords.ND_SLL;
import static io.odp4j.datapath.packet.KeyWords.ND_TARGET;
import static io.odp4j.datapath.packet.KeyWords.ND_TLL;
import static io.odp4j.datapath.packet.KeyWords.SRC;
import static io.odp4j.datapath.packet.KeyWords.TP;

import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.Protocol;
import java.nio.ByteBuffer;
import java.util.Set;

/**
 * The IPv6 part of {@link FlowExtractor}: the header, its extension headers ({@code ipv6_find_hdr}
 * in the kernel), ICMPv6 and neighbour discovery.
 */
final class Ipv6Extractor {
    private static final int HEADER_LENGTH = 40;
    private static final int OPTION_SOURCE_ADDRESS = 1;
    private static final int OPTION_TARGET_ADDRESS = 2;

    private final Ipv6HeaderOrder order;
    private final boolean wholeHeaders;
    private final int mostHeaders;

    Ipv6Extractor(Set<ExtractionRule> rules) {
        order = new Ipv6HeaderOrder(rules.contains(ExtractionRule.IPV6_FRAGMENT_BEFORE_AUTH));
        wholeHeaders = rules.contains(ExtractionRule.IPV6_WHOLE_HEADERS);
        mostHeaders = rules.contains(ExtractionRule.IPV6_TWELVE_HEADERS) ? 12 : Integer.MAX_VALUE;
    }

    void extract(ByteBuffer b, int at, int end, long[] w) {
        w[FlowKey.ATTRIBUTES] |= HAS_IPV6;
        if (end - at < HEADER_LENGTH) {
            return;
        }
        int first = be32(b, at);
        int next = b.get(at + 6) & 0xff;
        w[IPV6_SRC] = be64(b, at + 8);
        w[IPV6_SRC + 1] = be64(b, at + 16);
        w[IPV6_DST] = be64(b, at + 24);
        w[IPV6_DST + 1] = be64(b, at + 32);
        w[LABEL] = (first & 0xf_ffffL) << 32;
        w[TP] = first >>> 12 & 0xff00 | b.get(at + 7) & 0xff;
        if (Protocol.isIpv6Extension(next)) {
            w[LABEL] |= (long) order.flags(b, at + HEADER_LENGTH, end, next) << 16;
            extensions(b, at + HEADER_LENGTH, end, next, w);
        } else {
            upper(b, at + HEADER_LENGTH, end, next, w);
        }
    }

    private void extensions(ByteBuffer b, int start, int end, int first, long[] w) {
        int at = start;
        int next = first;
        for (int count = 0; Protocol.isIpv6Extension(next) && next != Protocol.IPV6_NONE; count++) {
            // Every header takes eight bytes at least, so this ends.
            if (count >= mostHeaders || end - at < (next == Protocol.IPV6_ROUTING ? 4 : 2)) {
                noNextHeader(w);
                return;
            }
            int following = b.get(at) & 0xff;
            int units = b.get(at + 1) & 0xff;
            if (next == Protocol.IPV6_FRAGMENT) {
                w[SRC] = w[SRC] & ~0xffL | FlowExtractor.FRAG_FIRST;
                if (end - at < 4) {
                    noNextHeader(w);
                    return;
                }
                if ((be16(b, at + 2) & ~7) != 0) {
                    laterFragment(following, w);
                    return;
                }
                units = 0;
            }
            int length = next == Protocol.IPV6_AUTH ? (units + 2) * 4 : (units + 1) * 8;
            if (wholeHeaders && end - at < length) {
                noNextHeader(w);
                return;
            }
            at += length;
            next = following;
        }
        upper(b, at, end, next, w);
    }

    private static void laterFragment(int following, long[] w) {
        if (Protocol.isIpv6Extension(following) && following != Protocol.IPV6_NONE) {
            // The kernel looks no further, and then does not say that it is a later one.
            noNextHeader(w);
        } else {
            w[SRC] = w[SRC] & ~0xffffL | Protocol.IPV6_FRAGMENT << 8 | FlowExtractor.FRAG_LATER;
        }
    }

    private static void noNextHeader(long[] w) {
        w[SRC] |= Protocol.IPV6_NONE << 8;
    }

    private static void upper(ByteBuffer b, int at, int end, int proto, long[] w) {
        w[SRC] |= proto << 8;
        if (proto == Protocol.IP_ICMPV6) {
            icmpv6(b, at, end, w);
        } else {
            FlowExtractor.transport(b, at, end, proto, w);
        }
    }

    private static void icmpv6(ByteBuffer b, int at, int end, long[] w) {
        w[FlowKey.ATTRIBUTES] |= HAS_ICMPV6;
        if (end - at < 8) {
            return;
        }
        int typeCode = be16(b, at);
        int type = typeCode >>> 8;
        w[TP] |= FlowExtractor.typeCode(typeCode);
        if (type == Protocol.NEIGHBOUR_SOLICITATION || type == Protocol.NEIGHBOUR_ADVERTISEMENT) {
            w[FlowKey.ATTRIBUTES] |= HAS_ND;
            if ((typeCode & 0xff) == 0 && end - at >= 24) {
                neighbour(b, at, end, w);
            }
        }
    }

    private static void neighbour(ByteBuffer b, int icmp, int end, long[] w) {
        w[ND_TARGET] = be64(b, icmp + 8);
        w[ND_TARGET + 1] = be64(b, icmp + 16);
        int at = icmp + 24;
        while (end - at >= 8) {
            int typeLength = be16(b, at);
            int length = (typeLength & 0xff) * 8;
            if (length == 0 || length > end - at) {
                return;
            }
            int type = typeLength >>> 8;
            if (length == 8 && (type == OPTION_SOURCE_ADDRESS || type == OPTION_TARGET_ADDRESS)) {
                int word = type == OPTION_SOURCE_ADDRESS ? ND_SLL : ND_TLL;
                if (w[word] != 0) {
                    // The same address twice: the kernel takes none of it.
                    w[ND_TARGET] = 0;
                    w[ND_TARGET + 1] = 0;
                    w[ND_SLL] = 0;
                    w[ND_TLL] = 0;
                    return;
                }
                w[word] = be64(b, at) << 16;
            }
            at += length;
        }
    }
}
