package io.odp4j.datapath.embedded.forwarding;

import io.odp4j.datapath.embedded.packet.Packet;
import io.odp4j.datapath.embedded.port.Device;
import io.odp4j.datapath.embedded.port.DeviceLink;
import io.odp4j.datapath.embedded.port.FrameBatch;
import java.nio.ByteBuffer;

/** A device in the world, with the counters that it keeps when it leaves a datapath. */
public final class PluggedDevice implements DeviceLink {
    private final World world;
    private final Device device;
    private final int ifindex;
    final String name;
    final InterfaceStats stats = new InterfaceStats();

    /** The vport that has attached it, or null. */
    public SwitchPort port;

    private boolean touched;

    PluggedDevice(World world, Device device, String name, int ifindex) {
        this.world = world;
        this.device = device;
        this.name = name;
        this.ifindex = ifindex;
    }

    @Override
    public int ifindex() {
        return ifindex;
    }

    @Override
    public void receive(ByteBuffer frame, int offset, int length) {
        world.enter();
        try {
            take(frame, offset, length);
        } finally {
            world.leave();
        }
    }

    @Override
    public void receive(FrameBatch batch) {
        if (batch.count() == 0) {
            return;
        }
        world.enter();
        try {
            for (int i = 0; i < batch.count(); i++) {
                take(batch.buffer(), batch.offset(i), batch.length(i));
            }
        } finally {
            world.leave();
        }
    }

    private void take(ByteBuffer frame, int offset, int length) {
        if (!Packet.fits(length)) {
            stats.rxDropped++;
        } else if (port == null) {
            // As a kernel's device does, whose frames nobody takes.
            stats.rxPackets++;
            stats.rxBytes += length;
            stats.rxDropped++;
        } else {
            port.datapath.receive(port, frame, offset, length);
        }
    }

    /** Hands a frame to the device, which is told at the end of the batch. */
    void transmit(ByteBuffer frame, int offset, int length) {
        if (!touched) {
            touched = true;
            world.touched(this);
        }
        device.transmit(frame, offset, length);
    }

    /** Ends a batch. */
    void flush() {
        touched = false;
        device.flush();
    }

    @Override
    public boolean isServed() {
        world.enter();
        try {
            if (port == null) {
                return false;
            }
            int portId = port.datapath.isPerCpu() ? port.datapath.cpuPid(port) : port.upcallPid(0);
            return portId != 0;
        } finally {
            world.leave();
        }
    }

    @Override
    public void notReceived(long frames) {
        world.enter();
        try {
            stats.rxDropped += frames;
        } finally {
            world.leave();
        }
    }

    @Override
    public void notSent(int frames, long bytes) {
        stats.txPackets -= frames;
        stats.txBytes -= bytes;
        stats.txDropped += frames;
    }

    @Override
    public void close() {
        world.unplug(this);
    }
}
