package io.odp4j.datapath.packet.craft;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.odp4j.datapath.flow.text.FlowSyntaxException;
import io.odp4j.datapath.flow.text.PortNames;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Any characters as a packet: what is understood has a length that a datapath takes, and a key. */
class PacketTextFuzzTest {
    private static final PortNames PORTS = PortNames.of(Map.of("vm3", 3));

    @FuzzTest
    void shouldReadAnyText(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        CraftedPacket packet;
        try {
            packet = PacketCrafter.craft(text, PORTS);
        } catch (FlowSyntaxException e) {
            assertThat(e.offset()).isBetween(0, text.length());
            return;
        }
        assertThat(packet.frame().length).isBetween(60, PacketCrafter.LONGEST + 100);
        assertThat(packet.key()).isNotNull();
    }
}
