package io.odp4j.upcall;

import static io.odp4j.upcall.TwoHosts.count;
import static io.odp4j.upcall.TwoHosts.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.odp4j.datapath.embedded.EmbeddedDatapath;
import io.odp4j.datapath.flow.ActionAttributes;
import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.KeyAttributes;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.RequestChannel;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.netlink.table.StructValue;
import io.odp4j.datapath.ovs.DatapathAttributes;
import io.odp4j.datapath.ovs.Datapaths;
import io.odp4j.datapath.ovs.FlowAttributes;
import io.odp4j.datapath.ovs.Flows;
import io.odp4j.datapath.ovs.OvsFamilies;
import io.odp4j.datapath.ovs.Vport;
import io.odp4j.datapath.ovs.Vports;
import io.odp4j.upcall.counter.Counter;
import io.odp4j.upcall.demo.MemoryHost;
import io.odp4j.upcall.policy.DropAll;
import io.odp4j.upcall.policy.Hub;
import io.odp4j.upcall.policy.Policy;
import io.odp4j.upcall.policy.RulePolicy;
import io.odp4j.upcall.policy.Verdict;
import io.odp4j.upcall.port.DispatchMode;
import io.odp4j.upcall.ring.WaitMode;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The agent on an embedded datapath, between two hosts in memory. */
class AgentEmbeddedTest {
    private static final String DATAPATH = "emb0";
    private static final int MILLIS = 2000;

    private EmbeddedDatapath embedded;
    private RequestChannel channel;
    private OvsFamilies families;
    private MemoryHost h1;
    private MemoryHost h2;

    @BeforeEach
    void setUp() throws Exception {
        embedded = EmbeddedDatapath.open();
        channel = RequestChannel.open(embedded.endpoint());
        families = OvsFamilies.resolve(channel);
        h1 = MemoryHost.plug(embedded, "h1p", 1);
        h2 = MemoryHost.plug(embedded, "h2p", 2);
    }

    @AfterEach
    void tearDown() {
        channel.close();
        h1.close();
        h2.close();
        embedded.close();
    }

    private AgentConfig.Builder config() {
        return AgentConfig.of(DATAPATH)
                .endpoint(embedded.endpoint())
                .ports(List.of("h1p", "h2p"))
                .ringSlots(64);
    }

    private long stat(String name) throws NetlinkException {
        return new Datapaths(channel, families).get(DATAPATH).stat(name);
    }

    /**
     * A flow that floods is changed a moment after the port is there; from then on nothing is lost.
     */
    private void awaitNewPort() throws InterruptedException {
        for (int i = 0; i < 20; i++) {
            if (h1.ping(h2.address(), 1, 56, 200) == 1) {
                return;
            }
        }
    }

    private int ping(int count, int bytes) throws InterruptedException {
        return h1.ping(h2.address(), count, bytes, MILLIS);
    }

