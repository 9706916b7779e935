package io.odp4j.datapath.embedded.server;

import static io.odp4j.datapath.ovs.CtLimitAttributes.DEFAULT_ZONE;
import static io.odp4j.datapath.ovs.CtLimitAttributes.ZONE_LIMIT;

import io.odp4j.datapath.embedded.conntrack.Conntrack;
import io.odp4j.datapath.embedded.conntrack.ZoneLimits;
import io.odp4j.datapath.embedded.forwarding.World;
import io.odp4j.datapath.embedded.message.Family;
import io.odp4j.datapath.embedded.message.Handler;
import io.odp4j.datapath.embedded.message.Policy;
import io.odp4j.datapath.embedded.message.Refusal;
import io.odp4j.datapath.embedded.message.Request;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.ovs.CtLimitAttributes;
import java.nio.ByteBuffer;

/**
 * The family ovs_ct_limit: how many connections a zone may have. Zones lie packed in one attribute,
 * 12 bytes each ({@code struct ovs_zone_limit}); numbers that are no zone's are passed over, as a
 * kernel does. The datapath's index does not matter.
 */
final class CtLimitRequests implements Handler {
    private static final int STRUCT = 12;
    private static final int ZONES = 1 << 16;
    private static final Policy POLICY =
            new Policy(ZONE_LIMIT.number()).nested(ZONE_LIMIT.number());

    private final World world;
    private final Conntrack conntrack;

    CtLimitRequests(World world) {
        this.world = world;
        this.conntrack = world.conntrack();
    }

    @Override
    public Policy policy(int command) {
        return POLICY;
    }

    @Override
    public void handle(Request request) throws Refusal {
        request.parse(POLICY);
        int command = request.command();
        boolean get = command == CtLimitAttributes.CMD_GET;
        Refusal.require(get || request.has(ZONE_LIMIT));
        MessageWriter w =
                Handler.begin(
                        world.wire().begin(),
                        Family.CT_LIMIT,
                        0,
                        request.sequence(),
                        request.sender(),
                        command,
                        request.dpIfindex());
        if (get) {
            conntrack.expire();
            int nest = w.beginPlainNest(ZONE_LIMIT.number());
            if (request.has(ZONE_LIMIT)) {
                each(request, (zone, limit) -> write(w, zone));
            } else {
                writeAll(w);
            }
            w.endNest(nest);
        } else {
            each(request, (zone, limit) -> change(zone, limit, command));
        }
        w.end();
        world.wire().send(request.sender());
    }

    /** One zone of a request. */
    private interface Visitor {
        void visit(int zone, int limit);
    }

    private static void each(Request request, Visitor visitor) {
        ByteBuffer b = request.buffer();
        int at = request.offset(ZONE_LIMIT);
        int limit = at + request.length(ZONE_LIMIT);
        for (; limit - at >= STRUCT; at += STRUCT) {
            int zone = b.getInt(at);
            if (zone == DEFAULT_ZONE || zone >= 0 && zone < ZONES) {
                visitor.visit(zone, b.getInt(at + 4));
            }
        }
    }

    private void change(int zone, int limit, int command) {
        ZoneLimits limits = conntrack.limits();
        boolean set = command == CtLimitAttributes.CMD_SET;
        if (zone == DEFAULT_ZONE) {
            limits.setDefault(set ? limit : 0);
        } else if (set) {
            limits.set(zone, limit);
        } else {
            limits.remove(zone);
        }
    }

    private void writeAll(MessageWriter w) {
        write(w, DEFAULT_ZONE);
        for (int zone : conntrack.limits().zones()) {
            write(w, zone);
        }
    }

    private void write(MessageWriter w, int zone) {
        ZoneLimits limits = conntrack.limits();
        boolean isDefault = zone == DEFAULT_ZONE;
        w.putRawU32(zone)
                .putRawU32(isDefault ? limits.defaultLimit() : limits.limit(zone))
                .putRawU32(isDefault ? 0 : limits.count(zone));
    }
}
