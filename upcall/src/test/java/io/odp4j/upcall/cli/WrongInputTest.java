package io.odp4j.upcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told when a command is given something that it cannot do with. */
class WrongInputTest {
    @TempDir private Path folder;

    private static CommandRun run(String words) {
        return CommandRun.of(words.split(" "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "trace --flows FILE in_port=1",
                "agent --datapath embedded:x --control none --flows FILE",
                "dpctl parse-packet --pcap FILE",
                "nl decode FILE",
                "nl --spec FILE x",
                "demo --pcap FILE",
            })
    void shouldNameTheFileThatCannotBeRead(String words) throws Exception {
        CommandRun missing = run(words.replace("FILE", "/no/such"));
        assertThat(missing.err()).isEqualTo("odp4j: /no/such: no such file\n");
        assertThat(missing.status()).isEqualTo(2);
        CommandRun directory = run(words.replace("FILE", folder.toString()));
        assertThat(directory.err()).isEqualTo("odp4j: " + folder + ": is a directory\n");
        assertThat(directory.status()).isEqualTo(2);
    }

    @Test
    void shouldReadAPipeOnce() throws Exception {
        Path pipe = folder.resolve("rules");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        Thread writer =
                new Thread(
                        () -> {
                            try {
                                Files.writeString(pipe, "actions=drop\n");
                            } catch (java.io.IOException e) {
                                throw new java.io.UncheckedIOException(e);
                            }
                        });
        writer.start();
        assertThat(RuleFile.read(pipe)).isEqualTo("actions=drop\n");
        writer.join();
    }

    @Test
    void shouldNameTheFileThatCannotBeWritten() {
        CommandRun run = run("packet ipv4(),udp() --pcap /no/such/file");
        assertThat(run.err()).isEqualTo("odp4j: /no/such/file: no such file or folder\n");
        assertThat(run.status()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dpctl dump-flow ovs0 | odp4j dpctl has no command dump-flow; is it dump-flows",
                "dpctl nonsense | odp4j dpctl has no command nonsense",
                "agnt --datapath x | odp4j has no command agnt; is it agent",
                "agent --datapath x --flow-limt 3 | Unknown options: '--flow-limt', '3'; is it",
                "nl lnk new | odp4j nl has no command lnk; is it link",
            })
    void shouldSayWhatIsLikeAWordThatIsNotKnown(String words, String message) {
        CommandRun run = run(words);
        assertThat(run.err()).startsWith("odp4j: " + message).contains("--help'.");
        assertThat(run.status()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--metrics host:x",
                "--metrics 70000",
                "--stats -1",
                "--shards 0",
                "--ring 3",
                "--idle-timeout 0",
                "--port-rate -1",
                "--tunnel vxlan0",
                "--tunnel vxlan0,remote=x",
                "--policy none",
                "--on-policy-error none",
                "--port nokind:x",
            })
    void shouldRefuseAnOptionBeforeTheAgentBegins(String option) {
        CommandRun run = run("agent --datapath embedded:x --control none " + option);
        assertThat(run.err()).startsWith("odp4j: ").hasLineCount(1);
        assertThat(run.status()).isEqualTo(2);
    }
}
