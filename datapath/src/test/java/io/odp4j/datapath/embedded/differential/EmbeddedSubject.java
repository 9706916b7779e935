package io.odp4j.datapath.embedded.differential;

import io.odp4j.datapath.embedded.EmbeddedDatapath;
import io.odp4j.datapath.embedded.port.Device;
import io.odp4j.datapath.embedded.port.DeviceLink;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.Protocol;
import io.odp4j.datapath.netlink.DirectBuffer;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.packet.FlowExtractor;
import io.odp4j.datapath.packet.RandomFrames;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The embedded datapath, with devices in memory. */
final class EmbeddedSubject extends Subject {
    private static final FlowExtractor EXTRACTOR = new FlowExtractor();

    private final EmbeddedDatapath embedded;
    private final DeviceLink[] links = new DeviceLink[Step.DEVICES.length];
    private final Map<String, Long> tagBytes = new HashMap<>();
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
                                    byte[] bytes = new byte[length];
                                    frame.get(offset, bytes);
                                    countTag(name, true, bytes);
                                    FlowKey key = new FlowKey();
                                    boolean read = EXTRACTOR.extract(frame, offset, length, 1, key);
                                    if (!read || isCutBehindTag(bytes)) {
                                        return; // the kernel's other side would not see it
                                    }
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

    /**
     * An outer tag, unless labels follow, behind whatever tags or an LLC header: then a veth pair
     * has it in the packet.
     */
    private void countTag(String device, boolean sent, byte[] frame) {
        int at = 12;
        while (Protocol.isTag(type(frame, at))) {
            at += 4;
        }
        FlowKey key = new FlowKey();
        EXTRACTOR.extract(RandomFrames.buffer(frame), 0, frame.length, 1, key);
        if (at > 12 && !isMpls(type(frame, at)) && !isMpls(key.dlType())) {
            tagBytes.merge(device + sent, 4L, Long::sum);
        }
    }

    /**
     * A tag before labels is in the packet when that comes out of the other end of a veth pair,
     * where a kernel's stack drops it if no two bytes follow the type behind the tag.
     */
    static boolean isCutBehindTag(byte[] frame) {
        return Protocol.isTag(type(frame, 12)) && isMpls(type(frame, 16)) && frame.length < 20;
    }

    private static boolean isMpls(int type) {
        return type == Protocol.ETH_MPLS || type == Protocol.ETH_MPLS_MULTICAST;
    }

    private static int type(byte[] frame, int at) {
        return at + 2 > frame.length ? 0 : (frame[at] & 0xff) << 8 | frame[at + 1] & 0xff;
    }

    @Override
    long tagBytes(String device, boolean sent) {
        return tagBytes.getOrDefault(device + sent, 0L);
    }

    @Override
    void inject(int device, byte[] frame) {
        countTag(Step.DEVICES[device], false, frame);
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
