package io.odp4j.upcall.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.datapath.embedded.forwarding.PacketCounter;
import io.odp4j.datapath.embedded.table.FlowTable;
import io.odp4j.datapath.embedded.table.MaskedFlowTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every packet that comes in is accounted for, while flows come and go under it. */
class PacketAccountingTest {
    private static final long SHORT = 400_000;
    private static final long LONG = 24_000_000;
    private static final long PAGE = 4096;
    private static final long MOST_GROWTH = 32 << 20;

    /** What this traffic moves. */
    private static final Set<PacketCounter> MOVED =
            EnumSet.of(
                    PacketCounter.RECEIVED,
                    PacketCounter.SENT,
                    PacketCounter.UPCALLS,
                    PacketCounter.DROPPED_BY_ACTION,
                    PacketCounter.MALFORMED,
                    PacketCounter.PORT_MISSING,
                    PacketCounter.TOO_DEEP);

    static Stream<Arguments> tables() {
        return Stream.of(
                Arguments.of("plain", (Supplier<FlowTable>) MaskedFlowTable::new),
                Arguments.of("cached", (Supplier<FlowTable>) CachedFlowTable::new));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tables")
    void shouldAccountForEveryPacket(String name, Supplier<FlowTable> tables) throws Exception {
        long seed = System.nanoTime();
        System.out.println("mixed traffic, " + name + " table: seed " + seed);
        try (MixedTraffic traffic = new MixedTraffic(tables, seed)) {
            traffic.run(SHORT);
            check(traffic, SHORT);
            for (PacketCounter counter : PacketCounter.values()) {
                assertThat(count(traffic, counter) > 0)
                        .as(counter.label())
                        .isEqualTo(MOVED.contains(counter));
            }
        }
    }

    @Test
    @Tag("nightly")
    void shouldAccountForTwentyFourMillionPacketsInTheSameMemory() throws Exception {
        try (MixedTraffic traffic = new MixedTraffic(CachedFlowTable::new, 24)) {
            traffic.run(LONG / 4);
            long before = residentBytes();
            traffic.run(LONG - LONG / 4);
            long after = residentBytes();
            System.out.printf(
                    "24 million packets, %d flows made or deleted:"
                            + " resident %d MiB after a quarter, %d MiB at the end%n",
                    traffic.changes(), before >> 20, after >> 20);
            for (PacketCounter counter : PacketCounter.values()) {
                System.out.printf("  %-20s %12d%n", counter.label(), count(traffic, counter));
            }
            check(traffic, LONG);
            assertThat(after).isLessThan(before + MOST_GROWTH);
        }
    }

    private static long residentBytes() throws IOException {
        System.gc();
        String[] words = Files.readString(Path.of("/proc/self/statm")).split(" ");
        return Long.parseLong(words[1]) * PAGE;
    }

    private static long count(MixedTraffic traffic, PacketCounter counter) {
        return traffic.counters()[counter.ordinal()];
    }

    private static void check(MixedTraffic traffic, long frames) throws Exception {
        long[] counts = traffic.counters();
        long fates = 0;
        for (PacketCounter counter : PacketCounter.values()) {
            if (counter != PacketCounter.RECEIVED) {
                fates += counts[counter.ordinal()];
            }
        }
        long received = counts[PacketCounter.RECEIVED.ordinal()];
        assertThat(received).isEqualTo(frames);
        assertThat(fates).as("what became of them").isEqualTo(received);
        assertThat(traffic.portStat("in1", "rx_packets") + traffic.portStat("in2", "rx_packets"))
                .isEqualTo(received);
        assertThat(traffic.framesOut())
                .isEqualTo(counts[PacketCounter.SENT.ordinal()])
                .isEqualTo(traffic.portStat("out", "tx_packets"));
        assertThat(counts[PacketCounter.MALFORMED.ordinal()])
                .isEqualTo(
                        traffic.portStat("in1", "rx_errors")
                                + traffic.portStat("in2", "rx_errors"));
        assertThat(traffic.upcallsRead() + traffic.stat("n_lost"))
                .isEqualTo(counts[PacketCounter.UPCALLS.ordinal()]);
        assertThat(traffic.packetsOfFlows()).as("flows' packets").isEqualTo(traffic.stat("n_hit"));
    }
}
