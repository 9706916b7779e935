package io.odp4j.datapath.embedded.forwarding;

import io.odp4j.datapath.embedded.message.Family;
import io.odp4j.datapath.embedded.message.UpcallBatch;
import io.odp4j.datapath.embedded.packet.Packet;
import io.odp4j.datapath.flow.FlowKeyEncoder;
import io.odp4j.datapath.netlink.MessageHeader;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.ovs.DatapathAttributes;
import io.odp4j.datapath.ovs.PacketAttributes;
import java.nio.ByteBuffer;

/** Sends packets up, each as one message in the kernel's order of attributes. */
public final class Upcalls {
    private static final int PACKET = PacketAttributes.PACKET.number();
    private static final int KEY = PacketAttributes.KEY.number();
    private static final int ACTIONS = PacketAttributes.ACTIONS.number();
    private static final int USERDATA = PacketAttributes.USERDATA.number();
    private static final int MRU = PacketAttributes.MRU.number();
    private static final int LEN = PacketAttributes.LEN.number();
    private static final int HASH = PacketAttributes.HASH.number();

    private final UpcallBatch batch;

    public Upcalls(UpcallBatch batch) {
        this.batch = batch;
    }

    /** Sends up a packet that no flow matched. */
    public void miss(Switch datapath, SwitchPort port, Packet packet) {
        int portId = packet.upcallPid;
        if (portId == 0) {
            portId =
                    datapath.isPerCpu()
                            ? datapath.cpuPid(port)
                            : port.upcallPid(port.upcallPids.length > 1 ? packet.flowHash() : 0);
        }
        // A miss brings all of the packet, whatever an action has cut off.
        int longest = packet.longest;
        packet.longest = 0;
        packet.showHeldTag(true);
        if (portId != 0) {
            begin(datapath, PacketAttributes.CMD_MISS, packet);
        }
        end(port, packet, portId);
        packet.showHeldTag(false);
        packet.longest = longest;
    }

    /**
     * Sends up a packet because an action says so.
     *
     * @param b holds the action
     * @param userdata where the cookie is, or -1
     * @param actions the list that the action is part of, or null if it shall not come along
     */
    public void action(
            Switch datapath,
            SwitchPort port,
            Packet packet,
            int wantedPortId,
            ByteBuffer b,
            int userdata,
            int userdataLength,
            ByteBuffer actions,
            int actionsOffset,
            int actionsLength) {
        int portId = packet.upcallPid;
        if (portId == 0) {
            portId = datapath.isPerCpu() ? datapath.cpuPid(port) : wantedPortId;
        }
        packet.showHeldTag(true);
        if (portId != 0) {
            MessageWriter w = begin(datapath, PacketAttributes.CMD_ACTION, packet);
            if (userdata >= 0) {
                w.putBytes(USERDATA, b, userdata, userdataLength);
            }
            if (actions != null) {
                w.putBytes(ACTIONS, actions, actionsOffset, actionsLength);
            }
        }
        end(port, packet, portId);
        packet.showHeldTag(false);
    }

    private MessageWriter begin(Switch datapath, int command, Packet packet) {
        MessageWriter w = batch.begin();
        w.beginGeneric(Family.PACKET.id, 0, 0, command, Family.PACKET.version);
        w.putRawU32(datapath.ifindex());
        int nest = w.beginPlainNest(KEY);
        FlowKeyEncoder.encodeKey(packet.key, w);
        w.endNest(nest);
        return w;
    }

    private void end(SwitchPort port, Packet packet, int portId) {
        port.datapath.count(PacketCounter.UPCALLS);
        int longest = packet.longest == 0 ? packet.length : packet.longest;
        int length = Math.min(packet.length, longest);
        if (portId == 0) {
            // The vport counts only what was tried.
            port.datapath.lost++;
            return;
        }
        // Longer than an attribute can be, a kernel says EFBIG.
        if (length > 0xffff - 4) {
            port.upcallLost();
            return;
        }
        MessageWriter w = batch.begun();
        if (packet.mru != 0) {
            w.putU16(MRU, packet.mru);
        }
        if (length < packet.length) {
            w.putU32(LEN, packet.length);
        }
        w.putU64(HASH, packet.hash);
        w.putBytes(PACKET, packet.bytes, packet.offset, length);
        int bytes = w.end();
        if (port.datapath.hasFeature(DatapathAttributes.F_UNALIGNED)) {
            bytes -= -length & 3;
            w.buffer().putInt(w.messageOffset() + MessageHeader.LENGTH_OFFSET, bytes);
        }
        batch.add(port, portId, bytes);
    }
}
