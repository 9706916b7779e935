package io.odp4j.datapath.packet.craft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.odp4j.datapath.flow.text.PortNames;
import io.odp4j.datapath.packet.PcapWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wireshark's dissectors find nothing wrong with crafted packets: no checksum, no length. */
class TsharkTest {
    private static final Path TSHARK = Path.of("/usr/bin/tshark");
    private static final int PACKETS = 300;
    private static final String GOOD = "1";

    @TempDir Path folder;

    @Test
    void shouldFillInChecksumsThatTsharkFindsRight() throws Exception {
        assumeTrue(Files.isExecutable(TSHARK), "tshark is not installed");
        Random random = new Random();
        List<String> texts = new ArrayList<>();
        Path file = folder.resolve("crafted.pcap");
        try (PcapWriter pcap = PcapWriter.create(file)) {
            for (int i = 0; i < PACKETS; i++) {
                String text = text(random);
                texts.add(text);
                pcap.write(i, PacketCrafter.craft(text, PortNames.NONE).frame());
            }
        }
        List<String> lines = tshark(file);
        assertThat(lines).hasSize(PACKETS);
        for (int i = 0; i < PACKETS; i++) {
            String[] columns = lines.get(i).split("\\|", -1);
            assertThat(columns[0]).as("malformed: %s", texts.get(i)).isEmpty();
            for (int c = 1; c < columns.length; c++) {
                assertThat(columns[c].split(","))
                        .as("column %d of %s: %s", c, texts.get(i), lines.get(i))
                        .containsAnyOf("", GOOD)
                        .doesNotContain("0", "3");
            }
            assertThat(lines.get(i)).as(texts.get(i)).contains(GOOD);
        }
    }

    private static List<String> tshark(Path file) throws Exception {
        List<String> command = new ArrayList<>(List.of(TSHARK.toString(), "-n", "-r"));
        command.add(file.toString());
        for (String preference :
                List.of(
                        "ip.check_checksum:TRUE",
                        "tcp.check_checksum:TRUE",
                        "udp.check_checksum:TRUE",
                        "sctp.checksum:CRC 32c")) {
            command.addAll(List.of("-o", preference));
        }
        // Else it looks for the protocols of many ports in our arbitrary payload.
        for (String ports :
                List.of("tcp.port==1-65535", "udp.port==1-4788", "udp.port==4790-65535")) {
            command.addAll(List.of("-d", ports + ",data"));
        }
        command.addAll(List.of("-T", "fields", "-E", "separator=|", "-e", "_ws.malformed"));
        for (String field : List.of("ip", "tcp", "udp", "sctp", "icmp", "icmpv6")) {
            command.addAll(List.of("-e", field + ".checksum.status"));
        }
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return out.lines().toList();
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder("eth(),");
        if (random.nextInt(3) == 0) {
            text.append("vlan(vid=").append(random.nextInt(4096)).append("),");
        }
        if (random.nextInt(6) == 0) {
            text.append("vxlan(vni=5),eth(),");
        }
        boolean six = random.nextBoolean();
        text.append(six ? "ipv6(dst=2001:db8::" : "ipv4(dst=10.1.2.").append(random.nextInt(200));
        text.append(six ? ",hlimit=" : ",ttl=").append(1 + random.nextInt(255)).append("),");
        // Neither is VXLAN's.
        String ports =
                "src="
                        + (5000 + random.nextInt(60_000))
                        + ",dst="
                        + (20_000 + random.nextInt(9000));
        text.append(
                switch (random.nextInt(5)) {
                    case 0 -> "tcp(" + ports + ",flags=syn|ack)";
                    case 1 -> "sctp(" + ports + ")";
                    case 2 -> six ? "icmpv6(id=7,seq=9)" : "icmp(id=7,seq=9)";
                    default -> "udp(" + ports + ")";
                });
        if (text.indexOf("sctp") < 0) {
            text.append(",payload(length=").append(random.nextInt(1200)).append(')');
        }
        return text.toString();
    }
}
