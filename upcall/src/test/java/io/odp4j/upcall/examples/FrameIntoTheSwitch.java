package io.odp4j.upcall.examples;

import io.odp4j.datapath.embedded.EmbeddedDatapath;
import io.odp4j.datapath.embedded.port.Device;
import io.odp4j.datapath.embedded.port.DeviceLink;
import io.odp4j.upcall.Agent;
import io.odp4j.upcall.AgentConfig;
import java.nio.ByteBuffer;
import java.util.List;

/** A device in memory on a datapath in memory, as in docs/embedded.md. */
final class FrameIntoTheSwitch {
    private FrameIntoTheSwitch() {}

    static void receive(Device device, ByteBuffer frame, int length) throws Exception {
        try (EmbeddedDatapath embedded = EmbeddedDatapath.open()) {
            DeviceLink eth1 = embedded.plug(device);
            AgentConfig config =
                    AgentConfig.of("ovs0")
                            .endpoint(embedded.endpoint())
                            .ports(List.of("eth1"))
                            .build();
            try (Agent agent = Agent.start(config)) {
                eth1.receive(frame, 0, length);
                agent.await(1_000);
            }
        }
    }
}
