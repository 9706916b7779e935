package io.odp4j.upcall.cli.nl;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.datapath.family.KnownFamilies;
import io.odp4j.datapath.netlink.family.FamilySpec;
import io.odp4j.datapath.netlink.family.OperationSpec;
import io.odp4j.upcall.cli.CommandRun;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code odp4j nl} without a kernel: help, usage errors, decoding. */
class NlCommandsTest {
    @Test
    void shouldSpeakTheFamilyOfASpecification(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("thing.yaml");
        Files.writeString(
                file,
                "{name: thing, doc: A family., attribute-sets: [{name: all, attributes:"
                        + " [{name: the-size, type: u16, doc: How large.}]}], operations: {list:"
                        + " [{name: grow, doc: Grows., attribute-set: all, do: {}}]}}");
        CommandRun help = CommandRun.of("nl", "--spec", file.toString(), "thing", "grow", "--help");
        assertThat(help.status()).isZero();
        assertThat(help.out()).contains("Grows.", "the_size", "How large.");
        CommandRun wrong = CommandRun.of("nl", "--spec=" + file, "thing", "grow", "the_size=70000");
        assertThat(wrong.status()).isEqualTo(2);
        assertThat(wrong.err()).contains("70000 does not fit U16");
        CommandRun absent =
                CommandRun.of("nl", "--spec", file.toString(), "thing", "grow", "the_size=7");
        assertThat(absent.status()).isEqualTo(1);
        assertThat(absent.err()).contains("thing");
        CommandRun missing = CommandRun.of("nl", "--spec", file + ".no", "thing");
        assertThat(missing.status()).isEqualTo(2);
        assertThat(missing.err()).isEqualTo("odp4j: " + file + ".no: no such file\n");
    }

    @Test
    void shouldDescribeEveryFamilyAndOperationFromTheTables() {
        assertThat(CommandRun.of("nl", "--help").out()).contains("link", "fou", "ovpn", "ovs_flow");
        for (FamilySpec family : KnownFamilies.all()) {
            CommandRun help = CommandRun.of("nl", family.name(), "--help");
            assertThat(help.status()).isZero();
            assertThat(help.out().contains("--monitor")).isEqualTo(!family.groups().isEmpty());
            for (OperationSpec operation : family.operations()) {
                boolean asked =
                        operation.uses().size() > 1 || !operation.is(OperationSpec.Use.EVENT);
                if (asked) {
                    assertThat(help.out()).contains(operation.name());
                    CommandRun one = CommandRun.of("nl", family.name(), operation.name(), "--help");
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
        assertThat(CommandRun.of("route", "get", "--help").out()).contains("rtm_family", "gateway");
    }

    @Test
    void shouldSayWhatIsWrongWithAField() {
        refuses("nothing: no such field in fou", "nl", "fou", "add", "nothing=1");
        refuses("port: 70000 does not fit BE16", "nl", "fou", "add", "port=70000");
        refuses("type: no x among unspec, direct, gue", "nl", "fou", "add", "type=x");
        refuses("no flag sometimes among", "nl", "link", "new", "ifname=x", "--flags", "sometimes");
        assertThat(CommandRun.of("nl").status()).isEqualTo(2);
        assertThat(CommandRun.of("nl", "fou").err()).contains("an operation of fou is missing");
        assertThat(CommandRun.of("nl", "nothing").status()).isEqualTo(2);
    }

    private static void refuses(String message, String... arguments) {
        CommandRun run = CommandRun.of(arguments);
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
        assertThat(CommandRun.of("nl", "decode", file.toString()).out())
                .startsWith("link get flags=0x301 seq=5 portid=0 header(ifi_family=unspec,");
        assertThat(CommandRun.of("nl", "decode", "--json", file.toString()).out())
                .startsWith("{\"family\":\"link\",\"operation\":\"get\",\"type\":18");
        assertThat(CommandRun.of("nl", "decode", folder.resolve("none").toString()).status())
                .isEqualTo(2);
    }
}
