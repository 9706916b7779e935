package io.odp4j.datapath.embedded.device;

import io.odp4j.datapath.embedded.port.DeviceLink;
import java.nio.ByteBuffer;

/** A device that takes everything and brings in nothing; its port counts. */
record SinkDevice(String name) implements PortDevice {
    @Override
    public void transmit(ByteBuffer frame, int offset, int length) {
        // Counted by the port, and gone.
    }

    @Override
    public void start(DeviceLink link) {
        // Nothing comes in here.
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
