package io.odp4j.datapath.netlink.family;

import io.odp4j.datapath.netlink.NetlinkEndpoint;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A netlink family as it is declared: what it can be asked, what it tells, and what the messages
 * hold.
 *
 * @param name a generic-netlink family's registered name, or what rtnetlink's kind of object is
 *     called
 * @param protocol NETLINK_GENERIC or NETLINK_ROUTE, see {@link NetlinkEndpoint}
 * @param version of generic-netlink requests
 * @param groups multicast groups by name; the number is 0 where the controller is to be asked
 * @param doc one sentence
 */
public record FamilySpec(
        String name,
        int protocol,
        int version,
        Map<String, Integer> groups,
        List<OperationSpec> operations,
        String doc) {

    public boolean isGeneric() {
        return protocol == NetlinkEndpoint.GENERIC;
    }

    public Optional<OperationSpec> operation(String operation) {
        return operations.stream().filter(o -> o.name().equalsIgnoreCase(operation)).findFirst();
    }

    /**
     * What a message of that type or command holds.
     *
     * @param number message type, or for generic netlink the command
     */
    public Optional<OperationSpec> decoding(int number) {
        return operations.stream()
                .filter(o -> o.request() == number || o.reply() == number)
                .findFirst();
    }
}
