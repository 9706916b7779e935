package io.odp4j.datapath.embedded.fragment;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.datapath.flow.Protocol;
import io.odp4j.datapath.netlink.Errno;
import io.odp4j.datapath.packet.FrameBuilder;
import io.odp4j.datapath.packet.RandomFrames;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What depends on time and room, which a comparison with a kernel does not reach, and the sums. */
class DefragmenterTest {
    private static final long SECOND = 1000;
    private static final int NETWORK = 14;

    private final Defragmenter fragments = new Defragmenter();
    private long now = SECOND;

    private int give(byte[] frame, boolean ipv6, int zone) {
        ByteBuffer b = RandomFrames.buffer(frame);
        return fragments.gather(b, 0, NETWORK, frame.length, ipv6, zone, 1, now);
    }

    private int give(byte[] frame) {
        return give(frame, false, 0);
    }

    private static byte[] ipv4(int source, int id, int offset, int length, boolean more) {
        byte[] frame =
                FrameBuilder.ethernet(1, 2)
                        .ipv4(source, 2)
                        .fragment(offset / 8, more)
                        .proto(Protocol.IP_UDP)
                        .payload(length)
                        .build();
        frame[NETWORK + 4] = (byte) (id >> 8);
        frame[NETWORK + 5] = (byte) id;
        return frame;
    }

    private static byte[] ipv6(int source, int offset, int length, boolean more) {
        return FrameBuilder.ethernet(1, 2)
                .ipv6(0, source, 0, 2)
                .fragment(offset / 8, more)
                .proto(Protocol.IP_UDP)
                .payload(length)
                .build();
    }

    private void checkSums() {
        assertThat(fragments.taken())
                .isEqualTo(
                        fragments.joined()
                                + fragments.dropped()
                                + fragments.expired(now)
                                + fragments.waiting());
    }

    @Property(tries = 300)
    void shouldHaveThePacketAgainWhateverTheOrderOfItsFragments(
            @ForAll boolean six,
            @ForAll @IntRange(min = 9, max = 60_000) int size,
            @ForAll @IntRange(min = 1, max = 400) int units,
            @ForAll long seed) {
        Defragmenter anew = new Defragmenter();
        Random random = new Random(seed);
        byte[] payload = new byte[size];
        random.nextBytes(payload);
        List<byte[]> frames = new ArrayList<>();
        for (int at = 0; at < size; at += 8 * units) {
            int length = Math.min(8 * units, size - at);
            byte[] piece = Arrays.copyOfRange(payload, at, at + length);
            FrameBuilder b = FrameBuilder.ethernet(1, 2);
            b = six ? b.ipv6(0, 1, 0, 2) : b.ipv4(1, 2);
            b = b.fragment(at / 8, at + length < size).proto(200);
            frames.add(b.payload(piece).build());
        }
        Collections.shuffle(frames, random);
        FrameBuilder b = FrameBuilder.ethernet(1, 2);
        byte[] whole =
                (six ? b.ipv6(0, 1, 0, 2) : b.ipv4(1, 2)).proto(200).payload(payload).build();
        for (int i = 0; i < frames.size(); i++) {
            byte[] frame = frames.get(i);
            int fate =
                    anew.gather(RandomFrames.buffer(frame), 0, NETWORK, frame.length, six, 0, 1, 0);
            boolean last = i == frames.size() - 1;
            assertThat(fate).isEqualTo(last ? Defragmenter.WHOLE : Defragmenter.KEPT);
        }
        byte[] joined = new byte[anew.wholeLength()];
        anew.whole().get(0, joined);
        assertThat(joined).isEqualTo(whole);
        assertThat(anew.waiting()).isZero();
        assertThat(anew.joined()).isEqualTo(frames.size());

        // And what leaves again is what came, but for the number that IPv6 draws.
        List<byte[]> sent = new ArrayList<>();
        boolean cut =
                new Fragmenter()
                        .cut(
                                anew.whole(),
                                0,
                                NETWORK,
                                joined.length,
                                false,
                                six,
                                anew.longest(),
                                anew.pieces(),
                                (frame, offset, length) -> {
                                    byte[] copy = new byte[length];
                                    frame.get(offset, copy);
                                    sent.add(copy);
                                });
        assertThat(cut).isTrue();
        assertThat(sent).hasSameSizeAs(frames);
        frames.sort((x, y) -> Integer.compare(offset(x, six), offset(y, six)));
        for (int i = 0; i < sent.size(); i++) {
            byte[] frame = sent.get(i);
            if (six) {
                System.arraycopy(frames.get(i), 58, frame, 58, 4);
            }
            assertThat(frame).isEqualTo(frames.get(i));
        }
    }

