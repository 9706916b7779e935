package io.odp4j.upcall.appctl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.odp4j.datapath.embedded.EmbeddedDatapath;
import io.odp4j.upcall.Agent;
import io.odp4j.upcall.control.CommandTable;
import io.odp4j.upcall.control.ControlException;
import io.odp4j.upcall.counter.Counters;
import io.odp4j.upcall.demo.MemoryHost;
import io.odp4j.upcall.policy.Hub;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An agent between two hosts in memory is asked about itself. */
@Timeout(120)
class AgentCommandsTest {
    private EmbeddedDatapath embedded;
    private MemoryHost h1;
    private MemoryHost h2;
    private Agent agent;
    private CommandTable table;
    private AgentCommands commands;

    @BeforeEach
    void setUp() throws Exception {
        embedded = EmbeddedDatapath.open();
        h1 = MemoryHost.plug(embedded, "h1p", 1);
        h2 = MemoryHost.plug(embedded, "h2p", 2);
        agent =
                Agent.builder("ctl0")
                        .endpoint(embedded.endpoint())
                        .ports(List.of("h1p", "h2p"))
                        .start();
        table = new CommandTable();
        commands = AgentCommands.addTo(table, agent, "odp4j test", new Counters());
        for (int i = 0; i < 20 && h1.ping(h2.address(), 1, 56, 500) == 0; i++) {
            // A port comes into the flows a moment after it is there.
        }
    }

    @AfterEach
    void tearDown() {
        commands.close();
        agent.close();
        h1.close();
        h2.close();
        embedded.close();
    }

    @Test
    void shouldShowWhatTheSwitchLearnt() throws Exception {
        String shown = run("fdb/show");
        assertThat(shown.lines().findFirst()).contains(" port  VLAN  MAC                Age");
        assertThat(shown)
                .containsPattern("\n    1     0  02:00:00:00:00:01 +\\d+\n")
                .containsPattern("\n    2     0  02:00:00:00:00:02 +\\d+\n");
        assertThat(run("fdb/stats-show"))
                .startsWith("Statistics for bridge \"ctl0\":\n")
                .contains("Current/maximum MAC entries in the table: 2/8192\n");
    }

    @Test
    void shouldFollowAnAddressThatWasPutOrTakenByHand() throws Exception {
        assertThat(run("fdb/flush")).isEqualTo("table successfully flushed");
        assertThat(run("fdb/show")).doesNotContain("02:00:00:00:00:01");
        run("fdb/add", "ctl0", "2", "0", "02:00:00:00:00:77");
        run("fdb/add", "LOCAL", "5", "02:00:00:00:00:78");
        assertThat(run("fdb/show"))
                .contains("    2     0  02:00:00:00:00:77  static\n")
                .contains("LOCAL     5  02:00:00:00:00:78  static\n");
        run("fdb/flush");
        assertThat(run("fdb/stats-show")).contains("Current static MAC entries in the table : 2\n");
        run("fdb/del", "5", "02:00:00:00:00:78");
        assertThat(run("fdb/show")).doesNotContain("02:00:00:00:00:78");
        assertThatThrownBy(() -> run("fdb/del", "5", "02:00:00:00:00:78"))
                .hasMessage("no entry for 02:00:00:00:00:78 in VLAN 5");
    }

    @Test
    void shouldSayWhatIsWrongWithAnAddress() {
        assertThatThrownBy(() -> run("fdb/add", "1", "0", "02:00"))
                .hasMessage("\"02:00\" is no Ethernet address");
        assertThatThrownBy(() -> run("fdb/add", "1", "5000", "02:00:00:00:00:01"))
                .hasMessage("\"5000\": a VLAN is 0 to 4095");
        assertThatThrownBy(() -> run("fdb/add", "x", "0", "02:00:00:00:00:01"))
                .hasMessage("\"x\" is no number of a port");
    }

    @Test
    void shouldCount() throws Exception {
        assertThat(Long.parseLong(run("coverage/read-counter", "misses"))).isPositive();
        assertThat(run("coverage/show"))
                .startsWith(
                        "Event coverage, avg rate over last: 5 seconds, last minute, last hour:")
                .containsPattern("\nflows_installed +\\d+\\.\\d/sec .* total: \\d+\n")
                .containsPattern("\n\\d+ events never hit\n$");
        assertThatThrownBy(() -> run("coverage/read-counter", "x")).hasMessage("No such counter");
    }

    @Test
    void shouldShowTheDatapathAndItsFlows() throws Exception {
        assertThat(run("dpif/show"))
                .containsPattern("^embedded@ctl0: hit:\\d+ missed:\\d+\n  ctl0:\n")
                .contains("    ctl0 65534/0: (internal)\n")
                .contains("    h1p 1/1: (system)\n");
        assertThat(run("dpif-netlink/dispatch-mode"))
                .isEqualTo("embedded@ctl0: per-vport dispatch mode");
        assertThat(run("upcall/show")).containsPattern("\\(current [1-9]\\d*\\) \\(limit \\d+\\)");
        assertThat(run("memory/show")).containsPattern("^flows:[1-9]\\d* ports:3 heap-KiB:\\d+ ");
    }

