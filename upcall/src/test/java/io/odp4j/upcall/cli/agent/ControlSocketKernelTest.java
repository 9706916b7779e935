package io.odp4j.upcall.cli.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.upcall.Agent;
import io.odp4j.upcall.demo.Host;
import io.odp4j.upcall.demo.Shell;
import io.odp4j.upcall.policy.RulePolicy;
import java.nio.file.Files;
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
            dpctl(socket, left);
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

    /**
     * The commands of dpctl on a datapath of their own, in an order in which each finds its object.
     */
    private static Map<String, String> datapathQuestions(Path flows) {
        String match = "in_port(1),eth(),eth_type(0x0800),ipv4()";
        String ufid = "ufid:01234567-89ab-cdef-0123-456789abcdef";
        Map<String, String> answers = new LinkedHashMap<>();
        answers.put("list-commands", "dump-flows");
        answers.put("help", "dump-flows");
        answers.put("add-dp ovsd", "");
        answers.put("add-if ovsd int9,type=internal", "");
        answers.put("set-if ovsd int9,type=internal", "");
        answers.put("show ovsd", "  port 1: int9 \\(internal\\)");
        answers.put("dump-dps", "ovsd\n");
        answers.put("features ovsd", "Masks cache: Yes\n");
        answers.put("meters features ovsd", "max_meter");
        answers.put("cache-set-size ovsd masks-cache 512", "");
        answers.put("cache-get-size ovsd", "masks-cache: size:512\n");
        answers.put("add-flow ovsd " + ufid + "," + match + " drop", "");
        answers.put("mod-flow ovsd " + ufid + "," + match + " 1", "");
        answers.put("get-flow ovsd " + ufid, "actions:1\n");
        answers.put("dump-flows ovsd", "in_port\\(1\\).* actions:1\n");
        answers.put("del-flow ovsd " + ufid + "," + match, "");
        answers.put("add-flows ovsd " + flows, "");
        answers.put("mod-flows ovsd " + flows, "");
        answers.put("del-flows ovsd", "");
        answers.put("execute --in-port 1 ovsd 0 " + DATAGRAM, "");
        answers.put("parse-actions 1,2", "1,2");
        answers.put("normalize-actions " + match + " 2,1", "1,2");
        answers.put("parse-flow " + match, "in_port\\(1\\)");
        answers.put("parse-packet " + DATAGRAM, "udp\\(src=5000,dst=53\\)");
        answers.put("del-if ovsd int9", "");
        answers.put("del-dp ovsd", "");
        return answers;
    }

    private void dpctl(Path socket, TreeSet<String> left) throws Exception {
        Path flows =
                Files.writeString(folder.resolve("flows"), "in_port(1),eth(),eth_type(0x88b5) 1\n");
        for (Map.Entry<String, String> question : datapathQuestions(flows).entrySet()) {
            String words = "dpctl/" + question.getKey();
            assertThat(appctl(socket, words.split(" ")))
                    .as(words)
                    .containsPattern(question.getValue());
            left.remove(words.split(" ")[0]);
        }
        // The same words to ovs-dpctl: what does not move is answered alike.
        for (String words : List.of("dump-dps", "cache-get-size " + DATAPATH)) {
            List<String> theirs = concat(List.of("ovs-dpctl"), List.of(words.split(" ")));
            assertThat(appctl(socket, ("dpctl/" + words).split(" ")))
                    .isEqualTo(Shell.run(theirs).output());
        }
        // Not every kernel of the lab has limits.
        if (Shell.run(List.of("ovs-dpctl", "ct-get-limits", "system@" + DATAPATH)).ok()) {
            appctl(socket, "dpctl/ct-set-limits", DATAPATH, "zone=7,limit=9");
            assertThat(appctl(socket, "dpctl/ct-get-limits", DATAPATH)).contains("zone=7,limit=9");
            appctl(socket, "dpctl/ct-del-limits", DATAPATH, "zone=7");
        }
        left.removeIf(name -> name.matches("dpctl/ct-(get|set|del)-limits"));
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
