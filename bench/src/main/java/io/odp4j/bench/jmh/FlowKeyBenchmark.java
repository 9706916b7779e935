package io.odp4j.bench.jmh;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowKeyDecoder;
import io.odp4j.datapath.flow.FlowKeyEncoder;
import io.odp4j.datapath.flow.FlowMask;
import io.odp4j.datapath.netlink.MessageReader;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.ovs.UpcallMessage;
import io.odp4j.datapath.packet.FlowExtractor;
import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Between upcall, frame, flow key and flow request: what every packet on the slow path costs. */
@State(Scope.Thread)
public class FlowKeyBenchmark extends StageBenchmark {
    private static final int MASK = Messages.COUNT - 1;

    private final Messages messages = new Messages(1);
    private final MessageReader reader = new MessageReader();
    private final UpcallMessage upcall = new UpcallMessage();
    private final FlowKey key = new FlowKey();
    private final FlowExtractor extractor = new FlowExtractor();
    private final ByteBuffer out = Messages.buffer(4096);
    private final MessageWriter writer = new MessageWriter();
    private final FlowMask megaflow = new FlowMask();
    private int slot;

    /** A megaflow of a plain router: port, type, destination prefix and protocol. */
    public FlowKeyBenchmark() {
        megaflow.exact(FlowField.IN_PORT).exact(FlowField.DL_TYPE).exact(FlowField.NW_FRAG);
        megaflow.exact(FlowField.DL_DST).exact(FlowField.NW_PROTO).exact(FlowField.TP_DST);
        megaflow.prefix(FlowField.NW_DST, 24);
    }

    private int next() {
        slot = slot + 1 & MASK;
        return slot;
    }

    /** A MISS: its message, the view of its packet, and its key. */
    @Benchmark
    public FlowKey missToKeyAndPacket() {
        int i = next();
        reader.wrap(messages.upcalls(), i * Messages.SLOT, messages.upcallLength(i));
        reader.next();
        upcall.wrap(reader);
        FlowKeyDecoder.decodeKey(upcall.buffer(), upcall.keyOffset(), upcall.keyLength(), key);
        return key;
    }

    /** The key attributes alone. */
    @Benchmark
    public FlowKey attributesToKey() {
        int key0 = next() * Messages.SLOT + 28;
        int length = (messages.upcalls().getShort(key0 - 4) & 0xffff) - 4;
        FlowKeyDecoder.decodeKey(messages.upcalls(), key0, length, key);
        return key;
    }

    @Benchmark
    public FlowKey frameToKey() {
        int at = next() * Messages.SLOT;
        extractor.extract(messages.frames(), at, Messages.FRAME_LENGTH, 5, key);
        return key;
    }

    @Benchmark
    public int keyToAttributes() {
        writer.wrap(out, 0, 4096);
        FlowKeyEncoder.encodeKey(messages.key(next()), writer);
        return writer.written();
    }

    @Benchmark
    public int keyAndMaskToAttributes() {
        FlowKey from = messages.key(next());
        writer.wrap(out, 0, 4096);
        FlowKeyEncoder.encodeKey(from, writer);
        FlowKeyEncoder.encodeMask(from, megaflow, writer);
        return writer.written();
    }
}
