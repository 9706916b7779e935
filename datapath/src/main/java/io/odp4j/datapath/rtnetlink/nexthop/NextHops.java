package io.odp4j.datapath.rtnetlink.nexthop;

import io.odp4j.datapath.netlink.Errno;
import io.odp4j.datapath.netlink.MessageHeader;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.family.FamilyClient;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.rtnetlink.RtnetlinkFamilies;
import java.util.List;
import java.util.Optional;

/** Requests about next hop objects. Not thread safe: it has one owner. */
public final class NextHops implements AutoCloseable {
    private final FamilyClient client;

    private NextHops(FamilyClient client) {
        this.client = client;
    }

    public static NextHops open() throws NetlinkException {
        return new NextHops(FamilyClient.open(RtnetlinkFamilies.NEXT_HOP));
    }

    /**
     * Makes a next hop or a group.
     *
     * @throws NetlinkException EEXIST the number is taken, EINVAL a member does not exist
     */
    public void add(NextHopRequest hop) throws NetlinkException {
        client.call(client.operation("new"), hop.attributes());
    }

    /** Makes a next hop or a group, or puts it in the place of the one of that number. */
    public void replace(NextHopRequest hop) throws NetlinkException {
        client.call(
                client.operation("new"),
                MessageHeader.CREATE | MessageHeader.REPLACE,
                hop.attributes());
    }

    /**
     * Deletes a next hop, and the routes through it.
     *
     * @throws NetlinkException ENOENT there is none
     */
    public void delete(int id) throws NetlinkException {
        client.call(client.operation("del"), named(id));
    }

    /** The next hop of that number; empty if there is none. */
    public Optional<NextHop> find(int id) throws NetlinkException {
        return client.find(client.operation("get"), named(id), Errno.ENOENT).map(NextHop::new);
    }

    private static AttributeList named(int id) {
        return new AttributeList(NextHopAttributes.TABLE).put(NextHopAttributes.ID, id);
    }

    /** All next hops and groups. */
    public List<NextHop> list() throws NetlinkException {
        return list("get", new AttributeList(NextHopAttributes.TABLE));
    }

    /** The groups alone. */
    public List<NextHop> listGroups() throws NetlinkException {
        return list(
                "get",
                new AttributeList(NextHopAttributes.TABLE)
                        .put(NextHopAttributes.GROUPS, Boolean.TRUE));
    }

    /** The buckets of a resilient group: each by {@link NextHopAttributes#BUCKET_TABLE}. */
    public List<AttributeList> buckets(int group) throws NetlinkException {
        return list("get-bucket", named(group)).stream()
                .map(bucket -> bucket.attributes().list(NextHopAttributes.RES_BUCKET))
                .toList();
    }

    private List<NextHop> list(String operation, AttributeList filter) throws NetlinkException {
        return client.list(client.operation(operation), filter).stream().map(NextHop::new).toList();
    }

    @Override
    public void close() {
        client.close();
    }
}
