package io.odp4j.datapath.embedded;

import io.odp4j.datapath.ovs.Vport;
import java.nio.ByteBuffer;

/** A vport: its number, where its misses go, and the device behind it. */
final class SwitchPort {
    final Switch datapath;
    final int number;
    final int type;
    final String name;
    final int ifindex;
    final InterfaceStats stats;
    int[] upcallPids;
    long upcallsQueued;
    long upcallsLost;
    private final Device device;

    /** A port on a device. */
    SwitchPort(Switch datapath, int number, DeviceLink link, int[] upcallPids) {
        this.datapath = datapath;
        this.number = number;
        this.type = Vport.TYPE_NETDEV;
        this.name = link.device().name();
        this.ifindex = link.ifindex();
        this.stats = link.stats;
        this.device = link.device();
        this.upcallPids = upcallPids;
    }

    /** An internal port; nobody is behind it, and what is sent there is counted and gone. */
    SwitchPort(Switch datapath, int number, String name, int ifindex, int[] upcallPids) {
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
    int upcallPid(int hash) {
        return upcallPids.length == 1
                ? upcallPids[0]
                : upcallPids[Integer.remainderUnsigned(hash, upcallPids.length)];
    }

    void transmit(ByteBuffer frame, int offset, int length) {
        stats.txPackets++;
        stats.txBytes += length;
        if (device != null) {
            device.transmit(frame, offset, length);
        }
    }
}
