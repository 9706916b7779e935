package io.odp4j.datapath.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowKeyDecoder;
import io.odp4j.datapath.flow.FlowKeyEncoder;
import io.odp4j.datapath.flow.KeyAttributes;
import io.odp4j.datapath.flow.Protocol;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.netlink.table.AttributeSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class FlowExtractorTest {
    private static final long DST = 0x0200_0000_0002L;
    private static final long SRC = 0x0200_0000_0001L;

    private final FlowExtractor extractor = new FlowExtractor();

    private FlowKey key(byte[] frame) {
        FlowKey key = new FlowKey();
        assertThat(extractor.extract(RandomFrames.buffer(frame), 0, frame.length, 3, key)).isTrue();
        return key;
    }

    private static boolean carries(FlowKey key, AttributeSpec spec) {
        return key.carries(spec.number());
    }

    @Test
    void shouldExtractTcpBehindATag() {
        FlowKey key =
                key(
                        FrameBuilder.ethernet(DST, SRC)
                                .vlan(5)
                                .ipv4(0x0a000001, 0x0a000002)
                                .tos(0x10)
                                .ttl(63)
                                .options((byte) 1)
                                .tcp(1234, 80, 0xa12)
                                .build());
        assertThat(key.dlDst()).isEqualTo(DST);
        assertThat(key.dlSrc()).isEqualTo(SRC);
        assertThat(key.inPort()).isEqualTo(3);
        assertThat(key.vlanTci()).isEqualTo(0x1005);
        assertThat(key.get(FlowField.VLAN_TPID)).isEqualTo(0x8100);
        assertThat(key.dlType()).isEqualTo(0x0800);
        assertThat(key.get(FlowField.NW_SRC)).isEqualTo(0x0a000001);
        assertThat(key.get(FlowField.NW_DST)).isEqualTo(0x0a000002);
        assertThat(key.get(FlowField.NW_TOS)).isEqualTo(0x10);
        assertThat(key.get(FlowField.NW_TTL)).isEqualTo(63);
        assertThat(key.get(FlowField.NW_PROTO)).isEqualTo(6);
        assertThat(key.get(FlowField.TP_SRC)).isEqualTo(1234);
        assertThat(key.get(FlowField.TP_DST)).isEqualTo(80);
        assertThat(key.get(FlowField.TCP_FLAGS)).isEqualTo(0xa12);
    }

    @Test
    void shouldLeaveALaterFragmentWithoutPorts() {
        FlowKey key =
                key(FrameBuilder.ethernet(DST, SRC).ipv4(1, 2).fragment(3, true).udp(7, 8).build());
        assertThat(key.get(FlowField.NW_FRAG)).isEqualTo(2);
        assertThat(key.get(FlowField.NW_PROTO)).isEqualTo(17);
        assertThat(key.get(FlowField.TP_SRC)).isZero();
        assertThat(carries(key, KeyAttributes.UDP)).isFalse();
    }

    @Test
    void shouldSayOfALaterIpv6FragmentOnlyThatItIsOne() {
        FlowKey key =
                key(
                        FrameBuilder.ethernet(DST, SRC)
                                .ipv6(1, 2, 3, 4)
                                .fragment(9, false)
                                .tcp(7, 8, 2)
                                .build());
        assertThat(key.get(FlowField.NW_FRAG)).isEqualTo(2);
        assertThat(key.get(FlowField.NW_PROTO)).isEqualTo(Protocol.IPV6_FRAGMENT);
        assertThat(key.get(FlowField.IPV6_EXTHDRS)).isEqualTo(Ipv6HeaderOrder.FRAGMENT);
    }

    @Test
    void shouldReadNeighbourOptionsUnlessOneStandsTwice() {
        FrameBuilder frame =
                FrameBuilder.ethernet(DST, SRC)
                        .ipv6(1, 2, 3, 4)
                        .neighbour(135, 0x20010db8_00000000L, 7)
                        .neighbourOption(1, SRC);
        FlowKey key = key(frame.build());
        assertThat(key.get(FlowField.ND_TARGET)).isEqualTo(0x20010db8_00000000L);
        assertThat(key.get(FlowField.ND_SLL)).isEqualTo(SRC);
        key = key(frame.neighbourOption(1, DST).build());
        assertThat(key.get(FlowField.ND_TARGET)).isZero();
        assertThat(key.get(FlowField.ND_SLL)).isZero();
        assertThat(carries(key, KeyAttributes.ND)).isTrue();
    }

    @Test
    void shouldCountLabelsToTheBottomOfTheStack() {
        FrameBuilder frame = FrameBuilder.ethernet(DST, SRC).mpls(16, 0, 64).mpls(17, 1, 63);
        FlowKey key = key(frame.build());
        assertThat(key.mplsCount()).isEqualTo(2);
        assertThat(key.get(FlowField.MPLS_LSE0)).isEqualTo(16 << 12 | 64);
        assertThat(key.get(FlowField.MPLS_LSE1)).isEqualTo(17 << 12 | 1 << 9 | 0x100 | 63);
        byte[] bottomless = frame.build();
        bottomless[20] &= ~1;
        key = key(bottomless);
        assertThat(key.mplsCount()).isZero();
        assertThat(key.get(FlowField.MPLS_LSE0)).isZero();
        assertThat(carries(key, KeyAttributes.MPLS)).isTrue();
    }

    @Test
    void shouldRefuseWhatTheKernelDrops() {
        FlowKey key = new FlowKey();
        byte[] nsh = FrameBuilder.ethernet(DST, SRC).nsh(0, 63, 1, 0x10ff, 1, 2, 3, 4).build();
        assertThat(key(nsh).get(FlowField.NSH_C4)).isEqualTo(4);
        nsh[14] |= (byte) 0x80;
        assertThat(extractor.extract(RandomFrames.buffer(nsh), 0, nsh.length, 1, key)).isFalse();
        assertThat(extractor.extract(RandomFrames.buffer(new byte[13]), 0, 13, 1, key)).isFalse();
        assertThat(extractor.extractL3(RandomFrames.buffer(nsh), 0, 9, Protocol.ETH_VLAN, key))
                .isFalse();
    }

    @Test
    void shouldReadAPacketWithoutEthernet() {
        byte[] packet = FrameBuilder.l3().ipv4(1, 2).udp(3, 4).build();
        FlowKey key = new FlowKey();
        extractor.extractL3(RandomFrames.buffer(packet), 0, packet.length, 0x0800, key);
        assertThat(key.dlType()).isEqualTo(0x0800);
        assertThat(key.get(FlowField.TP_DST)).isEqualTo(4);
        assertThat(carries(key, KeyAttributes.ETHERNET)).isFalse();
        assertThat(carries(key, KeyAttributes.ETHERTYPE)).isTrue();
    }

    @Test
    void shouldTellSnapFromOtherLlc() {
        FlowKey key = key(FrameBuilder.ethernet(DST, SRC).snap().ipv4(1, 2).udp(3, 4).build());
        assertThat(key.dlType()).isEqualTo(0x0800);
        assertThat(key.get(FlowField.TP_SRC)).isEqualTo(3);
        key = key(FrameBuilder.ethernet(DST, SRC).llc(0x42, 0x42, 3).payload(35).build());
        assertThat(key.dlType()).isEqualTo(FlowKey.DL_TYPE_NONE);
        assertThat(carries(key, KeyAttributes.ETHERTYPE)).isFalse();
    }

    @Test
    void shouldRememberHowOldKernelsOrderExtensionHeaders() {
        byte[] frame =
                FrameBuilder.ethernet(DST, SRC)
                        .ipv6(1, 2, 3, 4)
                        .fragment(0, true)
                        .extension(Protocol.IPV6_AUTH, 0)
                        .build();
        int both = Ipv6HeaderOrder.FRAGMENT | Ipv6HeaderOrder.AUTH | Ipv6HeaderOrder.NO_NEXT;
        assertThat(key(frame).get(FlowField.IPV6_EXTHDRS)).isEqualTo(both);
        FlowKey key = new FlowKey();
        new FlowExtractor(Set.of()).extract(RandomFrames.buffer(frame), 0, frame.length, key);
        assertThat(key.get(FlowField.IPV6_EXTHDRS)).isEqualTo(both | Ipv6HeaderOrder.OUT_OF_ORDER);
    }

    @Test
    void shouldFollowIpv6HeadersAsFarAsTheRulesSay() {
        FrameBuilder frame = FrameBuilder.ethernet(DST, SRC).ipv6(1, 2, 3, 4);
        for (int i = 0; i < 13; i++) {
            frame.extension(Protocol.IPV6_DESTINATION, 0);
        }
        byte[] long13 = frame.udp(5, 6).build();
        assertThat(key(long13).get(FlowField.NW_PROTO)).isEqualTo(Protocol.IPV6_NONE);
        FlowKey key = new FlowKey();
        FlowExtractor old = new FlowExtractor(Set.of());
        old.extract(RandomFrames.buffer(long13), 0, long13.length, key);
        assertThat(key.get(FlowField.TP_DST)).isEqualTo(6);

        byte[] cut =
                FrameBuilder.ethernet(DST, SRC)
                        .ipv6(1, 2, 3, 4)
                        .extension(Protocol.IPV6_HOP_BY_HOP, 0)
                        .udp(5, 6)
                        .build();
        cut = Arrays.copyOf(cut, 14 + 40 + 7);
        assertThat(key(cut).get(FlowField.NW_PROTO)).isEqualTo(Protocol.IPV6_NONE);
        old.extract(RandomFrames.buffer(cut), 0, cut.length, key);
        assertThat(key.get(FlowField.NW_PROTO)).isEqualTo(Protocol.IP_UDP);
    }

    @Property(tries = 20_000)
    void shouldReadNothingBeyondTheFrame(@ForAll long seed) {
        RandomFrames frames = new RandomFrames(seed);
        byte[] frame = frames.next();
        FlowKey key = new FlowKey();
        // The buffer ends with the frame: a read beyond it throws.
        extractor.extract(RandomFrames.buffer(frame), 0, frame.length, 1, key);
        extractor.extractL3(
                RandomFrames.buffer(frame), 14, frame.length - 14, Protocol.ETH_IPV6, key);
    }

    @Property(tries = 5000)
    void shouldRecordTheAttributesWithWhichTheKeyIsWrittenAndReadAgain(@ForAll long seed) {
        byte[] frame = new RandomFrames(seed).next();
        FlowKey key = new FlowKey();
        if (!extractor.extract(RandomFrames.buffer(frame), 0, frame.length, 1, key)) {
            return;
        }
        ByteBuffer buffer = ByteBuffer.allocateDirect(2048).order(ByteOrder.nativeOrder());
        MessageWriter writer = new MessageWriter().wrap(buffer, 0, buffer.capacity());
        FlowKeyEncoder.encodeKey(key, writer);
        FlowKey again = new FlowKey();
        FlowKeyDecoder.decodeKey(buffer, 0, writer.written(), again);
        assertThat(again).isEqualTo(key);
    }

    @Property(tries = 5000)
    void shouldAgreeWithWhatTheContentsSay(@ForAll long seed) {
        byte[] frame = new RandomFrames(seed).valid();
        FlowKey key = new FlowKey();
        boolean taken = extractor.extract(RandomFrames.buffer(frame), 0, frame.length, 1, key);
        boolean cutTag = carries(key, KeyAttributes.VLAN) && !carries(key, KeyAttributes.ETHERTYPE);
        if (taken && !cutTag) {
            FlowKey byHand = new FlowKey().copyFrom(key);
            byHand.words()[FlowKey.ATTRIBUTES] = 0;
            byHand.words()[FlowKey.NESTED_ATTRIBUTES] = 0;
            assertThat(byHand.carryFromContents()).isEqualTo(key);
        }
    }

    @Property(tries = 1000)
    void shouldKeepTheMetadataOfAKeyAndNothingElse(@ForAll long seed) {
        RandomFrames frames = new RandomFrames(seed);
        FlowKey key = new FlowKey();
        Arrays.fill(key.words(), 0, FlowField.DL_DST.word(), seed);
        key.set(FlowField.TUN_ID, seed).set(FlowField.TUN_FLAGS, FlowKey.TUN_F_KEY);
        key.carryFromContents();
        FlowKey metadata = new FlowKey().copyFrom(key);
        for (int i = 0; i < 3; i++) {
            byte[] frame = frames.next();
            extractor.extract(RandomFrames.buffer(frame), 0, frame.length, key);
            FlowKey fresh = new FlowKey();
            extractor.extract(RandomFrames.buffer(frame), 0, frame.length, 0, fresh);
            for (FlowField field : FlowField.values()) {
                boolean packet = field.word() >= 4 && field.word() < 23 || field.word() / 3 == 10;
                packet |= field.name().startsWith("NSH");
                assertThat(key.get(field))
                        .as(field.fieldName())
                        .isEqualTo((packet ? fresh : metadata).get(field));
            }
            assertThat(carries(key, KeyAttributes.TUNNEL)).isTrue();
        }
    }

    @Test
    void shouldRefuseARunBeyondTheBuffer() {
        ByteBuffer buffer = RandomFrames.buffer(new byte[20]);
        assertThatThrownBy(() -> extractor.extract(buffer, 10, 14, 1, new FlowKey()))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }
}
