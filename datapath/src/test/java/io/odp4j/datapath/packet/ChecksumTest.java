package io.odp4j.datapath.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.datapath.netlink.AttributeReader;
import java.nio.ByteBuffer;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ChecksumTest {
    @Test
    void shouldComputeTheExampleOfRfc1071() {
        ByteBuffer bytes =
                RandomFrames.buffer(
                        new byte[] {
                            0, 1, (byte) 0xf2, 3, (byte) 0xf4, (byte) 0xf5, (byte) 0xf6, (byte) 0xf7
                        });
        assertThat(Checksum.fold(Checksum.sum(bytes, 0, 8))).isEqualTo(~0xddf2 & 0xffff);
    }

    @Test
    void shouldComputeTheCheckValueOfCrc32c() {
        ByteBuffer bytes = RandomFrames.buffer("123456789".getBytes());
        assertThat(Integer.reverseBytes(Checksum.sctp(bytes, 0, 9))).isEqualTo(0xe3069283);
    }

    @Property(tries = 500)
    void shouldSumWordByWord(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] bytes = new byte[random.nextInt(70)];
        random.nextBytes(bytes);
        long sum = 0;
        for (int i = 0; i < bytes.length; i++) {
            sum += (bytes[i] & 0xff) << (i % 2 == 0 ? 8 : 0);
        }
        assertThat(Checksum.fold(Checksum.sum(RandomFrames.buffer(bytes), 0, bytes.length)))
                .isEqualTo(Checksum.fold(sum));
    }

    @Property(tries = 500)
    void shouldUpdateAsIfComputedAnew(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] bytes = new byte[40];
        random.nextBytes(bytes);
        ByteBuffer buffer = RandomFrames.buffer(bytes);
        int before = Checksum.fold(Checksum.sum(buffer, 0, 40));
        int at = 4 * random.nextInt(10);
        int old = AttributeReader.be32(buffer, at);
        int changed = random.nextInt();
        buffer.put(at, (byte) (changed >>> 24)).put(at + 1, (byte) (changed >>> 16));
        buffer.put(at + 2, (byte) (changed >>> 8)).put(at + 3, (byte) changed);
        assertThat(Checksum.update32(before, old, changed))
                .isEqualTo(Checksum.fold(Checksum.sum(buffer, 0, 40)));
    }

    @Property(tries = 500)
    void shouldFillInChecksumsThatHold(@ForAll int src, @ForAll int dst, @ForAll byte[] payload) {
        byte[] frame =
                FrameBuilder.ethernet(1, 2).ipv4(src, dst).udp(1, 2).payload(payload).build();
        ByteBuffer b = RandomFrames.buffer(frame);
        assertThat(Checksum.fold(Checksum.sum(b, 14, 20))).isZero();
        long sum = Checksum.pseudoIpv4(b, 14, 17, frame.length - 34);
        assertThat(Checksum.fold(sum + Checksum.sum(b, 34, frame.length - 34))).isZero();
        frame =
                FrameBuilder.ethernet(1, 2)
                        .ipv6(src, dst, 3, 4)
                        .tcp(1, 2, 3)
                        .payload(payload)
                        .build();
        b = RandomFrames.buffer(frame);
        sum = Checksum.pseudoIpv6(b, 14, 6, frame.length - 54);
        assertThat(Checksum.fold(sum + Checksum.sum(b, 54, frame.length - 54))).isZero();
    }
}
