package io.odp4j.datapath.rtnetlink.route;

import io.odp4j.datapath.netlink.MessageHeader;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.family.FamilyClient;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.rtnetlink.RtnetlinkFamilies;
import java.util.List;
import java.util.function.Consumer;

/** Requests about routes. Not thread safe: it has one owner. */
public final class Routes implements AutoCloseable {
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;

    private final FamilyClient client;

    private Routes(FamilyClient client) {
        this.client = client;
    }

    public static Routes open() throws NetlinkException {
        return new Routes(FamilyClient.open(RtnetlinkFamilies.ROUTE));
    }

    /**
     * Makes a route.
     *
     * @throws NetlinkException EEXIST there is one, ENETUNREACH the next hop cannot be reached
     */
    public void add(RouteRequest route) throws NetlinkException {
        client.call(client.operation("new"), route.attributes());
    }

    /** Makes a route, or puts it in the place of the one to the same prefix. */
    public void replace(RouteRequest route) throws NetlinkException {
        client.call(
                client.operation("new"),
                MessageHeader.CREATE | MessageHeader.REPLACE,
                route.attributes());
    }

    /**
     * Deletes the first route that fits.
     *
     * @throws NetlinkException ESRCH there is none
     */
    public void delete(RouteRequest route) throws NetlinkException {
        client.call(client.operation("del"), route.attributes());
    }

    /**
     * The route that a packet to an address takes now.
     *
     * @param destination 4 or 16 bytes
     * @throws NetlinkException ENETUNREACH there is none
     */
    public Route lookUp(byte[] destination) throws NetlinkException {
        AttributeList request =
                new AttributeList(RouteAttributes.TABLE)
                        .header("rtm_family", destination.length == 4 ? AF_INET : AF_INET6)
                        .header("rtm_dst_len", destination.length * 8)
                        .put(RouteAttributes.DST, destination);
        List<AttributeList> answers =
                client.call("route lookup", client.operation("get"), 0, request);
        return new Route(answers.get(0));
    }

    /** Hands on every route of every table, both address families; one datagram is held. */
    public boolean forEach(Consumer<Route> visitor) throws NetlinkException {
        return forEach(new AttributeList(RouteAttributes.TABLE), visitor);
    }

    /**
     * Hands on the routes that a filter lets through.
     *
     * @param filter the header's family, protocol and type; the attributes TABLE and OIF
     * @return whether the list is consistent
     */
    public boolean forEach(AttributeList filter, Consumer<Route> visitor) throws NetlinkException {
        return client.dump(
                client.operation("get"), filter, list -> visitor.accept(new Route(list)));
    }

    @Override
    public void close() {
        client.close();
    }
}
