package io.odp4j.datapath.embedded.differential;

import io.odp4j.datapath.embedded.EmbeddedDatapath;
import io.odp4j.datapath.embedded.port.Device;
import io.odp4j.datapath.embedded.port.DeviceLink;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.netlink.DirectBuffer;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.packet.FlowExtractor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The embedded datapath, with devices in memory. */
final class EmbeddedSubject extends Subject {
    private static final FlowExtractor EXTRACTOR = new FlowExtractor();

    private final EmbeddedDatapath embedded;
    private final DeviceLink[] links = new DeviceLink[Step.DEVICES.length];
    private final List<String> sent = new ArrayList<>();
    private final DirectBuffer memory = new DirectBuffer(1 << 16);

    private EmbeddedSubject(EmbeddedDatapath embedded) throws NetlinkException {
        super(embedded.endpoint());
        this.embedded = embedded;
        for (int i = 0; i < links.length; i++) {
            String name = Step.DEVICES[i];
            links[i] =
                    embedded.plug(
                            new Device() {
                                @Override
                                public String name() {
                                    return name;
                                }

                                @Override
                                public void transmit(ByteBuffer frame, int offset, int length) {
                                    FlowKey key = new FlowKey();
                                    if (!EXTRACTOR.extract(frame, offset, length, 1, key)) {
                                        return; // the kernel's other side would not see it
                                    }
                                    byte[] bytes = new byte[length];
                                    frame.get(offset, bytes);
                                    synchronized (sent) {
                                        sent.add("sent by " + name + ": " + Step.hex(bytes));
                                    }
                                }
                            });
        }
    }

    static EmbeddedSubject open() throws NetlinkException {
        return new EmbeddedSubject(EmbeddedDatapath.open());
    }

    @Override
    void inject(int device, byte[] frame) {
        memory.buffer().put(0, frame);
        links[device].receive(memory.buffer(), 0, frame.length);
    }

    @Override
    void frames(List<String> lines) {
        synchronized (sent) {
            lines.addAll(sent);
            sent.clear();
        }
    }

    @Override
    public void close() throws NetlinkException {
        super.close();
        embedded.close();
    }
}
