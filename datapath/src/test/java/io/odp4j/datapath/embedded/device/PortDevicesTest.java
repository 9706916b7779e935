package io.odp4j.datapath.embedded.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.odp4j.datapath.embedded.EmbeddedDatapath;
import io.odp4j.datapath.flow.ActionAttributes;
import io.odp4j.datapath.netlink.MessageHeader;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.RequestChannel;
import io.odp4j.datapath.ovs.Datapath;
import io.odp4j.datapath.ovs.DatapathAttributes;
import io.odp4j.datapath.ovs.Datapaths;
import io.odp4j.datapath.ovs.FlowAttributes;
import io.odp4j.datapath.ovs.OvsFamilies;
import io.odp4j.datapath.ovs.Vport;
import io.odp4j.datapath.ovs.Vports;
import io.odp4j.datapath.packet.FrameBuilder;
import io.odp4j.datapath.packet.PcapReader;
import io.odp4j.datapath.packet.PcapWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Devices that need no privilege, joined by one flow for everything. */
class PortDevicesTest {
    private static final int PATIENCE_MILLIS = 10_000;

    @TempDir Path directory;
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void tearDown() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    /** A datapath with two ports, and one flow that leads from the first to the second. */
    private final class Wired {
        private final RequestChannel channel;
        private final OvsFamilies families;
        private final Datapath datapath;

        Wired(String... ports) throws IOException {
            EmbeddedDatapath embedded = EmbeddedDatapath.open();
            open.add(embedded);
            PortDevices devices = PortDevices.open(embedded, List.of(ports));
            open.add(devices);
            channel = RequestChannel.open(embedded.endpoint());
            open.add(channel);
            families = OvsFamilies.resolve(channel);
            datapath =
                    new Datapaths(channel, families)
                            .create("dp", 0, DatapathAttributes.F_UNALIGNED);
            matchEverything(
                    channel.begin(families.flow(), MessageHeader.CREATE, FlowAttributes.CMD_NEW)
                            .putRawU32(datapath.ifindex()));
            channel.execute("flow new");
            // The one that brings in frames last: it begins when its port is there.
            for (int number = devices.names().size(); number > 0; number--) {
                new Vports(channel, families)
                        .add(
                                datapath.ifindex(),
                                devices.names().get(number - 1),
                                number,
                                Vport.TYPE_NETDEV,
                                new int[] {channel.socket().portId()},
                                null);
            }
        }

        private static void matchEverything(MessageWriter w) {
            int key = w.beginNest(FlowAttributes.KEY.number());
            w.putBytes(4, new byte[12]).putBytes(6, new byte[] {8, 0});
            w.putBytes(7, new byte[12]);
            w.endNest(key);
            int mask = w.beginNest(FlowAttributes.MASK.number());
            w.putBytes(4, new byte[12]);
            w.endNest(mask);
            int actions = w.beginNest(FlowAttributes.ACTIONS.number());
            w.putU32(ActionAttributes.OUTPUT.number(), 2);
            w.endNest(actions);
        }

        long stat(int port, String name) throws NetlinkException {
            return new Vports(channel, families)
                    .list(datapath.ifindex()).stream()
                            .filter(p -> p.number() == port)
                            .findFirst()
                            .orElseThrow()
                            .stat(name);
        }

        void await(int port, String name, long value) throws Exception {
            long deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
            while (stat(port, name) < value && System.nanoTime() < deadline) {
                Thread.sleep(5);
            }
            assertThat(stat(port, name)).as(name).isEqualTo(value);
        }
    }

    private Path capture(int frames, long gapNanos) throws IOException {
        Path file = directory.resolve("in.pcap");
        try (PcapWriter pcap = PcapWriter.create(file)) {
            for (int i = 0; i < frames; i++) {
                pcap.write(1_000_000_000_000L + i * gapNanos, frame(i));
            }
        }
        return file;
    }

    private static byte[] frame(int i) {
        return FrameBuilder.ethernet(0x0200_0000_0002L, 0x0200_0000_0001L)
                .ipv4(0x0a00_0001, 0x0a00_0002)
                .udp(1000 + i, 2000)
                .payload(i % 1400)
                .build();
    }

