package io.odp4j.upcall.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.upcall.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceCommandTest {
    @TempDir private Path folder;
    private String rules;

    @BeforeEach
    void writeRules() throws IOException {
        rules =
                file(
                        "rules",
                        "arp,actions=normal\nip,priority=9,actions=ct(table=1,zone=5)\n"
                                + "table=1,ct_state=+trk+est,tcp,tp_dst=80,actions=output:2\n"
                                + "table=1,priority=1,actions=mod_dl_src:02:00:00:00:00:09,output:3\n");
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void shouldPrintMegaflowAndActionsOfEveryPass() {
        CommandRun run = CommandRun.of("trace", "--flows", rules, "in_port=1,tcp,tp_dst=80");
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(run.out())
                .contains("Megaflow: recirc_id=0,eth,ip,in_port=1,nw_frag=no\n")
                .contains("Datapath actions: ct(zone=5),recirc(0x1)\n")
                .contains("recirc(0x1) - back from the connection tracker, zone 5\n")
                .contains("Datapath actions: set(eth(src=02:00:00:00:00:09)),3\n");
    }

    @Test
    void shouldComeBackInTheStateThatIsAskedFor() {
        CommandRun run =
                CommandRun.of(
                        "trace",
                        "--flows",
                        rules,
                        "--ct-next",
                        "trk,est",
                        "in_port=1,tcp,tp_dst=80");
        assertThat(run.out())
                .contains(
                        "Megaflow: recirc_id=0x1,ct_state=+est+trk,eth,tcp,in_port=1,nw_frag=no,tp_dst=80\n"
                                + "Datapath actions: 2\n");
    }

    @Test
    void shouldTakeBothSyntaxesAndSayThatALineIsWrong() {
        CommandRun run =
                CommandRun.reading(
                        "# a comment\nin_port(2),eth_type(0x0806),arp(op=1)\n\nbogus=1\nin_port=p1,arp\n",
                        "trace",
                        "--flows",
                        rules,
                        "--ports",
                        "p1=1,2",
                        "--json");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out().lines()).hasSize(2);
        assertThat(run.out()).contains("\"actions\":\"1,0\"").contains("\"actions\":\"2,0\"");
        assertThat(run.err()).isEqualTo("odp4j: line 4: flow:1:1: no field: bogus\nbogus=1\n^\n");
    }

    @Test
    void shouldExplainWhatEachStepLookedAt() {
        CommandRun run =
                CommandRun.of("trace", "--flows", rules, "--explain", "in_port=1,arp,dl_vlan=3");
        assertThat(run.out())
                .contains(
                        " 0. arp, priority 32768\n    NORMAL\n     -> looked at dl_vlan=3,dl_src=");
    }

    @Test
    void shouldPointAtWhatIsWrongInARuleFile() throws IOException {
        String bad = file("bad", "ip,actions=1\ntable=1,ip,actions=mod_nw_src:1.2.3\n");
        CommandRun run = CommandRun.of("trace", "--flows", bad, "in_port=1");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err())
                .startsWith("odp4j: " + bad + ":2:31: ")
                .endsWith("\ntable=1,ip,actions=mod_nw_src:1.2.3\n" + " ".repeat(30) + "^\n");
        assertThat(CommandRun.of("trace", "--flows", "nowhere", "in_port=1").status()).isEqualTo(2);
        assertThat(CommandRun.of("trace", "in_port=1").status()).isEqualTo(2);
    }
}
