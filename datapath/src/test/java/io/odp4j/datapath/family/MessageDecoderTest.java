package io.odp4j.datapath.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.datapath.netlink.NetlinkFormatException;
import io.odp4j.datapath.netlink.Wire;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Messages of any kind, decoded as they come by. */
class MessageDecoderTest {
    private static final byte[] ROUTE_HEADER = {2, 24, 0, 0, (byte) 254, 4, 0, 1, 0, 0, 0, 0};

    @Test
    void shouldReadAttributesByTheDialect() {
        byte[] route =
                Wire.message(
                        24,
                        0,
                        7,
                        9,
                        ROUTE_HEADER,
                        Wire.attr(1, new byte[] {10, 1, 0, 0}),
                        Wire.attr(14, Wire.u32(3)));
        assertThat(one(Dialect.LINUX, NetlinkEndpoint.ROUTE, route))
                .satisfies(
                        m -> {
                            assertThat(m.family()).isEqualTo("route");
                            assertThat(m.operation()).isEqualTo("new");
                            assertThat(m.sequence()).isEqualTo(7);
                            assertThat(m.portId()).isEqualTo(9);
                            assertThat(m.attributes().toString())
                                    .contains("rtm_table=main", "dst=10.1.0.0,mp_algo=03000000");
                        });
        assertThat(one(Dialect.FREEBSD, NetlinkEndpoint.ROUTE, route).attributes().toString())
                .contains("rtm_table=254", "dst=10.1.0.0,rtflags=0x3");
    }

    @Test
    void shouldLearnFamiliesFromTheControllersMessages() {
        byte[] fou = Wire.message(40, 0, 0, 0, Wire.generic(1, 1), Wire.attr(1, new byte[] {1, 2}));
        byte[] family =
                Wire.message(
                        16,
                        0,
                        0,
                        0,
                        Wire.generic(1, 2),
                        Wire.attr(2, Wire.zeroEnded("fou")),
                        Wire.attr(1, Wire.u16(40)));
        List<DecodedMessage> messages =
                all(Dialect.LINUX, NetlinkEndpoint.GENERIC, Wire.join(fou, family, fou));
        assertThat(messages)
                .extracting(DecodedMessage::family)
                .containsExactly("family 40", "nlctrl", "fou");
        assertThat(messages.get(2).attributes()).hasToString("port=258");
    }

    @Test
    void shouldSayWhatControlMessagesMean() {
        byte[] request = Wire.message(24, 5, 1, 0);
        byte[] error = Wire.message(2, 0, 1, 0, Wire.u32(-17), request);
        byte[] ack = Wire.message(2, 0x100, 1, 0, Wire.u32(0), request);
        byte[] done = Wire.message(3, 2, 1, 0, Wire.u32(0));
        assertThat(all(Dialect.LINUX, NetlinkEndpoint.ROUTE, Wire.join(error, ack, done)))
                .extracting(m -> m.operation() + " " + m.problem())
                .containsExactly("error EEXIST", "ack null", "done null");
    }

    @Test
    void shouldGoOnBehindAMessageThatItCannotRead() {
        byte[] cut = Wire.message(24, 0, 1, 0, new byte[4]);
        byte[] link = Wire.message(16, 0, 2, 0, new byte[16]);
        List<DecodedMessage> messages =
                all(Dialect.LINUX, NetlinkEndpoint.ROUTE, Wire.join(cut, link));
        assertThat(messages.get(0).attributes()).isNull();
        assertThat(messages.get(0).problem()).contains("a header of 12 bytes does not fit into 4");
        assertThat(messages.get(1).attributes()).isNotNull();
        assertThatThrownBy(() -> all(Dialect.LINUX, NetlinkEndpoint.ROUTE, new byte[5]))
                .isInstanceOf(NetlinkFormatException.class);
    }

    @Property(tries = 2000)
    void shouldSurviveAnyBytes(@ForAll @Size(max = 120) byte[] bytes, @ForAll byte type) {
        byte[] message = Wire.message(16 + (type & 127), 0, 0, 0, bytes);
        for (int protocol : new int[] {NetlinkEndpoint.ROUTE, NetlinkEndpoint.GENERIC, 12}) {
            assertThat(all(Dialect.LINUX, protocol, message)).hasSize(1);
        }
    }

    private static DecodedMessage one(Dialect dialect, int protocol, byte[] bytes) {
        return all(dialect, protocol, bytes).get(0);
    }

    private static List<DecodedMessage> all(Dialect dialect, int protocol, byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        List<DecodedMessage> messages = new ArrayList<>();
        new MessageDecoder(dialect).decode(protocol, buffer, 0, bytes.length, messages::add);
        return messages;
    }
}
