package io.odp4j.datapath.rtnetlink.link;

import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.AttributeTable;

/**
 * What a link is to be.
 *
 * <pre>{@code
 * LinkRequest.of("vxlan").name("vx0").up()
 *         .data(VxlanAttributes.TABLE, VxlanAttributes.COLLECT_METADATA, 1)
 *         .data(VxlanAttributes.TABLE, VxlanAttributes.PORT, 4789);
 * }</pre>
 */
public final class LinkRequest {
    private final AttributeList attributes = new AttributeList(LinkAttributes.TABLE);
    private AttributeList info;

    private LinkRequest() {}

    /** A link of a kind. */
    public static LinkRequest of(String kind) {
        LinkRequest request = new LinkRequest();
        request.info =
                new AttributeList(LinkInfoAttributes.TABLE).put(LinkInfoAttributes.KIND, kind);
        request.attributes.put(LinkAttributes.LINKINFO, request.info);
        return request;
    }

    /** A change that leaves the kind as it is. */
    public static LinkRequest change() {
        return new LinkRequest();
    }

    public LinkRequest name(String name) {
        return put(LinkAttributes.IFNAME, name);
    }

    public LinkRequest mtu(int mtu) {
        return put(LinkAttributes.MTU, mtu);
    }

    /** Link-layer address. */
    public LinkRequest address(byte[] address) {
        return put(LinkAttributes.ADDRESS, address);
    }

    /** The link below, by its interface index. */
    public LinkRequest lower(int index) {
        return put(LinkAttributes.LINK, index);
    }

    /** The link to become a port of; 0: none. */
    public LinkRequest master(int index) {
        return put(LinkAttributes.MASTER, index);
    }

    /** Namespace to be in: that of a process. */
    public LinkRequest namespaceOf(int processId) {
        return put(LinkAttributes.NET_NS_PID, processId);
    }

    public LinkRequest up() {
        return flag(Link.UP, Link.UP);
    }

    public LinkRequest down() {
        return flag(0, Link.UP);
    }

    private LinkRequest flag(long value, long mask) {
        long flags = attributes.header("ifi_flags");
        long change = attributes.header("ifi_change");
        attributes.header("ifi_flags", flags & ~mask | value);
        attributes.header("ifi_change", change | mask);
        return this;
    }

    /** Any other attribute of {@link LinkAttributes}. */
    public LinkRequest put(AttributeSpec attribute, Object value) {
        attributes.put(attribute, value);
        return this;
    }

    /**
     * An attribute of the kind.
     *
     * @param table the kind's table, {@link VxlanAttributes#TABLE} for example
     */
    public LinkRequest data(AttributeTable table, AttributeSpec attribute, Object value) {
        AttributeList data = info.list(LinkInfoAttributes.DATA);
        if (data == null) {
            data = new AttributeList(table);
            info.put(LinkInfoAttributes.DATA, data);
        }
        data.put(attribute, value);
        return this;
    }

    /** The other end of a veth link. */
    public LinkRequest peer(LinkRequest other) {
        return data(VethAttributes.TABLE, VethAttributes.PEER, other.attributes);
    }

    AttributeList attributes() {
        return attributes;
    }
}
