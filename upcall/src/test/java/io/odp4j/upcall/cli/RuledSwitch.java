package io.odp4j.upcall.cli;

import io.odp4j.datapath.embedded.EmbeddedDatapath;
import io.odp4j.upcall.Agent;
import io.odp4j.upcall.AgentConfig;
import io.odp4j.upcall.appctl.AgentCommands;
import io.odp4j.upcall.cli.dpctl.DpctlControl;
import io.odp4j.upcall.cli.trace.TraceControl;
import io.odp4j.upcall.control.CommandTable;
import io.odp4j.upcall.counter.Counters;
import io.odp4j.upcall.demo.MemoryHost;
import io.odp4j.upcall.policy.RulePolicy;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Two hosts in memory, h1 and h2 on ports 1 and 2 of an embedded datapath, an agent that decides by
 * rules, and every command that it can be asked.
 */
public final class RuledSwitch implements AutoCloseable {
    private static final int MILLIS = 300;

    public final Agent agent;
    public final MemoryHost h1;
    public final MemoryHost h2;
    private final EmbeddedDatapath embedded;
    private final CommandTable table = new CommandTable();
    private final AgentCommands commands;

    /** Brings it up. */
    public RuledSwitch(String rules, UnaryOperator<AgentConfig.Builder> more) throws Exception {
        embedded = EmbeddedDatapath.open();
        h1 = MemoryHost.plug(embedded, "h1", 1);
        h2 = MemoryHost.plug(embedded, "h2", 2);
        agent =
                more.apply(
                                Agent.builder("ovs0")
                                        .endpoint(embedded.endpoint())
                                        .ports(List.of("h1", "h2"))
                                        .policies(RulePolicy.sharing(rules)))
                        .start();
        DpctlControl.addTo(table, embedded.endpoint());
        TraceControl.addTo(table, agent);
        commands = AgentCommands.addTo(table, agent, "odp4j test", new Counters());
        run("revalidator/wait");
    }

    /** Runs a command. */
    public String run(String command, String... arguments) throws Exception {
        return run(command, List.of(arguments));
    }

    /** Runs a command. */
    public String run(String command, List<String> arguments) throws Exception {
        return table.run(command, arguments);
    }

    /** The first host pings the second; whether it was answered. */
    public boolean ping() throws InterruptedException {
        return h1.ping(h2.address(), 1, 56, MILLIS) == 1;
    }

    /**
     * Pings until it is answered: a port comes into the flows a moment after it is there, and a
     * datapath takes a changed flow a moment after it was sent.
     */
    public void awaitPing() throws InterruptedException {
        for (int i = 0; i < 20 && !ping(); i++) {
            // again
        }
    }

    /** Pings until it is no longer answered. */
    public void awaitNoPing() throws InterruptedException {
        for (int i = 0; i < 20 && ping(); i++) {
            // again
        }
    }

    @Override
    public void close() {
        commands.close();
        agent.close();
        h1.close();
        h2.close();
        embedded.close();
    }
}
