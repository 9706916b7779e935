package io.odp4j.upcall.cli.agent;

import io.odp4j.upcall.AgentConfig;
import picocli.CommandLine.Option;

/** Options for the flows that an agent keeps in the datapath. */
final class FlowOptions {
    @Option(
            names = "--leave-flows",
            description =
                    "Leave the flows alone that are there at the start, a killed agent's too. By"
                            + " default they are taken over: decided again, counted, and deleted"
                            + " when idle.")
    private boolean leaveFlows;

    @Option(
            names = "--idle-timeout",
            paramLabel = "S",
            defaultValue = "10",
            description =
                    "Delete a flow without packets after S seconds. Default: ${DEFAULT-VALUE}.")
    private int idleSeconds;

    @Option(
            names = "--flow-limit",
            paramLabel = "N",
            defaultValue = "200000",
            description = "Install at most N flows. Default: ${DEFAULT-VALUE}.")
    private int flowLimit;

    @Option(
            names = "--mask-budget",
            paramLabel = "N",
            defaultValue = "512",
            description =
                    "Let the flows have at most N distinct masks; near that, flows are installed"
                            + " for fewer packets each. Default: ${DEFAULT-VALUE}.")
    private int maskBudget;

    void accept(AgentConfig.Builder config) {
        config.adopt(!leaveFlows)
                .idleMillis(idleSeconds * 1000L)
                .flowLimit(flowLimit)
                .maskBudget(maskBudget);
    }
}
