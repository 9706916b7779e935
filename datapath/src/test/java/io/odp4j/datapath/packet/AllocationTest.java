package io.odp4j.datapath.packet;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowKeyDecoder;
import io.odp4j.datapath.flow.FlowKeyEncoder;
import io.odp4j.datapath.flow.FlowMask;
import io.odp4j.datapath.netlink.MessageWriter;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What runs for every packet on the slow path allocates nothing: gated here, for any kind of
 * packet.
 */
class AllocationTest {
    private static final int FRAMES = 500;
    private static final int SLOT = 2048;

    private final ByteBuffer frames = buffer(FRAMES * SLOT);
    private final int[] frameLengths = new int[FRAMES];
    private final ByteBuffer attributes = buffer(FRAMES * SLOT);
    private final int[] attributeLengths = new int[FRAMES];
    private final FlowKey[] keys = new FlowKey[FRAMES];
    private final FlowExtractor extractor = new FlowExtractor();
    private final FlowKey key = new FlowKey();
    private final FlowMask mask = new FlowMask();
    private final MessageWriter writer = new MessageWriter();
    private final ByteBuffer out = buffer(2 * SLOT);

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    @BeforeEach
    void makeFrames() {
        RandomFrames random = new RandomFrames(7);
        for (int i = 0; i < FRAMES; i++) {
            byte[] frame = random.next();
            frames.put(i * SLOT, frame);
            frameLengths[i] = frame.length;
            keys[i] = new FlowKey();
            extractor.extract(frames, i * SLOT, frame.length, i, keys[i]);
            if (i % 3 == 0) {
                keys[i].set(FlowField.TUN_DST, 1).set(FlowField.TUN_OPTS_LEN, 8);
                keys[i].carryFromContents();
            }
            writer.wrap(attributes, i * SLOT, SLOT);
            FlowKeyEncoder.encodeKey(keys[i], writer);
            attributeLengths[i] = writer.written();
        }
        mask.exact(FlowField.IN_PORT).exact(FlowField.TP_DST).prefix(FlowField.NW_DST, 24);
    }

    @Test
    void shouldExtractWithoutAllocation() {
        assertAllocatesNothing(
                () -> {
                    for (int i = 0; i < FRAMES; i++) {
                        extractor.extract(frames, i * SLOT, frameLengths[i], 1, key);
                    }
                });
    }

    @Test
    void shouldDecodeWithoutAllocation() {
        assertAllocatesNothing(
                () -> {
                    for (int i = 0; i < FRAMES; i++) {
                        FlowKeyDecoder.decodeKey(attributes, i * SLOT, attributeLengths[i], key);
                    }
                });
    }

    @Test
    void shouldEncodeKeysAndMasksWithoutAllocation() {
        assertAllocatesNothing(
                () -> {
                    for (int i = 0; i < FRAMES; i++) {
                        writer.wrap(out, 0, out.capacity());
                        FlowKeyEncoder.encodeKey(keys[i], writer);
                        FlowKeyEncoder.encodeMask(keys[i], mask, writer);
                    }
                });
    }

    private static void assertAllocatesNothing(Runnable work) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        for (int i = 0; i < 200; i++) {
            work.run();
        }
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 20; i++) {
            long before = threads.getThreadAllocatedBytes(thread);
            work.run();
            least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
        }
        assertThat(least).isZero();
    }
}
