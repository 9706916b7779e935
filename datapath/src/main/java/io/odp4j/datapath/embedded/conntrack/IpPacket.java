package io.odp4j.datapath.embedded.conntrack;

import io.odp4j.datapath.flow.Protocol;
import io.odp4j.datapath.netlink.AttributeReader;
import io.odp4j.datapath.packet.Checksum;
import java.nio.ByteBuffer;

/**
 * Where the protocol above IP starts in a packet, or in the packet that an ICMP error quotes. Used
 * over and over; nothing beyond {@link #end} is read.
 */
final class IpPacket {
    static final int IPV4_HEADER = 20;
    static final int IPV6_HEADER = 40;
    static final int ICMP_HEADER = 8;
    private static final int OFFSET = 0x1fff;
    private static final int OFFSET_IPV6 = 0xfff8;

    ByteBuffer bytes;
    boolean ipv6;

    /** Where the IP header starts. */
    int network;

    /** Where the packet ends. */
    int end;

    /** The protocol above IP. */
    int proto;

    /** Where it starts; it need not lie within the packet. */
    int transport;

    /**
     * Looks for the protocol.
     *
     * @return false if there is no whole IP header, or it is a later fragment, or there is nothing
     *     after IPv6's headers
     */
    boolean wrap(ByteBuffer packet, int start, int limit, boolean isIpv6) {
        bytes = packet;
        network = start;
        end = limit;
        ipv6 = isIpv6;
        return isIpv6 ? wrapIpv6() : wrapIpv4();
    }

    private boolean wrapIpv4() {
        if (end - network < IPV4_HEADER || (be16(network + 6) & OFFSET) != 0) {
            return false;
        }
        int length = (bytes.get(network) & 0xf) * 4;
        proto = u8(network + 9);
        transport = network + length;
        return length > 0 && transport <= end;
    }

    private boolean wrapIpv6() {
        if (end - network < IPV6_HEADER) {
            return false;
        }
        int next = u8(network + 6);
        int at = network + IPV6_HEADER;
        while (true) {
            int length;
            switch (next) {
                case Protocol.IPV6_NONE -> {
                    return false;
                }
                case Protocol.IPV6_HOP_BY_HOP,
                        Protocol.IPV6_ROUTING,
                        Protocol.IPV6_DESTINATION,
                        Protocol.IPV6_FRAGMENT,
                        Protocol.IPV6_AUTH -> {
                    if (end - at < 4) {
                        return false;
                    }
                    length =
                            switch (next) {
                                case Protocol.IPV6_FRAGMENT -> 8;
                                case Protocol.IPV6_AUTH -> (u8(at + 1) + 2) * 4;
                                default -> (u8(at + 1) + 1) * 8;
                            };
                }
                default -> {
                    proto = next;
                    transport = at;
                    return true;
                }
            }
            if (next == Protocol.IPV6_FRAGMENT && (be16(at + 2) & OFFSET_IPV6) != 0) {
                return false;
            }
            // Every header takes eight bytes at least, so this ends.
            next = u8(at);
            at += length;
        }
    }

    /** Whether that many bytes of the protocol are there. */
    boolean has(int count) {
        return end - transport >= count;
    }

    /** Fills a tuple; false if the packet ends before what names the connection. */
    boolean read(Tuple tuple) {
        readAddresses(tuple);
        switch (proto) {
            case Protocol.IP_ICMP, Protocol.IP_ICMPV6 -> {
                if (!has(ICMP_HEADER)) {
                    return false;
                }
                tuple.srcPart = be16(transport + 4);
                tuple.dstPart = be16(transport);
            }
            case Protocol.IP_TCP, Protocol.IP_UDP, Protocol.IP_SCTP -> {
                if (!has(4)) {
                    return false;
                }
                tuple.srcPart = be16(transport);
                tuple.dstPart = be16(transport + 2);
            }
            default -> {
                tuple.srcPart = 0;
                tuple.dstPart = 0;
            }
        }
        return true;
    }

    /** Fills the parts of a tuple that the IP header has. */
    void readAddresses(Tuple tuple) {
        tuple.ipv6 = ipv6;
        tuple.proto = proto;
        if (ipv6) {
            tuple.srcHigh = AttributeReader.be64(bytes, network + 8);
            tuple.srcLow = AttributeReader.be64(bytes, network + 16);
            tuple.dstHigh = AttributeReader.be64(bytes, network + 24);
            tuple.dstLow = AttributeReader.be64(bytes, network + 32);
        } else {
            tuple.srcHigh = 0;
            tuple.srcLow = AttributeReader.be32(bytes, network + 12) & 0xffff_ffffL;
            tuple.dstHigh = 0;
            tuple.dstLow = AttributeReader.be32(bytes, network + 16) & 0xffff_ffffL;
        }
    }

    /**
     * Whether the checksum of TCP, UDP, ICMP or ICMPv6 is right. Over IPv4 the header's own
     * checksum must be right as well, as in a kernel, which sums it up with the rest.
     */
    boolean isChecksumRight() {
        int length = end - transport;
        if (ipv6) {
            long sum = Checksum.sum(bytes, transport, length);
            return Checksum.fold(sum + Checksum.pseudoIpv6(bytes, network, proto, length)) == 0;
        }
        long sum = Checksum.sum(bytes, network, end - network);
        if (proto != Protocol.IP_ICMP) {
            sum += Checksum.pseudoIpv4(bytes, network, proto, length);
        }
        return Checksum.fold(sum) == 0;
    }

    int u8(int at) {
        return bytes.get(at) & 0xff;
    }

    int be16(int at) {
        return AttributeReader.be16(bytes, at);
    }

    int be32(int at) {
        return AttributeReader.be32(bytes, at);
    }
}
