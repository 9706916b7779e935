package io.odp4j.upcall.appctl;

import io.odp4j.upcall.Agent;
import io.odp4j.upcall.AgentException;
import io.odp4j.upcall.control.CommandTable;
import io.odp4j.upcall.control.ControlCommand;
import io.odp4j.upcall.control.ControlException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;

/** {@code version}, {@code exit}, {@code memory/show}: about the process. */
final class ProcessCommands {
    private static final long KIB = 1024;

    private final Agent agent;
    private final String version;

    ProcessCommands(Agent agent, String version) {
        this.agent = agent;
        this.version = version;
    }

    void addTo(CommandTable table) {
        table.add(new ControlCommand("version", "", 0, 0, arguments -> version));
        table.add(new ControlCommand("exit", "", 0, 0, arguments -> exit()));
        table.add(new ControlCommand("memory/show", "", 0, 0, arguments -> memory()));
    }

    private String exit() {
        agent.stop();
        return "";
    }

    private String memory() throws ControlException, InterruptedException {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        try {
            return String.format(
                    "flows:%d ports:%d heap-KiB:%d heap-max-KiB:%d non-heap-KiB:%d threads:%d",
                    agent.flows(),
                    agent.ports(),
                    memory.getHeapMemoryUsage().getUsed() / KIB,
                    memory.getHeapMemoryUsage().getMax() / KIB,
                    memory.getNonHeapMemoryUsage().getUsed() / KIB,
                    ManagementFactory.getThreadMXBean().getThreadCount());
        } catch (AgentException e) {
            throw new ControlException(e.getMessage(), e);
        }
    }
}
