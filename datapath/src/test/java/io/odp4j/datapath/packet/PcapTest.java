package io.odp4j.datapath.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PcapTest {
    private record Packet(long nanos, int originalLength, int linkType, List<Byte> bytes) {}

    private static Packet packet(long nanos, int originalLength, int linkType, byte[] bytes) {
        List<Byte> list = new ArrayList<>();
        for (byte b : bytes) {
            list.add(b);
        }
        return new Packet(nanos, originalLength, linkType, list);
    }

    private static List<Packet> read(byte[] file) throws IOException {
        List<Packet> packets = new ArrayList<>();
        try (PcapReader pcap = new PcapReader(new ByteArrayInputStream(file))) {
            while (pcap.next()) {
                packets.add(
                        packet(
                                pcap.timestampNanos(),
                                pcap.originalLength(),
                                pcap.linkType(),
                                pcap.bytes()));
            }
        }
        return packets;
    }

    @Test
    void shouldReadWhatItWrote(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("a.pcap");
        RandomFrames frames = new RandomFrames(1);
        List<Packet> expected = new ArrayList<>();
        try (PcapWriter writer = PcapWriter.create(file)) {
            for (int i = 0; i < 100; i++) {
                byte[] frame = frames.next();
                long nanos = 1_700_000_000_123_456_789L + i;
                writer.write(nanos, RandomFrames.buffer(frame), 0, frame.length, 2000);
                expected.add(packet(nanos, 2000, 1, frame));
            }
        }
        List<Packet> packets = new ArrayList<>();
        try (PcapReader pcap = PcapReader.open(file)) {
            while (pcap.next()) {
                packets.add(packet(pcap.timestampNanos(), pcap.originalLength(), 1, pcap.bytes()));
            }
        }
        assertThat(packets).isEqualTo(expected);
    }

    private static byte[] classic(ByteOrder order, int magic, int fraction) {
        ByteBuffer file = ByteBuffer.allocate(24 + 16 + 5).order(order);
        file.putInt(magic).putShort((short) 2).putShort((short) 4).putLong(0).putInt(65535);
        file.putInt(1).putInt(10).putInt(fraction).putInt(5).putInt(60);
        return file.put(new byte[] {1, 2, 3, 4, 5}).array();
    }

    @Test
    void shouldReadEitherByteOrderAndEitherUnit() throws IOException {
        for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
            Packet expected = packet(10_000_007_000L, 60, 1, new byte[] {1, 2, 3, 4, 5});
            assertThat(read(classic(order, 0xa1b2c3d4, 7))).containsExactly(expected);
            assertThat(read(classic(order, 0xa1b23c4d, 7000))).containsExactly(expected);
        }
    }

    private static byte[] blocks(ByteOrder order) {
        ByteBuffer b = ByteBuffer.allocate(400).order(order);
        b.putInt(0x0a0d0d0a).putInt(28).putInt(0x1a2b3c4d).putShort((short) 1).putShort((short) 0);
        b.putLong(-1).putInt(28);
        // An interface with a resolution of 2^-10 s, after an option that is not known here.
        b.putInt(1).putInt(40).putShort((short) 101).putShort((short) 0).putInt(0);
        b.putShort((short) 2).putShort((short) 3).put(new byte[] {'e', 't', 'h', 0});
        b.putShort((short) 9).putShort((short) 1).put(new byte[] {(byte) 0x8a, 0, 0, 0});
        b.putInt(0).putInt(40);
        // A block of another kind, then a packet, then a simple one.
        b.putInt(5).putInt(16).putInt(99).putInt(16);
        b.putInt(6).putInt(36).putInt(0).putInt(0).putInt(1536).putInt(3).putInt(70);
        b.put(new byte[] {7, 8, 9, 0}).putInt(36);
        b.putInt(3).putInt(20).putInt(4).put(new byte[] {1, 2, 3, 4}).putInt(20);
        return Arrays.copyOf(b.array(), b.position());
    }

    @Test
    void shouldReadPcapng() throws IOException {
        for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
            assertThat(read(blocks(order)))
                    .containsExactly(
                            packet(1_500_000_000, 70, 101, new byte[] {7, 8, 9}),
                            packet(0, 4, 101, new byte[] {1, 2, 3, 4}));
        }
    }

    @Test
    void shouldScaleTimes() {
        assertThat(PcapBlocks.nanos(1, 3)).isEqualTo(1_000_000);
        assertThat(PcapBlocks.nanos(1_000_000, 12)).isEqualTo(1_000);
        assertThat(PcapBlocks.nanos(3, 0x81)).isEqualTo(1_500_000_000);
    }

    @Test
    void shouldSayWhereAFileIsBroken() {
        assertThatThrownBy(() -> read(new byte[] {1, 2, 3, 4}))
                .isInstanceOf(PcapFormatException.class)
                .hasMessageContaining("no magic");
        byte[] file = classic(ByteOrder.LITTLE_ENDIAN, 0xa1b2c3d4, 7);
        file[24 + 11] = 0x7f;
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(PcapFormatException.class)
                .hasMessage("a packet of 2130706437 bytes at byte 40");
    }

    @Property(tries = 3000)
    void shouldThrowNothingButFormatExceptionsForHostileBytes(@ForAll long seed) {
        Random random = new Random(seed);
        ByteOrder order = random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        byte[] file = random.nextBoolean() ? blocks(order) : classic(order, 0xa1b2c3d4, 1);
        for (int i = random.nextInt(4); i > 0; i--) {
            file[random.nextInt(file.length)] = (byte) random.nextInt();
        }
        try {
            read(Arrays.copyOf(file, random.nextInt(file.length + 1)));
        } catch (PcapFormatException e) {
            assertThat(e.offset()).isBetween(0L, (long) file.length);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldKeepWhatAStreamIsGiven() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PcapWriter writer = new PcapWriter(out, PcapWriter.LINK_RAW)) {
            writer.write(-1, new byte[] {9});
        }
        assertThat(read(out.toByteArray())).hasSize(1);
        assertThat(read(out.toByteArray()).get(0).linkType()).isEqualTo(PcapWriter.LINK_RAW);
    }
}
