package io.odp4j.upcall.cli;

import io.odp4j.datapath.embedded.EmbeddedDatapath;
import io.odp4j.datapath.embedded.device.PortDevices;
import io.odp4j.datapath.embedded.device.PortSpec;
import io.odp4j.datapath.embedded.endpoint.EndpointFile;
import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.flowcache.rule.parse.RuleSyntaxException;
import io.odp4j.upcall.Agent;
import io.odp4j.upcall.AgentConfig;
import io.odp4j.upcall.AgentException;
import io.odp4j.upcall.StageHealth;
import io.odp4j.upcall.admission.Admission;
import io.odp4j.upcall.appctl.LatencyText;
import io.odp4j.upcall.embedded.CachedFlowTable;
import io.odp4j.upcall.metrics.MetricsServer;
import io.odp4j.upcall.policy.PolicyFactory;
import io.odp4j.upcall.policy.RulePolicy;
import io.odp4j.upcall.port.DispatchMode;
import io.odp4j.upcall.ring.WaitMode;
import io.odp4j.upcall.tunnel.TunnelSpec;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
                "The datapath; made if there is none of that name. NAME or system:NAME is the",
                "kernel's, embedded:NAME one that 'odp4j datapath' runs under that name, or else",
                "one in this process."
            })
    private String datapath;

    @Option(
            names = "--port",
            arity = "1..*",
            paramLabel = "IF",
            description = {
                "Devices that shall be its ports, by name, alternative name or interface index; one",
                "that is missing is waited for.",
                "An embedded datapath in this process has ports as 'odp4j datapath' has."
            })
    private List<String> ports = List.of();

    @Option(
            names = "--tunnel",
            arity = "1..*",
            paramLabel = "NAME[,KEY=VALUE…]",
            description = {
                "Tunnels that shall be its ports; a device that is missing is made. Keys: type",
                "(vxlan, geneve, gre, ip6gre; default: what the name starts with), remote",
                "(an address, or flow), local, key (a number, or flow), dst_port, tos, ttl, csum,",
                "df, and for gre within UDP encap (fou, gue) and encap_port."
            })
    private List<String> tunnels = List.of();

    @ArgGroup private final Decides decides = new Decides();

    /** What decides: a policy by name, or rules. */
    private static final class Decides {
        @Option(
                names = "--policy",
                paramLabel = "POLICY",
                completionCandidates = PolicyNames.class,
                description = {
                    "One of ${COMPLETION-CANDIDATES}. Default: learning. A jar on the class path can",
                    "bring more (java.util.ServiceLoader, io.odp4j.upcall.policy.PolicyProvider)."
                })
        private String policy;

        @Option(
                names = "--flows",
                paramLabel = "FILE",
                description = "Decide by the rules of FILE, in the syntax of ovs-ofctl add-flows.")
        private Path flows;

        PolicyFactory make() throws IOException {
            if (flows == null) {
                return PolicyNames.make(policy == null ? PolicyNames.DEFAULT : policy);
            }
            String text = RuleFile.read(flows);
            try {
                return RulePolicy.sharing(text);
            } catch (RuleSyntaxException e) {
                throw SyntaxException.of(flows.toString(), text, e);
            }
        }

        @Override
        public String toString() {
            return flows == null ? policy == null ? PolicyNames.DEFAULT : policy : flows.toString();
        }
    }

    @Option(
            names = "--leave-flows",
            description = {
                "Leave the flows alone that are there at the start, a killed agent's too. By default",
                "they are taken over: decided again, counted, and deleted when idle."
            })
    private boolean leaveFlows;

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
            names = "--on-policy-error",
            paramLabel = "POLICY",
            description =
                    "Where the policy fails on a packet, have this one decide. Default: drop it.")
    private String fallback;

    @Option(
            names = "--port-rate",
            paramLabel = "N",
            defaultValue = "0",
            description = {
                "Handle N upcalls a second of each port, and as many again of ARP, LACP, LLDP, CFM,",
                "BFD, DHCP and neighbour discovery; 0 for any number. Default: ${DEFAULT-VALUE}."
            })
    private int portRate;

    @Option(
            names = "--port-burst",
            paramLabel = "N",
            defaultValue = "256",
            description = "Of those, N may come at once. Default: ${DEFAULT-VALUE}.")
    private int portBurst;

    @Option(
            names = "--over-rate",
            paramLabel = "WHAT",
            defaultValue = "drop",
            description = {
                "What becomes of a port that is over its rate: drop, its upcalls are dropped; mute,",
                "the datapath drops its packets of that Ethernet type and IP protocol for a second.",
                "Default: ${DEFAULT-VALUE}."
            })
    private Admission.Over over;

    @Option(
            names = "--metrics",
            paramLabel = "[ADDR:]PORT",
            description =
                    "Answer Prometheus at http://ADDR:PORT/metrics. Default address: 127.0.0.1.")
    private String metrics;

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
            description = {
                "Let the flows have at most N distinct masks; near that, flows are installed for",
                "fewer packets each. Default: ${DEFAULT-VALUE}."
            })
    private int maskBudget;

    @Option(
            names = "--ring",
            paramLabel = "SLOTS",
            defaultValue = "512",
            description = "Upcalls between reader and classifier. Default: ${DEFAULT-VALUE}.")
    private int ringSlots;

    @Option(
            names = "--wait",
            paramLabel = "HOW",
            defaultValue = "auto",
            description = {
                "How a classifier waits for upcalls: blocking; spin, 50 us, then blocking; busy,",
                "which takes a CPU for each shard; direct, not at all, the reader's thread does its",
                "work; auto, direct on a machine with one or two CPUs, else blocking.",
                "Default: ${DEFAULT-VALUE}."
            })
    private WaitMode waitMode;

    @Option(
            names = "--dispatch",
            paramLabel = "BY",
            defaultValue = "vport",
            description = {
                "By what the datapath chooses the queue of an upcall: vport, one for each port, so",
                "that a flooding port fills none but its own; cpu, one for each CPU, from Linux",
                "5.15 on; auto, cpu where there is that, else vport. Default: ${DEFAULT-VALUE}."
            })
    private DispatchMode dispatch;

    @Option(
            names = "--shards",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "Readers, each with a ring, a classifier, a flow cache and an outbox of its"
                            + " own: two threads each. Default: ${DEFAULT-VALUE}.")
    private int shards;

    @Option(
            names = "--receive-buffer",
            paramLabel = "BYTES",
            defaultValue = "4194304",
            description = "Kernel memory for the queue of a socket. Default: ${DEFAULT-VALUE}.")
    private int receiveBuffer;

    @Option(
            names = "--sockets",
            paramLabel = "N",
            defaultValue = "256",
            description =
                    "Sockets of a shard; if there are more ports, they share them. Default:"
                            + " ${DEFAULT-VALUE}.")
    private int sockets;

    @Option(
            names = "--control",
            paramLabel = "SOCKET",
            description = {
                "Where to listen for 'odp4j repl' and 'ovs-appctl -t SOCKET', or none.",
                "Default: DATAPATH.ctl in $XDG_RUNTIME_DIR/odp4j, or in /run/odp4j."
            })
    private String control;

    @Override
    public Integer call() throws IOException, AgentException, InterruptedException {
        DatapathName name = DatapathName.parse(datapath);
        Optional<EndpointFile> process = name.embedded() ? name.process() : Optional.empty();
        if (!name.embedded() || process.isPresent()) {
            requireNames();
            return control(
                    name,
                    process.map(EndpointFile::endpoint).orElse(NetlinkEndpoint.KERNEL_GENERIC),
                    ports);
        }
        try {
            PortDevices.parse(ports);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
        try (EmbeddedDatapath embedded = EmbeddedDatapath.open(CachedFlowTable::new);
                PortDevices devices = PortDevices.open(embedded, ports)) {
            System.err.println("odp4j: an embedded datapath answers on " + embedded.endpoint());
            return control(name, embedded.endpoint(), devices.names());
        }
    }

    private void requireNames() {
        for (String port : ports) {
            if (PortSpec.isSpec(port)) {
                throw new UsageException(
                        "port '"
                                + port
                                + "': "
                                + datapath
                                + " is not in this process; its ports are named as devices");
            }
        }
    }

    private int control(DatapathName name, NetlinkEndpoint endpoint, List<String> devices)
            throws IOException, AgentException, InterruptedException {
        try (Agent agent = Agent.start(config(name, endpoint, devices))) {
            Signals.handle("TERM", agent::stop);
            Signals.handle("INT", agent::stop);
            Signals.handle("USR1", () -> print(agent));
            System.err.printf(
                    "odp4j: controlling datapath %s with %d ports, policy %s, %d %s, dispatch by %s%n",
                    datapath,
                    agent.ports(),
                    decides,
                    shards,
                    shards == 1 ? "shard" : "shards",
                    agent.dispatch().name().toLowerCase(Locale.ROOT));
            AgentControl socket = listen(agent);
            MetricsServer server = null;
            try {
                server = metrics == null ? null : serve(agent);
                run(agent);
            } finally {
                if (server != null) {
                    server.close();
                }
                if (socket != null) {
                    socket.close();
                }
                print(agent);
            }
        }
        return 0;
    }

    /** Without a place for the socket the agent works all the same, unless one was asked for. */
    private AgentControl listen(Agent agent) throws IOException {
        if ("none".equals(control)) {
            return null;
        }
        try {
            AgentControl socket =
                    AgentControl.open(agent, control == null ? null : Path.of(control));
            System.err.println("odp4j: commands are taken on " + socket.path());
            return socket;
        } catch (IOException e) {
            if (control != null) {
                throw e;
            }
            System.err.println("odp4j: no control socket: " + e.getMessage());
            return null;
        }
    }

    private AgentConfig config(DatapathName name, NetlinkEndpoint endpoint, List<String> devices)
            throws IOException {
        try {
            return AgentConfig.of(name.name())
                    .endpoint(endpoint)
                    .ports(devices)
                    .tunnels(tunnels.stream().map(TunnelSpec::parse).toList())
                    .policies(decides.make())
                    .fallback(fallback == null ? null : PolicyNames.make(fallback))
                    .admission(new Admission(portRate, portBurst, over))
                    .adopt(!leaveFlows)
                    .keep(keep)
                    .idleMillis(idleSeconds * 1000L)
                    .flowLimit(flowLimit)
                    .maskBudget(maskBudget)
                    .ringSlots(ringSlots)
                    .waitMode(waitMode)
                    .dispatch(dispatch)
                    .shards(shards)
                    .receiveBuffer(receiveBuffer)
                    .mostSockets(sockets)
                    .build();
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    private MetricsServer serve(Agent agent) throws IOException {
        InetSocketAddress address = MetricsAddress.parse(metrics);
        try {
            MetricsServer server = MetricsServer.start(agent, address);
            System.err.printf(
                    "odp4j: metrics at http://%s:%d/metrics%n",
                    address.getHostString(), server.port());
            return server;
        } catch (IOException e) {
            throw new IOException("--metrics " + metrics + ": " + e.getMessage(), e);
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
        System.err.print(LatencyText.of(agent));
        for (StageHealth stage : agent.health()) {
            if (stage.state() != StageHealth.State.OK) {
                System.err.printf("  %s%n", stage);
            }
        }
    }
}
