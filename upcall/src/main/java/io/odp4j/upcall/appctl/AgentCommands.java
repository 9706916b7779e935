package io.odp4j.upcall.appctl;

import io.odp4j.upcall.Agent;
import io.odp4j.upcall.control.CommandTable;
import io.odp4j.upcall.counter.Counters;
import java.util.List;
import java.util.function.Supplier;

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
        WatchCommands watch = new WatchCommands(agent);
        List<Counters> others = List.of(more, watch.counters());
        Supplier<long[]> counters = () -> counters(agent, others);
        CoverageRates rates = new CoverageRates(counters);
        new ProcessCommands(agent, version).addTo(table);
        new CoverageCommands(rates).addTo(table);
        new DatapathCommands(agent).addTo(table);
        new RevalidatorCommands(agent.rounds()).addTo(table);
        new FdbCommands(agent).addTo(table);
        new UpcallCommands(agent).addTo(table);
        new RuleCommands(agent).addTo(table);
        new LossCommands(agent, counters).addTo(table);
        new PacketCommands(agent, table).addTo();
        new VlogCommands().addTo(table);
        watch.addTo(table);
        new PortCommands(agent).addTo(table);
        rates.start();
        return new AgentCommands(rates);
    }

    private static long[] counters(Agent agent, List<Counters> others) {
        long[] sum = agent.counters();
        long[] more = Counters.sum(others);
        for (int i = 0; i < sum.length; i++) {
            sum[i] += more[i];
        }
        return sum;
    }

    @Override
    public void close() {
        rates.close();
    }
}
