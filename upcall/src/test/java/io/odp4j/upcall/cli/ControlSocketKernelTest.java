package io.odp4j.upcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.upcall.Agent;
import io.odp4j.upcall.demo.Host;
import io.odp4j.upcall.demo.Shell;
import io.odp4j.upcall.policy.RulePolicy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Open vSwitch's ovs-appctl asks an agent of a kernel's datapath every command there is. */
@Tag("kernel")
@Timeout(300)
class ControlSocketKernelTest {
    private static final String DATAPATH = "ovsc";
    private static final String RULES =
            "priority=100,in_port=1,ip,actions=output:2\n"
                    + "priority=100,in_port=2,ip,actions=output:1\n"
                    + "priority=10,arp,actions=NORMAL\n"
                    + "priority=5,udp,actions=drop\n";
    private static final String DATAGRAM =
            "020000000002020000000001080045000020000100004011669a0a0000010a000002"
                    + "13880035000c00000000000000000000";

    @TempDir Path folder;
    private Host h1;
    private Host h2;

    @BeforeEach
    void setUp() throws Exception {
        h1 = Host.create("a1", 1);
        h2 = Host.create("a2", 2);
    }

    @AfterEach
    void tearDown() throws Exception {
        h1.close();
        h2.close();
    }

    /** Every command but those of dpctl, with a part of its answer as a pattern. */
    private static Map<String, String> questions() {
        Map<String, String> answers = new LinkedHashMap<>();
        answers.put("version", "odp4j");
        answers.put("list-commands", "The available commands are:\n");
        answers.put("dpif/show", "system@ovsc: hit:\\d+ missed:[1-9]\\d*\n  ovsc:\n");
        answers.put("dpif/show-dp-features", "Max VLAN headers: 2\n");
        answers.put("dpif-netlink/dispatch-mode", "system@ovsc: per-vport dispatch mode");
        answers.put("port/show", "a1p");
        answers.put("tunnel/show", "");
        answers.put("upcall/show", "system@ovsc:\n  flows         : \\(current [1-9]");
        answers.put("memory/show", "flows:[1-9]\\d* ports:3 ");
        answers.put("fdb/add 1 0 02:00:00:00:00:77", "");
        answers.put("fdb/show", "    1     0  02:00:00:00:00:77  static\n");
        answers.put("fdb/stats-show", "Statistics for bridge \"ovsc\":\n");
        answers.put("fdb/del 0 02:00:00:00:00:77", "");
        answers.put("fdb/flush", "table successfully flushed");
        answers.put("coverage/show", "flows_installed +\\d");
        answers.put("coverage/read-counter misses", "[1-9]\\d*\n");
        answers.put("vlog/list", "console\n");
        answers.put("vlog/set ANY:console:info", "");
        answers.put("latency/show", "ring_wait +p50");
        answers.put("loss/show", "Counted by the datapath:\n  lost:0 of missed:\\d+, hit:\\d+\n");
        answers.put(
                "ofproto/trace in_port=1,icmp,nw_src=10.0.0.1,nw_dst=10.0.0.2",
                " 0\\. ip,in_port=1, priority 100, n_packets=\\d+.*(.|\n)*actions: 2\n");
        answers.put("ofproto/trace in_port=1 " + DATAGRAM, "hides: udp, priority 5\n");
        answers.put("flow/dump", "priority=100,ip,in_port=1 actions=output:2\n");
        answers.put("flow/add priority=200,udp,tp_dst=53,actions=output:1", "");
        answers.put("flow/mod udp,tp_dst=53,actions=output:2", "");
        answers.put("revalidator/wait", "");
        answers.put("packet/inject --in-port 1 " + DATAGRAM, "");
        answers.put("upcall/watch --for 300", "# cursor:\\w+ shown:\\d+ not shown:0 missed:0\n");
        answers.put("flow/watch --json --for 0", "\\{\"event\":\"end\",");
        answers.put("flow/del --strict priority=200,udp,tp_dst=53", "");
        answers.put("packet/execute 2 " + DATAGRAM, "");
        answers.put("upcall/set-flow-limit 5000", "set flow_limit to 5000\n");
        answers.put("upcall/disable-megaflows", "megaflows disabled\n");
        answers.put("upcall/enable-megaflows", "megaflows enabled\n");
        answers.put("revalidator/purge", "");
        answers.put("revalidator/pause", "");
        answers.put("revalidator/resume", "");
        return answers;
    }

