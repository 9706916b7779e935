package io.odp4j.upcall.cli.agent;

import io.odp4j.datapath.embedded.endpoint.RunDirectory;
import io.odp4j.upcall.Agent;
import io.odp4j.upcall.appctl.AgentCommands;
import io.odp4j.upcall.cli.Version;
import io.odp4j.upcall.cli.dpctl.DpctlControl;
import io.odp4j.upcall.cli.trace.TraceControl;
import io.odp4j.upcall.control.CommandTable;
import io.odp4j.upcall.control.ControlPath;
import io.odp4j.upcall.control.ControlServer;
import io.odp4j.upcall.counter.Counters;
import java.io.IOException;
import java.nio.file.Path;

/** The control socket of {@code odp4j agent}, with all its commands. */
final class AgentControl implements AutoCloseable {
    private final ControlServer server;
    private final AgentCommands commands;

    private AgentControl(ControlServer server, AgentCommands commands) {
        this.server = server;
        this.commands = commands;
    }

    /**
     * Listens.
     *
     * @param wanted where; null for the usual place
     * @throws IOException if that is not possible there
     */
    static AgentControl open(Agent agent, Path wanted) throws IOException {
        Path path = wanted;
        if (path == null) {
            RunDirectory.make();
            path = ControlPath.of(agent.name());
        }
        CommandTable table = new CommandTable();
        DpctlControl.addTo(table, agent.endpoint());
        TraceControl.addTo(table, agent);
        Counters counters = new Counters();
        AgentCommands commands =
                AgentCommands.addTo(table, agent, new Version().getVersion()[0], counters);
        try {
            return new AgentControl(ControlServer.open(path, table, counters), commands);
        } catch (IOException e) {
            commands.close();
            throw e;
        }
    }

    Path path() {
        return server.path();
    }

    @Override
    public void close() {
        server.close();
        commands.close();
    }
}
