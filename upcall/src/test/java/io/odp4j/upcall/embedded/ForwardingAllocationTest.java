package io.odp4j.upcall.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.odp4j.datapath.embedded.EmbeddedDatapath;
import io.odp4j.datapath.embedded.port.Device;
import io.odp4j.datapath.embedded.port.DeviceLink;
import io.odp4j.datapath.embedded.port.FrameBatch;
import io.odp4j.datapath.embedded.table.FlowTable;
import io.odp4j.datapath.embedded.table.MaskedFlowTable;
import io.odp4j.datapath.flow.ActionAttributes;
import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowKeyEncoder;
import io.odp4j.datapath.flow.FlowMask;
import io.odp4j.datapath.netlink.DirectBuffer;
import io.odp4j.datapath.netlink.MessageHeader;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.netlink.NetlinkSocket;
import io.odp4j.datapath.netlink.ReceiveBatch;
import io.odp4j.datapath.netlink.RequestChannel;
import io.odp4j.datapath.ovs.Datapath;
import io.odp4j.datapath.ovs.DatapathAttributes;
import io.odp4j.datapath.ovs.Datapaths;
import io.odp4j.datapath.ovs.FlowAttributes;
import io.odp4j.datapath.ovs.OvsFamilies;
import io.odp4j.datapath.ovs.Vport;
import io.odp4j.datapath.ovs.Vports;
import io.odp4j.datapath.packet.FrameBuilder;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A packet that passes the embedded datapath, or is sent up by it, costs no memory. */
class ForwardingAllocationTest {
    private static final int BATCH = 32;
    private static final int ROUNDS = 4000;
    private static final int FLOWS = 64;

    /** The thread's share of what the JVM allocates now and then, whatever the code does. */
    private static final double MOST_BYTES_PER_PACKET = 0.1;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private record Port(String name) implements Device {
        @Override
        public void transmit(ByteBuffer frame, int offset, int length) {
            // Its port counts it.
        }
    }

    static Stream<Arguments> tables() {
        return Stream.of(
                Arguments.of("plain", (Supplier<FlowTable>) MaskedFlowTable::new),
                Arguments.of("cached", (Supplier<FlowTable>) CachedFlowTable::new));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tables")
    void shouldAllocateNothingForAPacket(String name, Supplier<FlowTable> tables) throws Exception {
        try (EmbeddedDatapath embedded = EmbeddedDatapath.open(tables);
                RequestChannel channel = RequestChannel.open(embedded.endpoint());
                NetlinkSocket upcalls = NetlinkSocket.openNonBlocking(embedded.endpoint())) {
            DeviceLink in = embedded.plug(new Port("in"));
            embedded.plug(new Port("out"));
            OvsFamilies families = OvsFamilies.resolve(channel);
            Datapath datapath =
                    new Datapaths(channel, families)
                            .create("dp", 0, DatapathAttributes.F_UNALIGNED);
            for (String port : new String[] {"in", "out"}) {
                new Vports(channel, families)
                        .add(
                                datapath.ifindex(),
                                port,
                                Vport.TYPE_NETDEV,
                                new int[] {upcalls.portId()},
                                null);
            }
            for (int i = 0; i < FLOWS; i++) {
                install(
                        channel.begin(families.flow(), MessageHeader.CREATE, FlowAttributes.CMD_NEW)
                                .putRawU32(datapath.ifindex()),
                        i);
                channel.execute("flow new");
            }
            assertThat(bytesPerPacket(in, FLOWS, upcalls)).isLessThan(MOST_BYTES_PER_PACKET);
            assertThat(new Datapaths(channel, families).get("dp").stat("n_missed")).isZero();
            // Two in three packets are sent up.
            assertThat(bytesPerPacket(in, 3 * FLOWS, upcalls)).isLessThan(MOST_BYTES_PER_PACKET);
            assertThat(new Datapaths(channel, families).get("dp").stat("n_missed"))
                    .isGreaterThan(ROUNDS * BATCH);
            assertThat(new Datapaths(channel, families).get("dp").stat("n_lost")).isZero();
        }
    }

    private static void install(MessageWriter w, int i) {
        FlowKey key =
                new FlowKey()
                        .set(FlowField.DL_SRC, 1)
                        .set(FlowField.DL_TYPE, 0x800)
                        .set(FlowField.NW_PROTO, 17)
                        .set(FlowField.TP_SRC, i)
                        .set(FlowField.TP_DST, 9);
        FlowMask mask =
                new FlowMask()
                        .exact(FlowField.RECIRC_ID)
                        .exact(FlowField.DL_TYPE)
                        .exact(FlowField.NW_PROTO)
                        .exact(FlowField.TP_SRC);
        if (i % 2 == 0) {
            mask.exact(FlowField.TP_DST);
        }
        key.carryFromContents();
        int nest = w.beginNest(FlowAttributes.KEY.number());
        FlowKeyEncoder.encodeKey(key, w);
        w.endNest(nest);
        nest = w.beginNest(FlowAttributes.MASK.number());
        FlowKeyEncoder.encodeMask(key, mask, w);
        w.endNest(nest);
        nest = w.beginNest(FlowAttributes.ACTIONS.number());
        w.putU32(ActionAttributes.OUTPUT.number(), 2);
        w.endNest(nest);
    }

    private static double bytesPerPacket(DeviceLink in, int kinds, NetlinkSocket upcalls) {
        byte[] bytes =
                FrameBuilder.ethernet(2, 1)
                        .ipv4(0x0a000001, 0x0a000002)
                        .udp(0, 9)
                        .payload(18)
                        .build();
        ByteBuffer frame = ByteBuffer.allocateDirect(bytes.length).order(ByteOrder.nativeOrder());
        frame.put(0, bytes);
        FrameBatch batch = new FrameBatch(BATCH);
        DirectBuffer memory = new DirectBuffer(64 * 1024);
        ReceiveBatch receiver = new ReceiveBatch(64);
        for (int i = 0; i < 64; i++) {
            receiver.setTarget(i, memory.address() + i * 1024L, 1024);
        }
        long before = 0;
        for (int round = 0; round < 2 * ROUNDS; round++) {
            if (round == ROUNDS) {
                before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
            }
            batch.clear();
            for (int i = 0; i < BATCH; i++) {
                frame.put(35, (byte) ((round * BATCH + i) % kinds));
                batch.copy(frame, 0, bytes.length);
            }
            in.receive(batch);
            while (receiver.receive(upcalls, 64) > 0) {
                // What came up is of no interest here.
            }
        }
        long after = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
        return (double) (after - before) / (ROUNDS * BATCH);
    }
}
