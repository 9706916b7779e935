package io.odp4j.upcall;

import static io.odp4j.upcall.TwoHosts.count;
import static io.odp4j.upcall.TwoHosts.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.odp4j.datapath.flow.ActionAttributes;
import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.KeyAttributes;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.netlink.table.StructValue;
import io.odp4j.datapath.ovs.FlowAttributes;
import io.odp4j.datapath.ovs.Flows;
import io.odp4j.upcall.TwoHosts.Net;
import io.odp4j.upcall.counter.Counter;
import io.odp4j.upcall.policy.Policy;
import io.odp4j.upcall.policy.Verdict;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The agent between two hosts, whichever datapath they are joined by. */
abstract class AgentContract {
    @RegisterExtension final TwoHosts hosts = hosts();

    /** The hosts, and what joins them. */
    abstract TwoHosts hosts();

    final void assertPing(int from, Net net, int count, int bytes) throws Exception {
        assertThat(hosts.ping(from, net, count, bytes))
                .as("%d pings of %d bytes from host %d over %s", count, bytes, from, net)
                .isTrue();
    }

    /** A flow that floods is changed a moment after a port is there; then nothing is lost. */
    private void assertPingsToANewPort() throws Exception {
        hosts.forgetNeighbours();
        assertThat(eventually(attempt(() -> hosts.ping(1, Net.IPV4, 1, 56)))).isTrue();
        assertPing(1, Net.IPV4, 3, 56);
    }

    interface Attempt {
        boolean succeeds() throws Exception;
    }

    static BooleanSupplier attempt(Attempt attempt) {
        return () -> {
            try {
                return attempt.succeeds();
            } catch (Exception e) {
                return false;
            }
        };
    }

    @Test
    void shouldCarryPingsOfEverySizeOverIpv4Ipv6AndVlan() throws Exception {
        hosts.addVlan();
        try (Agent agent = Agent.start(hosts.config().build())) {
            for (int bytes : new int[] {56, 1600, 3200}) {
                for (Net net : Net.values()) {
                    assertPing(1, net, 3, bytes);
                }
            }
            assertThat(hosts.stat("n_lost")).isZero();
            assertThat(count(agent, Counter.FLOW_INSTALL_FAILED)).isZero();
            assertThat(count(agent, Counter.EXECUTE_FAILED)).isZero();
            assertThat(count(agent, Counter.MISSES)).isEqualTo(hosts.stat("n_missed"));
        }
    }

    @Test
    void shouldKeepPacketsInTheDatapathAfterTheFirst() throws Exception {
        try (Agent agent = Agent.start(hosts.config().idleMillis(60_000).build())) {
            assertPing(1, Net.IPV4, 3, 56);
            // Neighbour probes have flows of their own; let both directions happen once.
            assertPing(2, Net.IPV4, 3, 56);
            long hits = hosts.stat("n_hit");
            long misses = hosts.stat("n_missed");
            assertPing(1, Net.IPV4, 20, 56);
            assertThat(hosts.stat("n_hit") - hits).isGreaterThanOrEqualTo(40);
            // Router solicitations at most.
            assertThat(hosts.stat("n_missed") - misses).isLessThanOrEqualTo(5);
            assertThat(count(agent, Counter.FLOWS_INSTALLED))
                    .isLessThanOrEqualTo(count(agent, Counter.DECIDED));
        }
    }

    @Test
    void shouldLoseNoUpcallToAProgramThatSetsFeaturesOfItsOwn() throws Exception {
        try (Agent agent = Agent.start(hosts.config().idleMillis(60_000).build())) {
            for (int round = 0; round < 5; round++) {
                assertPing(1, Net.IPV4, 2, 56);
                hosts.disturb();
            }
            assertPing(1, Net.IPV4, 2, 56);
            assertThat(hosts.stat("n_lost")).isZero();
            assertThat(eventually(() -> count(agent, Counter.FEATURES_RESTORED) > 0)).isTrue();
        }
    }

    @Test
    void shouldDeleteIdleFlows() throws Exception {
        try (Agent agent = Agent.start(hosts.config().idleMillis(1000).build())) {
            assertPing(1, Net.IPV4, 2, 56);
            assertThat(agent.flows()).isPositive();
            assertThat(eventually(attempt(() -> hosts.stat("n_flows") == 0))).isTrue();
            assertThat(eventually(attempt(() -> agent.flows() == 0))).isTrue();
            assertThat(count(agent, Counter.FLOWS_IDLE)).isPositive();
        }
    }

