package io.odp4j.upcall;

import static io.odp4j.upcall.TwoHosts.count;
import static io.odp4j.upcall.TwoHosts.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.datapath.flow.ActionAttributes;
import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.KeyAttributes;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.netlink.table.StructValue;
import io.odp4j.datapath.ovs.FlowAttributes;
import io.odp4j.datapath.ovs.Flows;
import io.odp4j.upcall.TwoHosts.Net;
import io.odp4j.upcall.counter.Counter;
import io.odp4j.upcall.policy.DropAll;
import io.odp4j.upcall.policy.Hub;
import io.odp4j.upcall.policy.Policy;
import io.odp4j.upcall.policy.RulePolicy;
import io.odp4j.upcall.policy.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The agent on an embedded datapath, between two hosts in memory: what a kernel is not asked. */
class AgentEmbeddedTest extends AgentContract {
    private static final int MILLIS = 2000;

    private MemoryHosts memory;

    @Override
    TwoHosts hosts() {
        memory = new MemoryHosts();
        return memory;
    }

    @Test
    void shouldDeleteEveryFlowWhenPurged() throws Exception {
        try (Agent agent = hosts.config().shards(2).start()) {
            assertPing(1, Net.IPV4, 2, 56);
            agent.rounds().pause();
            assertThat(agent.rounds().purge(MILLIS)).isTrue();
            assertThat(eventually(() -> flows() == 0)).isTrue();
            assertThat(count(agent, Counter.FLOWS_PURGED)).isPositive();
            assertPing(1, Net.IPV4, 2, 56);
        }
    }

    @Test
    void shouldAdoptTheFlowsOfAForerunnerWithOtherShards() throws Exception {
        try (Agent first = hosts.config().shards(3).keep(true).start()) {
            assertPing(1, Net.IPV4, 2, 56);
            assertThat(first.flows()).isPositive();
        }
        try (Agent second = hosts.config().shards(2).start()) {
            assertThat(second.flows()).isEqualTo((int) flows()).isPositive();
            assertPing(1, Net.IPV4, 2, 56);
            assertThat(second.rounds().await(MILLIS)).isTrue();
            assertThat(count(second, Counter.FLOWS_VANISHED)).isZero();
        }
    }

    @Test
    void shouldCreditThePacketsOfFlowsToTheirRules() throws Exception {
        long[] credited = {0};
        try (Agent agent =
                hosts.config().policies(RulePolicy.sharing("actions=normal")).shards(2).start()) {
            assertPing(1, Net.IPV4, 10, 56);
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
            assertThat(credited[0]).isEqualTo(hosts.stat("n_hit") + hosts.stat("n_missed"));
        }
    }

    /** Decides nothing before it is let. */
    private static class Waiting implements Policy {
        private final CountDownLatch free;

        Waiting(CountDownLatch free) {
            this.free = free;
        }

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
    }

