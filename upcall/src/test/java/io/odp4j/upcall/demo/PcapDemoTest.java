package io.odp4j.upcall.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.odp4j.datapath.packet.FrameBuilder;
import io.odp4j.datapath.packet.PcapWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Captures as they are found on disks: whole, cut short, and none at all. */
class PcapDemoTest {
    private static final int PACKETS = 20;

    @TempDir Path folder;

    private static byte[] capture(int shortFrames) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PcapWriter writer = new PcapWriter(bytes, PcapWriter.LINK_ETHERNET)) {
            for (int i = 0; i < PACKETS; i++) {
                boolean there = i % 2 == 0;
                FrameBuilder b = there ? FrameBuilder.ethernet(2, 4) : FrameBuilder.ethernet(4, 2);
                writer.write(i, b.ipv4(there ? 1 : 2, there ? 2 : 1).udp(7, 8).build());
            }
            for (int i = 0; i < shortFrames; i++) {
                writer.write(PACKETS + i, new byte[13]);
            }
        }
        return bytes.toByteArray();
    }

    private String run(String name, byte[] bytes) throws Exception {
        Path file = folder.resolve(name);
        Files.write(file, bytes);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new PcapDemo(new PrintStream(out, true, StandardCharsets.UTF_8)).run(file);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void shouldTellWhatBecameOfEveryPacket() throws Exception {
        String text = run("whole.pcap", capture(3));
        assertThat(text)
                .startsWith("20 packets from 2 source addresses")
                .containsPattern("left out +3 ")
                .containsPattern("upcalls +2\n")
                .containsPattern("hit rate +90.00 %");
    }

    @Test
    void shouldTakeWhatStandsBeforeTheEndOfACutCapture() throws Exception {
        byte[] whole = capture(0);
        String text = run("cut.pcap", Arrays.copyOf(whole, whole.length - 5));
        assertThat(text)
                .startsWith("19 packets from 2 source addresses")
                .contains("broken behind these: the file ends at byte " + (whole.length - 5));
    }

    @Test
    void shouldNameTheFileThatIsNoCapture() throws Exception {
        assertThatThrownBy(() -> run("empty.pcap", new byte[0]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("empty.pcap: the file ends at byte 0");
        assertThatThrownBy(() -> run("text.pcap", "no capture at all".getBytes("US-ASCII")))
                .hasMessageContaining("text.pcap: no magic number");
        assertThatThrownBy(() -> run("short.pcap", Arrays.copyOf(capture(0), 50)))
                .hasMessageContaining("short.pcap: the file ends at byte 50");
        assertThatThrownBy(() -> run("none.pcap", Arrays.copyOf(capture(0), 24)))
                .hasMessageContaining("none.pcap has no Ethernet frame among its 0 packets");
        assertThatThrownBy(() -> new PcapDemo(System.out).run(folder.resolve("missing.pcap")))
                .hasMessageContaining("missing.pcap: no such file");
        assertThatThrownBy(() -> new PcapDemo(System.out).run(folder))
                .hasMessageContaining(folder + ": ");
    }
}
