package io.odp4j.datapath.embedded.forwarding;

import io.odp4j.datapath.embedded.fragment.Fragmenter;
import io.odp4j.datapath.embedded.message.UpcallBatch;
import io.odp4j.datapath.ovs.Vport;
import java.nio.ByteBuffer;

/** A vport: its number, where its misses go, and the device behind it. */
public final class SwitchPort implements UpcallBatch.Source, Fragmenter.Out {
    public final Switch datapath;
    public final int number;
    public final int type;
    public final String name;
    public final int ifindex;
    public final InterfaceStats stats;
    public int[] upcallPids;
    public long upcallsQueued;
    public long upcallsLost;
    private final PluggedDevice device;

    /** A port on a device. */
    public SwitchPort(Switch datapath, int number, PluggedDevice link, int[] upcallPids) {
        this.datapath = datapath;
        this.number = number;
        this.type = Vport.TYPE_NETDEV;
        this.name = link.name;
        this.ifindex = link.ifindex();
        this.stats = link.stats;
        this.device = link;
        this.upcallPids = upcallPids;
    }

    /** An internal port; nobody is behind it, and what is sent there is counted and gone. */
    public SwitchPort(Switch datapath, int number, String name, int ifindex, int[] upcallPids) {
        this.datapath = datapath;
        this.number = number;
        this.type = Vport.TYPE_INTERNAL;
        this.name = name;
        this.ifindex = ifindex;
        this.stats = new InterfaceStats();
        this.device = null;
        this.upcallPids = upcallPids;
    }

    /** The port id for a packet of that hash; 0 for none. */
    public int upcallPid(int hash) {
        return upcallPids.length == 1
                ? upcallPids[0]
                : upcallPids[Integer.remainderUnsigned(hash, upcallPids.length)];
    }

    /** Sends a frame: a packet, or a piece of one. */
    @Override
    public void transmit(ByteBuffer frame, int offset, int length) {
        stats.txPackets++;
        stats.txBytes += length;
        if (device != null) {
            device.transmit(frame, offset, length);
        }
    }

    @Override
    public void upcallQueued() {
        upcallsQueued++;
    }

    @Override
    public void upcallLost() {
        upcallsLost++;
        datapath.lost++;
    }
}
