package io.odp4j.upcall.cli.nl;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.datapath.family.KnownFamilies;
import io.odp4j.datapath.netlink.family.FamilySpec;
import io.odp4j.datapath.netlink.family.OperationSpec;
import io.odp4j.upcall.cli.Odp4j;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code odp4j nl} without a kernel: help, usage errors, decoding. */
class NlCommandsTest {
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
    void shouldSpeakTheFamilyOfASpecification(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("thing.yaml");
        Files.writeString(
                file,
                "{name: thing, doc: A family., attribute-sets: [{name: all, attributes:"
                        + " [{name: the-size, type: u16, doc: How large.}]}], operations: {list:"
                        + " [{name: grow, doc: Grows., attribute-set: all, do: {}}]}}");
        Run help = run("nl", "--spec", file.toString(), "thing", "grow", "--help");
        assertThat(help.status()).isZero();
        assertThat(help.out()).contains("Grows.", "the_size", "How large.");
        Run wrong = run("nl", "--spec=" + file, "thing", "grow", "the_size=70000");
        assertThat(wrong.status()).isEqualTo(2);
        assertThat(wrong.err()).contains("70000 does not fit U16");
        Run absent = run("nl", "--spec", file.toString(), "thing", "grow", "the_size=7");
        assertThat(absent.status()).isEqualTo(1);
        assertThat(absent.err()).contains("thing");
        Run missing = run("nl", "--spec", file + ".no", "thing");
        assertThat(missing.status()).isEqualTo(2);
        assertThat(missing.err()).isEqualTo("odp4j: " + file + ".no: no such file\n");
    }

    @Test
    void shouldDescribeEveryFamilyAndOperationFromTheTables() {
        assertThat(run("nl", "--help").out()).contains("link", "fou", "ovpn", "ovs_flow");
        for (FamilySpec family : KnownFamilies.all()) {
            Run help = run("nl", family.name(), "--help");
            assertThat(help.status()).isZero();
            assertThat(help.out().contains("--monitor")).isEqualTo(!family.groups().isEmpty());
            for (OperationSpec operation : family.operations()) {
                boolean asked =
                        operation.uses().size() > 1 || !operation.is(OperationSpec.Use.EVENT);
                if (asked) {
                    assertThat(help.out()).contains(operation.name());
                    Run one = run("nl", family.name(), operation.name(), "--help");
                    assertThat(one.status()).as(operation.name()).isZero();
                    operation
                            .table()
                            .specs()
                            .forEach(
                                    s -> {
                                        if (!s.fieldName().equals("pad")) {
                                            assertThat(one.out()).contains(s.fieldName());
                                        }
                                    });
                }
            }
        }
        assertThat(run("route", "get", "--help").out()).contains("rtm_family", "gateway");
    }

    @Test
    void shouldSayWhatIsWrongWithAField() {
        refuses("nothing: no such field in fou", "nl", "fou", "add", "nothing=1");
        refuses("port: 70000 does not fit BE16", "nl", "fou", "add", "port=70000");
        refuses("type: no x among unspec, direct, gue", "nl", "fou", "add", "type=x");
        refuses("no flag sometimes among", "nl", "link", "new", "ifname=x", "--flags", "sometimes");
        assertThat(run("nl").status()).isEqualTo(2);
        assertThat(run("nl", "fou").err()).contains("an operation of fou is missing");
        assertThat(run("nl", "nothing").status()).isEqualTo(2);
    }

    private static void refuses(String message, String... arguments) {
        Run run = run(arguments);
        assertThat(run.status()).as(run.err()).isEqualTo(2);
        assertThat(run.err()).startsWith("odp4j: " + message);
    }

    @Test
    void shouldDecodeACapture(@TempDir Path folder) throws IOException {
        ByteBuffer pcap = ByteBuffer.allocate(24 + 16 + 16 + 32).order(ByteOrder.nativeOrder());
        pcap.putInt(0xa1b2c3d4).putShort((short) 2).putShort((short) 4);
        pcap.putLong(0).putInt(65535).putInt(253);
        pcap.putLong(0).putInt(48).putInt(48);
        pcap.put(new byte[16]); // protocol 0: rtnetlink
        pcap.putInt(32).putShort((short) 18).putShort((short) 0x301).putInt(5).putInt(0);
        pcap.put(new byte[16]);
        Path file = folder.resolve("nl.pcap");
        Files.write(file, pcap.array());
        assertThat(run("nl", "decode", file.toString()).out())
                .startsWith("link get flags=0x301 seq=5 portid=0 header(ifi_family=unspec,");
        assertThat(run("nl", "decode", "--json", file.toString()).out())
                .startsWith("{\"family\":\"link\",\"operation\":\"get\",\"type\":18");
        assertThat(run("nl", "decode", folder.resolve("none").toString()).status()).isEqualTo(1);
    }
}
