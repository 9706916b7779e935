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
                .contains("fdb/show", "coverage/show", "dpif/show", "revalidator/wait", "exit");
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
