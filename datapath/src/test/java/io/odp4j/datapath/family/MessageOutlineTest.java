package io.odp4j.datapath.family;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.datapath.netlink.Wire;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What people paste, and what they get to read. */
class MessageOutlineTest {
    /** A flow of 28 = ovs_flow: a key of in_port and eth_type, actions output. */
    private static final byte[] FLOW =
            Wire.message(
                    28,
                    0x405,
                    7,
                    0,
                    Wire.generic(1, 1),
                    Wire.u32(4),
                    Wire.attr(
                            1,
                            Wire.join(Wire.attr(3, Wire.u32(1)), Wire.attr(6, new byte[] {8, 0}))),
                    Wire.attr(2, Wire.attr(1, Wire.u32(2))));

    @Test
    void shouldNameEveryAttributeWithItsOffset() {
        MessageDecoder decoder = new MessageDecoder(Dialect.LINUX);
        decoder.learn(28, "ovs_flow");
        String expected =
                """
                     0    16  ovs_flow new, length 56, type 0x1c, flags 0x405, seq 7, portid 0
                    16     4    command 1, version 1
                    20     4    header(dp_ifindex=4)
                    24    20    key
                    28     8      in_port=1
                    36     6      ethertype=0x800
                    44    12    actions
                    48     8      output=2
                """;
        assertThat(outline(FLOW, decoder)).isEqualTo(expected);
    }

    @Test
    void shouldTakeAnUnknownFamilyForTheOneThatFits() {
        MessageDecoder decoder = new MessageDecoder(Dialect.LINUX);
        assertThat(outline(FLOW, decoder)).contains("family 28 command 1");
        decoder.guessFamilies();
        assertThat(outline(FLOW, decoder)).contains("ovs_flow new").contains("output=2");
    }

    @Property
    void shouldReadBytesHoweverTheyArePasted(@ForAll byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        String hex = HexFormat.of().formatHex(bytes);
        assertThat(NetlinkText.bytes(hex)).isEqualTo(bytes);
        assertThat(NetlinkText.bytes(HexFormat.ofDelimiter(":").formatHex(bytes))).isEqualTo(bytes);
        StringBuilder octal = new StringBuilder("sendto(3, \"");
        StringBuilder hexadecimal = new StringBuilder("recvmsg(3, {iov_base=\"");
        StringBuilder dump = new StringBuilder();
        for (int i = 0; i < bytes.length; i++) {
            octal.append(String.format("\\%03o", bytes[i] & 255));
            hexadecimal.append(String.format("\\x%02x", bytes[i]));
            dump.append(i % 16 == 0 ? String.format("%n\t0x%04x: ", i) : "");
            dump.append(String.format(i % 2 == 0 ? " %02x" : "%02x", bytes[i]));
        }
        assertThat(NetlinkText.bytes(octal + "\", 20, 0) = 20")).isEqualTo(bytes);
        assertThat(NetlinkText.bytes(hexadecimal + "\"}, 0)")).isEqualTo(bytes);
        assertThat(NetlinkText.bytes(dump.toString())).isEqualTo(bytes);
    }

    @Test
    void shouldReadTheEscapesOfC() {
        assertThat(NetlinkText.bytes("write(1, \"a\\n\\t\\\\\\\"\\0\\1b\\x7f\", 8)"))
                .containsExactly('a', 10, 9, '\\', '"', 0, 1, 'b', 0x7f);
        assertThat(NetlinkText.bytes("0x14 0x00")).containsExactly(0x14, 0);
        assertThat(NetlinkText.bytes("hello")).isNull();
        assertThat(NetlinkText.bytes("123")).isNull();
        assertThat(NetlinkText.bytes("")).isNull();
    }

    private static String outline(byte[] bytes, MessageDecoder decoder) {
        ByteBuffer buffer = Wire.direct(bytes);
        return MessageOutline.of(NetlinkEndpoint.GENERIC, buffer, decoder);
    }
}
