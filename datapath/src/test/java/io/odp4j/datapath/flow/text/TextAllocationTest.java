package io.odp4j.datapath.flow.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.odp4j.datapath.netlink.MessageWriter;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Text of flows is written and read without garbage: gated here, for flows of a real kernel. */
class TextAllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int ROUNDS = 40;

    private final List<Corpus.Recorded> rows = Corpus.recorded().subList(0, 100);
    private final ByteBuffer keyBuffer = buffer();
    private final ByteBuffer maskBuffer = buffer();
    private final MessageWriter key = new MessageWriter();
    private final MessageWriter mask = new MessageWriter();
    private final StringBuilder out = new StringBuilder(1 << 14);

    private static ByteBuffer buffer() {
        return ByteBuffer.allocateDirect(1 << 16).order(ByteOrder.nativeOrder());
    }

    @Test
    void shouldFormatFlowsWithoutAllocation() {
        FlowFormatter formatter = new FlowFormatter(FlowTextOptions.MORE);
        List<ByteBuffer> keys = rows.stream().map(row -> Corpus.bytes(row.key())).toList();
        List<ByteBuffer> masks = rows.stream().map(row -> Corpus.bytes(row.mask())).toList();
        assertAllocatesNothing(
                () -> {
                    for (int i = 0; i < keys.size(); i++) {
                        ByteBuffer k = keys.get(i);
                        ByteBuffer m = masks.get(i);
                        out.setLength(0);
                        formatter.format(out, k, 0, k.limit(), m, 0, m.limit());
                    }
                });
    }

    @Test
    void shouldFormatActionsWithoutAllocation() {
        ActionFormatter formatter = new ActionFormatter(FlowTextOptions.PLAIN);
        List<ByteBuffer> actions =
                rows.stream()
                        // A percentage is a number of any precision.
                        .filter(row -> !row.briefActions().contains("sample("))
                        .map(row -> Corpus.bytes(row.actions()))
                        .toList();
        assertThat(actions).hasSizeGreaterThan(50);
        assertAllocatesNothing(
                () -> {
                    for (int i = 0; i < actions.size(); i++) {
                        ByteBuffer a = actions.get(i);
                        out.setLength(0);
                        formatter.format(out, a, 0, a.limit());
                    }
                });
    }

    @Test
    void shouldReadFlowsWithoutAllocation() {
        FlowParser parser = new FlowParser();
        List<String> texts =
                rows.stream()
                        .map(Corpus.Recorded::verboseKey)
                        .filter(text -> !text.contains("in_port(textdp)"))
                        .toList();
        assertAllocatesNothing(
                () -> {
                    for (int i = 0; i < texts.size(); i++) {
                        key.wrap(keyBuffer, 0, keyBuffer.capacity());
                        mask.wrap(maskBuffer, 0, maskBuffer.capacity());
                        parser.parse(texts.get(i), key, mask);
                    }
                });
    }

    @Test
    void shouldReadActionsWithoutAllocation() {
        ActionParser parser = new ActionParser();
        List<String> texts =
                rows.stream()
                        .map(Corpus.Recorded::briefActions)
                        .filter(text -> !text.contains("sample("))
                        .toList();
        assertThat(texts).hasSizeGreaterThan(50);
        assertAllocatesNothing(
                () -> {
                    for (int i = 0; i < texts.size(); i++) {
                        key.wrap(keyBuffer, 0, keyBuffer.capacity());
                        parser.parse(texts.get(i), key);
                    }
                });
    }

    private static void assertAllocatesNothing(Runnable work) {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            work.run();
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).isZero();
    }
}
