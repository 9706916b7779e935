package io.odp4j.datapath.embedded.conntrack;

import io.odp4j.datapath.flow.FlowKey;
import java.nio.ByteBuffer;

/**
 * A packet as connection tracking sees it: from the IP header to its end, its key, and the
 * connection that it was found to belong to. That stays from one ct action to the next.
 */
public final class TrackedPacket {
    // Of what kind it is within its connection.
    static final int ESTABLISHED = 0;
    static final int RELATED = 1;
    static final int NEW = 2;

    ByteBuffer bytes;
    FlowKey key;
    boolean ipv6;
    int network;
    int end;

    Connection connection;
    int kind;
    boolean reply;

    /** Says where the packet is now. */
    public TrackedPacket wrap(
            ByteBuffer packet, int networkHeader, int packetEnd, boolean isIpv6, FlowKey flowKey) {
        bytes = packet;
        network = networkHeader;
        end = packetEnd;
        ipv6 = isIpv6;
        key = flowKey;
        return this;
    }

    /** Where the packet ends: padding behind the IP packet is cut off. */
    public int end() {
        return end;
    }

    /** Forgets the connection: it is another packet now. */
    public void forget() {
        connection = null;
    }

    /** Belongs to the same connection as another. */
    public void copyFrom(TrackedPacket other) {
        connection = other.connection;
        kind = other.kind;
        reply = other.reply;
    }

    void belongsTo(Connection.Direction direction) {
        connection = direction.connection;
        reply = direction.reply;
        kind = reply || connection.has(Connection.SEEN_REPLY) ? ESTABLISHED : NEW;
    }
}
