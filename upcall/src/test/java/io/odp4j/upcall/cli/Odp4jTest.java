package io.odp4j.upcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class Odp4jTest {
    @Test
    void shouldPrintHelpAndSucceed() {
        CommandRun run = CommandRun.of("--help");
        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("agent").contains("demo").contains("Exit status");
        // These are made only where they are asked for, or where all are listed.
        assertThat(run.out()).containsPattern("\\bnl\\b").containsPattern("\\broute\\b");
        assertThat(CommandRun.of("-v", "route", "--help").out()).contains("show");
        assertThat(CommandRun.of("agent", "--help").out())
                .contains("--datapath")
                .contains("--policy");
    }

    @Test
    void shouldPrintItsVersion() {
        assertThat(CommandRun.of("--version").out()).startsWith("odp4j ");
    }

    @Test
    void shouldAnswerWrongUsageWithTwo() {
        assertThat(CommandRun.of().status()).isEqualTo(2);
        assertThat(CommandRun.of("nonsense").status()).isEqualTo(2);
        CommandRun run = CommandRun.of("agent");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).startsWith("odp4j: Missing required option: '--datapath=NAME'");
        assertThat(CommandRun.of("agent", "--datapath", "x", "--policy", "none").status())
                .isEqualTo(2);
        assertThat(CommandRun.of("agent", "--datapath", "x", "--ring", "3").status()).isEqualTo(2);
    }
}
