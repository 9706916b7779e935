package io.odp4j.upcall.cli.nl;

import io.odp4j.datapath.fou.FouFamily;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.family.FamilySpec;
import io.odp4j.datapath.rtnetlink.link.Link;
import io.odp4j.datapath.rtnetlink.link.Links;
import io.odp4j.upcall.cli.UsageException;
import java.util.Set;

/** Lets a person write a link's name where a field is an interface index. */
final class InterfaceNames {
    /** Fields that hold an interface index, whatever nest they are in. */
    private static final Set<String> FIELDS =
            Set.of(
                    "ifi_index",
                    "ifa_index",
                    "ndm_ifindex",
                    "rtnh_ifindex",
                    "ifindex",
                    "iif",
                    "oif",
                    "link",
                    "master");

    private InterfaceNames() {}

    /**
     * The value to use.
     *
     * @param path of the field
     * @param value what was written: a number stays
     * @throws UsageException if it is no number and no link has that name
     */
    static String resolve(FamilySpec family, String path, String value) {
        String field = path.substring(path.lastIndexOf('.') + 1);
        boolean name = !value.isEmpty() && Character.isLetter(value.charAt(0));
        boolean speaksOfLinks = !family.isGeneric() || family.name().equals(FouFamily.SPEC.name());
        if (!name || !FIELDS.contains(field) || !speaksOfLinks) {
            return value;
        }
        try (Links links = Links.open()) {
            return links.find(value)
                    .map(Link::index)
                    .map(String::valueOf)
                    .orElseThrow(() -> new UsageException(path + ": no link " + value));
        } catch (NetlinkException e) {
            throw new UsageException(path + ": " + e.getMessage());
        }
    }
}
