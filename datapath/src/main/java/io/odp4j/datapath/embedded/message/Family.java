package io.odp4j.datapath.embedded.message;

import io.odp4j.datapath.netlink.GenericFamily;
import io.odp4j.datapath.netlink.table.AttributeTable;
import io.odp4j.datapath.ovs.CtLimitAttributes;
import io.odp4j.datapath.ovs.MeterAttributes;
import io.odp4j.datapath.ovs.OvsTables;
import io.odp4j.datapath.psample.PsampleAttributes;
import io.odp4j.datapath.psample.PsampleFamily;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The generic-netlink families that the embedded datapath answers, with what the controller tells
 * of each. Numbers of families and groups are this program's own, as a kernel's are its own.
 */
public enum Family {
    CONTROL(
            GenericFamily.CONTROL.name(),
            GenericFamily.CONTROL.id(),
            2,
            10,
            Map.of("notify", 0x10)),
    DATAPATH(OvsTables.DATAPATH, 0x21, 2, 1, 2, 3, 4),
    VPORT(OvsTables.VPORT, 0x22, 1, 1, 2, 3, 4),
    FLOW(OvsTables.FLOW, 0x23, 1, 1, 2, 3, 4),
    PACKET(OvsTables.PACKET, 0x24, 1, 3),
    METER(OvsTables.METER, 0x25, 1, 1, 2, 4, 3),
    CT_LIMIT(OvsTables.CT_LIMIT, 0x26, 1, 1, 2, 3),
    PSAMPLE(
            PsampleFamily.SPEC.name(),
            0x27,
            PsampleFamily.SPEC.version(),
            0,
            Map.of("config", 0x27, Family.PACKETS, 0x28));

    /** The group of the family psample to which samples go. */
    public static final String PACKETS = "packets";

    // Bits of CTRL_ATTR_OP_FLAGS.
    private static final int ADMIN_PERM = 0x10;
    private static final int DO = 2;
    private static final int DUMP = 4;
    private static final int POLICY = 8;

    /** The controller's command CTRL_CMD_GETFAMILY. */
    public static final int GET_FAMILY = 3;

    /** The controller's command CTRL_CMD_GETPOLICY. */
    public static final int GET_POLICY = 10;

    public final String familyName;
    public final int id;
    public final int version;
    public final int headerLength;
    public final int maxAttribute;

    /** Numbers of multicast groups by name. */
    public final Map<String, Integer> groups;

    /** The group that is told what requests have changed; 0 for none. */
    public final int group;

    /** Flags by command, in the order in which a kernel tells of them. */
    public final Map<Integer, Integer> operations = new LinkedHashMap<>();

    Family(String familyName, int id, int version, int maxAttribute, Map<String, Integer> groups) {
        this.familyName = familyName;
        this.id = id;
        this.version = version;
        this.headerLength = 0;
        this.maxAttribute = maxAttribute;
        this.groups = new TreeMap<>(groups);
        this.group = 0;
        if (maxAttribute > 0) {
            operations.put(GET_FAMILY, DO | DUMP | POLICY);
            operations.put(GET_POLICY, DUMP | POLICY);
        } else {
            operations.put(PsampleAttributes.CMD_GET_GROUP, DUMP);
        }
    }

    Family(OvsTables table, int id, int version, int... commands) {
        this.familyName = table.family();
        this.id = id;
        this.version = version;
        this.headerLength = 4;
        this.maxAttribute = highest(table.table());
        // The packet family has no group.
        this.group = table == OvsTables.PACKET ? 0 : id;
        this.groups = group == 0 ? Map.of() : Map.of(table.family(), group);
        for (int command : commands) {
            operations.put(command, DO | POLICY | access(table, command));
        }
    }

    /** What changes something wants a privilege; what is only read may be dumped, meters aside. */
    private static int access(OvsTables table, int command) {
        if (table == OvsTables.CT_LIMIT) {
            return command == CtLimitAttributes.CMD_GET ? 0 : ADMIN_PERM;
        }
        if (table == OvsTables.METER) {
            boolean changes =
                    command == MeterAttributes.CMD_SET || command == MeterAttributes.CMD_DEL;
            return changes ? ADMIN_PERM : 0;
        }
        return command == 3 && table != OvsTables.PACKET ? DUMP : ADMIN_PERM;
    }

    private static int highest(AttributeTable table) {
        return table.specs().stream().mapToInt(a -> a.number()).max().orElse(0);
    }

    /** Whether the command may be asked about one object. */
    public boolean does(int command) {
        return (operations.getOrDefault(command, 0) & DO) != 0;
    }

    /** Whether the command may be asked as a dump. */
    public boolean dumps(int command) {
        return (operations.getOrDefault(command, 0) & DUMP) != 0;
    }

    /** The family of that message type, or null. */
    public static Family ofType(int type) {
        for (Family family : values()) {
            if (family.id == type) {
                return family;
            }
        }
        return null;
    }

    /** The family of that name, or null. */
    public static Family ofName(String name) {
        for (Family family : values()) {
            if (family.familyName.equals(name)) {
                return family;
            }
        }
        return null;
    }
}