    @Test
    void shouldCarryPingsOfEverySizeAndUdp() throws Exception {
        try (Agent agent = Agent.start(config().build())) {
            for (int bytes : new int[] {56, 1400, 60_000}) {
                assertThat(ping(3, bytes)).isEqualTo(3);
            }
            assertThat(h2.udp(h1.address(), 5000, 3, MILLIS)).isEqualTo(3);
            assertThat(stat("n_lost")).isZero();
            assertThat(count(agent, Counter.FLOW_INSTALL_FAILED)).isZero();
            assertThat(count(agent, Counter.EXECUTE_FAILED)).isZero();
            assertThat(count(agent, Counter.MISSES)).isEqualTo(stat("n_missed"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "VPORT, 1, 1, BLOCKING",
        "VPORT, 3, 256, SPIN",
        "VPORT, 2, 1, BLOCKING",
        "CPU, 1, 256, BUSY",
        "CPU, 3, 256, BLOCKING",
        "AUTO, 2, 256, BLOCKING"
    })
    void shouldCarryPacketsHoweverUpcallsAreDispatched(
            DispatchMode dispatch, int shards, int sockets, WaitMode wait) throws Exception {
        AgentConfig.Builder spread =
                config().dispatch(dispatch).shards(shards).mostSockets(sockets).waitMode(wait);
        try (Agent agent = spread.start()) {
            assertThat(ping(3, 56)).isEqualTo(3);
            assertThat(h2.udp(h1.address(), 5000, 20, MILLIS)).isEqualTo(20);
            assertThat(agent.dispatch())
                    .isEqualTo(
                            dispatch == DispatchMode.VPORT ? DispatchMode.VPORT : DispatchMode.CPU);
            assertThat(stat("n_lost")).isZero();
            assertThat(count(agent, Counter.FLOW_INSTALL_FAILED)).isZero();
            assertThat(count(agent, Counter.EXECUTE_FAILED)).isZero();
            assertThat(count(agent, Counter.MISSES)).isEqualTo(stat("n_missed"));
            assertThat(agent.rounds().await(MILLIS)).isTrue();
            assertThat(agent.flows()).isEqualTo((int) stat("n_flows")).isPositive();
            assertThat(agent.health())
                    .allMatch(stage -> stage.state() == StageHealth.State.OK)
                    .hasSize(2 * shards + 2);
        }
    }

    @Test
    void shouldDeleteEveryFlowWhenPurged() throws Exception {
        try (Agent agent = config().shards(2).start()) {
            assertThat(ping(2, 56)).isEqualTo(2);
            agent.rounds().pause();
            assertThat(agent.rounds().purge(MILLIS)).isTrue();
            assertThat(eventually(() -> flows() == 0)).isTrue();
            assertThat(count(agent, Counter.FLOWS_PURGED)).isPositive();
            assertThat(ping(2, 56)).isEqualTo(2);
        }
    }

    @Test
    void shouldAdoptTheFlowsOfAForerunnerWithOtherShards() throws Exception {
        try (Agent first = config().shards(3).keep(true).start()) {
            assertThat(ping(2, 56)).isEqualTo(2);
            assertThat(first.flows()).isPositive();
        }
        try (Agent second = config().shards(2).start()) {
            assertThat(second.flows()).isEqualTo((int) flows()).isPositive();
            assertThat(ping(2, 56)).isEqualTo(2);
            assertThat(second.rounds().await(MILLIS)).isTrue();
            assertThat(count(second, Counter.FLOWS_VANISHED)).isZero();
        }
    }

    @Test
    void shouldCreditThePacketsOfFlowsToTheirRules() throws Exception {
        long[] credited = {0};
        try (Agent agent =
                config().policies(RulePolicy.sharing("actions=normal")).shards(2).start()) {
            assertThat(ping(10, 56)).isEqualTo(10);
            assertThat(agent.rounds().purge(MILLIS)).isTrue();
            agent.rounds().pause();
            assertThat(eventually(() -> flows() == 0)).isTrue();
            assertThat(agent.rounds().purge(MILLIS)).isTrue();
            agent.withPolicies(
                    policy ->
                            credited[0] +=
                                    ((RulePolicy) policy)
                                            .tables()
                                            .table(0)
                                            .rules()
                                            .iterator()
                                            .next()
                                            .packets());
            // Every packet that came in was handled by the one rule, here or in the datapath.
            assertThat(credited[0]).isEqualTo(stat("n_hit") + stat("n_missed"));
        }
    }

    @Test
    void shouldSayThatAPolicyIsStuckAndGoOnAfterwards() throws Exception {
        CountDownLatch free = new CountDownLatch(1);
        Policy waiting =
                new Policy() {
                    @Override
                    public void decide(FlowKey key, Verdict verdict) {
                        try {
                            free.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    }

                    @Override
                    public void decideAgain(FlowKey key, Verdict verdict) {}
                };
        try (Agent agent = config().policy(waiting).start()) {
            h1.ping(h2.address(), 1, 56, 50);
            assertThat(eventually(() -> count(agent, Counter.STAGES_STUCK) > 0)).isTrue();
            assertThat(agent.health().toString()).contains("odp4j-classifier-0 stuck for");
            free.countDown();
            assertThat(eventually(() -> count(agent, Counter.PACKETS_DROPPED) > 0)).isTrue();
            assertThat(
                            eventually(
                                    () ->
                                            agent.health().stream()
                                                    .allMatch(
                                                            s ->
                                                                    s.state()
                                                                            == StageHealth.State
                                                                                    .OK)))
                    .isTrue();
        }
    }

    @Test
    void shouldAskTheFallbackWhereThePolicyThrows() throws Exception {
        Policy faulty =
                new Policy() {
                    @Override
                    public void decide(FlowKey key, Verdict verdict) {
                        verdict.actions().output(77);
                        throw new AssertionError("no idea");
                    }

                    @Override
                    public void decideAgain(FlowKey key, Verdict verdict) {}
                };
        try (Agent agent = config().policy(faulty).fallback(shard -> new Hub()).start()) {
            assertThat(ping(3, 56)).isEqualTo(3);
            assertThat(count(agent, Counter.FALLBACKS))
                    .isEqualTo(count(agent, Counter.POLICY_ERRORS))
                    .isEqualTo(count(agent, Counter.MISSES));
            assertThat(count(agent, Counter.POLICY_DROPS)).isZero();
            assertThat(flows()).isZero();
        }
    }

    @Test
    void shouldKeepPacketsInTheDatapathAfterTheFirst() throws Exception {
        try (Agent agent = Agent.start(config().idleMillis(60_000).build())) {
            assertThat(ping(3, 56)).isEqualTo(3);
            long hits = stat("n_hit");
            long misses = stat("n_missed");
            assertThat(ping(100, 56)).isEqualTo(100);
            assertThat(stat("n_hit") - hits).isEqualTo(200);
            assertThat(stat("n_missed")).isEqualTo(misses);
            assertThat(count(agent, Counter.FLOWS_INSTALLED))
                    .isLessThanOrEqualTo(count(agent, Counter.DECIDED));
        }
    }

    @Test
    void shouldDeleteIdleFlows() throws Exception {
        try (Agent agent = Agent.start(config().idleMillis(600).build())) {
            assertThat(ping(2, 56)).isEqualTo(2);
            assertThat(eventually(() -> flows() == 0)).isTrue();
            assertThat(eventually(() -> agentFlows(agent) == 0)).isTrue();
            assertThat(count(agent, Counter.FLOWS_IDLE)).isPositive();
        }
    }

    private long flows() {
        try {
            return stat("n_flows");
        } catch (NetlinkException e) {
            return -1;
        }
    }

    private static int agentFlows(Agent agent) {
        try {
            return agent.flows();
        } catch (AgentException | InterruptedException e) {
            return -1;
        }
    }

    @Test
    void shouldGoOnWhenAPortIsUnpluggedAndComesBack() throws Exception {
        try (Agent agent = Agent.start(config().build())) {
            assertThat(ping(2, 56)).isEqualTo(2);
            h2.close();
            assertThat(eventually(() -> agent.ports() == 2)).isTrue();
            assertThat(h1.ping(h2.address(), 1, 56, 100)).isZero();
            h2 = MemoryHost.plug(embedded, "h2p", 3);
            assertThat(eventually(() -> agent.ports() == 3)).isTrue();
            awaitNewPort();
            assertThat(ping(3, 56)).isEqualTo(3);
            assertThat(count(agent, Counter.PORTS_REMOVED)).isEqualTo(1);
            assertThat(count(agent, Counter.PORTS_ADDED)).isEqualTo(4);
        }
    }

    @Test
    void shouldTakeOverAPortThatAnotherProgramAdds() throws Exception {
        try (Agent agent = Agent.start(config().ports(List.of("h1p")).build())) {
            h1.ping(h2.address(), 1, 56, 100);
            int datapath = new Datapaths(channel, families).get(DATAPATH).ifindex();
            new Vports(channel, families)
                    .add(datapath, "h2p", Vport.TYPE_NETDEV, new int[] {0}, null);
            assertThat(eventually(() -> agent.ports() == 3)).isTrue();
            awaitNewPort();
            assertThat(ping(3, 56)).isEqualTo(3);
            assertThat(count(agent, Counter.FLOW_INSTALL_FAILED)).isZero();
        }
    }

    @Test
    void shouldPutFeaturesBackThatAnotherProgramChanges() throws Exception {
        try (Agent agent = Agent.start(config().build())) {
            Datapaths datapaths = new Datapaths(channel, families);
            datapaths.setFeatures(
                    datapaths.get(DATAPATH), DatapathAttributes.F_DISPATCH_UPCALL_PER_CPU, null);
            assertThat(ping(2, 56)).isEqualTo(2);
            assertThat(eventually(() -> count(agent, Counter.FEATURES_RESTORED) > 0)).isTrue();
        }
    }

    @Test
    void shouldSayThatItsDatapathWasDeleted() throws Exception {
        try (Agent agent = Agent.start(config().build())) {
            assertThat(ping(1, 56)).isEqualTo(1);
            Datapaths datapaths = new Datapaths(channel, families);
            datapaths.delete(datapaths.get(DATAPATH));
            assertThatThrownBy(() -> agent.await(10_000))
                    .isInstanceOf(AgentException.class)
                    .hasMessage("datapath " + DATAPATH + " was deleted");
        }
    }

    @Test
    void shouldAdoptTheFlowsOfAForerunner() throws Exception {
        Agent.start(config().keep(true).build()).close();
        try (Agent first = Agent.start(config().keep(true).build())) {
            assertThat(ping(2, 56)).isEqualTo(2);
            assertThat(first.flows()).isPositive();
        }
        assertThat(ping(2, 56)).as("without an agent").isEqualTo(2);
        try (Agent second = Agent.start(config().build())) {
            assertThat(count(second, Counter.FLOWS_ADOPTED)).isPositive();
            assertThat(ping(2, 56)).isEqualTo(2);
        }
    }

    @Test
    void shouldDecideAgainAboutAdoptedFlowsWhateverThePolicy() throws Exception {
        try (Agent first = Agent.start(config().keep(true).build())) {
            assertThat(ping(2, 56)).isEqualTo(2);
            assertThat(first.flows()).isPositive();
        }
        try (Agent second = config().policies(shard -> new DropAll()).start()) {
            assertThat(second.rounds().await(MILLIS)).isTrue();
            assertThat(h1.ping(h2.address(), 2, 56, 100)).isZero();
            assertThat(count(second, Counter.FLOWS_CHANGED)).isPositive();
        }
    }

    @Test
    void shouldPutOtherRulesIntoEffectOnAdoptedFlowsAndCreditTheirPackets() throws Exception {
        try (Agent first =
                config().policies(RulePolicy.sharing("actions=normal")).keep(true).start()) {
            assertThat(ping(3, 56)).isEqualTo(3);
            assertThat(first.flows()).isPositive();
        }
        assertThat(ping(7, 56)).as("without an agent").isEqualTo(7);
        long matched = stat("n_hit");
        String rules = "priority=5,icmp,actions=normal\npriority=1,actions=normal";
        try (Agent second = config().policies(RulePolicy.sharing(rules)).keep(true).start()) {
            assertThat(second.rounds().await(MILLIS)).isTrue();
            assertThat(second.flows()).isEqualTo((int) flows());
            assertThat(credited(second)).isEqualTo(matched);
            assertThat(ping(2, 56)).isEqualTo(2);
        }
        String none = "priority=5,icmp,actions=drop\npriority=1,actions=normal";
        try (Agent third = config().policies(RulePolicy.sharing(none)).start()) {
            assertThat(third.rounds().await(MILLIS)).isTrue();
            assertThat(h1.ping(h2.address(), 2, 56, 100)).isZero();
        }
    }

    /** Packets of all rules of all shards. */
    private static long credited(Agent agent) throws Exception {
        long[] sum = {0};
        agent.withPolicies(
                policy ->
                        ((RulePolicy) policy)
                                .tables()
                                .table(0)
                                .rules()
                                .forEach(rule -> sum[0] += rule.packets()));
        return sum[0];
    }

    @Test
    void shouldLeaveFlowsAloneIfToldSo() throws Exception {
        try (Agent first = Agent.start(config().keep(true).build())) {
            assertThat(ping(2, 56)).isEqualTo(2);
            assertThat(first.flows()).isPositive();
        }
        long there = flows();
        try (Agent second = config().adopt(false).idleMillis(1).start()) {
            assertThat(count(second, Counter.FLOWS_FOREIGN)).isEqualTo(there);
            assertThat(second.rounds().await(MILLIS)).isTrue();
            assertThat(flows()).isEqualTo(there);
            assertThat(second.flows()).isZero();
        }
    }

    @Test
    void shouldDeleteFlowsThatItCannotHaveRoomFor() throws Exception {
        try (Agent first = Agent.start(config().keep(true).build())) {
            assertThat(ping(2, 56)).isEqualTo(2);
            assertThat(first.flows()).isGreaterThan(1);
        }
        try (Agent second = config().flowLimit(1).start()) {
            assertThat(count(second, Counter.FLOWS_ADOPTED)).isEqualTo(1);
            assertThat(eventually(() -> flows() <= 1)).isTrue();
        }
    }

    @Test
    void shouldCreditTheLastPacketsOfFlowsWhenItStops() throws Exception {
        AtomicLong credited = new AtomicLong();
        Policy counting =
                new Policy() {
                    @Override
                    public void decide(FlowKey key, Verdict verdict) {
                        decideAgain(key, verdict);
                    }

                    @Override
                    public void decideAgain(FlowKey key, Verdict verdict) {
                        verdict.match(FlowField.IN_PORT).attach(this).actions();
                        verdict.actions().output(3 - key.inPort());
                    }

                    @Override
                    public void credit(Object attachment, long packets, long bytes) {
                        credited.addAndGet(packets);
                    }
                };
        Agent agent = config().policy(counting).start();
        agent.rounds().pause();
        assertThat(ping(5, 56)).isEqualTo(5);
        long in = stat("n_hit") + stat("n_missed");
        agent.close();
        assertThat(credited.get()).isEqualTo(in);
    }

    @Test
    void shouldDeleteAFlowWhoseChangeTheDatapathRefuses() throws Exception {
        AtomicBoolean nonsense = new AtomicBoolean();
        Policy changing =
                new Policy() {
                    @Override
                    public void decide(FlowKey key, Verdict verdict) {
                        decideAgain(key, verdict);
                    }

                    @Override
                    public void decideAgain(FlowKey key, Verdict verdict) {
                        int port = nonsense.get() ? 70_000 : 3 - key.inPort();
                        verdict.match(FlowField.IN_PORT).actions().output(port);
                    }

                    @Override
                    public long version() {
                        return nonsense.get() ? 1 : 0;
                    }
                };
        try (Agent agent = config().policy(changing).start()) {
            assertThat(ping(2, 56)).isEqualTo(2);
            assertThat(flows()).isEqualTo(2);
            nonsense.set(true);
            agent.rounds().knock();
            assertThat(eventually(() -> flows() == 0)).isTrue();
            assertThat(count(agent, Counter.FLOW_INSTALL_INVALID)).isPositive();
            assertThat(h1.ping(h2.address(), 1, 56, 100)).isZero();
            nonsense.set(false);
            assertThat(ping(2, 56)).isEqualTo(2);
        }
    }

    @Test
    void shouldDeleteAFlowOfItsOwnThatItHasForgotten() throws Exception {
        try (Agent agent = config().start()) {
            assertThat(ping(2, 56)).isEqualTo(2);
            Flows flows =
                    new Flows(channel, families, new Datapaths(channel, families).get(DATAPATH));
            byte[][] ufid = {null};
            flows.dump(
                    0,
                    flow -> {
                        ufid[0] = new byte[16];
                        flow.buffer().get(flow.ufidOffset(), ufid[0]);
                    });
            // Of the same agent, but no handle of its own.
            Arrays.fill(ufid[0], 8, 16, (byte) 0x7f);
            flows.add("forgotten", forgotten(ufid[0]));
            long there = flows();
            assertThat(eventually(() -> flows() == there - 1)).isTrue();
            assertThat(count(agent, Counter.FLOWS_FORGOTTEN)).isEqualTo(1);
            assertThat(ping(2, 56)).isEqualTo(2);
        }
    }

    private static AttributeList forgotten(byte[] ufid) {
        return new AttributeList(FlowAttributes.TABLE)
                .put(FlowAttributes.UFID, ufid)
                .put(
                        FlowAttributes.KEY,
                        new AttributeList(KeyAttributes.TABLE)
                                .put(KeyAttributes.IN_PORT, 77)
                                .put(
                                        KeyAttributes.ETHERNET,
                                        StructValue.zero(KeyAttributes.ETHERNET_STRUCT))
                                .put(KeyAttributes.ETHERTYPE, 0x88b5))
                .put(FlowAttributes.ACTIONS, new AttributeList(ActionAttributes.TABLE));
    }

    @Test
    void shouldLeaveFlowsThatAreListedAsTheyWereInstalled() throws Exception {
        try (Agent agent = Agent.start(config().idleMillis(60_000).build())) {
            assertThat(ping(2, 56)).isEqualTo(2);
            int[] listed = {0};
            new Flows(channel, families, new Datapaths(channel, families).get(DATAPATH))
                    .dump(
                            0,
                            flow -> {
                                assertThat(flow.hasKey()).isTrue();
                                assertThat(flow.hasMask()).isTrue();
                                assertThat(flow.hasActions()).isTrue();
                                listed[0]++;
                            });
            assertThat(listed[0]).isEqualTo(agent.flows()).isPositive();
        }
    }

    @Test
    void shouldCountWhatTheDatapathRefusesAndGoOn() throws Exception {
        Policy nonsense =
                new Policy() {
                    @Override
                    public void decide(FlowKey key, Verdict verdict) {
                        decideAgain(key, verdict);
                    }

                    @Override
                    public void decideAgain(FlowKey key, Verdict verdict) {
                        verdict.match(FlowField.IN_PORT).actions().output(70_000);
                    }
                };
        try (Agent agent = Agent.start(config().policy(nonsense).build())) {
            for (int i = 0; i < 4; i++) {
                h1.ping(h2.address(), 1, 56, 50);
            }
            assertThat(eventually(() -> count(agent, Counter.FLOW_INSTALL_FAILED) > 1)).isTrue();
            assertThat(agent.await(1)).isFalse();
        }
    }

    @Test
    void shouldSurviveAPolicyThatThrows() throws Exception {
        Policy faulty =
                new Policy() {
                    @Override
                    public void decide(FlowKey key, Verdict verdict) {
                        throw new IllegalStateException("no idea");
                    }

                    @Override
                    public void decideAgain(FlowKey key, Verdict verdict) {}
                };
        try (Agent agent = Agent.start(config().policy(faulty).build())) {
            h1.ping(h2.address(), 1, 56, 200);
            assertThat(eventually(() -> count(agent, Counter.POLICY_ERRORS) > 0)).isTrue();
            assertThat(agent.await(1)).isFalse();
        }
    }
}
