package io.odp4j.datapath.embedded.forwarding;

import io.odp4j.datapath.embedded.packet.Packet;
import io.odp4j.datapath.embedded.port.Device;
import io.odp4j.datapath.embedded.port.DeviceLink;
import io.odp4j.datapath.ovs.Vport;
import java.nio.ByteBuffer;

/** A device in the world, with the counters that it keeps when it leaves a datapath. */
public final class PluggedDevice implements DeviceLink {
    private final World world;
    private final Device device;
    private final int ifindex;
    final InterfaceStats stats = new InterfaceStats();

    /** The vport that has attached it, or null. */
    public SwitchPort port;

    PluggedDevice(World world, Device device, int ifindex) {
        this.world = world;
        this.device = device;
        this.ifindex = ifindex;
    }

    @Override
    public int ifindex() {
        return ifindex;
    }

    Device device() {
        return device;
    }

    @Override
    public void receive(ByteBuffer frame, int offset, int length) {
        world.enter();
        try {
            if (port == null || port.type != Vport.TYPE_NETDEV || !Packet.fits(length)) {
                stats.rxDropped++;
                return;
            }
            port.datapath.receive(port, frame, offset, length);
        } finally {
            world.leave();
        }
    }

    @Override
    public void close() {
        world.unplug(this);
    }
}
