package io.odp4j.datapath.rtnetlink.neigh;

import io.odp4j.datapath.netlink.Errno;
import io.odp4j.datapath.netlink.MessageHeader;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.family.FamilyClient;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.rtnetlink.RtnetlinkFamilies;
import java.util.List;
import java.util.Optional;

/** Requests about neighbours and forwarding entries. Not thread safe: it has one owner. */
public final class Neighbours implements AutoCloseable {
    private final FamilyClient client;

    private Neighbours(FamilyClient client) {
        this.client = client;
    }

    public static Neighbours open() throws NetlinkException {
        return new Neighbours(FamilyClient.open(RtnetlinkFamilies.NEIGHBOUR));
    }

    /**
     * Makes an entry.
     *
     * @throws NetlinkException EEXIST there is one, ENODEV no such interface, EPERM no privilege
     */
    public void add(NeighbourRequest entry) throws NetlinkException {
        client.call(client.operation("new"), entry.attributes());
    }

    /** Makes an entry, or changes the one that is there. */
    public void replace(NeighbourRequest entry) throws NetlinkException {
        client.call(
                client.operation("new"),
                MessageHeader.CREATE | MessageHeader.REPLACE,
                entry.attributes());
    }

    /**
     * Adds another remote end to a forwarding entry of a VXLAN link: packets go to each of them.
     */
    public void append(NeighbourRequest entry) throws NetlinkException {
        client.call(
                client.operation("new"),
                MessageHeader.CREATE | MessageHeader.APPEND,
                entry.attributes());
    }

    /** Has the kernel find out the link-layer address of a neighbour, as a packet to it would. */
    public void resolve(int index, byte[] address) throws NetlinkException {
        replace(NeighbourRequest.of(index, address).state(0).flags(Neighbour.USE));
    }

    /**
     * Deletes an entry.
     *
     * @throws NetlinkException ENOENT there is none
     */
    public void delete(NeighbourRequest entry) throws NetlinkException {
        client.call(client.operation("del"), entry.attributes());
    }

    /** The neighbour of that address; empty if the kernel knows nothing of it. */
    public Optional<Neighbour> find(int index, byte[] address) throws NetlinkException {
        return client.find(
                        client.operation("get"),
                        NeighbourRequest.of(index, address).state(0).attributes(),
                        Errno.ENOENT)
                .map(Neighbour::new);
    }

    /** All neighbours of both address families. */
    public List<Neighbour> list() throws NetlinkException {
        return list(new AttributeList(NeighbourAttributes.TABLE));
    }

    /** The forwarding entries of all bridges and VXLAN links. */
    public List<Neighbour> listForwarding() throws NetlinkException {
        return list(
                new AttributeList(NeighbourAttributes.TABLE)
                        .header("ndm_family", Neighbour.AF_BRIDGE));
    }

    /**
     * The entries that a filter lets through.
     *
     * @param filter the header's family; for neighbours the attributes IFINDEX and MASTER, for
     *     forwarding entries the header's interface and MASTER
     */
    public List<Neighbour> list(AttributeList filter) throws NetlinkException {
        return client.list(client.operation("get"), filter).stream().map(Neighbour::new).toList();
    }

    @Override
    public void close() {
        client.close();
    }
}
