package io.odp4j.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.upcall.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandTest {
    @TempDir private Path folder;

    @Test
    void shouldWriteAPageOfAResult() throws IOException {
        Path json =
                Files.writeString(
                        folder.resolve("today.json"),
                        """
                        [{"benchmark": "a.B.c", "mode": "avgt", "primaryMetric":
                            {"scoreUnit": "ns/op", "rawData": [[10.0], [11.0], [12.0]]}},
                         {"benchmark": "a.B.d", "mode": "thrpt", "primaryMetric":
                            {"scoreUnit": "ops/s", "rawData": [[6e6], [5e6], [7e6]]}}]""");
        Path html = folder.resolve("today.html");
        CommandRun run =
                CommandRun.of("bench", "report", json.toString(), "--html", html.toString());
        assertThat(run.status()).isZero();
        assertThat(run.out()).isEqualTo("written: " + html + "\n");
        assertThat(Files.readString(html))
                .contains("a.B.c")
                .contains("<td>11 ns/op</td>")
                .contains("<td>6\u2009000\u2009000 ops/s</td>");
    }

    @Test
    void shouldRefuseAFileThatIsNotThere() {
        CommandRun run = CommandRun.of("bench", "report", "/nowhere.json", "--html", "/dev/null");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).isEqualTo("odp4j: /nowhere.json: no such file\n");
    }
}
