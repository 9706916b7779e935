package io.odp4j.datapath.embedded.packet;

import io.odp4j.datapath.flow.Protocol;
import io.odp4j.datapath.netlink.AttributeReader;
import java.nio.ByteBuffer;

/** Where a packet's headers lie, as far as they are whole. Used over and over. */
public final class Headers {
    private static final int IPV6 = 40;

    public ByteBuffer bytes;

    /** The innermost Ethernet type. */
    public int type;

    /** Where the network header starts: after the tags, before labels. */
    public int network;

    /** Where the packet ends. */
    public int end;

    /** The protocol above IP; -1 if there is no whole IP header, or it is a later fragment. */
    public int proto;

    /** Where the transport header starts, if there is a protocol. */
    public int transport;

    public void wrap(ByteBuffer packet, int offset, int length) {
        bytes = packet;
        end = offset + length;
        int at = offset + 12;
        int found = be16(at);
        at += 2;
        while (Protocol.isTag(found) && end - at >= 4) {
            found = be16(at + 2);
            at += 4;
        }
        type = found;
        network = at;
        proto = -1;
        if (type == Protocol.ETH_IPV4 && end - network >= 20) {
            ipv4();
        } else if (type == Protocol.ETH_IPV6 && end - network >= IPV6) {
            ipv6();
        }
    }

    private void ipv4() {
        transport = network + (bytes.get(network) & 0xf) * 4;
        boolean later = (be16(network + 6) & 0x1fff) != 0;
        proto = later || transport < network + 20 ? -1 : bytes.get(network + 9) & 0xff;
    }

    private void ipv6() {
        int next = bytes.get(network + 6) & 0xff;
        int at = network + IPV6;
        while (true) {
            switch (next) {
                case Protocol.IPV6_HOP_BY_HOP,
                        Protocol.IPV6_ROUTING,
                        Protocol.IPV6_DESTINATION,
                        Protocol.IPV6_FRAGMENT,
                        Protocol.IPV6_AUTH -> {
                    if (end - at < 8) {
                        return;
                    }
                    int units = bytes.get(at + 1) & 0xff;
                    if (next == Protocol.IPV6_FRAGMENT) {
                        if ((be16(at + 2) & ~7) != 0) {
                            return;
                        }
                        units = 0;
                    }
                    // Every header takes eight bytes at least, so this ends.
                    int length = next == Protocol.IPV6_AUTH ? (units + 2) * 4 : (units + 1) * 8;
                    next = bytes.get(at) & 0xff;
                    at += length;
                }
                default -> {
                    proto = next;
                    transport = at;
                    return;
                }
            }
        }
    }

    public int be16(int at) {
        return AttributeReader.be16(bytes, at);
    }

    /** Where the transport's checksum is; -1 if it has none or is cut short. */
    public int checksum() {
        int in =
                switch (proto) {
                    case Protocol.IP_TCP -> 16;
                    case Protocol.IP_UDP -> 6;
                    case Protocol.IP_ICMPV6 -> type == Protocol.ETH_IPV6 ? 2 : -1;
                    default -> -1;
                };
        return in < 0 || end - transport < in + 2 ? -1 : transport + in;
    }
}
