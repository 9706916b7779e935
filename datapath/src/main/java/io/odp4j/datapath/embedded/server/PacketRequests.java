package io.odp4j.datapath.embedded.server;

import static io.odp4j.datapath.ovs.PacketAttributes.ACTIONS;
import static io.odp4j.datapath.ovs.PacketAttributes.HASH;
import static io.odp4j.datapath.ovs.PacketAttributes.KEY;
import static io.odp4j.datapath.ovs.PacketAttributes.MRU;
import static io.odp4j.datapath.ovs.PacketAttributes.PACKET;
import static io.odp4j.datapath.ovs.PacketAttributes.UPCALL_PID;

import io.odp4j.datapath.embedded.action.ActionValidator;
import io.odp4j.datapath.embedded.forwarding.Switch;
import io.odp4j.datapath.embedded.forwarding.SwitchPort;
import io.odp4j.datapath.embedded.forwarding.World;
import io.odp4j.datapath.embedded.message.Handler;
import io.odp4j.datapath.embedded.message.Refusal;
import io.odp4j.datapath.embedded.message.Request;
import io.odp4j.datapath.embedded.packet.Packet;
import io.odp4j.datapath.embedded.table.FlowMatch;
import io.odp4j.datapath.netlink.Errno;
import io.odp4j.datapath.ovs.Vport;
import java.nio.ByteBuffer;

/** The family ovs_packet: EXECUTE. */
final class PacketRequests implements Handler {
    private static final int[] LEAST = {
        -1,
        Packet.ETHERNET,
        Request.NESTED,
        Request.NESTED,
        -1,
        -1,
        -1,
        -1,
        Request.FLAG,
        2,
        -1,
        8,
        4
    };

    private final World world;
    private final FlowMatch match = new FlowMatch();
    private final ActionValidator validator = new ActionValidator();
    private final Packet packet = new Packet();

    PacketRequests(World world) {
        this.world = world;
    }

    @Override
    public void handle(Request request) throws Refusal {
        request.parse(LEAST);
        Refusal.require(request.has(PACKET) && request.has(KEY) && request.has(ACTIONS));
        ByteBuffer b = request.buffer();
        world.conntrack().begin();
        packet.load(b, request.offset(PACKET), request.length(PACKET));
        packet.mru = request.has(MRU) ? b.getShort(request.offset(MRU)) & 0xffff : 0;
        packet.hash = request.has(HASH) ? b.getLong(request.offset(HASH)) : 0;
        packet.upcallPid = request.u32(UPCALL_PID, 0);
        int type = match.readMetadata(b, request.offset(KEY), request.length(KEY), packet.key);
        Refusal.require(packet.extractIntoMetadata(type));
        packet.carryFromContents();
        validator.check(b, request.offset(ACTIONS), request.length(ACTIONS), packet.key);
        Switch datapath = world.datapath(request.dpIfindex());
        SwitchPort port = datapath.port(packet.key.inPort());
        int error =
                datapath.execute(
                        packet,
                        port == null ? datapath.port(Vport.LOCAL) : port,
                        validator.accepted(),
                        0,
                        validator.acceptedLength());
        Refusal.require(error == 0, error == 0 ? Errno.EINVAL : Errno.of(error));
    }
}
