package io.odp4j.datapath.embedded.server;

import io.odp4j.datapath.embedded.message.Dump;
import io.odp4j.datapath.embedded.message.Family;
import io.odp4j.datapath.embedded.message.Handler;
import io.odp4j.datapath.embedded.message.Policy;
import io.odp4j.datapath.embedded.message.Refusal;
import io.odp4j.datapath.embedded.message.Request;
import io.odp4j.datapath.embedded.message.Wire;
import io.odp4j.datapath.netlink.Errno;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.netlink.Subscription;
import java.util.List;
import java.util.Map;

/**
 * The controller: tells what families there are and what their requests may hold, and takes
 * subscriptions to groups.
 */
final class ControlRequests implements Handler {
    private static final int NEW_FAMILY = 1;
    private static final int FAMILY_ID = 1;
    private static final int FAMILY_NAME = 2;
    private static final int VERSION = 3;
    private static final int HDRSIZE = 4;
    private static final int MAXATTR = 5;
    private static final int OPS = 6;
    private static final int MCAST_GROUPS = 7;
    private static final int OP = 10;
    private static final Policy GET_FAMILY = new Policy(OP).u16(FAMILY_ID).name(FAMILY_NAME);
    private static final Policy GET_POLICY =
            new Policy(OP).u16(FAMILY_ID).name(FAMILY_NAME).u32(OP);
    private static final Policy SUBSCRIPTION =
            new Policy(Subscription.GROUP).u32(Subscription.GROUP);

    private final Wire wire;
    private final PolicyList policies;

    /**
     * @param handlers those of every family, itself among them
     */
    ControlRequests(Wire wire, Map<Family, Handler> handlers) {
        this.wire = wire;
        this.policies = new PolicyList(handlers);
    }

    @Override
    public Policy policy(int command) {
        return command == Family.GET_POLICY ? GET_POLICY : GET_FAMILY;
    }

    @Override
    public void handle(Request request) throws Refusal {
        request.parse(GET_FAMILY);
        write(wire.begin(), family(request), request.sequence(), request.sender(), 0);
        wire.send(request.sender());
    }

    /** The family that a request names, by its name if it has both. */
    private static Family family(Request request) throws Refusal {
        int id = request.rawOffset(FAMILY_ID);
        int name = request.rawOffset(FAMILY_NAME);
        Refusal.require(id >= 0 || name >= 0);
        Family family =
                name >= 0
                        ? Family.ofName(request.rawString(FAMILY_NAME))
                        : Family.ofType(request.buffer().getShort(id) & 0xffff);
        Refusal.require(family != null, Errno.ENOENT);
        return family;
    }

    @Override
    public Dump<?> dump(Request request) throws Refusal {
        if (request.command() == Family.GET_POLICY) {
            request.parse(GET_POLICY);
            int operation = request.rawOffset(OP);
            return policies.dump(
                    request,
                    family(request),
                    operation < 0 ? -1 : request.buffer().getInt(operation) & 0xffff_ffffL);
        }
        return new Dump<>(
                request,
                List.of(Family.values()),
                (w, family, flags, brief) ->
                        write(w, family, request.sequence(), request.sender(), flags));
    }

    /** Takes a {@link Subscription}; true if the request is one. */
    boolean subscribe(Request request) throws Refusal {
        int command = request.command();
        if (command != Subscription.JOIN && command != Subscription.LEAVE) {
            return false;
        }
        request.parse(SUBSCRIPTION);
        int at = request.rawOffset(Subscription.GROUP);
        Refusal.require(at >= 0);
        int group = request.buffer().getInt(at);
        if (command == Subscription.JOIN) {
            boolean known = false;
            for (Family family : Family.values()) {
                known |= family.groups.containsValue(group);
            }
            Refusal.require(known);
            wire.join(group, request.sender());
        } else {
            wire.leave(group, request.sender());
        }
        return true;
    }

    private static void write(MessageWriter w, Family family, int sequence, int portId, int flags) {
        w.beginGeneric(Family.CONTROL.id, flags, sequence, NEW_FAMILY, Family.CONTROL.version);
        w.setPortId(portId);
        w.putString(FAMILY_NAME, family.familyName)
                .putU16(FAMILY_ID, family.id)
                .putU32(VERSION, family.version)
                .putU32(HDRSIZE, family.headerLength)
                .putU32(MAXATTR, family.maxAttribute);
        int ops = w.beginNest(OPS);
        int index = 1;
        for (Map.Entry<Integer, Integer> operation : family.operations.entrySet()) {
            int nest = w.beginNest(index++);
            w.putU32(1, operation.getKey()).putU32(2, operation.getValue());
            w.endNest(nest);
        }
        w.endNest(ops);
        if (!family.groups.isEmpty()) {
            int groups = w.beginNest(MCAST_GROUPS);
            int number = 1;
            for (Map.Entry<String, Integer> group : family.groups.entrySet()) {
                int nest = w.beginNest(number++);
                w.putU32(2, group.getValue()).putString(1, group.getKey());
                w.endNest(nest);
            }
            w.endNest(groups);
        }
        w.end();
    }
}