    @Test
    void shouldSayThatAPolicyIsStuckAndGoOnAfterwards() throws Exception {
        CountDownLatch free = new CountDownLatch(1);
        Policy waiting = new Waiting(free);
        try (Agent agent = hosts.config().policy(waiting).start()) {
            hosts.ping(1, Net.IPV4, 1, 56);
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
    void shouldFollowThePortsWhileAPolicyIsStuck() throws Exception {
        CountDownLatch free = new CountDownLatch(1);
        AtomicInteger known = new AtomicInteger();
        Policy waiting =
                new Waiting(free) {
                    @Override
                    public void portsChanged(int[] numbers) {
                        known.set(numbers.length);
                    }
                };
        try (Agent agent = hosts.config().policy(waiting).start()) {
            assertThat(known.get()).isEqualTo(3);
            hosts.ping(1, Net.IPV4, 1, 56);
            // The second change is seen only if the first is not waited for.
            hosts.unplugSecond();
            assertThat(eventually(() -> agent.ports() == 2)).isTrue();
            hosts.plugSecondAgain();
            assertThat(eventually(() -> agent.ports() == 3)).isTrue();
            hosts.unplugSecond();
            assertThat(eventually(() -> agent.ports() == 2)).isTrue();
            assertThat(known.get()).isEqualTo(3);
            free.countDown();
            assertThat(eventually(() -> known.get() == 2)).isTrue();
        }
    }

    @Test
    void shouldForgetAFlowOnlyWhenTwoListsInARowLackIt() throws Exception {
        AtomicReference<Agent> started = new AtomicReference<>();
        List<Long> vanishedBeforeRound = new CopyOnWriteArrayList<>();
        Policy counting =
                new Policy() {
                    @Override
                    public void decide(FlowKey key, Verdict verdict) {
                        decideAgain(key, verdict);
                    }

                    @Override
                    public void decideAgain(FlowKey key, Verdict verdict) {
                        verdict.match(FlowField.IN_PORT).actions().output(3 - key.inPort());
                    }

                    @Override
                    public void tick() {
                        Agent agent = started.get();
                        vanishedBeforeRound.add(
                                agent == null ? 0 : count(agent, Counter.FLOWS_VANISHED));
                    }
                };
        try (Agent agent = hosts.config().policy(counting).start()) {
            started.set(agent);
            assertPing(1, Net.IPV4, 2, 56);
            agent.rounds().pause();
            assertThat(eventually(() -> !agent.rounds().isUnderWay())).isTrue();
            vanishedBeforeRound.clear();
            hosts.disturb(); // deletes the flows, among other things
            agent.rounds().resume();
            assertThat(eventually(() -> vanishedBeforeRound.size() >= 3)).isTrue();
            assertThat(vanishedBeforeRound.subList(0, 3)).containsExactly(0L, 0L, 2L);
            assertThat(agent.flows()).isZero();
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
        try (Agent agent = hosts.config().policy(faulty).fallback(shard -> new Hub()).start()) {
            assertPing(1, Net.IPV4, 3, 56);
            assertThat(count(agent, Counter.FALLBACKS))
                    .isEqualTo(count(agent, Counter.POLICY_ERRORS))
                    .isEqualTo(count(agent, Counter.MISSES));
            assertThat(count(agent, Counter.POLICY_DROPS)).isZero();
            assertThat(flows()).isZero();
        }
    }

    private long flows() {
        try {
            return hosts.stat("n_flows");
        } catch (NetlinkException e) {
            return -1;
        }
    }

    @Test
    void shouldAdoptTheFlowsOfAForerunner() throws Exception {
        Agent.start(hosts.config().keep(true).build()).close();
        try (Agent first = Agent.start(hosts.config().keep(true).build())) {
            assertPing(1, Net.IPV4, 2, 56);
            assertThat(first.flows()).isPositive();
        }
        assertPing(1, Net.IPV4, 2, 56); // without an agent
        try (Agent second = Agent.start(hosts.config().build())) {
            assertThat(count(second, Counter.FLOWS_ADOPTED)).isPositive();
            assertPing(1, Net.IPV4, 2, 56);
        }
    }

    @Test
    void shouldDecideAgainAboutAdoptedFlowsWhateverThePolicy() throws Exception {
        try (Agent first = Agent.start(hosts.config().keep(true).build())) {
            assertPing(1, Net.IPV4, 2, 56);
            assertThat(first.flows()).isPositive();
        }
        try (Agent second = hosts.config().policies(shard -> new DropAll()).start()) {
            assertThat(second.rounds().await(MILLIS)).isTrue();
            assertThat(memory.h1.ping(memory.h2.address(), 2, 56, 100)).isZero();
            assertThat(count(second, Counter.FLOWS_CHANGED)).isPositive();
        }
    }

    @Test
    void shouldPutOtherRulesIntoEffectOnAdoptedFlowsAndCreditTheirPackets() throws Exception {
        try (Agent first =
                hosts.config().policies(RulePolicy.sharing("actions=normal")).keep(true).start()) {
            assertPing(1, Net.IPV4, 3, 56);
            assertThat(first.flows()).isPositive();
        }
        assertPing(1, Net.IPV4, 7, 56); // without an agent
        long matched = hosts.stat("n_hit");
        String rules = "priority=5,icmp,actions=normal\npriority=1,actions=normal";
        try (Agent second = hosts.config().policies(RulePolicy.sharing(rules)).keep(true).start()) {
            assertThat(second.rounds().await(MILLIS)).isTrue();
            // A round does not wait for the datapath's answers to what it deletes.
            assertThat(eventually(attempt(() -> second.flows() == (int) flows()))).isTrue();
            assertThat(credited(second)).isEqualTo(matched);
            assertPing(1, Net.IPV4, 2, 56);
        }
        String none = "priority=5,icmp,actions=drop\npriority=1,actions=normal";
        try (Agent third = hosts.config().policies(RulePolicy.sharing(none)).start()) {
            assertThat(third.rounds().await(MILLIS)).isTrue();
            assertThat(memory.h1.ping(memory.h2.address(), 2, 56, 100)).isZero();
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
        try (Agent first = Agent.start(hosts.config().keep(true).build())) {
            assertPing(1, Net.IPV4, 2, 56);
            assertThat(first.flows()).isPositive();
        }
        long there = flows();
        try (Agent second = hosts.config().adopt(false).idleMillis(1).start()) {
            assertThat(count(second, Counter.FLOWS_FOREIGN)).isEqualTo(there);
            assertThat(second.rounds().await(MILLIS)).isTrue();
            assertThat(flows()).isEqualTo(there);
            assertThat(second.flows()).isZero();
        }
    }

    @Test
    void shouldDeleteFlowsThatItCannotHaveRoomFor() throws Exception {
        try (Agent first = Agent.start(hosts.config().keep(true).build())) {
            assertPing(1, Net.IPV4, 2, 56);
            assertThat(first.flows()).isGreaterThan(1);
        }
        try (Agent second = hosts.config().flowLimit(1).start()) {
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
        Agent agent = hosts.config().policy(counting).start();
        agent.rounds().pause();
        assertPing(1, Net.IPV4, 5, 56);
        long in = hosts.stat("n_hit") + hosts.stat("n_missed");
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
        try (Agent agent = hosts.config().policy(changing).start()) {
            assertPing(1, Net.IPV4, 2, 56);
            assertThat(flows()).isEqualTo(2);
            nonsense.set(true);
            agent.rounds().knock();
            assertThat(eventually(() -> flows() == 0)).isTrue();
            assertThat(count(agent, Counter.FLOW_INSTALL_INVALID)).isPositive();
            assertThat(memory.h1.ping(memory.h2.address(), 1, 56, 100)).isZero();
            nonsense.set(false);
            assertPing(1, Net.IPV4, 2, 56);
        }
    }

    @Test
    void shouldDeleteAFlowOfItsOwnThatItHasForgotten() throws Exception {
        try (Agent agent = hosts.config().start()) {
            assertPing(1, Net.IPV4, 2, 56);
            Flows flows =
                    new Flows(
                            hosts.channel, hosts.families, hosts.datapaths.get(TwoHosts.DATAPATH));
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
            assertPing(1, Net.IPV4, 2, 56);
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
        try (Agent agent = Agent.start(hosts.config().idleMillis(60_000).build())) {
            assertPing(1, Net.IPV4, 2, 56);
            int[] listed = {0};
            new Flows(hosts.channel, hosts.families, hosts.datapaths.get(TwoHosts.DATAPATH))
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
}
