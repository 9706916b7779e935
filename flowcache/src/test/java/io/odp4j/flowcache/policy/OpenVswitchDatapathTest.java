package io.odp4j.flowcache.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.flowcache.trace.Pass;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same rules and the same traffic through the datapath of an ovs-vswitchd, which installs what
 * it decides: no more flows here than there, no more masks, and the same actions for each packet.
 */
class OpenVswitchDatapathTest {
    private static final int PACKETS = 400;

    /** Its ports take no more packets at once. */
    private static final int BATCH = 64;

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

    /** Packets in batches that come in at one port each. */
    private static List<List<FlowKey>> batches(List<FlowKey> packets) {
        List<List<FlowKey>> batches = new ArrayList<>();
        for (int from = 0; from < packets.size(); from += 3 * BATCH / 2) {
            List<FlowKey> some =
                    packets.subList(from, Math.min(packets.size(), from + 3 * BATCH / 2));
            for (int port = 1; port <= 3; port++) {
                int in = port;
                List<FlowKey> here = some.stream().filter(p -> p.inPort() == in).toList();
                for (int at = 0; at < here.size(); at += BATCH) {
                    batches.add(here.subList(at, Math.min(here.size(), at + BATCH)));
                }
            }
        }
        return batches;
    }

    private static void compare(String rules, List<FlowKey> packets) throws Exception {
        oracle.load(rules);
        oracle.forgetAddresses();
        oracle.forgetFlows();
        SimulatedDatapath ours = new SimulatedDatapath(rules);
        List<List<FlowKey>> batches = batches(packets);
        // Addresses are learnt first: flows from before are made anew in ways that differ.
        for (List<FlowKey> batch : batches) {
            oracle.receive(batch);
            batch.forEach(ours::learn);
        }
        oracle.forgetFlows();
        List<Pass> passes = new ArrayList<>();
        for (List<FlowKey> batch : batches) {
            oracle.receive(batch);
            batch.forEach(packet -> passes.addAll(ours.receive(packet)));
        }
        List<DumpedFlow> theirs = oracle.flows();
        long masks = theirs.stream().map(flow -> flow.mask().toString()).distinct().count();
        for (Pass pass : passes) {
            if (pass.recircId() == 0) {
                assertThat(
                                theirs.stream()
                                        .filter(flow -> flow.matches(pass.key()))
                                        .map(flow -> VswitchOracle.normalized(flow.actions())))
                        .as(pass.flow())
                        .containsExactly(VswitchOracle.normalized(pass.verdict().actionsText()));
            }
        }
        assertThat(ours.flows()).as("flows").isLessThanOrEqualTo(theirs.size());
        assertThat(ours.masks()).as("masks").isLessThanOrEqualTo((int) masks);
    }

    /** Packets of a small world, half of them of a larger one. */
    private static List<FlowKey> traffic(int seed) {
        RandomPolicy policy = new RandomPolicy(seed);
        Random random = new Random(seed);
        List<FlowKey> packets = new ArrayList<>();
        for (int i = 0; i < PACKETS; i++) {
            FlowKey packet = policy.packet();
            if (random.nextBoolean() && packet.dlType() == 0x800) {
                flip(packet, FlowField.NW_SRC, random);
                flip(packet, FlowField.NW_DST, random);
                if (packet.get(FlowField.NW_PROTO) != 1 && packet.get(FlowField.NW_FRAG) == 0) {
                    flip(packet, FlowField.TP_SRC, random);
                    flip(packet, FlowField.TP_DST, random);
                }
            }
            packets.add(packet);
        }
        return packets;
    }

    /** Makes one bit another, and draws those behind it. */
    private static void flip(FlowKey packet, FlowField field, Random random) {
        int bit = random.nextInt(field.bits());
        packet.set(field, packet.get(field) ^ 1L << bit ^ random.nextLong() & (1L << bit) - 1);
    }

    @Test
    void shouldInstallNoMoreForALearningSwitch() throws Exception {
        List<FlowKey> packets = traffic(1);
        for (FlowKey packet : packets) {
            packet.set(FlowField.DL_SRC, 0x0200_0000_0000L + packet.inPort() - 1);
        }
        compare(ComparedRules.LEARNING, packets);
    }

    @Test
    void shouldInstallNoMoreForAclsWithPrefixesAndPorts() throws Exception {
        compare(ComparedRules.ACLS, traffic(2));
    }

    @Test
    void shouldInstallNoMoreForAnIcmpRuleBesideTcp() throws Exception {
        compare(ComparedRules.ICMP, traffic(3));
    }

    @Test
    void shouldInstallNoMoreForAPipelineOfFourTables() throws Exception {
        compare(ComparedRules.FOUR_TABLES, traffic(4));
    }

    @Test
    void shouldInstallNoMoreForAConnectionTrackingFirewall() throws Exception {
        List<FlowKey> packets = new ArrayList<>();
        for (FlowKey packet : traffic(5)) {
            if (packet.dlType() == 0x806
                    || packet.get(FlowField.NW_PROTO) == 17 && packet.get(FlowField.NW_FRAG) == 0) {
                packet.set(FlowField.DL_SRC, 0x0200_0000_0000L + packet.inPort() - 1);
                packets.add(packet);
            }
        }
        compare(ComparedRules.TRACKING, packets);
    }

    @Test
    void shouldInstallNoMoreForConjunctions() throws Exception {
        compare(ComparedRules.CONJUNCTIONS, traffic(6));
    }
}
