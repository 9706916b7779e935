package io.odp4j.datapath.nlctrl;

import io.odp4j.datapath.netlink.Errno;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.family.FamilyClient;
import io.odp4j.datapath.netlink.table.Attribute;
import io.odp4j.datapath.netlink.table.AttributeList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Questions to the kernel's generic-netlink controller. Not thread safe: it has one owner. */
public final class Families implements AutoCloseable {
    private final FamilyClient client;

    private Families(FamilyClient client) {
        this.client = client;
    }

    public static Families open() throws NetlinkException {
        return new Families(FamilyClient.open(ControlFamily.SPEC));
    }

    /** Every family that the kernel has now. */
    public List<Family> list() throws NetlinkException {
        return client
                .list(client.operation("getfamily"), new AttributeList(ControlAttributes.TABLE))
                .stream()
                .map(Family::new)
                .toList();
    }

    /** The family of that name; empty if there is none. Its module is loaded if there is one. */
    public Optional<Family> find(String name) throws NetlinkException {
        return find(
                new AttributeList(ControlAttributes.TABLE)
                        .put(ControlAttributes.FAMILY_NAME, name));
    }

    /** The family whose messages have that type; empty if there is none. */
    public Optional<Family> find(int id) throws NetlinkException {
        return find(
                new AttributeList(ControlAttributes.TABLE).put(ControlAttributes.FAMILY_ID, id));
    }

    private Optional<Family> find(AttributeList request) throws NetlinkException {
        return client.find(client.operation("getfamily"), request, Errno.ENOENT).map(Family::new);
    }

    /**
     * What all operations of a family take.
     *
     * @throws NetlinkException ENOENT no such family, EOPNOTSUPP it tells no policy
     */
    public Policy policy(String family) throws NetlinkException {
        return policy(
                new AttributeList(ControlAttributes.TABLE)
                        .put(ControlAttributes.FAMILY_NAME, family));
    }

    /** What one operation of a family takes. */
    public Policy policy(String family, int command) throws NetlinkException {
        return policy(
                new AttributeList(ControlAttributes.TABLE)
                        .put(ControlAttributes.FAMILY_NAME, family)
                        .put(ControlAttributes.OP, command));
    }

    /** A message tells of one operation, or of one attribute of one policy. */
    private Policy policy(AttributeList request) throws NetlinkException {
        Map<Integer, Policy.Uses> operations = new TreeMap<>();
        Map<Integer, Map<Integer, AttributeList>> policies = new TreeMap<>();
        client.dump(
                client.operation("getpolicy"),
                request,
                message -> {
                    AttributeList uses = message.list(ControlAttributes.OP_POLICY);
                    if (uses != null) {
                        uses.forEach(use -> operations.put(use.number(), uses(use.asList())));
                    }
                    AttributeList told = message.list(ControlAttributes.POLICY);
                    if (told != null) {
                        told.forEach(
                                policy -> {
                                    Map<Integer, AttributeList> attributes =
                                            policies.computeIfAbsent(
                                                    policy.number(), n -> new TreeMap<>());
                                    for (Attribute each : policy.asList()) {
                                        attributes.put(each.number(), each.asList());
                                    }
                                });
                    }
                });
        return new Policy(operations, policies);
    }

    private static Policy.Uses uses(AttributeList of) {
        return new Policy.Uses(
                (int) of.number(ControlAttributes.OPERATION_POLICY_DO, -1),
                (int) of.number(ControlAttributes.OPERATION_POLICY_DUMP, -1));
    }

    @Override
    public void close() {
        client.close();
    }
}
