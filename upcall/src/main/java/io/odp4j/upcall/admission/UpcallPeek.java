package io.odp4j.upcall.admission;

import io.odp4j.datapath.flow.KeyAttributes;
import io.odp4j.datapath.netlink.AttributeReader;
import io.odp4j.datapath.netlink.NetlinkFormatException;
import io.odp4j.datapath.ovs.PacketAttributes;
import java.nio.ByteBuffer;

/**
 * Looks into an upcall's key for no more than is needed to admit it: the port that its packet came
 * in through, and whether the packet belongs to a protocol that keeps a network together. Nothing
 * is allocated. One thread's.
 */
final class UpcallPeek {
    private static final int HEADERS = 24; // netlink 16, generic netlink 4, Open vSwitch 4
    private static final int KEY = PacketAttributes.KEY.number();
    private static final int IN_PORT = KeyAttributes.IN_PORT.number();
    private static final int ETHERTYPE = KeyAttributes.ETHERTYPE.number();
    private static final int ENCAP = KeyAttributes.ENCAP.number();
    private static final int UDP = KeyAttributes.UDP.number();
    private static final int ICMPV6 = KeyAttributes.ICMPV6.number();

    private static final int ARP = 0x0806;
    private static final int SLOW_PROTOCOLS = 0x8809; // LACP, IEEE 802.3 annex 57A
    private static final int LLDP = 0x88cc;
    private static final int CFM = 0x8902;
    private static final int ROUTER_SOLICITATION = 133;
    private static final int REDIRECT = 137;

    private final AttributeReader message = new AttributeReader();
    private final AttributeReader key = new AttributeReader();
    private final AttributeReader inner = new AttributeReader();
    private int port;
    private boolean control;

    /**
     * Looks at the datagram's first message.
     *
     * @return false if it has no port: whoever decodes it will say why
     */
    boolean look(ByteBuffer memory, int offset, int length) {
        port = -1;
        control = false;
        if (length < HEADERS) {
            return false;
        }
        try {
            message.wrap(memory, offset + HEADERS, length - HEADERS);
            while (message.next()) {
                if (message.type() == KEY) {
                    key(key.wrapNested(message), true);
                    break; // the key comes first; the packet need not be looked at
                }
            }
        } catch (NetlinkFormatException e) {
            return false;
        }
        return port >= 0;
    }

    private void key(AttributeReader attributes, boolean outer) {
        while (attributes.next()) {
            int type = attributes.type();
            if (type == IN_PORT) {
                port = attributes.u32();
            } else if (type == ETHERTYPE) {
                control |= isControl(attributes.be16());
            } else if (type == UDP && attributes.length() >= 4) {
                control |=
                        isControlPort(
                                        AttributeReader.be16(
                                                attributes.buffer(), attributes.offset()))
                                || isControlPort(
                                        AttributeReader.be16(
                                                attributes.buffer(), attributes.offset() + 2));
            } else if (type == ICMPV6 && attributes.length() > 0) {
                int kind = attributes.buffer().get(attributes.offset()) & 0xff;
                control |= kind >= ROUTER_SOLICITATION && kind <= REDIRECT;
            } else if (type == ENCAP && outer) {
                key(inner.wrapNested(attributes), false);
            }
        }
    }

    private static boolean isControl(int etherType) {
        return etherType == ARP
                || etherType == SLOW_PROTOCOLS
                || etherType == LLDP
                || etherType == CFM;
    }

    /** DHCP, DHCPv6 and BFD, single and multiple hop. */
    private static boolean isControlPort(int udpPort) {
        return switch (udpPort) {
            case 67, 68, 546, 547, 3784, 3785, 4784 -> true;
            default -> false;
        };
    }

    int port() {
        return port;
    }

    /** Whether the packet is ARP, LACP, LLDP, CFM, BFD, DHCP or neighbour discovery. */
    boolean isControl() {
        return control;
    }
}
