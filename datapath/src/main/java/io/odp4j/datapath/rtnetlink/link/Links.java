package io.odp4j.datapath.rtnetlink.link;

import io.odp4j.datapath.netlink.Errno;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.family.FamilyClient;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.rtnetlink.RtnetlinkFamilies;
import java.util.List;
import java.util.Optional;

/** Requests about links. Not thread safe: it has one owner. */
public final class Links implements AutoCloseable {
    private final FamilyClient client;

    private Links(FamilyClient client) {
        this.client = client;
    }

    public static Links open() throws NetlinkException {
        return new Links(FamilyClient.open(RtnetlinkFamilies.LINK));
    }

    /**
     * Makes a link.
     *
     * @throws NetlinkException EEXIST the name is taken, EOPNOTSUPP unknown kind, EPERM no
     *     privilege
     */
    public void add(LinkRequest link) throws NetlinkException {
        AttributeList request = link.attributes();
        String name = request.string(LinkAttributes.IFNAME);
        client.call(
                "link new" + (name == null ? "" : " " + name),
                client.operation("new"),
                client.operation("new").flags(),
                request);
    }

    /** Changes a link. */
    public void change(int index, LinkRequest change) throws NetlinkException {
        call("set", change.attributes().header("ifi_index", index));
    }

    /**
     * Deletes a link.
     *
     * @throws NetlinkException ENODEV there is none, EOPNOTSUPP a device that cannot be deleted
     */
    public void delete(int index) throws NetlinkException {
        call("del", new AttributeList(LinkAttributes.TABLE).header("ifi_index", index));
    }

    /** The link of that index; empty if there is none. */
    public Optional<Link> find(int index) throws NetlinkException {
        return find(new AttributeList(LinkAttributes.TABLE).header("ifi_index", index));
    }

    /** The link that has that name, or that alternative name; empty if there is none. */
    public Optional<Link> find(String name) throws NetlinkException {
        // The kernel looks for alternative names among the names too.
        return find(new AttributeList(LinkAttributes.TABLE).put(LinkAttributes.ALT_IFNAME, name));
    }

    private Optional<Link> find(AttributeList request) throws NetlinkException {
        return client.find(client.operation("get"), request, Errno.ENODEV).map(Link::new);
    }

    /** All links of the namespace. */
    public List<Link> list() throws NetlinkException {
        return list(new AttributeList(LinkAttributes.TABLE));
    }

    /** The links of a kind, or the ports of a master: what a dump can filter by. */
    public List<Link> list(AttributeList filter) throws NetlinkException {
        return client.list(client.operation("get"), filter).stream().map(Link::new).toList();
    }

    public void addAlternativeName(int index, String name) throws NetlinkException {
        call("add-name", names(index, name));
    }

    public void deleteAlternativeName(int index, String name) throws NetlinkException {
        call("del-name", names(index, name));
    }

    private static AttributeList names(int index, String name) {
        return new AttributeList(LinkAttributes.TABLE)
                .header("ifi_index", index)
                .put(
                        LinkAttributes.PROP_LIST,
                        new AttributeList(LinkAttributes.NAMES_TABLE)
                                .put(LinkAttributes.NAMES_ALT_IFNAME, name));
    }

    private void call(String operation, AttributeList request) throws NetlinkException {
        client.call(client.operation(operation), request);
    }

    @Override
    public void close() {
        client.close();
    }
}
