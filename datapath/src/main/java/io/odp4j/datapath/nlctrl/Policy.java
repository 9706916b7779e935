package io.odp4j.datapath.nlctrl;

import io.odp4j.datapath.netlink.table.AttributeList;
import java.util.Map;

/**
 * What a family, or one of its operations, takes.
 *
 * @param operations for each command that was asked for: which policy its requests have, and which
 *     its dumps; -1 for none
 * @param policies by number: what is said of each attribute, by {@link
 *     ControlAttributes#POLICY_ATTRIBUTE_TABLE}; a nest names the number of its own policy
 */
public record Policy(
        Map<Integer, Uses> operations, Map<Integer, Map<Integer, AttributeList>> policies) {
    /** The policies of an operation. */
    public record Uses(int ofDo, int ofDump) {}
}
