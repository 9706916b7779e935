package io.odp4j.datapath.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.datapath.netlink.table.Ipv6Text;
import java.nio.ByteBuffer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiteralTest {
    @Property
    void shouldReadWhatIsPrinted(@ForAll long high, @ForAll long low) {
        byte[] bytes = ByteBuffer.allocate(16).putLong(high).putLong(low).array();
        assertThat(Literal.parse(Ipv6Text.format(bytes)))
                .isEqualTo(new Literal(Literal.Kind.IPV6, high, low));
        long ethernet = low >>> 16;
        assertThat(Literal.parse(EthernetAddress.format(ethernet)))
                .isEqualTo(new Literal(Literal.Kind.ETHERNET, 0, ethernet));
        assertThat(Literal.parse(String.format("0x%x%016x", high, low)))
                .isEqualTo(new Literal(Literal.Kind.NUMBER, high, low));
        assertThat(Literal.parse(Long.toUnsignedString(low)))
                .isEqualTo(new Literal(Literal.Kind.NUMBER, 0, low));
    }

    @Test
    void shouldReadAnIpv4Address() {
        assertThat(Literal.parse("10.0.255.1"))
                .isEqualTo(new Literal(Literal.Kind.IPV4, 0, 0x0a00ff01L));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0x",
                "0xg",
                "-1",
                "+1",
                "1.2.3",
                "1.2.3.256",
                "1.2.3.4.5",
                "02:00",
                "::1::",
                "18446744073709551616",
                "0x123456789012345678901234567890123",
                "1:2:3:4:5:100",
                "x"
            })
    void shouldRefuseWhatIsNone(String text) {
        assertThat(Literal.parse(text)).isNull();
    }

    @Test
    void shouldSayWhetherItFits() {
        assertThat(Literal.parse("255").fits(8)).isTrue();
        assertThat(Literal.parse("256").fits(8)).isFalse();
        assertThat(Literal.parse("0x10000000000000000").fits(64)).isFalse();
        assertThat(Literal.parse("0x10000000000000000").fits(128)).isTrue();
    }
}
