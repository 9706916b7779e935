package io.odp4j.datapath.embedded.conntrack;

import io.odp4j.datapath.flow.Protocol;

/**
 * Translates a packet of a connection as its ct action says, or as the connection's first packet
 * was: {@code nf_nat_ovs.c}.
 */
final class NatStage {
    private final Nat nat;
    private final NatEditor editor = new NatEditor();
    private final IpPacket ip = new IpPacket();
    private final Tuple scratch = new Tuple();
    private boolean didSource;
    private boolean didDestination;

    NatStage(Nat nat) {
        this.nat = nat;
    }

    /** Returns false if the packet is to be dropped. */
    boolean translate(TrackedPacket packet, CtAction action, long now) {
        Connection connection = packet.connection;
        boolean source;
        if (packet.kind != TrackedPacket.NEW
                && connection.has(Connection.NAT)
                && (packet.kind != TrackedPacket.RELATED || packet.reply || action.commit)) {
            source = connection.has(Connection.SRC_NAT) != packet.reply;
        } else if (action.natSrc || action.natDst) {
            source = action.natSrc;
        } else {
            return true;
        }
        didSource = false;
        didDestination = false;
        boolean done = one(packet, action.range, source, now);
        if (done && connection.has(Connection.DST_NAT)) {
            if (connection.has(Connection.SRC_NAT)) {
                done = one(packet, action.range, !source, now);
            } else if (!packet.reply) {
                // What is sent elsewhere must have a source that its replies can come back to.
                done = one(packet, null, true, now);
            }
        }
        if (done) {
            updateKey(packet);
        }
        return done;
    }

    private boolean one(TrackedPacket packet, NatRange range, boolean source, long now) {
        Connection connection = packet.connection;
        boolean found = ip.wrap(packet.bytes, packet.network, packet.end, packet.ipv6);
        int icmp = packet.ipv6 ? Protocol.IP_ICMPV6 : Protocol.IP_ICMP;
        boolean done;
        if (packet.kind == TrackedPacket.RELATED && found && ip.proto == icmp) {
            done = editor.translateError(ip, connection, packet.reply, source);
        } else {
            if (packet.kind != TrackedPacket.ESTABLISHED && !Nat.isDone(connection, source)) {
                nat.choose(connection, range, source, now);
            }
            done =
                    editor.translate(
                            packet.bytes,
                            packet.network,
                            packet.end,
                            connection,
                            packet.reply,
                            source);
        }
        didSource |= done && source;
        didDestination |= done && !source;
        return done;
    }

    private void updateKey(TrackedPacket packet) {
        ip.wrap(packet.bytes, packet.network, packet.end, packet.ipv6);
        if (didSource) {
            KeyUpdate.translated(packet.key, ip, scratch, true);
        }
        if (didDestination) {
            KeyUpdate.translated(packet.key, ip, scratch, false);
        }
    }
}
