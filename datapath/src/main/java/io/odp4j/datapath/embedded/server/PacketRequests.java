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
import io.odp4j.datapath.embedded.message.Policy;
import io.odp4j.datapath.embedded.message.Refusal;
import io.odp4j.datapath.embedded.message.Request;
import io.odp4j.datapath.embedded.packet.Packet;
import io.odp4j.datapath.embedded.table.FlowMatch;
import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.KeyAttributes;
import io.odp4j.datapath.flow.Protocol;
import io.odp4j.datapath.netlink.Errno;
import io.odp4j.datapath.ovs.PacketAttributes;
import io.odp4j.datapath.ovs.Vport;
import java.nio.ByteBuffer;

/** The family ovs_packet: EXECUTE. */
final class PacketRequests implements Handler {
    private static final Policy POLICY =
            new Policy(UPCALL_PID.number())
                    .bytes(Packet.ETHERNET, PACKET.number())
                    .nested(KEY.number(), ACTIONS.number())
                    .flag(PacketAttributes.PROBE.number())
                    .u16(MRU.number())
                    .u64(HASH.number())
                    .u32(UPCALL_PID.number());

    private final World world;
    private final FlowMatch match = new FlowMatch();
    private final ActionValidator validator = new ActionValidator();
    private final Packet packet = new Packet();

    PacketRequests(World world) {
        this.world = world;
    }

    @Override
    public Policy policy(int command) {
        return POLICY;
    }

    /** Which of the two original tuples there is shows only when the packet is read. */
    private static void carryOriginalTuple(FlowKey key) {
        if (key.get(FlowField.CT_NW_PROTO) != 0) {
            if (key.dlType() == Protocol.ETH_IPV4) {
                key.carry(KeyAttributes.CT_ORIG_TUPLE_IPV4.number());
            } else if (key.dlType() == Protocol.ETH_IPV6) {
                key.carry(KeyAttributes.CT_ORIG_TUPLE_IPV6.number());
            }
        }
    }

    @Override
    public void handle(Request request) throws Refusal {
        request.parse(POLICY);
        Refusal.require(request.has(PACKET) && request.has(KEY) && request.has(ACTIONS));
        ByteBuffer b = request.buffer();
        world.conntrack().begin();
        packet.load(b, request.offset(PACKET), request.length(PACKET));
        packet.mru = request.has(MRU) ? b.getShort(request.offset(MRU)) & 0xffff : 0;
        packet.hash = request.has(HASH) ? b.getLong(request.offset(HASH)) : 0;
        packet.upcallPid = request.u32(UPCALL_PID, 0);
        int type = match.readMetadata(b, request.offset(KEY), request.length(KEY), packet.key);
        // Of what the request did not say, a kernel's key has zeros.
        packet.key.carryFromContents();
        Refusal.require(packet.extractIntoMetadata(type));
        carryOriginalTuple(packet.key);
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
