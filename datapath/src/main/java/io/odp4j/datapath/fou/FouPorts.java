package io.odp4j.datapath.fou;

import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.family.FamilyClient;
import io.odp4j.datapath.netlink.table.Attribute;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.netlink.table.AttributeSpec;
import java.util.List;
import java.util.Set;

/** Requests of the family fou. Not thread safe: it has one owner. */
public final class FouPorts implements AutoCloseable {
    /** What tells ports from each other; a delete refuses more. */
    private static final Set<AttributeSpec> NAMES =
            Set.of(
                    FouAttributes.PORT,
                    FouAttributes.AF,
                    FouAttributes.LOCAL_V4,
                    FouAttributes.LOCAL_V6,
                    FouAttributes.PEER_V4,
                    FouAttributes.PEER_V6,
                    FouAttributes.PEER_PORT,
                    FouAttributes.IFINDEX);

    private final FamilyClient client;

    private FouPorts(FamilyClient client) {
        this.client = client;
    }

    /**
     * Asks the kernel for the family.
     *
     * @throws io.odp4j.datapath.netlink.FamilyNotFoundException if its module is not loaded
     */
    public static FouPorts open() throws NetlinkException {
        return new FouPorts(FamilyClient.open(FouFamily.SPEC));
    }

    /**
     * Opens a port.
     *
     * @throws NetlinkException EADDRINUSE or EALREADY the port is taken, EPERM no privilege
     */
    public void add(FouPort port) throws NetlinkException {
        client.call(client.operation("add"), port.attributes());
    }

    /**
     * Closes a port.
     *
     * @throws NetlinkException EINVAL there is no such port
     */
    public void delete(FouPort port) throws NetlinkException {
        AttributeList name = new AttributeList(FouAttributes.TABLE);
        for (Attribute attribute : port.attributes()) {
            if (NAMES.contains(attribute.spec())) {
                name.add(attribute);
            }
        }
        client.call(client.operation("del"), name);
    }

    /** All ports of the namespace. */
    public List<FouPort> list() throws NetlinkException {
        return client.list(client.operation("get"), new AttributeList(FouAttributes.TABLE)).stream()
                .map(FouPort::new)
                .toList();
    }

    @Override
    public void close() {
        client.close();
    }
}