    @Test
    void shouldGoOnWhenAPortIsUnpluggedAndComesBack() throws Exception {
        try (Agent agent = Agent.start(hosts.config().build())) {
            assertPing(1, Net.IPV4, 2, 56);
            hosts.unplugSecond();
            assertThat(eventually(() -> agent.ports() == 2)).isTrue();
            assertThat(hosts.ping(1, Net.IPV4, 1, 56)).isFalse();
            hosts.plugSecondAgain();
            assertThat(eventually(() -> agent.ports() == 3)).isTrue();
            assertPingsToANewPort();
            assertThat(count(agent, Counter.PORTS_REMOVED)).isEqualTo(1);
            assertThat(count(agent, Counter.PORTS_ADDED)).isEqualTo(4);
        }
    }

    @Test
    void shouldTakeOverAPortThatAnotherProgramAdds() throws Exception {
        try (Agent agent = Agent.start(hosts.config().ports(List.of(TwoHosts.PORT_1)).build())) {
            assertThat(hosts.ping(1, Net.IPV4, 1, 56)).isFalse();
            hosts.addSecondPort();
            assertThat(eventually(() -> agent.ports() == 3)).isTrue();
            assertPingsToANewPort();
            // Flows that flood were changed to flood to the new port too.
            assertThat(eventually(() -> count(agent, Counter.FLOWS_MODIFIED) > 0)).isTrue();
            assertThat(count(agent, Counter.FLOW_INSTALL_FAILED)).isZero();
        }
    }

    @Test
    void shouldSayThatItsDatapathWasDeleted() throws Exception {
        try (Agent agent = Agent.start(hosts.config().build())) {
            assertPing(1, Net.IPV4, 1, 56);
            hosts.deleteDatapath();
            assertThatThrownBy(() -> agent.await(10_000))
                    .isInstanceOf(AgentException.class)
                    .hasMessage("datapath " + TwoHosts.DATAPATH + " was deleted");
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
        try (Agent agent = Agent.start(hosts.config().policy(nonsense).build())) {
            assertThat(
                            eventually(
                                    attempt(
                                            () -> {
                                                hosts.ping(1, Net.IPV4, 1, 56);
                                                return count(agent, Counter.FLOW_INSTALL_FAILED)
                                                        > 1;
                                            })))
                    .isTrue();
            assertThat(
                            eventually(
                                    () ->
                                            count(agent, Counter.EXECUTE_FAILED)
                                                    == count(agent, Counter.PACKETS_EXECUTED)))
                    .isTrue();
            assertThat(agent.flows()).isZero();
            assertThat(agent.await(1)).isFalse();
        }
    }

    @Test
    void shouldAdoptAFlowWhoseActionsAListHasNoRoomFor() throws Exception {
        Agent.start(hosts.config().keep(true).build()).close();
        AttributeList actions = new AttributeList(ActionAttributes.TABLE);
        for (int i = 0; i < 1000; i++) {
            actions.put(ActionAttributes.OUTPUT, 1 + i % 2);
        }
        byte[] ufid = new byte[16];
        ufid[0] = 1;
        new Flows(hosts.channel, hosts.families, hosts.datapaths.get(TwoHosts.DATAPATH))
                .add(
                        "of many actions",
                        new AttributeList(FlowAttributes.TABLE)
                                .put(FlowAttributes.UFID, ufid)
                                .put(
                                        FlowAttributes.KEY,
                                        new AttributeList(KeyAttributes.TABLE)
                                                .put(KeyAttributes.IN_PORT, 77)
                                                .put(
                                                        KeyAttributes.ETHERNET,
                                                        StructValue.zero(
                                                                KeyAttributes.ETHERNET_STRUCT))
                                                .put(KeyAttributes.ETHERTYPE, 0x88b5))
                                .put(FlowAttributes.ACTIONS, actions));
        try (Agent agent = hosts.config().idleMillis(60_000).start()) {
            assertThat(count(agent, Counter.FLOWS_FOREIGN)).isZero();
            // Whether it stays is for the first round to say.
            assertThat(count(agent, Counter.FLOWS_ADOPTED)).isPositive();
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
        try (Agent agent = Agent.start(hosts.config().policy(faulty).build())) {
            assertThat(hosts.ping(1, Net.IPV4, 1, 56)).isFalse();
            assertThat(count(agent, Counter.POLICY_ERRORS)).isPositive();
            assertThat(count(agent, Counter.POLICY_ERRORS)).isEqualTo(count(agent, Counter.MISSES));
            assertThat(agent.await(1)).isFalse();
        }
    }
}
