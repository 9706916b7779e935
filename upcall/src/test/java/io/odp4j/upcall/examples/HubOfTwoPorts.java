package io.odp4j.upcall.examples;

import io.odp4j.upcall.Agent;
import io.odp4j.upcall.AgentConfig;
import io.odp4j.upcall.policy.Hub;
import java.util.List;

/** The agent of README.md. */
final class HubOfTwoPorts {
    private HubOfTwoPorts() {}

    public static void main(String[] arguments) throws Exception {
        AgentConfig config =
                AgentConfig.of("ovs0").ports(List.of("eth1", "eth2")).policy(new Hub()).build();
        try (Agent agent = Agent.start(config)) {
            agent.await();
        }
    }
}
