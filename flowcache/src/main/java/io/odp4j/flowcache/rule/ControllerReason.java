package io.odp4j.flowcache.rule;

import java.util.List;

/** Why a packet goes to a controller: OFPR_* of OpenFlow 1.4, and ovs-actions(7). */
public final class ControllerReason {
    private static final List<String> NAMES =
            List.of("no_match", "action", "invalid_ttl", "action_set", "group", "packet_out");

    /** OFPR_ACTION. */
    public static final int ACTION = 1;

    /** OFPR_INVALID_TTL. */
    public static final int INVALID_TTL = 2;

    private ControllerReason() {}

    /** The number of a name, or -1. */
    public static int number(String name) {
        return NAMES.indexOf(name);
    }

    static String name(int reason) {
        return NAMES.get(reason);
    }
}
