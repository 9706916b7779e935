package io.odp4j.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.upcall.cli.CommandRun;
import org.junit.jupiter.api.Test;

class JmhCommandTest {
    @Test
    void shouldListWhatItWouldMeasureByStage() {
        CommandRun run = CommandRun.of("bench", "jmh", "--list");
        assertThat(run.status()).isZero();
        assertThat(run.out())
                .contains("system_calls: native calls, receiving and sending\n")
                .contains("    io.odp4j.bench.jmh.FlowKeyBenchmark.frameToKey\n")
                .contains("PolicyLookupBenchmark.withMask {set=[1000/100]}\n");
    }

    @Test
    void shouldListOnlyThoseAskedFor() {
        CommandRun run = CommandRun.of("bench", "jmh", "full", "--list", "--only", "Forwarding");
        assertThat(run.out().lines())
                .containsExactly(
                        "forwarding: the embedded datapath's fast path",
                        "    io.odp4j.bench.jmh.ForwardingBenchmark.forward {table=[plain,"
                                + " cached]}",
                        "2 cases in 3 JVMs each: about 1 min");
    }

    @Test
    void shouldRefuseWhatIsInNoName() {
        CommandRun run = CommandRun.of("bench", "jmh", "--only", "nonsense");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).isEqualTo("odp4j: no benchmark's name has nonsense in it\n");
    }

    @Test
    void shouldRefuseWhatIsNoRegularExpression() {
        CommandRun run = CommandRun.of("bench", "jmh", "--only", "(");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).startsWith("odp4j: --only (: ");
    }

    @Test
    void shouldSayHowLongItWouldTake() {
        assertThat(CommandRun.of("bench", "jmh", "quick", "--list").out())
                .containsPattern("cases in 3 JVMs each: about [345] min\n$");
        assertThat(CommandRun.of("bench", "jmh", "full", "--list").out())
                .containsPattern("cases in 3 JVMs each: about \\d+ (min|h)\n$");
    }

    @Test
    void shouldRefuseAFileInNoFolderBeforeItMeasures() {
        CommandRun run = CommandRun.of("bench", "jmh", "--json", "/nowhere/x.json");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).isEqualTo("odp4j: /nowhere: no such folder\n");
    }
}
