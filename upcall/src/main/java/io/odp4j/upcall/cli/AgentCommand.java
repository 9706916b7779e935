package io.odp4j.upcall.cli;

import io.odp4j.datapath.embedded.EmbeddedDatapath;
import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.flowcache.rule.RuleSyntaxException;
import io.odp4j.upcall.Agent;
import io.odp4j.upcall.AgentConfig;
import io.odp4j.upcall.AgentException;
import io.odp4j.upcall.policy.Policy;
import io.odp4j.upcall.policy.RulePolicy;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code odp4j agent}: controls a datapath until it is told to stop. */
@Command(
        name = "agent",
        description = {
            "Controls a datapath: answers its upcalls as a policy decides, and keeps its flows.",
            "SIGTERM and Ctrl-C stop it, SIGUSR1 prints its counters."
        })
final class AgentCommand implements Callable<Integer> {
    @Option(
            names = "--datapath",
            required = true,
            paramLabel = "NAME",
            description = {
                "The datapath; made if there is none of that name. embedded:NAME is one in",
                "this process, NAME or system:NAME the kernel's."
            })
    private String datapath;

    @Option(
            names = "--port",
            arity = "1..*",
            paramLabel = "IF",
            description = "Devices that shall be its ports; one that is missing is waited for.")
    private List<String> ports = List.of();

    @ArgGroup private final Decides decides = new Decides();

    /** What decides: a policy by name, or rules. */
    private static final class Decides {
        @Option(
                names = "--policy",
                paramLabel = "POLICY",
                description = "One of ${COMPLETION-CANDIDATES}. Default: learning.")
        private PolicyName policy;

        @Option(
                names = "--flows",
                paramLabel = "FILE",
                description = "Decide by the rules of FILE, in the syntax of ovs-ofctl add-flows.")
        private Path flows;

        Policy make() throws IOException {
            if (flows == null) {
                return (policy == null ? PolicyName.learning : policy).make();
            }
            try {
                return RulePolicy.load(flows);
            } catch (NoSuchFileException e) {
                throw new UsageException(flows + ": no such file");
            } catch (RuleSyntaxException e) {
                throw new UsageException(flows + ": " + e.getMessage());
            }
        }

        @Override
        public String toString() {
            return flows == null
                    ? String.valueOf(policy == null ? PolicyName.learning : policy)
                    : flows.toString();
        }
    }

    @Option(
            names = "--keep",
            description = "Leave datapath, ports and flows as they are when stopped.")
    private boolean keep;

    @Option(
            names = "--stats",
            paramLabel = "S",
            description = "Print the counters every S seconds.")
    private int statsSeconds;

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
            names = "--ring",
            paramLabel = "SLOTS",
            defaultValue = "512",
            description = "Upcalls between reader and classifier. Default: ${DEFAULT-VALUE}.")
    private int ringSlots;

    @Override
    public Integer call() throws IOException, AgentException, InterruptedException {
        DatapathName name = DatapathName.parse(datapath);
        if (!name.embedded()) {
            return control(name, NetlinkEndpoint.KERNEL_GENERIC);
        }
        try (EmbeddedDatapath embedded = EmbeddedDatapath.open()) {
            System.err.println("odp4j: an embedded datapath answers on " + embedded.endpoint());
            return control(name, embedded.endpoint());
        }
    }

    private int control(DatapathName name, NetlinkEndpoint endpoint)
            throws IOException, AgentException, InterruptedException {
        try (Agent agent = Agent.start(config(name, endpoint))) {
            Signals.handle("TERM", agent::stop);
            Signals.handle("INT", agent::stop);
            Signals.handle("USR1", () -> print(agent));
            System.err.printf(
                    "odp4j: controlling datapath %s with %d ports, policy %s%n",
                    datapath, agent.ports(), decides);
            try {
                run(agent);
            } finally {
                print(agent);
            }
        }
        return 0;
    }

    private AgentConfig config(DatapathName name, NetlinkEndpoint endpoint) throws IOException {
        try {
            return AgentConfig.of(name.name())
                    .endpoint(endpoint)
                    .ports(ports)
                    .policy(decides.make())
                    .keep(keep)
                    .idleMillis(idleSeconds * 1000L)
                    .flowLimit(flowLimit)
                    .ringSlots(ringSlots)
                    .build();
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    private void run(Agent agent) throws AgentException, InterruptedException {
        if (statsSeconds <= 0) {
            agent.await();
            return;
        }
        while (!agent.await(statsSeconds * 1000L)) {
            print(agent);
        }
    }

    private static void print(Agent agent) {
        System.err.printf("odp4j: counters with %d ports%n", agent.ports());
        CounterTable.print(agent.counters(), System.err);
    }
}
