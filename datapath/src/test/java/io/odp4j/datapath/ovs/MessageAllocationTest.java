package io.odp4j.datapath.ovs;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowKeyDecoder;
import io.odp4j.datapath.netlink.AttributeReader;
import io.odp4j.datapath.netlink.DirectBuffer;
import io.odp4j.datapath.netlink.MessageReader;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.datapath.netlink.NetlinkSocket;
import io.odp4j.datapath.netlink.ReceiveBatch;
import io.odp4j.datapath.netlink.SendBatch;
import io.odp4j.datapath.netlink.Wire;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

/** What the packet's way does with messages costs no garbage. */
class MessageAllocationTest {
    /** Taken once: to ask for it allocates. */
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final int ROUNDS = 20;
    private static final int CALLS = 5_000;

    private long sink;

    @Test
    void shouldReadAnUpcallWithoutAllocating() {
        byte[] bytes = OvsMessages.upcall(90);
        ByteBuffer buffer = Wire.direct(bytes);
        MessageReader reader = new MessageReader();
        UpcallMessage upcall = new UpcallMessage();
        AttributeReader attributes = new AttributeReader();
        FlowKey key = new FlowKey();
        assertNothingAllocated(
                () -> {
                    reader.wrap(buffer, 0, bytes.length);
                    while (reader.next()) {
                        upcall.wrap(reader);
                        FlowKeyDecoder.decodeKey(
                                buffer, upcall.keyOffset(), upcall.keyLength(), key);
                        attributes.wrap(buffer, upcall.keyOffset(), upcall.keyLength());
                        while (attributes.next()) {
                            sink += attributes.type();
                        }
                        sink += upcall.packetLength();
                    }
                });
    }

    @Test
    void shouldWriteRequestsWithoutAllocating() {
        ByteBuffer upcallBuffer = Wire.direct(OvsMessages.upcall(90));
        MessageReader reader = new MessageReader().wrap(upcallBuffer, 0, upcallBuffer.capacity());
        reader.next();
        UpcallMessage upcall = new UpcallMessage().wrap(reader);
        FlowKey key = new FlowKey();
        FlowKeyDecoder.decodeKey(upcallBuffer, upcall.keyOffset(), upcall.keyLength(), key);
        ByteBuffer mask = Wire.direct(Wire.attr(20, Wire.u32(-1)));
        byte[] actions = Wire.attr(1, Wire.u32(2));
        ByteBuffer buffer = ByteBuffer.allocateDirect(8192).order(ByteOrder.nativeOrder());
        MessageWriter writer = new MessageWriter();
        FlowCommand flows = new FlowCommand(OvsMessages.FAMILIES, 7);
        PacketCommand packets = new PacketCommand(OvsMessages.FAMILIES, 7);
        assertNothingAllocated(
                () -> {
                    writer.wrap(buffer, 0, buffer.capacity());
                    flows.install(writer, 1, 2, 3, key, mask, mask.capacity(), actions);
                    flows.modify(writer, 2, 2, 3, key, mask, mask.capacity(), actions);
                    flows.delete(writer, 3, 2, 3);
                    packets.begin(writer, 4);
                    packets.end(writer, upcall, actions, 0);
                    sink += writer.written();
                });
    }

    @Test
    void shouldSendAndReceiveABatchWithoutAllocating() throws Exception {
        int most = 8;
        DirectBuffer memory = new DirectBuffer(most * 256);
        SendBatch send = new SendBatch(most, 1);
        ReceiveBatch receive = new ReceiveBatch(most);
        try (NetlinkSocket in = NetlinkSocket.listen(NetlinkEndpoint.USERSOCK, 0);
                NetlinkSocket out = NetlinkSocket.open(NetlinkEndpoint.userspace(in.portId()))) {
            for (int i = 0; i < most; i++) {
                receive.setTarget(i, memory.address() + i * 256L, 256);
            }
            assertNothingAllocated(
                    () -> {
                        send.clear();
                        for (int i = 0; i < most; i++) {
                            send.add(memory.address() + i * 256L, 64);
                            send.endDatagram();
                        }
                        sink += send.send(out, 0);
                        int received = receive.receive(in, most);
                        for (int i = 0; i < received; i++) {
                            sink += receive.senderPortId(i) + receive.length(i);
                        }
                    });
        }
    }

    /** The compilers' own rounds aside: warm, no round of many calls allocates a byte. */
    private void assertNothingAllocated(Runnable work) {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < CALLS; i++) {
                work.run();
            }
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).as("bytes in %d calls", CALLS).isZero();
        assertThat(sink).isNotZero();
    }
}