    @ParameterizedTest
    @ValueSource(strings = {"out.pcap", "out.pcapng"})
    void shouldCarryACaptureIntoAnother(String name) throws Exception {
        Path in = capture(5000, 0);
        Path out = directory.resolve(name);
        Wired wired = new Wired("pcap:in=" + in, "pcap:out=" + out);
        wired.await(2, "tx_packets", 5000);
        tearDown();
        open.clear();
        try (PcapReader written = PcapReader.open(out)) {
            long now = System.currentTimeMillis() * 1_000_000L;
            for (int i = 0; i < 5000; i++) {
                assertThat(written.next()).isTrue();
                assertThat(written.bytes()).isEqualTo(frame(i));
                assertThat(written.linkType()).isEqualTo(PcapWriter.LINK_ETHERNET);
                assertThat(written.timestampNanos())
                        .isBetween(now - 60_000_000_000L, now + 1_000_000_000L);
            }
            assertThat(written.next()).isFalse();
        }
    }

    @Test
    void shouldKeepTheTimesOfACapture() throws Exception {
        Path in = capture(4, 100_000_000);
        Path out = directory.resolve("out.pcap");
        Wired wired = new Wired("pcap:in=" + in + ",speed=real", "pcap:out=" + out);
        wired.await(2, "tx_packets", 4);
        tearDown();
        open.clear();
        try (PcapReader written = PcapReader.open(out)) {
            assertThat(written.next()).isTrue();
            long first = written.timestampNanos();
            for (int i = 1; i < 4; i++) {
                assertThat(written.next()).isTrue();
                // Late, a busy machine may be; early never.
                assertThat(written.timestampNanos() - first)
                        .isGreaterThan(i * 100_000_000L - 20_000_000L);
            }
        }
    }

    @Test
    void shouldGenerateAsManyFramesAsAskedFor() throws Exception {
        Wired wired = new Wired("gen:flows=70000,size=100,rate=max,count=100000", "sink");
        wired.await(2, "tx_packets", 100_000);
        assertThat(wired.stat(1, "rx_packets")).isEqualTo(100_000);
        assertThat(wired.stat(2, "tx_bytes")).isEqualTo(100 * 100_000L);
    }

    @Test
    void shouldJoinTwoDatapathsByAPipe() throws Exception {
        String a = "a" + ProcessHandle.current().pid();
        String b = "b" + ProcessHandle.current().pid();
        Wired first = new Wired("gen:rate=20000,count=2000", a + "=pipe:" + b);
        // Nobody is at the other end at first: dropped and counted.
        long deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
        while (first.stat(2, "tx_dropped") == 0 && System.nanoTime() < deadline) {
            Thread.sleep(1);
        }
        Wired second = new Wired(b + "=pipe:" + a, "sink");
        deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
        while (first.stat(2, "tx_packets") + first.stat(2, "tx_dropped") < 2000
                && System.nanoTime() < deadline) {
            Thread.sleep(5);
        }
        long sent = first.stat(2, "tx_packets");
        long dropped = first.stat(2, "tx_dropped");
        assertThat(sent + dropped).isEqualTo(2000);
        assertThat(dropped).isPositive();
        assertThat(sent).isPositive();
        deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
        while (arrived(second) < sent && System.nanoTime() < deadline) {
            Thread.sleep(5);
        }
        assertThat(arrived(second)).isEqualTo(sent);
        assertThat(second.stat(2, "tx_packets"))
                .isPositive()
                .isEqualTo(second.stat(1, "rx_packets") - second.stat(1, "rx_dropped"));
    }

    /** What came before the vport was there is dropped, and counted as that too. */
    private static long arrived(Wired wired) throws NetlinkException {
        return wired.stat(1, "rx_packets");
    }

    @Test
    void shouldRefuseAPipeWhoseNameHasAnOwner() throws Exception {
        String name = "p" + ProcessHandle.current().pid() + "=pipe:q";
        new Wired(name);
        assertThatThrownBy(() -> new Wired(name))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has an owner already");
    }

    @Test
    void shouldTakeNothingInWithoutTheFile() {
        assertThatThrownBy(() -> new Wired("pcap:in=" + directory.resolve("none")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("none");
        assertThatThrownBy(() -> new Wired("pcap:speed=max"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no file");
    }
}