    private static int offset(byte[] frame, boolean six) {
        int at = six ? 56 : NETWORK + 6;
        int field = (frame[at] & 0xff) << 8 | frame[at + 1] & 0xff;
        return six ? field & ~7 : field & 0x1fff;
    }

    @Test
    void shouldGiveUpAPacketAfterHalfAMinuteAndOverIpv6AfterAMinute() {
        assertThat(give(ipv4(1, 7, 0, 64, true))).isEqualTo(Defragmenter.KEPT);
        assertThat(give(ipv6(1, 0, 64, true), true, 0)).isEqualTo(Defragmenter.KEPT);
        now += 29 * SECOND;
        assertThat(fragments.expired(now)).isZero();
        now += SECOND;
        assertThat(fragments.expired(now)).isEqualTo(1);
        assertThat(give(ipv4(1, 7, 64, 8, false))).isEqualTo(Defragmenter.KEPT);
        now += 29 * SECOND;
        assertThat(give(ipv6(1, 64, 8, false), true, 0)).isEqualTo(Defragmenter.WHOLE);
        checkSums();
    }

    @Test
    void shouldKeepZonesApart() {
        assertThat(give(ipv4(1, 7, 0, 64, true), false, 1)).isEqualTo(Defragmenter.KEPT);
        assertThat(give(ipv4(1, 7, 64, 8, false), false, 2)).isEqualTo(Defragmenter.KEPT);
        assertThat(give(ipv4(1, 7, 64, 8, false), false, 1)).isEqualTo(Defragmenter.WHOLE);
        assertThat(fragments.waiting()).isEqualTo(1);
    }

    @Test
    void shouldBeginNoMorePacketsWhenThereIsNoRoomAndAgainWhenThereIs() {
        int begun = 0;
        int fate = Defragmenter.KEPT;
        while (fate == Defragmenter.KEPT) {
            fate = give(ipv4(begun, 7, 0, 1400, true));
            begun++;
        }
        assertThat(fate).isEqualTo(Errno.ENOMEM.number());
        assertThat(begun).isBetween(1500, 1800);
        assertThat(give(ipv4(0, 7, 1400, 8, false))).isEqualTo(Defragmenter.WHOLE);
        assertThat(give(ipv4(0, 8, 0, 1400, true))).isEqualTo(Defragmenter.KEPT);
        now += 31 * SECOND;
        checkSums();
        assertThat(fragments.waiting()).isZero();
        assertThat(give(ipv4(0, 9, 0, 1400, true))).isEqualTo(Defragmenter.KEPT);
    }

    @Test
    void shouldNotBeginPacketsWithoutEndByFragmentsWithoutBytes() {
        int fate = Errno.EINVAL.number();
        int begun = 0;
        while (fate == Errno.EINVAL.number()) {
            byte[] frame = ipv6(1, 8, 0, false);
            frame[58] = (byte) (begun >> 16);
            frame[59] = (byte) (begun >> 8);
            frame[60] = (byte) begun;
            fate = give(frame, true, 0);
            begun++;
            assertThat(begun).isLessThan(10_000);
        }
        assertThat(fate).isEqualTo(Errno.ENOMEM.number());
        now += 61 * SECOND;
        checkSums();
        assertThat(give(ipv6(1, 0, 64, false), true, 0)).isEqualTo(Defragmenter.WHOLE);
    }

    @Test
    void shouldBeginAnewWhatItsSourceMustHaveForgotten() {
        assertThat(give(ipv4(1, 7, 0, 64, true))).isEqualTo(Defragmenter.KEPT);
        for (int i = 0; i < 64; i++) {
            assertThat(give(ipv4(1, 1000 + i, 0, 64, true))).isEqualTo(Defragmenter.KEPT);
        }
        assertThat(give(ipv4(1, 7, 64, 8, false))).isEqualTo(Defragmenter.KEPT);
        assertThat(give(ipv4(1, 7, 0, 64, true))).isEqualTo(Defragmenter.WHOLE);
        assertThat(fragments.dropped()).isEqualTo(1);
        checkSums();
    }

    @Test
    void shouldDropAllThatOverlaps() {
        assertThat(give(ipv4(1, 7, 0, 64, true))).isEqualTo(Defragmenter.KEPT);
        assertThat(give(ipv4(1, 7, 0, 64, true))).isEqualTo(Errno.EINVAL.number());
        assertThat(fragments.waiting()).isEqualTo(1);
        assertThat(give(ipv4(1, 7, 56, 64, true))).isEqualTo(Errno.EINVAL.number());
        assertThat(fragments.waiting()).isZero();
        assertThat(fragments.dropped()).isEqualTo(3);
        checkSums();
    }
}
