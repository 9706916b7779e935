package io.odp4j.upcall.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.datapath.flow.KeyAttributes;
import io.odp4j.datapath.netlink.DirectBuffer;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.ovs.PacketAttributes;
import java.nio.ByteBuffer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class PortSharesTest {
    private final DirectBuffer memory = new DirectBuffer(4096);
    private long now = 5_000_000_000L;

    /** What is said of a packet: its port and its header fields, outermost first. */
    private record Said(int port, int etherType, int udpSource, int udpDestination, int icmpv6) {}

    private static Said udp(int port, int source, int destination) {
        return new Said(port, 0x0800, source, destination, 0);
    }

    private static byte[] be16(int... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * numbers.length);
        for (int number : numbers) {
            bytes.putShort((short) number);
        }
        return bytes.array();
    }

    private int upcall(Said said) {
        MessageWriter writer = new MessageWriter().wrap(memory.buffer(), 0, memory.capacity());
        writer.beginGeneric(30, 0, 0, PacketAttributes.CMD_MISS, 1);
        writer.putRawU32(1);
        int nest = writer.beginPlainNest(PacketAttributes.KEY.number());
        writer.putU32(KeyAttributes.IN_PORT.number(), said.port());
        writer.putBytes(KeyAttributes.ETHERTYPE.number(), be16(said.etherType()));
        if (said.udpDestination() != 0) {
            writer.putBytes(
                    KeyAttributes.UDP.number(), be16(said.udpSource(), said.udpDestination()));
        }
        if (said.icmpv6() != 0) {
            writer.putBytes(KeyAttributes.ICMPV6.number(), be16(said.icmpv6() << 8));
        }
        writer.endNest(nest);
        writer.putBytes(PacketAttributes.PACKET.number(), new byte[60]);
        return writer.end();
    }

    private PortShares.Answer admit(PortShares shares, Said key) {
        return shares.admit(memory.buffer(), 0, upcall(key), now);
    }

    @Property
    void shouldAdmitNoMoreThanBurstAndRateInAnyTime(
            @ForAll @IntRange(min = 1, max = 1000) int rate,
            @ForAll @IntRange(min = 1, max = 100) int burst,
            @ForAll @LongRange(min = 0, max = 3_000_000) long step) {
        PortShares shares = new PortShares(new Admission(rate, burst, Admission.Over.DROP));
        int length = upcall(udp(1, 1, 2));
        int admitted = 0;
        long elapsed = 0;
        for (int i = 0; i < 2000; i++, elapsed += step) {
            if (shares.admit(memory.buffer(), 0, length, now + elapsed)
                    == PortShares.Answer.ADMIT) {
                admitted++;
            }
        }
        double most = burst + elapsed * (double) rate / 1e9;
        double offered = 2000;
        assertThat((double) admitted).isBetween(Math.min(offered, most) * 0.5 - 1, most + 1);
    }

    @Test
    void shouldGiveEachPortAShareOfItsOwn() {
        PortShares shares = new PortShares(new Admission(1, 1, Admission.Over.DROP));
        for (int port = 1; port < 100; port++) {
            assertThat(admit(shares, udp(port, 1, 2))).isEqualTo(PortShares.Answer.ADMIT);
            assertThat(admit(shares, udp(port, 1, 2))).isEqualTo(PortShares.Answer.DROP);
        }
    }

    @Test
    void shouldKeepAShareForControlProtocols() {
        Said[] control = {
            new Said(1, 0x0806, 0, 0, 0),
            new Said(1, 0x8809, 0, 0, 0),
            udp(1, 68, 67),
            udp(1, 547, 546),
            udp(1, 49152, 3784),
            new Said(1, 0x86dd, 0, 0, 135)
        };
        for (Said key : control) {
            PortShares shares = new PortShares(new Admission(1, 1, Admission.Over.DROP));
            admit(shares, udp(1, 1, 2));
            assertThat(admit(shares, udp(1, 1, 2))).isEqualTo(PortShares.Answer.DROP);
            assertThat(admit(shares, key)).as("%s", key).isEqualTo(PortShares.Answer.ADMIT);
            assertThat(admit(shares, key)).as("%s", key).isEqualTo(PortShares.Answer.DROP);
        }
    }

    @Test
    void shouldAskForAMutingFlowOnceASecond() {
        PortShares shares = new PortShares(new Admission(1, 1, Admission.Over.MUTE));
        Said key = udp(1, 1, 2);
        admit(shares, key);
        assertThat(admit(shares, key)).isEqualTo(PortShares.Answer.MUTE);
        assertThat(admit(shares, key)).isEqualTo(PortShares.Answer.DROP);
        now += 999_999_999L;
        assertThat(admit(shares, key)).isEqualTo(PortShares.Answer.DROP);
    }

    @Property
    void shouldLeaveWhatIsMalformedToTheDecoder(@ForAll byte[] bytes) {
        PortShares shares = new PortShares(new Admission(1, 1, Admission.Over.DROP));
        int length = Math.min(bytes.length, memory.capacity());
        memory.buffer().put(0, bytes, 0, length);
        for (int i = 0; i < 3; i++) {
            PortShares.Answer answer = shares.admit(memory.buffer(), 0, length, now);
            assertThat(answer == PortShares.Answer.ADMIT || shares.port() >= 0).isTrue();
        }
    }
}
