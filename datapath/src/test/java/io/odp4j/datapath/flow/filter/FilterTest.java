package io.odp4j.datapath.flow.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowMask;
import io.odp4j.datapath.flow.text.FlowSyntaxException;
import io.odp4j.datapath.flow.text.PortNames;
import io.odp4j.datapath.packet.FlowExtractor;
import io.odp4j.datapath.packet.FrameBuilder;
import io.odp4j.datapath.packet.RandomFrames;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class FilterTest {
    private static final PortNames PORTS = PortNames.of(Map.of("vm3", 3, "br-int.7", 7));
    private static final List<Measure> MEASURES =
            List.of(
                    Measure.number("length", "Bytes of the packet."),
                    new Measure("type", Map.of("miss", 1L, "action", 2L), "Why it came."));
    private static final byte[] HTTPS =
            FrameBuilder.ethernet(0x0200_0000_0002L, 0x0200_0000_0001L)
                    .ipv4(0x0a000001, 0x0a000002)
                    .tcp(40_000, 443, 0x012)
                    .build();
    private static final byte[] DNS6 =
            FrameBuilder.ethernet(0x0200_0000_0002L, 0x0200_0000_0001L)
                    .vlan(5)
                    .ipv6(0xfe80_0000_0000_0000L, 1, 0xfe80_0000_0000_0000L, 2)
                    .udp(40_000, 53)
                    .build();
    private static final byte[] ARP =
            FrameBuilder.ethernet(-1, 0x0200_0000_0001L)
                    .arp(1, 0x0200_0000_0001L, 0x0a000001, 0, 0x0a000002)
                    .build();

    @Test
    void shouldChooseByPortProtocolAndField() {
        assertThat(chosen("in_port=vm3 and tcp and not dst=443", HTTPS)).isFalse();
        assertThat(chosen("in_port=vm3 and tcp and dst=443", HTTPS)).isTrue();
        assertThat(chosen("in_port='vm3', tcp, tcp_dst in (80, 443)", HTTPS)).isTrue();
        assertThat(chosen("in_port=br-int.7 or udp", HTTPS)).isFalse();
        assertThat(chosen("udp6 and dl_vlan=5 and tp_dst<100 and tp_src>1023", DNS6)).isTrue();
        assertThat(chosen("", DNS6)).isTrue();
    }

    @Test
    void shouldTellByTheValueWhatSrcDstAndHostMean() {
        assertThat(chosen("src=02:00:00:00:00:01", ARP)).isTrue();
        assertThat(chosen("dst=10.0.0.0/24", ARP)).isTrue();
        assertThat(chosen("dst=10.0.0.0/30", HTTPS)).isTrue();
        assertThat(chosen("host=10.0.0.1 and not host=10.0.0.3", HTTPS)).isTrue();
        assertThat(chosen("host=fe80::2", DNS6)).isTrue();
        assertThat(chosen("host=fe80::/64,!host=fe80::/127", DNS6)).isFalse();
        assertThat(chosen("src=40000", DNS6)).isTrue();
        assertThat(chosen("src=40000", ARP)).isFalse();
    }

    @Test
    void shouldReadFlagsByName() {
        assertThat(chosen("tcp_flags=+syn+ack-rst", HTTPS)).isTrue();
        assertThat(chosen("tcp_flags=syn|ack", HTTPS)).isTrue();
        assertThat(chosen("tcp_flags=syn", HTTPS)).isFalse();
        assertThat(chosen("ct_state=+trk", HTTPS)).isFalse();
        assertThat(chosen("nw_frag=not_later", HTTPS)).isTrue();
    }

    @Test
    void shouldAskForMeasures() {
        FlowKey key = key(HTTPS);
        Filter filter = Filter.parse("length>=60 and type=miss", PORTS, MEASURES);
        assertThat(filter.matches(key, new long[] {60, 1})).isTrue();
        assertThat(filter.matches(key, new long[] {59, 1})).isFalse();
        assertThat(filter.matches(key, new long[] {60, 2})).isFalse();
    }

    @Test
    void shouldSayWhereAndWhatWasExpected() {
        fails("tcp and and udp", 8, "a field");
        fails("nw_src=10.0.0", 7, "an IPv4 address");
        fails("nw_src", 6, "= or another comparison");
        fails("(tcp", 4, "')'");
        fails("tcp udp", 4, "and, or, or the end");
        fails("in_port=vm4", 8, "a port's name or number");
        fails("vlan_pcp=8", 9, "a number of at most 3 bits");
        fails("ipv6_src>::1", 9, "= or != here: ipv6_src has no order");
        fails("type=hit", 5, "one of");
        fails("in_port=\"vm3", 8, "this quote closed");
        fails("tcp_flags=+syn-syn", 10, "TCP flags");
        fails("(".repeat(1000), 64, "at most 64 levels");
        assertThatThrownBy(() -> parse("tcp and tp_dst=x"))
                .hasMessageContaining("\ntcp and tp_dst=x\n               ^");
    }

    @Test
    void shouldSayOfAFlowThatItMayMatch() {
        FlowKey key = key(HTTPS);
        FlowMask mask = new FlowMask().exact(FlowField.DL_TYPE).exact(FlowField.NW_PROTO);
        assertThat(parse("tcp").test(key, mask, new long[2])).isEqualTo(Truth.YES);
        assertThat(parse("udp").test(key, mask, new long[2])).isEqualTo(Truth.NO);
        assertThat(parse("tcp_dst=80").test(key, mask, new long[2])).isEqualTo(Truth.MAYBE);
        assertThat(parse("not tcp_dst=80").test(key, mask, new long[2])).isEqualTo(Truth.MAYBE);
        assertThat(parse("nw_ttl<=255").test(key, mask, new long[2])).isEqualTo(Truth.YES);
    }

    @Property(tries = 5_000)
    void shouldMeanWhatANaiveReaderTakesItFor(@ForAll long seed) {
        Random random = new Random(seed);
        RandomFrames frames = new RandomFrames(seed);
        FlowKey key = key(frames.valid());
        key.set(FlowField.IN_PORT, random.nextInt(4));
        NaiveFilter naive = NaiveFilter.random(random, key, 4);
        Filter filter = Filter.parse(naive.text(), PORTS, MEASURES);
        for (int i = 0; i < 10; i++) {
            assertThat(filter.matches(key))
                    .as("%s%nof %s", filter, key)
                    .isEqualTo(naive.means().test(key));
            key = key(frames.valid());
            key.set(FlowField.IN_PORT, random.nextInt(4));
        }
    }

    @Property(tries = 5_000)
    void shouldSayOfAFlowOnlyWhatHoldsForAllItsPackets(@ForAll long seed) {
        Random random = new Random(seed);
        RandomFrames frames = new RandomFrames(seed);
        FlowKey key = key(frames.valid());
        FlowMask mask = new FlowMask();
        for (FlowField field : FlowField.values()) {
            if (random.nextBoolean()) {
                mask.exact(field);
            }
        }
        Filter filter = Filter.parse(NaiveFilter.random(random, key, 4).text(), PORTS, MEASURES);
        Truth truth = filter.test(key, mask, new long[2]);
        for (int i = 0; i < 10; i++) {
            FlowKey packet = key(frames.valid());
            for (int w = 0; w < FlowKey.WORDS; w++) {
                long significant = mask.words()[w];
                packet.words()[w] = packet.words()[w] & ~significant | key.words()[w] & significant;
            }
            if (truth != Truth.MAYBE) {
                assertThat(filter.matches(packet)).as("%s", filter).isEqualTo(truth == Truth.YES);
            }
        }
    }

    private static void fails(String text, int offset, String expected) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOfSatisfying(
                        FlowSyntaxException.class,
                        e -> {
                            assertThat(e.offset()).isEqualTo(offset);
                            assertThat(e.expected()).startsWith(expected);
                        });
    }

    private static Filter parse(String text) {
        return Filter.parse(text, PORTS, MEASURES);
    }

    private static boolean chosen(String text, byte[] frame) {
        return parse(text).matches(key(frame));
    }

    private static FlowKey key(byte[] frame) {
        ByteBuffer buffer =
                ByteBuffer.allocateDirect(frame.length).order(ByteOrder.nativeOrder()).put(frame);
        FlowKey key = new FlowKey();
        new FlowExtractor().extract(buffer, 0, frame.length, 3, key);
        return key;
    }
}
