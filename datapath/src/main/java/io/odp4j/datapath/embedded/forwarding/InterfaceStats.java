package io.odp4j.datapath.embedded.forwarding;

import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.ovs.VportAttributes;

/** The counters of a device, {@code struct ovs_vport_stats}; kept when it leaves a datapath. */
public final class InterfaceStats {
    public long rxPackets;
    public long txPackets;
    public long rxBytes;
    public long txBytes;
    public long rxErrors;
    public long txErrors;
    public long rxDropped;
    public long txDropped;

    public void write(MessageWriter writer) {
        int at = writer.header(VportAttributes.STATS.number(), 64);
        writer.buffer()
                .putLong(at, rxPackets)
                .putLong(at + 8, txPackets)
                .putLong(at + 16, rxBytes)
                .putLong(at + 24, txBytes)
                .putLong(at + 32, rxErrors)
                .putLong(at + 40, txErrors)
                .putLong(at + 48, rxDropped)
                .putLong(at + 56, txDropped);
    }
}
