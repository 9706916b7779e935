package io.odp4j.datapath.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.datapath.embedded.conntrack.ConntrackCounter;
import io.odp4j.datapath.embedded.forwarding.PacketCounter;
import io.odp4j.datapath.flow.text.ActionParser;
import io.odp4j.datapath.netlink.DirectBuffer;
import io.odp4j.datapath.netlink.NetlinkSocket;
import io.odp4j.datapath.netlink.SendBatch;
import io.odp4j.datapath.packet.FrameBuilder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whatever comes in, the datapath goes on answering. */
class HostileInputTest {
    private static final int ROUNDS = 20_000;

    @RegisterExtension final Bench bench = new Bench();

    @Test
    void shouldGoOnAfterRandomAndBrokenRequests() throws Exception {
        bench.addPorts();
        long seed = new Random().nextLong();
        System.out.println("hostile requests: seed " + seed);
        Random random = new Random(seed);
        DirectBuffer memory = new DirectBuffer(512);
        SendBatch batch = new SendBatch(1, 1);
        try (NetlinkSocket socket = NetlinkSocket.openNonBlocking(bench.embedded.endpoint())) {
            for (int i = 0; i < ROUNDS; i++) {
                int length = 16 + random.nextInt(200);
                request(memory, random, length);
                batch.clear();
                batch.add(memory.address(), length);
                batch.endDatagram();
                while (batch.send(socket, 0) != 1) {
                    Thread.sleep(1);
                }
            }
        }
        assertThat(bench.datapaths.find("none")).isEmpty();
    }

    /** A request whose headers are mostly right and whose rest is mostly not. */
    private void request(DirectBuffer memory, Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        memory.buffer().put(0, bytes);
        boolean wrong = random.nextInt(20) == 0;
        memory.buffer().putInt(0, wrong ? random.nextInt() : length);
        memory.buffer()
                .putShort(4, (short) (random.nextInt(20) == 0 ? 16 : 0x21 + random.nextInt(4)));
        memory.buffer().putShort(6, (short) (random.nextInt(10) == 0 ? random.nextInt() : 5));
        if (length < 32) {
            return;
        }
        memory.buffer().put(16, (byte) (1 + random.nextInt(4)));
        memory.buffer().putInt(20, bench.datapath.ifindex());
        int at = 24;
        while (length - at >= 8) {
            int size = Math.min(length - at, 4 + random.nextInt(60));
            memory.buffer()
                    .putShort(at, (short) (random.nextInt(30) == 0 ? random.nextInt() : size));
            memory.buffer().putShort(at + 2, (short) random.nextInt(12));
            // Nests, as likely as not.
            if (size >= 12) {
                memory.buffer().putShort(at + 4, (short) (4 + random.nextInt(size - 4)));
                memory.buffer().putShort(at + 6, (short) random.nextInt(34));
            }
            at += size + 3 & ~3;
        }
    }

    @Test
    void shouldTakeOrCountEveryFrame() throws Exception {
        bench.addPorts();
        assertThat(bench.addFlow(0x0800, w -> w.putFlag(5).putU32(1, 2))).isNull();
        long seed = new Random().nextLong();
        System.out.println("hostile frames: seed " + seed);
        Random random = new Random(seed);
        byte[] pattern = FrameBuilder.ethernet(2, 1).ipv4(1, 2).udp(1, 2).payload(100).build();
        for (int i = 0; i < ROUNDS; i++) {
            byte[] frame = Arrays.copyOf(pattern, random.nextInt(pattern.length));
            for (int n = random.nextInt(4); n > 0 && frame.length > 0; n--) {
                frame[random.nextInt(frame.length)] = (byte) random.nextInt();
            }
            bench.receive(bench.linkOne, frame);
        }
        var port = bench.vports.find("one").orElseThrow();
        var datapath = bench.datapaths.get("dp0");
        assertThat(port.stat("rx_packets") + port.stat("rx_dropped")).isEqualTo(ROUNDS);
        assertThat(datapath.stat("n_hit") + datapath.stat("n_missed") + port.stat("rx_errors"))
                .isEqualTo(port.stat("rx_packets"));
        checkThatEachHasOneFate(port.stat("rx_packets"));
    }

    /** Whole ones, and what is wrong with fragments: their place, their length, their headers. */
    @Test
    void shouldKeepSendOrCountEveryFragment() throws Exception {
        bench.addPorts();
        assertThat(bench.addFlow(0x0800, w -> new ActionParser().parse("ct(),2", w))).isNull();
        long seed = new Random().nextLong();
        System.out.println("hostile fragments: seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < ROUNDS; i++) {
            byte[] frame =
                    FrameBuilder.ethernet(2, 1)
                            .ipv4(random.nextInt(4), 2)
                            .fragment(random.nextInt(8), random.nextInt(3) > 0)
                            .proto(17)
                            .payload(8 * (1 + random.nextInt(3)))
                            .build();
            for (int n = random.nextInt(8) - 5; n > 0; n--) {
                frame[14 + random.nextInt(frame.length - 14)] = (byte) random.nextInt();
            }
            bench.receive(bench.linkOne, frame);
        }
        checkThatEachHasOneFate(ROUNDS);
        long[] fragments = bench.embedded.conntrackCounters();
        assertThat(fragments[ConntrackCounter.FRAGMENTS_JOINED.ordinal()]).isPositive();
        assertThat(fragments[ConntrackCounter.FRAGMENTS_DROPPED.ordinal()]).isPositive();
        assertThat(fragments[ConntrackCounter.FRAGMENTS_TAKEN.ordinal()])
                .isGreaterThanOrEqualTo(
                        fragments[ConntrackCounter.FRAGMENTS_JOINED.ordinal()]
                                + fragments[ConntrackCounter.FRAGMENTS_DROPPED.ordinal()]);
    }

    /** Every list of actions here sends a packet to one place, so that one counter has it. */
    private void checkThatEachHasOneFate(long received) {
        long[] counts = bench.embedded.counters();
        assertThat(counts[PacketCounter.RECEIVED.ordinal()]).isEqualTo(received);
        long fates = Arrays.stream(counts).sum() - received;
        assertThat(fates).as("what became of them").isEqualTo(received);
    }
}
