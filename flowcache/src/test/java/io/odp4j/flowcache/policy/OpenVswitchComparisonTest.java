package io.odp4j.flowcache.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowMask;
import io.odp4j.flowcache.rule.OpenFlowAction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same rules and packets through ovs-vswitchd: the same actions, no more flows, no more masks.
 */
class OpenVswitchComparisonTest {
    private static final int PACKETS = 60;

    /** Where the oracle has its ports: LOCAL is 100 in its datapath. */
    private static final SwitchPorts PORTS =
            new SwitchPorts() {
                @Override
                public List<Integer> all() {
                    return List.of(1, 2, 3, OpenFlowAction.PORT_LOCAL);
                }

                @Override
                public boolean exists(int port) {
                    return all().contains(port);
                }

                @Override
                public int toDatapath(int port) {
                    return port == OpenFlowAction.PORT_LOCAL ? 100 : port;
                }
            };

    @TempDir private static Path folder;
    private static VswitchOracle oracle;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(VswitchOracle.isAvailable(), "ovs-vswitchd is not installed");
        oracle = VswitchOracle.start(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        if (oracle != null) {
            oracle.close();
        }
    }

    /** Recirculation ids and the controller's cookie are each side's own. */
    private static String normalized(String actions) {
        String text =
                actions.replaceAll("recirc\\(0x[0-9a-f]+\\)", "recirc")
                        .replaceAll("userspace\\(.*?max_len=(\\d+)\\)\\)", "controller($1)")
                        .replaceAll(
                                "push_vlan\\((tpid=0x88a8,)?vid=(\\d+),pcp=(\\d)\\)",
                                "push($1$2,$3)");
        boolean ports = text.matches("[0-9,]+");
        if (ports) {
            String[] sorted = text.split(",");
            Arrays.sort(sorted);
            return String.join(",", sorted);
        }
        return text;
    }

    private record Shape(Set<String> flows, Set<String> masks) {
        Shape() {
            this(new HashSet<>(), new HashSet<>());
        }
    }

    /** Compares packet by packet; how many flows and masks each side made. */
    private static Shape[] compare(String rules, List<FlowKey> packets) throws Exception {
        PolicyTables tables = new PolicyTables();
        tables.load(rules);
        oracle.load(rules);
        Shape[] shapes = {new Shape(), new Shape()};
        for (FlowKey packet : packets) {
            Verdict verdict = new Verdict();
            new Pipeline(tables, PORTS, new MacTable())
                    .translate(packet, verdict, (table, rule, depth, mask) -> {});
            VswitchOracle.Traced theirs = oracle.trace(packet);
            assertThat(normalized(verdict.actionsText()))
                    .as("%s\nby\n%s\nmegaflow %s", VswitchOracle.text(packet), rules, theirs)
                    .isEqualTo(normalized(theirs.actions()));
            shapes[0].flows.add(maskedText(packet, verdict.mask()));
            shapes[0].masks.add(verdict.mask().toString());
            shapes[1].flows.add(theirs.megaflow());
            shapes[1].masks.add(MegaflowText.mask(theirs.megaflow()));
        }
        return shapes;
    }

