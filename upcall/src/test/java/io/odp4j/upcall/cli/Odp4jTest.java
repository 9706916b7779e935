package io.odp4j.upcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class Odp4jTest {
    private record Run(int status, String out, String err) {}

    private static Run run(String... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(outBytes, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(errBytes, true, StandardCharsets.UTF_8));
        try {
            int status = Odp4j.execute(arguments);
            return new Run(
                    status,
                    outBytes.toString(StandardCharsets.UTF_8),
                    errBytes.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    @Test
    void shouldPrintHelpAndSucceed() {
        Run run = run("--help");
        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("agent").contains("demo").contains("Exit status");
        assertThat(run("agent", "--help").out()).contains("--datapath").contains("--policy");
    }

    @Test
    void shouldPrintItsVersion() {
        assertThat(run("--version").out()).startsWith("odp4j ");
    }

    @Test
    void shouldAnswerWrongUsageWithTwo() {
        assertThat(run().status()).isEqualTo(2);
        assertThat(run("nonsense").status()).isEqualTo(2);
        Run run = run("agent");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).startsWith("odp4j: Missing required option: '--datapath=NAME'");
        assertThat(run("agent", "--datapath", "x", "--policy", "none").status()).isEqualTo(2);
        assertThat(run("agent", "--datapath", "x", "--ring", "3").status()).isEqualTo(2);
    }
}
