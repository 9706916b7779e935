package io.odp4j.upcall;

import static io.odp4j.upcall.TwoHosts.count;
import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.flowcache.policy.table.PolicyTables;
import io.odp4j.upcall.TwoHosts.Net;
import io.odp4j.upcall.counter.Counter;
import io.odp4j.upcall.policy.RulePolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The agent deciding by OpenFlow-style rules, whichever datapath carries them out. */
abstract class RulePolicyContract {
    @RegisterExtension final TwoHosts hosts = hosts();

    /** The hosts, and what joins them. */
    abstract TwoHosts hosts();

    private Agent agent(String rules) throws Exception {
        PolicyTables tables = new PolicyTables();
        tables.load(rules);
        return Agent.start(hosts.config().policy(new RulePolicy(tables)).build());
    }

    @Test
    void shouldLetThroughWhatTheRulesAllowAndNothingElse() throws Exception {
        try (Agent agent =
                agent(
                        """
                        priority=10,arp,actions=normal
                        priority=10,icmp,actions=normal
                        priority=10,tcp,tp_dst=7001,actions=normal
                        priority=10,tcp,tp_src=7001,actions=normal
                        priority=0,actions=drop
                        """)) {
            assertThat(hosts.ping(1, Net.IPV4, 3, 56)).isTrue();
            assertThat(hosts.connects(7001)).isTrue();
            assertThat(hosts.connects(7002)).isFalse();
            assertThat(count(agent, Counter.FLOW_INSTALL_FAILED)).isZero();
            assertThat(count(agent, Counter.EXECUTE_FAILED)).isZero();
            assertThat(count(agent, Counter.PACKETS_DROPPED)).isPositive();
            // Pings must not make ports significant, nor the dropped ones addresses.
            assertThat(hosts.flows())
                    .filteredOn(flow -> flow.contains("proto=1,"))
                    .isNotEmpty()
                    .noneMatch(flow -> flow.contains("icmp("));
        }
    }

    @Test
    void shouldTrackConnectionsThroughRecirculation() throws Exception {
        try (Agent agent =
                agent(
                        """
                        table=0,priority=100,arp,actions=normal
                        table=0,priority=50,ip,actions=ct(table=1)
                        table=1,priority=100,ip,ct_state=+trk+new,in_port=1,actions=ct(commit),output:2
                        table=1,priority=100,ip,ct_state=+trk+est,in_port=1,actions=output:2
                        table=1,priority=100,ip,ct_state=+trk+est,in_port=2,actions=output:1
                        table=1,priority=1,actions=drop
                        """)) {
            assertThat(hosts.ping(1, Net.IPV4, 3, 56)).isTrue();
            assertThat(hosts.connects(7003)).isTrue();
            // What begins outside stays outside.
            assertThat(hosts.ping(2, Net.IPV4, 1, 56)).isFalse();
            assertThat(count(agent, Counter.FLOW_INSTALL_FAILED)).isZero();
            assertThat(count(agent, Counter.EXECUTE_FAILED)).isZero();
        }
    }
}
