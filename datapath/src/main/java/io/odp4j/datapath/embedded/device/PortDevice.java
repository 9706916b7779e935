package io.odp4j.datapath.embedded.device;

import io.odp4j.datapath.embedded.port.Device;
import io.odp4j.datapath.embedded.port.DeviceLink;
import java.io.IOException;

/** A device that a {@link PortSpec} names: opened first, then started on its way into a switch. */
interface PortDevice extends Device, AutoCloseable {
    /** Begins to bring in frames. */
    void start(DeviceLink link) throws IOException;

    /** Stops, and gives back what it holds; nothing is brought in when this returns. */
    @Override
    void close();
}
