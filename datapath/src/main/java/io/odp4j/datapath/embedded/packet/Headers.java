package io.odp4j.datapath.embedded.packet;

import io.odp4j.datapath.flow.Protocol;
import io.odp4j.datapath.netlink.AttributeReader;
import java.nio.ByteBuffer;

/**
 * Where a packet's headers lie, as a kernel's {@code sk_buff} has it: found when the key is
 * extracted ({@code key_extract} in {@code net/openvswitch/flow.c}), and kept up by the actions
 * that add and remove headers, right or wrong, until it is extracted anew. Used over and over.
 */
public final class Headers {
    private static final int IPV4 = 20;
    private static final int IPV6 = 40;
    private static final int LLC = 8;
    private static final int BOTTOM_OF_STACK = 0x100;

    /** The kernel's number for a frame without an Ethernet type (ETH_P_802_2). */
    public static final int WITHOUT_TYPE = 4;

    public ByteBuffer bytes;

    /** Whether the frame has an outer tag, which a kernel holds beside the packet. */
    public boolean tagged;

    /** The Ethernet type of what is at {@link #network}; of two tags, the inner one's TPID. */
    public int protocol;

    /** Where the network header starts. */
    public int network;

    /** From the start of the packet to the network header, the outer tag left out. */
    public int macLength;

    /** Where the packet ends. */
    public int end;

    /** Where the transport header starts; of a packet that is not IP, it does not matter. */
    public int transport;

    void ethernet(ByteBuffer packet, int offset, int length) {
        bytes = packet;
        end = offset + length;
        int at = offset + 12;
        tagged = isTag(at);
        at += tagged ? 4 : 0;
        boolean inner = tagged && isTag(at);
        int innerTpid = inner ? be16(at) : 0;
        at += inner ? 4 : 0;
        int type = be16(at);
        at += 2;
        if (type < Protocol.ETH_MIN) {
            type = WITHOUT_TYPE;
            boolean snap = end - at >= LLC && be16(at) == 0xaaaa && (be32(at + 2) & 0xffffff) == 0;
            if (snap) {
                int snapType = be16(at + 6);
                type = snapType >= Protocol.ETH_MIN ? snapType : WITHOUT_TYPE;
                at += LLC;
            }
        }
        network = at;
        macLength = network - offset - (tagged ? 4 : 0);
        protocol = inner ? innerTpid : type;
        transport(type);
    }

    /** A packet without an Ethernet header. */
    void layer3(ByteBuffer packet, int offset, int length, int type) {
        bytes = packet;
        end = offset + length;
        tagged = false;
        network = offset;
        macLength = 0;
        protocol = type;
        transport(type);
    }

    /** The packet has moved. */
    void move(int by) {
        network += by;
        transport += by;
    }

    void copyFrom(Headers other, ByteBuffer packet) {
        bytes = packet;
        tagged = other.tagged;
        protocol = other.protocol;
        network = other.network;
        macLength = other.macLength;
        end = other.end;
        transport = other.transport;
    }

    /** A tag counts if a type still follows it. */
    private boolean isTag(int at) {
        return end - at >= 6 && Protocol.isTag(be16(at));
    }

    private void transport(int type) {
        transport = network;
        if (type == Protocol.ETH_IPV4 && end - network >= IPV4) {
            int length = (bytes.get(network) & 0xf) * 4;
            transport += length >= IPV4 && end - network >= length ? length : 0;
        } else if (type == Protocol.ETH_IPV6 && end - network >= IPV6) {
            ipv6();
        }
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
                    transport = at;
                    return;
                }
            }
        }
    }

    /** Where the IP header starts, behind labels that actions have put in front of it. */
    public int ip() {
        int at = network;
        boolean labels = protocol == Protocol.ETH_MPLS || protocol == Protocol.ETH_MPLS_MULTICAST;
        while (labels && end - at >= 4) {
            labels = (be32(at) & BOTTOM_OF_STACK) == 0;
            at += 4;
        }
        return at;
    }

    /** Whether the IPv6 header is followed by a routing header with segments left. */
    public boolean hasRoutingHeader() {
        int next = bytes.get(network + 6) & 0xff;
        int at = network + IPV6;
        while (end - at >= 8) {
            int units = bytes.get(at + 1) & 0xff;
            switch (next) {
                case Protocol.IPV6_ROUTING -> {
                    if (bytes.get(at + 3) != 0) {
                        return true;
                    }
                }
                case Protocol.IPV6_HOP_BY_HOP, Protocol.IPV6_DESTINATION -> {
                    // Passed over.
                }
                case Protocol.IPV6_FRAGMENT -> {
                    if ((be16(at + 2) & ~7) != 0) {
                        return false;
                    }
                    units = 0;
                }
                case Protocol.IPV6_AUTH -> units = (units + 2) / 2 - 1;
                default -> {
                    return false;
                }
            }
            next = bytes.get(at) & 0xff;
            at += (units + 1) * 8;
        }
        return false;
    }

    public int be16(int at) {
        return AttributeReader.be16(bytes, at);
    }

    private int be32(int at) {
        return AttributeReader.be32(bytes, at);
    }
}
