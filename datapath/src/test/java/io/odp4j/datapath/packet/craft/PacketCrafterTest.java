package io.odp4j.datapath.packet.craft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowKeyEncoder;
import io.odp4j.datapath.flow.KeyAttributes;
import io.odp4j.datapath.flow.text.FlowFormatter;
import io.odp4j.datapath.flow.text.FlowSyntaxException;
import io.odp4j.datapath.flow.text.FlowTextOptions;
import io.odp4j.datapath.flow.text.PortNames;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.packet.FlowExtractor;
import io.odp4j.datapath.packet.FrameBuilder;
import io.odp4j.datapath.packet.RandomFrames;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PacketCrafterTest {
    private static final PortNames PORTS = PortNames.of(Map.of("vm3", 3));

    private final FlowExtractor extractor = new FlowExtractor();
    private final ByteBuffer bytes =
            ByteBuffer.allocateDirect(FlowKeyEncoder.MAX_LENGTH).order(ByteOrder.nativeOrder());

    @Property(tries = 10_000)
    void shouldMakeAPacketWithTheKeyThatADatapathPrinted(@ForAll long seed) {
        byte[] frame = new RandomFrames(seed).valid();
        FlowKey key = new FlowKey();
        // A chain of extension headers is in the key as one bit each, and cannot be told from it.
        if (!extract(frame, key) || FlowField.IPV6_EXTHDRS.get(key.words()) != 0) {
            return;
        }
        String text = text(key);
        assertThat(craft(text).key())
                .as("%s%n%s", HexFormat.of().formatHex(frame), text)
                .isEqualTo(key);
    }

    @Property(tries = 2_000)
    void shouldHaveWhatTheTextSays(
            @ForAll int src,
            @ForAll @IntRange(max = 65535) int sport,
            @ForAll @IntRange(max = 65535) int dport,
            @ForAll @IntRange(max = 4095) int vid,
            @ForAll @IntRange(max = 255) int ttl) {
        String ip =
                (src >>> 24) + "." + (src >> 16 & 255) + "." + (src >> 8 & 255) + "." + (src & 255);
        FlowKey key =
                craft(
                                String.format(
                                        "in_port(vm3),eth(src=02:00:00:00:00:0a),vlan(vid=%d,pcp=5),"
                                                + "ipv4(src=%s,ttl=%d),udp(dst=%d, src=0x%x)",
                                        vid, ip, ttl, dport, sport))
                        .key();
        assertThat(key.inPort()).isEqualTo(3);
        assertThat(key.dlSrc()).isEqualTo(0x0200_0000_000aL);
        assertThat(key.vlanTci()).isEqualTo(5 << 13 | 0x1000 | vid);
        assertThat((int) key.get(FlowField.NW_SRC)).isEqualTo(src);
        assertThat(key.get(FlowField.NW_TTL)).isEqualTo(ttl);
        assertThat(key.get(FlowField.NW_PROTO)).isEqualTo(17);
        assertThat(key.get(FlowField.TP_SRC)).isEqualTo(sport);
        assertThat(key.get(FlowField.TP_DST)).isEqualTo(dport);
    }

    @Test
    void shouldFillInTheHeadersThatOthersNeed() {
        assertThat(craft("udp(dst=53)").frame())
                .isEqualTo(
                        FrameBuilder.ethernet(0x0200_0000_0002L, 0x0200_0000_0001L)
                                .ipv4(0x0a000001, 0x0a000002)
                                .udp(49152, 53)
                                .padTo(60)
                                .build());
        assertThat(text(craft("nd(target=fe80::9)").key())).contains("icmpv6(type=135,code=0)");
        assertThat(text(craft("icmpv6(type=136,code=20),nd(target=::)").key())).contains("code=20");
        assertThat(text(craft("eth_type(0x0800)").key())).contains("ipv4(src=10.0.0.1");
        assertThat(text(craft("ipv4(proto=6),payload(\"x\")").key())).contains("tcp(src=");
    }

    @Test
    void shouldPutAPacketIntoATunnel() {
        byte[] inner =
                FrameBuilder.ethernet(0x0200_0000_0002L, 0x0200_0000_0001L)
                        .ipv4(0x0a000001, 0x0a000003)
                        .icmp(8, 0)
                        .build();
        byte[] frame = craft("vxlan(vni=7),eth(),ipv4(dst=10.0.0.3),icmp()").frame();
        assertThat(HexFormat.of().formatHex(frame))
                .endsWith("0800000000000700" + HexFormat.of().formatHex(inner));
        assertThat(craft("vxlan(vni=7)").key().get(FlowField.TP_DST)).isEqualTo(4789);
        assertThat(craft("geneve(vni=7)").key().get(FlowField.TP_DST)).isEqualTo(6081);
        assertThat(HexFormat.of().formatHex(craft("gre(key=9),ipv6(),tcp()").frame()))
                .contains("200086dd00000009" + "6");
    }

    @Test
    void shouldTakeAPayload() {
        String end = "udp(),payload(\"a (b), c\"),payload(0x0102),payload(length=3)";
        byte[] expected = "a (b), c".getBytes(StandardCharsets.UTF_8);
        assertThat(HexFormat.of().formatHex(craft(end).frame()))
                .contains(HexFormat.of().formatHex(expected) + "0102" + "000102");
    }

    @Test
    void shouldReadALineOfADump() {
        CraftedPacket packet =
                craft(
                        "ufid:01234567-89ab-cdef-0123-456789abcdef, recirc_id(0x1),"
                                + "tunnel(tun_id=0x5,src=1.1.1.1,dst=2.2.2.2,flags(df|key)),in_port(2),"
                                + "eth(src=00:00:00:00:00:01/ff:ff:ff:ff:ff:00),eth_type(0x0800),"
                                + "ipv4(src=10.0.0.0/255.0.0.0,proto=6,frag=no),tcp_flags(+syn-ack),"
                                + " packets:1, bytes:2, used:0.1s, actions:drop");
        assertThat(packet.metadata().number(KeyAttributes.IN_PORT, 0)).isEqualTo(2);
        FlowKey key = packet.key();
        assertThat(key.recircId()).isEqualTo(1);
        assertThat(key.get(FlowField.TUN_ID)).isEqualTo(5);
        assertThat(key.get(FlowField.NW_SRC)).isEqualTo(0x0a000000);
    }

    @Test
    void shouldSayWhereAndWhatWasExpected() {
        fails("eth(", 4, "')'");
        fails("eth(sorc=02:00:00:00:00:01)", 4, "dst=, src= or ')'");
        fails("udp(dst=65536)", 8, "a number of at most 16 bits");
        fails("ipv4(dst=fe80::1)", 9, "an IPv4 address");
        fails("ipv4(),xtp()", 7, "one of arp, eth,");
        fails("ipv4(),ipv6()", 7, "one IP header");
        fails("udp(),eth()", 6, "eth() at the beginning");
        fails("udp() tcp", 9, "'('");
        fails("in_port(vm9)", 8, "");
        fails("in_port(1),in_port(2)", 0, "metadata that a packet can have");
        fails("payload(xyz)", 8, "\"text\"");
        fails("payload(length=65535)", 0, "a packet of at most 65000 bytes");
        fails("tcp(flags=syn|xyz)", 10, "fin, syn");
        fails("vxlan(),".repeat(20), 64, "at most 8 tunnels");
        fails("vlan(vid=5),encap(eth_type(0x0800)", 34, "')'");
    }

    private static void fails(String text, int offset, String expected) {
        assertThatThrownBy(() -> craft(text))
                .as(text)
                .isInstanceOfSatisfying(
                        FlowSyntaxException.class,
                        e -> {
                            assertThat(e.offset()).as(e.getMessage()).isEqualTo(offset);
                            assertThat(e.expected()).startsWith(expected);
                            assertThat(e.text()).isEqualTo(text);
                        });
    }

    private static CraftedPacket craft(String text) {
        return PacketCrafter.craft(text, PORTS);
    }

    private String text(FlowKey key) {
        MessageWriter writer = new MessageWriter().wrap(bytes, 0, bytes.capacity());
        FlowKeyEncoder.encodeKey(key, writer);
        StringBuilder text = new StringBuilder();
        new FlowFormatter(FlowTextOptions.PLAIN).format(text, bytes, 0, writer.written());
        return text.toString();
    }

    private boolean extract(byte[] frame, FlowKey key) {
        ByteBuffer buffer =
                ByteBuffer.allocateDirect(frame.length).order(ByteOrder.nativeOrder()).put(frame);
        return extractor.extract(buffer, 0, frame.length, 1, key);
    }
}
