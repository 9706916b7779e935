package io.odp4j.datapath.nlctrl;

import io.odp4j.datapath.netlink.table.Attribute;
import io.odp4j.datapath.netlink.table.AttributeList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A generic-netlink family as the kernel's controller describes it.
 *
 * @param attributes all that was said, by {@link ControlAttributes}
 */
public record Family(AttributeList attributes) {
    /**
     * An operation of a family.
     *
     * @param command its number
     * @param flags what it can and needs, {@code GENL_*} of {@code linux/genetlink.h}
     */
    public record Operation(int command, int flags) {
        /** Whether CAP_NET_ADMIN is needed, in the socket's user namespace or the initial one. */
        public boolean needsAdmin() {
            return (flags & (ADMIN_PERM | UNS_ADMIN_PERM)) != 0;
        }

        public boolean canDo() {
            return (flags & CMD_CAP_DO) != 0;
        }

        public boolean canDump() {
            return (flags & CMD_CAP_DUMP) != 0;
        }
    }

    private static final int ADMIN_PERM = 1;
    private static final int CMD_CAP_DO = 2;
    private static final int CMD_CAP_DUMP = 4;
    private static final int UNS_ADMIN_PERM = 0x10;

    public String name() {
        return attributes.string(ControlAttributes.FAMILY_NAME);
    }

    /** Message type of its messages. */
    public int id() {
        return (int) attributes.number(ControlAttributes.FAMILY_ID, 0);
    }

    public int version() {
        return (int) attributes.number(ControlAttributes.VERSION, 0);
    }

    /** Bytes of its fixed header. */
    public int headerLength() {
        return (int) attributes.number(ControlAttributes.HDRSIZE, 0);
    }

    public List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        for (AttributeList each : elements(attributes.list(ControlAttributes.OPS))) {
            operations.add(
                    new Operation(
                            (int) each.number(ControlAttributes.OPERATION_ID, 0),
                            (int) each.number(ControlAttributes.OPERATION_FLAGS, 0)));
        }
        return operations;
    }

    /** Numbers of its multicast groups, by name. */
    public Map<String, Integer> groups() {
        Map<String, Integer> groups = new TreeMap<>();
        for (AttributeList each : elements(attributes.list(ControlAttributes.MCAST_GROUPS))) {
            groups.put(
                    each.string(ControlAttributes.GROUP_NAME),
                    (int) each.number(ControlAttributes.GROUP_ID, 0));
        }
        return groups;
    }

    private static List<AttributeList> elements(AttributeList indexed) {
        List<AttributeList> elements = new ArrayList<>();
        if (indexed != null) {
            for (Attribute each : indexed) {
                elements.add(each.asList());
            }
        }
        return elements;
    }
}
