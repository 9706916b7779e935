package io.odp4j.datapath.rtnetlink.neigh;

import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.netlink.table.AttributeSpec;

/**
 * What a neighbour or a forwarding entry is to be.
 *
 * <pre>{@code
 * NeighbourRequest.of(ifindex, address).at(mac);             // permanent
 * NeighbourRequest.forwarding(ifindex, mac).remote(address); // of a VXLAN link
 * }</pre>
 */
public final class NeighbourRequest {
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;

    private final AttributeList attributes = new AttributeList(NeighbourAttributes.TABLE);

    private NeighbourRequest(int family, int index) {
        attributes
                .header("ndm_family", family)
                .header("ndm_ifindex", index)
                .header("ndm_state", Neighbour.PERMANENT);
    }

    /**
     * A permanent neighbour.
     *
     * @param address 4 or 16 bytes
     */
    public static NeighbourRequest of(int index, byte[] address) {
        return new NeighbourRequest(address.length == 4 ? AF_INET : AF_INET6, index)
                .put(NeighbourAttributes.DST, address);
    }

    /** A forwarding entry of a link itself, as VXLAN links have. */
    public static NeighbourRequest forwarding(int index, byte[] mac) {
        return new NeighbourRequest(Neighbour.AF_BRIDGE, index)
                .flags(Neighbour.SELF)
                .put(NeighbourAttributes.LLADDR, mac);
    }

    /** A forwarding entry of the bridge whose port the link is. */
    public static NeighbourRequest bridged(int index, byte[] mac) {
        return new NeighbourRequest(Neighbour.AF_BRIDGE, index)
                .flags(Neighbour.MASTER)
                .put(NeighbourAttributes.LLADDR, mac);
    }

    /** Link-layer address of a neighbour. */
    public NeighbourRequest at(byte[] mac) {
        return put(NeighbourAttributes.LLADDR, mac);
    }

    /** Remote end of a forwarding entry. */
    public NeighbourRequest remote(byte[] address) {
        return put(NeighbourAttributes.DST, address);
    }

    /** VLAN of a forwarding entry. */
    public NeighbourRequest vlan(int vlan) {
        return put(NeighbourAttributes.VLAN, vlan);
    }

    /** One of {@code NUD_*}, or 0. */
    public NeighbourRequest state(int state) {
        attributes.header("ndm_state", state);
        return this;
    }

    /** Flags {@code NTF_*}. */
    public NeighbourRequest flags(int flags) {
        attributes.header("ndm_flags", flags);
        return this;
    }

    /** Any other attribute of {@link NeighbourAttributes}. */
    public NeighbourRequest put(AttributeSpec attribute, Object value) {
        attributes.put(attribute, value);
        return this;
    }

    AttributeList attributes() {
        return attributes;
    }
}
