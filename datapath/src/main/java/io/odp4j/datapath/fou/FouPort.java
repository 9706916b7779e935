package io.odp4j.datapath.fou;

import io.odp4j.datapath.netlink.table.AttributeList;

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
