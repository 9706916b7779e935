package io.odp4j.datapath.rtnetlink.neigh;

import io.odp4j.datapath.netlink.table.AttributeList;

/**
 * A neighbour, or a forwarding entry of a bridge or a VXLAN link, as the kernel describes it.
 *
 * @param attributes all that was said, by {@link NeighbourAttributes}
 */
public record Neighbour(AttributeList attributes) {
    // ndm_state, NUD_* of linux/neighbour.h
    public static final int INCOMPLETE = 1;
    public static final int REACHABLE = 2;
    public static final int STALE = 4;
    public static final int DELAY = 8;
    public static final int PROBE = 0x10;
    public static final int FAILED = 0x20;
    public static final int NOARP = 0x40;
    public static final int PERMANENT = 0x80;

    /** States in which packets are sent to {@link #linkLayerAddress}. */
    public static final int VALID = REACHABLE | STALE | DELAY | PROBE | NOARP | PERMANENT;

    // ndm_flags, NTF_*
    public static final int USE = 1;
    public static final int SELF = 2;
    public static final int MASTER = 4;

    /** Address family of a forwarding entry. */
    public static final int AF_BRIDGE = 7;

    /** AF_INET, AF_INET6 or {@link #AF_BRIDGE}. */
    public int family() {
        return (int) attributes.header("ndm_family");
    }

    public int interfaceIndex() {
        return (int) attributes.header("ndm_ifindex");
    }

    /** One of {@code NUD_*}, or 0. */
    public int state() {
        return (int) attributes.header("ndm_state");
    }

    /** Flags {@code NTF_*}. */
    public int flags() {
        return (int) attributes.header("ndm_flags");
    }

    /** IP address, 4 or 16 bytes; of a forwarding entry the remote end, or null. */
    public byte[] destination() {
        return attributes.bytes(NeighbourAttributes.DST);
    }

    /** Link-layer address; null while it is not known. */
    public byte[] linkLayerAddress() {
        return attributes.bytes(NeighbourAttributes.LLADDR);
    }

    /** VLAN of a forwarding entry; 0: none. */
    public int vlan() {
        return (int) attributes.number(NeighbourAttributes.VLAN, 0);
    }

    /** Interface index of the bridge of a forwarding entry; 0: none. */
    public int master() {
        return (int) attributes.number(NeighbourAttributes.MASTER, 0);
    }

    /** Whether packets can be sent to it now. */
    public boolean isValid() {
        return (state() & VALID) != 0;
    }
}
