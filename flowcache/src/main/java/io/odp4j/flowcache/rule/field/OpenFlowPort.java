package io.odp4j.flowcache.rule.field;

import java.util.Locale;
import java.util.Map;

/**
 * Ports that OpenFlow reserves (OFPP_* of OpenFlow 1.0, 16 bits), which {@code ovs-ofctl} writes by
 * name.
 */
public final class OpenFlowPort {
    /** The port of the switch itself. */
    public static final int LOCAL = 0xfffe;

    public static final int IN_PORT = 0xfff8;
    public static final int TABLE = 0xfff9;
    public static final int NORMAL = 0xfffa;
    public static final int FLOOD = 0xfffb;
    public static final int ALL = 0xfffc;
    public static final int CONTROLLER = 0xfffd;
    public static final int NONE = 0xffff;

    private static final Map<String, Integer> BY_NAME =
            Map.of(
                    "LOCAL", LOCAL,
                    "IN_PORT", IN_PORT,
                    "TABLE", TABLE,
                    "NORMAL", NORMAL,
                    "FLOOD", FLOOD,
                    "ALL", ALL,
                    "CONTROLLER", CONTROLLER,
                    "NONE", NONE,
                    "ANY", NONE);

    private OpenFlowPort() {}

    /** The number of a name, in letters of either case, or null. */
    public static Integer named(String name) {
        return BY_NAME.get(name.toUpperCase(Locale.ROOT));
    }

    /** A port's number, or the name that OpenFlow has for it. */
    public static String text(int port) {
        for (Map.Entry<String, Integer> entry : BY_NAME.entrySet()) {
            if (entry.getValue() == port && !entry.getKey().equals("NONE")) {
                return entry.getKey();
            }
        }
        return Integer.toUnsignedString(port);
    }
}