    @Test
    void shouldAnswerOvsAppctlToEveryCommand() throws Exception {
        Path socket = folder.resolve("run").resolve("agent.ctl");
        try (Agent agent =
                        Agent.builder(DATAPATH)
                                .ports(List.of(h1.port(), h2.port()))
                                .policies(RulePolicy.sharing(RULES))
                                .start();
                AgentControl control = AgentControl.open(agent, socket)) {
            assertThat(h1.ping("10.0.0.2", 3, 56).ok()).isTrue();
            TreeSet<String> left = new TreeSet<>();
            appctl(socket, "list-commands")
                    .lines()
                    .skip(1)
                    .forEach(line -> left.add(line.strip().split(" ")[0]));
            for (Map.Entry<String, String> question : questions().entrySet()) {
                String answer = appctl(socket, question.getKey().split(" "));
                assertThat(answer).as(question.getKey()).containsPattern(question.getValue());
                left.remove(question.getKey().split(" ")[0]);
            }
            // What the injected packet met: the datapath sent it up, and has a flow for it.
            detrace(socket);
            left.remove("ofproto/detrace");
            left.removeIf(name -> name.startsWith("dpctl/"));
            dpctl(socket);
            assertThat(left).containsExactly("exit");
            appctl(socket, "exit");
            assertThat(agent.await(10_000)).isTrue();
            assertThat(control.path()).isEqualTo(socket);
        }
    }

    private void detrace(Path socket) throws Exception {
        assertThat(h1.ping("10.0.0.2", 1, 56).ok()).isTrue();
        String flows = appctl(socket, "dpctl/dump-flows", "-m", "--no-names", DATAPATH);
        Matcher ufid = Pattern.compile("(ufid:\\S+), .*in_port\\(1\\).*ipv4\\(").matcher(flows);
        assertThat(ufid.find()).as(flows).isTrue();
        assertThat(appctl(socket, "ofproto/detrace", ufid.group(1)))
                .contains("priority=100,ip,in_port=1 actions=output:2");
    }

    /** The same words to ovs-appctl as to ovs-dpctl: what does not move is answered alike. */
    private static void dpctl(Path socket) throws Exception {
        for (List<String> words :
                List.of(
                        List.of("dump-dps"),
                        List.of("ct-get-limits", "system@" + DATAPATH),
                        List.of("cache-get-size", DATAPATH))) {
            List<String> ours = new ArrayList<>(words);
            ours.set(0, "dpctl/" + words.get(0));
            Shell.Result theirs = Shell.run(concat(List.of("ovs-dpctl"), words));
            if (theirs.ok()) {
                assertThat(appctl(socket, ours.toArray(String[]::new))).isEqualTo(theirs.output());
            }
        }
        assertThat(appctl(socket, "dpctl/show", DATAPATH)).contains("  port 1: a1p");
        assertThat(appctl(socket, "dpctl/parse-actions", "1,2")).contains("1,2");
    }

    private static String appctl(Path socket, String... words) throws Exception {
        List<String> command = List.of("ovs-appctl", "-T", "20", "-t", socket.toString());
        Shell.Result result = Shell.run(concat(command, List.of(words)));
        assertThat(result.ok()).as(String.join(" ", words) + ": " + result.output()).isTrue();
        return result.output();
    }

    private static List<String> concat(List<String> a, List<String> b) {
        List<String> all = new ArrayList<>(a);
        all.addAll(b);
        return all;
    }
}
