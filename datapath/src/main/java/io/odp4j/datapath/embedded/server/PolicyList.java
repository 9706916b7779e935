package io.odp4j.datapath.embedded.server;

import io.odp4j.datapath.embedded.message.Dump;
import io.odp4j.datapath.embedded.message.Family;
import io.odp4j.datapath.embedded.message.Handler;
import io.odp4j.datapath.embedded.message.Policy;
import io.odp4j.datapath.embedded.message.Refusal;
import io.odp4j.datapath.embedded.message.Request;
import io.odp4j.datapath.netlink.Errno;
import io.odp4j.datapath.netlink.MessageWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Answers CTRL_CMD_GETPOLICY as {@code ctrl_dumppolicy} in {@code net/netlink/genetlink.c} does:
 * first a message for each operation, with the index of its policy, then one for each attribute of
 * each policy.
 */
final class PolicyList {
    private static final int FAMILY_ID = 1;
    private static final int OP_POLICY = 9;
    private static final int POLICY_DO = 1;
    private static final int POLICY_DUMP = 2;

    private final Map<Family, Handler> handlers;

    PolicyList(Map<Family, Handler> handlers) {
        this.handlers = handlers;
    }

    /** Writes one message's attributes behind the family's number. */
    private interface Part {
        void write(MessageWriter w);
    }

    /**
     * Begins a dump.
     *
     * @param wanted the one operation that it is about; -1 for all
     * @throws Refusal ENOENT if there is no such operation, ENODATA if there is no policy
     */
    Dump<?> dump(Request request, Family family, long wanted) throws Refusal {
        boolean known = wanted < 0 || family.operations.containsKey((int) wanted);
        Refusal.require(known, Errno.ENOENT);
        List<Policy> policies = new ArrayList<>();
        List<Part> parts = new ArrayList<>();
        for (int command : family.operations.keySet()) {
            Policy policy = handlers.get(family).policy(command);
            if (policy != null && (wanted < 0 || wanted == command)) {
                if (!policies.contains(policy)) {
                    policies.add(policy);
                }
                int index = policies.indexOf(policy);
                parts.add(w -> operation(w, family, command, index));
            }
        }
        Refusal.require(!policies.isEmpty(), Errno.ENODATA);
        for (int i = 0; i < policies.size(); i++) {
            int index = i;
            Policy policy = policies.get(i);
            for (int n = 1; n <= policy.highest(); n++) {
                int number = n;
                if (policy.tells(number)) {
                    parts.add(w -> policy.tell(w, index, number));
                }
            }
        }
        int sequence = request.sequence();
        int portId = request.sender();
        return new Dump<>(
                request,
                parts,
                (w, part, flags, brief) -> {
                    w.beginGeneric(
                            Family.CONTROL.id,
                            flags,
                            sequence,
                            Family.GET_POLICY,
                            Family.CONTROL.version);
                    w.setPortId(portId);
                    w.putU16(FAMILY_ID, family.id);
                    part.write(w);
                    w.end();
                });
    }

    private static void operation(MessageWriter w, Family family, int command, int index) {
        int operations = w.beginNest(OP_POLICY);
        // A kernel has no number for what can only be dumped.
        int nest = w.beginNest(family.does(command) ? command : 0);
        if (family.does(command)) {
            w.putU32(POLICY_DO, index);
        }
        // The Open vSwitch families leave dumps unchecked.
        if (family == Family.CONTROL) {
            w.putU32(POLICY_DUMP, index);
        }
        w.endNest(nest);
        w.endNest(operations);
    }
}
