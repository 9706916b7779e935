package io.odp4j.upcall.repl;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.upcall.cli.CommandRun;
import io.odp4j.upcall.demo.Host;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The REPL asks a real ovs-vswitchd, which switches between two hosts in a real kernel. */
@Tag("kernel")
class VswitchKernelTest {
    /** A guest that is younger has no CPU for ovs-vswitchd. */
    private static final double YOUNGEST_SECONDS = 11;

    @TempDir static Path folder;
    private static final List<Process> DAEMONS = new ArrayList<>();
    private static Host h1;
    private static Host h2;

    @BeforeAll
    static void switchBetweenTwoHosts() throws Exception {
        String database = folder.resolve("conf.db").toString();
        String socket = folder.resolve("db.sock").toString();
        run("ovsdb-tool", "create", database, "/usr/share/openvswitch/vswitch.ovsschema");
        daemon("ovsdb-server", "--remote=punix:" + socket, database);
        await(folder.resolve("db.sock"));
        run("ovs-vsctl", "--db=unix:" + socket, "--no-wait", "init");
        while (uptimeSeconds() < YOUNGEST_SECONDS) {
            Thread.sleep(200);
        }
        daemon(
                "ovs-vswitchd",
                "--pidfile",
                "--unixctl=" + folder.resolve("vswitchd.ctl"),
                "unix:" + socket);
        h1 = Host.create("r1", 1);
        h2 = Host.create("r2", 2);
        run(
                "ovs-vsctl",
                "--timeout=20",
                "--db=unix:" + socket,
                "add-br",
                "br0",
                "--",
                "add-port",
                "br0",
                h1.port(),
                "--",
                "add-port",
                "br0",
                h2.port());
        assertThat(h1.ping("10.0.0.2", 3, 56).ok()).isTrue();
    }

    @AfterAll
    static void stop() throws Exception {
        for (Process daemon : DAEMONS) {
            daemon.destroy();
            daemon.waitFor();
        }
        run("ovs-dpctl", "del-dp", "ovs-system");
        h1.close();
        h2.close();
    }

    @Test
    void shouldAskARealVswitchd() {
        assertThat(ask("dpctl/dump-flows"))
                .containsPattern("recirc_id\\(0\\),in_port\\(\\d\\),.*icmp.*|.*ipv4.*actions:\\d");
        assertThat(ask("upcall/show")).startsWith("system@ovs-system:").contains("flows ");
        assertThat(ask("fdb/show br0")).contains(" port  VLAN  MAC").containsPattern("\n +1 +0 ");
        assertThat(ask("ofproto/trace br0 in_port=1,icmp,nw_src=10.0.0.1,nw_dst=10.0.0.2"))
                .contains("Flow: ")
                .contains("Datapath actions: ");
        assertThat(ask("show | grep -c zzz", 1)).isEmpty();
    }

    @Test
    void shouldShowItsFlowsAndPacketsAsOurOwn() {
        assertThat(ask("flows ip"))
                .contains("in_port(" + h1.port() + ")")
                .contains("actions:" + h2.port())
                .contains(" flows\n");
        assertThat(ask("flows --by mask")).contains(" packets: recirc_id,in_port,");
        assertThat(ask("top -s 0.2")).contains("  " + h1.port() + "\n").contains("  MASK\n");
        String packet = "'in_port(" + h1.port() + "),ipv4(dst=10.0.0.2),icmp()'";
        assertThat(ask("packet --policy " + packet)).contains("Datapath actions: ");
        assertThat(ask("packet --table " + packet)).startsWith("no flow");
    }

    private static String ask(String line) {
        return ask(line, 0);
    }

    private static String ask(String line, int status) {
        CommandRun run =
                CommandRun.of("repl", "-t", folder.resolve("vswitchd.ctl").toString(), "-c", line);
        assertThat(run.status()).as("%s: %s", line, run.err()).isEqualTo(status);
        return run.out();
    }

    private static double uptimeSeconds() throws IOException {
        return Double.parseDouble(Files.readString(Path.of("/proc/uptime")).split(" ")[0]);
    }

    private static void await(Path file) throws IOException, InterruptedException {
        for (int i = 0; !Files.exists(file); i++) {
            assertThat(i).as("%s does not appear", file).isLessThan(200);
            Thread.sleep(50);
        }
    }

    private static ProcessBuilder command(String... words) {
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        for (String variable : List.of("OVS_RUNDIR", "OVS_LOGDIR", "OVS_DBDIR")) {
            builder.environment().put(variable, folder.toString());
        }
        return builder;
    }

    private static void daemon(String... words) throws IOException {
        DAEMONS.add(command(words).redirectOutput(folder.resolve(words[0]).toFile()).start());
    }

    private static void run(String... words) throws IOException, InterruptedException {
        Process process = command(words).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as("%s: %s", String.join(" ", words), said).isZero();
    }
}