    @Test
    void shouldPauseAndPurge() throws Exception {
        run("revalidator/wait");
        run("revalidator/pause");
        run("revalidator/purge");
        awaitNoFlows();
        run("revalidator/resume");
        run("revalidator/wait");
    }

    @Test
    void shouldShowHowFastAndWhatWasLost() throws Exception {
        assertThat(run("latency/show")).containsPattern("  ring_wait +p50 [0-9.]+, p99 ");
        assertThat(run("latency/show", "--json")).contains("{\"stage\":\"decide\",\"count\":");
        assertThat(run("loss/show"))
                .startsWith("Lost by the agent:\n")
                .containsPattern("  \\d+ kinds of loss never happened\n")
                .containsPattern("\n  lost:0 of missed:\\d+, hit:\\d+\n");
        assertThat(run("loss/show", "--json"))
                .contains("\"upcalls_lost_at_socket\":0")
                .contains("\"queue\":\"port h1p\",\"ran_over\":0")
                .contains("\"port\":\"h2p\",\"upcalls_lost\":0");
    }

    @Test
    void shouldBoundTheFlows() throws Exception {
        assertThat(run("upcall/set-flow-limit", "1")).isEqualTo("set flow_limit to 1");
        run("revalidator/wait");
        assertThat(run("upcall/show")).contains("(limit 1)");
        run("revalidator/purge");
        awaitNoFlows();
        String cursor = cursor(run("flow/watch", "--for", "0"));
        assertThat(h1.ping(h2.address(), 2, 56, 2000)).isEqualTo(2);
        assertThat(run("flow/watch", "--for", "0", "--after", cursor))
                .containsPattern(" limit .*in_port\\(h2p\\),.*actions:h1p\n");
        assertThatThrownBy(() -> run("upcall/set-flow-limit", "300000"))
                .hasMessage("flow limit 300000: the agent was started for 0 to 200000 flows");
    }

    @Test
    void shouldInstallExactFlowsWithoutMegaflows() throws Exception {
        assertThat(run("upcall/disable-megaflows")).isEqualTo("megaflows disabled");
        awaitNoFlows();
        String cursor = cursor(run("flow/watch", "--for", "0"));
        assertThat(h1.ping(h2.address(), 1, 56, 2000)).isEqualTo(1);
        assertThat(run("flow/watch", "--for", "0", "--after", cursor))
                .containsPattern(
                        "installed .*ipv4\\(src=10.0.0.1,dst=10.0.0.2,proto=1,tos=0,ttl=64");
        assertThat(run("upcall/enable-megaflows")).isEqualTo("megaflows enabled");
        awaitNoFlows();
        assertThat(h1.ping(h2.address(), 1, 56, 2000)).isEqualTo(1);
        assertThat(run("flow/watch", "--for", "0", "--after", cursor))
                .containsPattern(
                        "installed ufid:\\S+, recirc_id\\(0\\),in_port\\(h1p\\),eth\\(src=\\S+,dst=\\S+\\), actions:h2p");
    }

    @Test
    void shouldSayThatASwitchWithoutRulesHasNone() {
        assertThatThrownBy(() -> run("flow/dump"))
                .hasMessageStartingWith("the policy has no rules");
        assertThatThrownBy(() -> run("flow/add", "actions=nonsense")).hasMessageContaining("1:9: ");
    }

    @Test
    void shouldSetHowMuchIsLogged() throws Exception {
        Logger logger = Logger.getLogger("io.odp4j.test.VlogModule");
        assertThat(run("vlog/list")).containsPattern("VlogModule +INFO\n");
        run("vlog/set", "vlogmodule:console:dbg");
        assertThat(logger.isLoggable(Level.FINE)).isTrue();
        assertThat(run("vlog/list")).containsPattern("VlogModule +DBG\n");
        run("vlog/set", "ANY:off");
        assertThat(logger.isLoggable(Level.SEVERE)).isFalse();
        run("vlog/set", "info");
        assertThat(run("vlog/list")).containsPattern("VlogModule +INFO\n");
        assertThatThrownBy(() -> run("vlog/set", "nonsense:dbg"))
                .hasMessage("no destination, level, or module \"nonsense\"");
        assertThatThrownBy(() -> run("vlog/set", "ANY:syslog:dbg"))
                .hasMessage("odp4j logs to the console alone");
    }

