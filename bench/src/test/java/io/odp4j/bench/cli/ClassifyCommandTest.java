package io.odp4j.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.upcall.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as odp4j finds it on its class path. */
class ClassifyCommandTest {
    @TempDir private Path folder;

    private String run(String rules) throws IOException {
        Path ruleFile = Files.writeString(folder.resolve("rules"), rules);
        Path packets =
                Files.writeString(
                        folder.resolve("packets"),
                        "in_port=1,tcp,nw_dst=10.0.0.1,tp_dst=80\n"
                                + "in_port=1,tcp,nw_dst=10.0.0.2,tp_dst=80\n"
                                + "in_port=1,arp\n");
        CommandRun run =
                CommandRun.of(
                        "bench",
                        "classify",
                        "--flows",
                        ruleFile.toString(),
                        "--packets",
                        packets.toString(),
                        "--seconds",
                        "0.01");
        assertThat(run.status()).isZero();
        return run.out();
    }

    private static String digest(String report) {
        Matcher found = Pattern.compile("verdicts +sha256:([0-9a-f]{64})").matcher(report);
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    @Test
    void shouldCountWhatRulesMakeOfPackets() throws IOException {
        String report = run("tcp,actions=2\npriority=1,actions=drop");
        assertThat(report)
                .contains("2 in 1 tables under 2 masks")
                .contains("3, 3 of them distinct; 3 passes")
                .contains("megaflows  2 under 2 masks")
                .contains("hit rate 100.00 %");
    }

    @Test
    void shouldGiveTheSameDigestForTheSameVerdictsAlone() throws IOException {
        String two = digest(run("tcp,actions=2"));
        assertThat(digest(run("tcp,actions=2"))).isEqualTo(two);
        assertThat(digest(run("tcp,actions=3"))).isNotEqualTo(two);
    }
}
