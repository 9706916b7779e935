package io.odp4j.datapath.embedded.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PortSpecTest {
    @Test
    void shouldReadWhatAPortIs() {
        assertThat(PortSpec.parse("tap:t0", 3))
                .isEqualTo(new PortSpec("t0", PortSpec.Kind.TAP, "t0", Map.of()));
        assertThat(PortSpec.parse("wan=packet:eth0", 3))
                .isEqualTo(new PortSpec("wan", PortSpec.Kind.PACKET, "eth0", Map.of()));
        assertThat(PortSpec.parse("pcap:in=/a b/c.pcap,speed=real", 3))
                .isEqualTo(
                        new PortSpec(
                                "pcap3",
                                PortSpec.Kind.PCAP,
                                "",
                                Map.of("in", "/a b/c.pcap", "speed", "real")));
        assertThat(PortSpec.parse("a=pipe:b", 0).word()).isEqualTo("b");
        assertThat(PortSpec.parse("sink", 7).name()).isEqualTo("sink7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "t0=tap:t0",
                "wan=packet:eth0",
                "pcap0=pcap:in=x.pcap,out=y.pcap",
                "a=pipe:b",
                "g=gen:flows=5,rate=max",
                "s=sink"
            })
    void shouldWriteWhatItReads(String text) {
        assertThat(PortSpec.parse(text, 0)).hasToString(text);
        assertThat(PortSpec.isSpec(text)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "eth0              | 'eth0' is no kind of port",
                "tap:              | a name is missing behind tap:",
                "pipe:b            | a pipe has a name",
                "gen:flow=1        | 'flow=1' is no option of gen",
                "gen:flows=1,flows=2 | flows is there twice",
                "sink:x            | 'x' is no option of sink",
                "tap:sixteen-letters- | cannot be a device's name",
                "=tap:t            | cannot be a device's name",
            })
    void shouldSayWhatIsWrong(String text, String complaint) {
        assertThatThrownBy(() -> PortSpec.parse(text, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text)
                .hasMessageContaining(complaint);
    }

    @Test
    void shouldRefuseNumbersOutOfBoundsAndNamesThatAreTaken() {
        for (String text : List.of("gen:flows=0", "gen:size=41", "gen:rate=x", "gen:count=max")) {
            assertThatThrownBy(() -> new GeneratorDevice(PortSpec.parse(text, 0)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is a number from");
        }
        assertThatThrownBy(() -> PortDevices.parse(List.of("a=sink", "a=gen")))
                .hasMessage("two ports are named a");
    }
}
