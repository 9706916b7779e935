package io.odp4j.datapath.embedded;

import io.odp4j.datapath.ovs.Vport;
import java.nio.ByteBuffer;

/** A device that is plugged in: its way into the switch. Any thread may use it. */
public final class DeviceLink implements AutoCloseable {
    private final World world;
    private final Device device;
    private final int ifindex;
    final InterfaceStats stats = new InterfaceStats();
    SwitchPort port;

    DeviceLink(World world, Device device, int ifindex) {
        this.world = world;
        this.device = device;
        this.ifindex = ifindex;
    }

    /** The interface index that the datapath gave it. */
    public int ifindex() {
        return ifindex;
    }

    Device device() {
        return device;
    }

    /**
     * Takes a frame from outside. Without a vport on the device, or with less than an Ethernet
     * header, it is dropped and counted.
     *
     * @param frame a buffer of native byte order; it is copied
     * @throws IllegalStateException if called out of {@link Device#transmit}
     * @throws IndexOutOfBoundsException if the frame lies beyond the buffer
     */
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

    /** Pulls the device out; a vport on it is deleted, and those who follow events are told. */
    @Override
    public void close() {
        world.unplug(this);
    }
}
