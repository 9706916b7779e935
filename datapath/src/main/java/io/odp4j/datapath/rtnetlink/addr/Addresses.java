package io.odp4j.datapath.rtnetlink.addr;

import io.odp4j.datapath.netlink.MessageHeader;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.family.FamilyClient;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.rtnetlink.RtnetlinkFamilies;
import java.util.List;

/** Requests about the addresses of links. Not thread safe: it has one owner. */
public final class Addresses implements AutoCloseable {
    private final FamilyClient client;

    private Addresses(FamilyClient client) {
        this.client = client;
    }

    public static Addresses open() throws NetlinkException {
        return new Addresses(FamilyClient.open(RtnetlinkFamilies.ADDRESS));
    }

    /**
     * Gives a link an address.
     *
     * @throws NetlinkException EEXIST it has it, ENODEV no such link, EPERM no privilege
     */
    public void add(AddressRequest address) throws NetlinkException {
        client.call(client.operation("new"), address.attributes());
    }

    /** Gives a link an address, or changes the one that it has. */
    public void replace(AddressRequest address) throws NetlinkException {
        client.call(
                client.operation("new"),
                MessageHeader.CREATE | MessageHeader.REPLACE,
                address.attributes());
    }

    /**
     * Takes an address away.
     *
     * @throws NetlinkException EADDRNOTAVAIL the link does not have it
     */
    public void delete(AddressRequest address) throws NetlinkException {
        client.call(client.operation("del"), address.attributes());
    }

    /** All addresses of both address families. */
    public List<Address> list() throws NetlinkException {
        return list(new AttributeList(AddressAttributes.TABLE));
    }

    /** The addresses of a link. */
    public List<Address> list(int index) throws NetlinkException {
        return list(new AttributeList(AddressAttributes.TABLE).header("ifa_index", index));
    }

    private List<Address> list(AttributeList filter) throws NetlinkException {
        return client.list(client.operation("get"), filter).stream().map(Address::new).toList();
    }

    @Override
    public void close() {
        client.close();
    }
}