    private static String maskedText(FlowKey packet, FlowMask mask) {
        FlowKey masked = new FlowKey();
        for (int w = 0; w < FlowKey.MATCH_WORDS; w++) {
            masked.words()[w] = packet.words()[w] & mask.words()[w];
        }
        return masked + " mask " + mask;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldDecideAsOpenVswitchDoesWithRandomRules(int seed) throws Exception {
        RandomPolicy random = new RandomPolicy(seed);
        String rules = random.distinctRules(40, 4);
        List<FlowKey> packets = new ArrayList<>();
        for (int i = 0; i < PACKETS; i++) {
            packets.add(random.packet());
        }
        compare(rules, packets);
    }

    private static void shouldMakeNoMore(String rules, List<FlowKey> packets) throws Exception {
        Shape[] shapes = compare(rules, packets);
        assertThat(shapes[0].flows).as("flows").hasSizeLessThanOrEqualTo(shapes[1].flows.size());
        assertThat(shapes[0].masks).as("masks").hasSizeLessThanOrEqualTo(shapes[1].masks.size());
    }

    private static List<FlowKey> traffic(int seed) {
        RandomPolicy random = new RandomPolicy(seed);
        List<FlowKey> packets = new ArrayList<>();
        for (int i = 0; i < 2 * PACKETS; i++) {
            packets.add(random.packet());
        }
        return packets;
    }

    @Test
    void shouldMakeNoMoreFlowsForALearningSwitch() throws Exception {
        shouldMakeNoMore("actions=normal", traffic(1));
    }

    @Test
    void shouldMakeNoMoreFlowsForAclsWithPrefixesAndPorts() throws Exception {
        shouldMakeNoMore(
                """
                priority=100,tcp,nw_src=10.0.0.0/24,nw_dst=10.1.2.3,tp_dst=80,actions=2
                priority=90,tcp,nw_src=10.0.0.0/8,tp_dst=0x50/0xfffe,actions=3
                priority=80,udp,nw_dst=192.168.0.0/16,tp_src=0x40/0xffc0,actions=2
                priority=70,ip,nw_src=10.0.0.1,actions=drop
                priority=10,arp,actions=flood
                priority=1,ip,actions=1,2,3
                """,
                traffic(2));
    }

    @Test
    void shouldMakeNoMoreFlowsForAnIcmpRuleBesideTcp() throws Exception {
        shouldMakeNoMore(
                "priority=9,icmp,icmp_type=8,actions=2\npriority=8,tcp,actions=3\npriority=1,actions=1",
                traffic(3));
    }

    @Test
    void shouldMakeNoMoreFlowsForAPipelineOfFourTables() throws Exception {
        shouldMakeNoMore(
                """
                table=0,priority=9,in_port=1,actions=load:1->NXM_NX_REG0[],goto_table:1
                table=0,priority=1,actions=load:2->NXM_NX_REG0[],goto_table:1
                table=1,priority=9,ip,nw_dst=10.0.0.0/8,actions=dec_ttl,goto_table:2
                table=1,priority=8,arp,actions=flood
                table=1,priority=1,actions=goto_table:2
                table=2,reg0=1,priority=9,tcp,actions=mod_dl_dst:02:00:00:00:00:09,resubmit(,3)
                table=2,reg0=2,priority=9,actions=mod_vlan_vid:9,resubmit(,3)
                table=2,priority=1,actions=drop
                table=3,priority=2,dl_dst=02:00:00:00:00:09,actions=2
                table=3,priority=1,actions=3
                """,
                traffic(4));
    }

    @Test
    void shouldMakeNoMoreFlowsForAConnectionTrackingFirewall() throws Exception {
        shouldMakeNoMore(
                """
                table=0,priority=9,ip,ct_state=-trk,actions=ct(table=1,zone=5)
                table=0,priority=1,arp,actions=normal
                table=1,priority=9,ip,ct_state=+trk+new,in_port=1,actions=ct(commit,zone=5),2
                table=1,priority=8,ip,ct_state=+trk+est,actions=normal
                """,
                traffic(5));
    }

    @Test
    void shouldMakeNoMoreFlowsForConjunctions() throws Exception {
        shouldMakeNoMore(
                """
                priority=50,ip,nw_src=10.0.0.0,actions=conjunction(7,1/2)
                priority=50,ip,nw_src=10.0.0.1,actions=conjunction(7,1/2)
                priority=50,tcp,tp_dst=80,actions=conjunction(7,2/2)
                priority=50,udp,tp_dst=81,actions=conjunction(7,2/2)
                priority=50,conj_id=7,ip,actions=2
                priority=1,actions=3
                """,
                traffic(6));
    }

    @Test
    void shouldAgreeOnWhatReplacesWhat() throws Exception {
        FlowKey packet = traffic(7).get(0).set(FlowField.IN_PORT, 1);
        compare("priority=5,actions=2\npriority=5,actions=3", List.of(packet));
    }
}
