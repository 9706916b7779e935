package io.odp4j.upcall.appctl;

import io.odp4j.upcall.Agent;
import io.odp4j.upcall.control.CommandTable;
import io.odp4j.upcall.counter.Counters;
import java.util.List;

/** Everything that an agent can be asked. */
public final class AgentCommands implements AutoCloseable {
    private final CoverageRates rates;

    private AgentCommands(CoverageRates rates) {
        this.rates = rates;
    }

    /**
     * Adds the commands.
     *
     * @param version what {@code version} says
     * @param more counters beside the agent's: the control socket's own
     */
    public static AgentCommands addTo(
            CommandTable table, Agent agent, String version, Counters more) {
        CoverageRates rates = new CoverageRates(() -> counters(agent, more));
        new ProcessCommands(agent, version).addTo(table);
        new CoverageCommands(rates).addTo(table);
        new DatapathCommands(agent).addTo(table);
        new RevalidatorCommands(agent.rounds()).addTo(table);
        new FdbCommands(agent).addTo(table);
        rates.start();
        return new AgentCommands(rates);
    }

    private static long[] counters(Agent agent, Counters more) {
        long[] sum = agent.counters();
        long[] others = Counters.sum(List.of(more));
        for (int i = 0; i < sum.length; i++) {
            sum[i] += others[i];
        }
        return sum;
    }

    @Override
    public void close() {
        rates.close();
    }
}