    @Test
    void shouldShowUpcallsAsTheyCome() throws Exception {
        String cursor = cursor(run("upcall/watch", "--for", "0"));
        run("revalidator/purge");
        awaitNoFlows();
        assertThat(h1.ping(h2.address(), 1, 56, 2000)).isEqualTo(1);
        String seen = run("upcall/watch", "--for", "0", "--after", cursor);
        assertThat(seen)
                .containsPattern(
                        "\n?\\d\\d:\\d\\d:\\d\\d\\.\\d{6} decided \\d+us (recirc_id\\(0\\),)?.*in_port\\(h1p\\),.*"
                                + "icmp\\(type=8,code=0\\).*, length:98, actions:h2p\n")
                .containsPattern("# cursor:\\w+ shown:\\d+ not shown:0 missed:0\n$");
        String json = run("upcall/watch", "--json", "--snap=64", "--for=0", "--after", cursor);
        assertThat(json.lines().findFirst().orElseThrow())
                .startsWith("{\"event\":\"decided\",\"time_us\":")
                .contains("\"upcall\":\"miss\"", "\"match\":\"", "\"key\":{");
        assertThat(json.lines().reduce((a, b) -> b).orElseThrow())
                .startsWith("{\"event\":\"end\",\"cursor\":");
        assertThat(run("upcall/watch", "--for", "0", "--after", cursor, "--most", "1"))
                .containsPattern("shown:1 not shown:[1-9]");
        assertThatThrownBy(() -> run("upcall/watch", "--most", "x"))
                .hasMessage("--most: \"x\" is no number");
        assertThatThrownBy(() -> run("upcall/watch", "--after", "?"))
                .hasMessageContaining("is no cursor");
    }

    @Test
    void shouldShowWhyFlowsComeAndGo() throws Exception {
        String cursor = cursor(run("flow/watch", "--for", "0"));
        run("revalidator/purge");
        awaitNoFlows();
        assertThat(h1.ping(h2.address(), 1, 56, 2000)).isEqualTo(1);
        run("fdb/add", "2", "0", "02:00:00:00:00:01");
        run("revalidator/wait");
        String seen = run("flow/watch", "--for", "0", "--after", cursor);
        assertThat(seen)
                .containsPattern(" evicted ufid:\\S+, .*in_port\\(h1p\\).*actions:h2p\n")
                .containsPattern(" installed ufid:\\S+, .*in_port\\(h1p\\).*actions:h2p\n")
                .containsPattern(" (changed|redecided) ufid:\\S+, .*in_port\\(h2p\\)");
        assertThat(run("flow/watch", "--json", "--for", "0", "--after", cursor))
                .contains("{\"event\":\"installed\",")
                .containsPattern("\"ufid\":\"[-0-9a-f]{36}\"");
    }

    private static String cursor(String answer) {
        return answer.replaceAll("(?s).*# cursor:(\\S+).*", "$1");
    }

    private void awaitNoFlows() throws Exception {
        // A delete is done when the datapath has answered with the flow's last counters.
        for (int i = 0; i < 100 && agent.flows() > 0; i++) {
            Thread.sleep(50);
        }
        assertThat(agent.flows()).isZero();
    }

    @Test
    void shouldStopTheAgent() throws Exception {
        assertThat(run("version")).isEqualTo("odp4j test");
        assertThat(run("exit")).isEmpty();
        assertThat(agent.await(10_000)).isTrue();
    }

    @Test
    void shouldOfferEveryCommandInTheList() throws Exception {
        Set<String> listed =
                run("list-commands")
                        .lines()
                        .skip(1)
                        .map(line -> line.strip().split(" ")[0])
                        .collect(Collectors.toSet());
        assertThat(listed)
                .contains("list-commands", "version", "exit", "memory/show")
                .contains("dpif/show", "dpif/show-dp-features", "dpif-netlink/dispatch-mode")
                .contains("upcall/show", "upcall/set-flow-limit", "upcall/watch")
                .contains("upcall/enable-megaflows", "upcall/disable-megaflows")
                .contains("revalidator/wait", "revalidator/purge")
                .contains("revalidator/pause", "revalidator/resume")
                .contains("fdb/show", "fdb/flush", "fdb/add", "fdb/del", "fdb/stats-show")
                .contains("coverage/show", "coverage/read-counter", "vlog/list", "vlog/set")
                .contains("flow/add", "flow/del", "flow/mod", "flow/dump", "flow/watch")
                .contains("latency/show", "loss/show", "packet/inject", "packet/execute");
    }

    @Test
    void shouldSayThatAHubLearnsNothing() throws Exception {
        try (Agent hub =
                Agent.builder("ctl1").endpoint(embedded.endpoint()).policy(new Hub()).start()) {
            CommandTable other = new CommandTable();
            AgentCommands.addTo(other, hub, "", new Counters()).close();
            assertThatThrownBy(() -> other.run("fdb/show", List.of()))
                    .isInstanceOf(ControlException.class)
                    .hasMessage("the policy learns no addresses");
        }
    }

    private String run(String command, String... arguments) throws Exception {
        return table.run(command, List.of(arguments));
    }
}
