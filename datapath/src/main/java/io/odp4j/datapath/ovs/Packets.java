package io.odp4j.datapath.ovs;

import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.RequestChannel;
import io.odp4j.datapath.netlink.table.AttributeCodec;
import io.odp4j.datapath.netlink.table.AttributeList;

/**
 * Requests of the ovs_packet family for tools, each acknowledged; {@link PacketCommand} is for the
 * packet's way. Not thread safe: it belongs to its channel's owner.
 */
public final class Packets {
    private final RequestChannel channel;
    private final OvsFamilies families;
    private final int dpIfindex;

    public Packets(RequestChannel channel, OvsFamilies families, Datapath datapath) {
        this.channel = channel;
        this.families = families;
        this.dpIfindex = datapath.ifindex();
    }

    /**
     * Runs actions on a frame, as if it had just been received.
     *
     * @param metadata key attributes that do not come from the frame: in_port, skb_mark, tunnel and
     *     so on; the kernel takes the rest from the frame itself
     * @param actions by {@link io.odp4j.datapath.flow.ActionAttributes}
     * @throws NetlinkException EINVAL if the frame has fewer than 14 bytes, or for actions that the
     *     kernel does not take for such a frame
     */
    public void execute(byte[] frame, AttributeList metadata, AttributeList actions)
            throws NetlinkException {
        AttributeList request =
                new AttributeList(PacketAttributes.TABLE)
                        .put(PacketAttributes.KEY, metadata)
                        .put(PacketAttributes.ACTIONS, actions)
                        .put(PacketAttributes.PACKET, frame);
        AttributeCodec.encode(
                request,
                channel.begin(families.packet(), 0, PacketAttributes.CMD_EXECUTE)
                        .putRawU32(dpIfindex));
        channel.execute("packet execute");
    }
}
