package io.odp4j.datapath.packet;

import io.odp4j.datapath.embedded.EmbeddedDatapath;
import io.odp4j.datapath.embedded.port.Device;
import io.odp4j.datapath.embedded.port.DeviceLink;
import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.datapath.netlink.NetlinkException;
import java.nio.ByteBuffer;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The embedded datapath, whose devices are joined by a thread. */
class FlowExtractorEmbeddedTest extends FlowExtractorContract {
    private EmbeddedDatapath embedded;
    private ExecutorService wire;
    private DeviceLink in;
    private DeviceLink out;

    FlowExtractorEmbeddedTest() {
        super(3_000);
    }

    @Override
    NetlinkEndpoint endpoint() throws NetlinkException {
        embedded = EmbeddedDatapath.open();
        return embedded.endpoint();
    }

    @Override
    void close() {
        embedded.close();
    }

    @Override
    void connect(String one, String other) {
        wire = Executors.newSingleThreadExecutor();
        in = embedded.plug(device(other, (frame, length) -> {}));
        out =
                embedded.plug(
                        device(
                                one,
                                (frame, length) ->
                                        wire.execute(() -> in.receive(frame, 0, length))));
    }

    @Override
    void disconnect(String one, String other) {
        out.close();
        in.close();
        wire.shutdown();
    }

    private interface Sent {
        void frame(ByteBuffer frame, int length);
    }

    private static Device device(String name, Sent sent) {
        return new Device() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public void transmit(ByteBuffer frame, int offset, int length) {
                byte[] copy = new byte[length];
                frame.get(offset, copy);
                sent.frame(RandomFrames.buffer(copy), length);
            }
        };
    }
}
