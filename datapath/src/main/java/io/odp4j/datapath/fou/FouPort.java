package io.odp4j.datapath.fou;

import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.netlink.table.AttributeSpec;

/**
 * A UDP port whose packets hold another protocol.
 *
 * @param attributes all that is said of it, by {@link FouAttributes}
 */
public record FouPort(AttributeList attributes) {
    /** The inner packet stands behind the UDP header. */
    public static final int DIRECT = 1;

    /** A GUE header stands between them, which says what the inner packet is. */
    public static final int GUE = 2;

    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int IPV4_BYTES = 4;

    /**
     * A port for packets of one IP protocol, over IPv4.
     *
     * @param protocol of the packets within: 4 for IPv4, 41 for IPv6, 47 for GRE
     */
    public static FouPort direct(int port, int protocol) {
        return new FouPort(
                start(port).put(FouAttributes.IPPROTO, protocol).put(FouAttributes.TYPE, DIRECT));
    }

    /** A port for generic UDP encapsulation, over IPv4. */
    public static FouPort gue(int port) {
        return new FouPort(start(port).put(FouAttributes.TYPE, GUE));
    }

    private static AttributeList start(int port) {
        return new AttributeList(FouAttributes.TABLE)
                .put(FouAttributes.PORT, port)
                .put(FouAttributes.AF, AF_INET);
    }

    /** Over IPv6 instead of IPv4. */
    public FouPort overIpv6() {
        attributes.replace(FouAttributes.AF, AF_INET6);
        return this;
    }

    /**
     * Listens on one address alone.
     *
     * @param address 4 bytes, or 16 for a port over IPv6
     */
    public FouPort local(byte[] address) {
        attributes.put(
                address.length == IPV4_BYTES ? FouAttributes.LOCAL_V4 : FouAttributes.LOCAL_V6,
                address);
        return this;
    }

    /**
     * Takes the packets of one peer alone.
     *
     * @param address 4 bytes, or 16 for a port over IPv6
     */
    public FouPort peer(byte[] address, int port) {
        attributes.put(
                address.length == IPV4_BYTES ? FouAttributes.PEER_V4 : FouAttributes.PEER_V6,
                address);
        attributes.put(FouAttributes.PEER_PORT, port);
        return this;
    }

    /** Listens on one interface alone. */
    public FouPort device(int index) {
        attributes.put(FouAttributes.IFINDEX, index);
        return this;
    }

    /** Whether the port is of IPv6. */
    public boolean isIpv6() {
        return attributes.number(FouAttributes.AF, AF_INET) == AF_INET6;
    }

    /** Address that is listened on; null for every one. */
    public byte[] local() {
        return address(FouAttributes.LOCAL_V4, FouAttributes.LOCAL_V6);
    }

    /** Address of the one peer; null for anybody. */
    public byte[] peer() {
        return address(FouAttributes.PEER_V4, FouAttributes.PEER_V6);
    }

    /** UDP port of the one peer; 0 for any. */
    public int peerPort() {
        return (int) attributes.number(FouAttributes.PEER_PORT, 0);
    }

    /** Interface index of the one interface; 0 for all. */
    public int device() {
        return (int) attributes.number(FouAttributes.IFINDEX, 0);
    }

    private byte[] address(AttributeSpec four, AttributeSpec six) {
        byte[] address = attributes.bytes(isIpv6() ? six : four);
        boolean any = true;
        for (int i = 0; address != null && i < address.length; i++) {
            any &= address[i] == 0;
        }
        return any ? null : address;
    }

    public int port() {
        return (int) attributes.number(FouAttributes.PORT, 0);
    }

    /** Protocol of the packets within; 0 for GUE. */
    public int protocol() {
        return (int) attributes.number(FouAttributes.IPPROTO, 0);
    }

    /** {@link #DIRECT} or {@link #GUE}. */
    public int type() {
        return (int) attributes.number(FouAttributes.TYPE, 0);
    }
}
