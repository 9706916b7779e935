package io.odp4j.bench.jmh;

import io.odp4j.datapath.embedded.EmbeddedDatapath;
import io.odp4j.datapath.embedded.port.Device;
import io.odp4j.datapath.embedded.port.DeviceLink;
import io.odp4j.datapath.embedded.port.FrameBatch;
import io.odp4j.datapath.embedded.table.MaskedFlowTable;
import io.odp4j.datapath.flow.ActionAttributes;
import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowKeyEncoder;
import io.odp4j.datapath.netlink.DirectBuffer;
import io.odp4j.datapath.netlink.MessageHeader;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.netlink.RequestChannel;
import io.odp4j.datapath.ovs.Datapath;
import io.odp4j.datapath.ovs.DatapathAttributes;
import io.odp4j.datapath.ovs.Datapaths;
import io.odp4j.datapath.ovs.FlowAttributes;
import io.odp4j.datapath.ovs.OvsFamilies;
import io.odp4j.datapath.ovs.Vport;
import io.odp4j.datapath.ovs.Vports;
import io.odp4j.datapath.packet.FrameBuilder;
import io.odp4j.upcall.embedded.CachedFlowTable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The embedded datapath's fast path, from a device to a device on one thread: a batch of 32 frames
 * of 60 bytes (64 on the wire), each copied, its key extracted, looked up among 1,000 megaflows of
 * 16 masks, counted and sent out. 65,536 different packets, hits drawn at random.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 3,
        jvmArgsAppend = {"-Xms1g", "-Xmx1g"})
public class ForwardingBenchmark {
    private static final int FLOWS = 1000;
    private static final int MASKS = 16;
    private static final int PACKETS = 1 << 16;
    private static final int BYTES = 60;
    private static final int BATCH = 32;

    /** Which flow table. */
    @Param({"plain", "cached"})
    public String table;

    private final DirectBuffer packets = new DirectBuffer(PACKETS * BYTES);
    private final FrameBatch batch = new FrameBatch(BATCH);
    private EmbeddedDatapath embedded;
    private DeviceLink in;
    private int next;

    private record Port(String name) implements Device {
        @Override
        public void transmit(ByteBuffer frame, int offset, int length) {
            // Its port counts it.
        }
    }

    @Setup
    public void setUp() throws IOException {
        embedded =
                EmbeddedDatapath.open(
                        table.equals("plain") ? MaskedFlowTable::new : CachedFlowTable::new);
        in = embedded.plug(new Port("in"));
        embedded.plug(new Port("out"));
        MegaflowWorkload load = MegaflowWorkload.spread(FLOWS, MASKS);
        try (RequestChannel channel = RequestChannel.open(embedded.endpoint())) {
            OvsFamilies families = OvsFamilies.resolve(channel);
            Datapath datapath =
                    new Datapaths(channel, families)
                            .create("dp", 0, DatapathAttributes.F_UNALIGNED);
            for (String name : new String[] {"in", "out"}) {
                new Vports(channel, families)
                        .add(datapath.ifindex(), name, Vport.TYPE_NETDEV, new int[] {0}, null);
            }
            for (int i = 0; i < FLOWS; i++) {
                put(
                        channel.begin(families.flow(), MessageHeader.CREATE, FlowAttributes.CMD_NEW)
                                .putRawU32(datapath.ifindex()),
                        load,
                        i);
                channel.execute("flow new");
            }
        }
        PacketStream stream = load.hits(PACKETS);
        for (int i = 0; i < PACKETS; i++) {
            packets.buffer().put(i * BYTES, frame(stream.next()));
        }
    }

    private static void put(MessageWriter w, MegaflowWorkload load, int flow) {
        FlowKey key = load.keys.get(flow);
        key.carryFromContents();
        int nest = w.beginNest(FlowAttributes.KEY.number());
        FlowKeyEncoder.encodeKey(key, w);
        w.endNest(nest);
        nest = w.beginNest(FlowAttributes.MASK.number());
        FlowKeyEncoder.encodeMask(key, load.maskOf(flow), w);
        w.endNest(nest);
        nest = w.beginNest(FlowAttributes.ACTIONS.number());
        w.putU32(ActionAttributes.OUTPUT.number(), 2);
        w.endNest(nest);
    }

    private static byte[] frame(FlowKey key) {
        return FrameBuilder.ethernet(key.get(FlowField.DL_DST), key.get(FlowField.DL_SRC))
                .ipv4((int) key.get(FlowField.NW_SRC), (int) key.get(FlowField.NW_DST))
                .tcp((int) key.get(FlowField.TP_SRC), (int) key.get(FlowField.TP_DST), 0x10)
                .payload(BYTES - 54)
                .build();
    }

    @TearDown
    public void tearDown() {
        embedded.close();
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void forward() {
        batch.clear();
        for (int i = 0; i < BATCH; i++) {
            batch.copy(packets.buffer(), next, BYTES);
            next += BYTES;
        }
        if (next == packets.capacity()) {
            next = 0;
        }
        in.receive(batch);
    }
}
