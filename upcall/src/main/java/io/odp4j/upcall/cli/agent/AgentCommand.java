package io.odp4j.upcall.cli.agent;

import io.odp4j.datapath.embedded.EmbeddedDatapath;
import io.odp4j.datapath.embedded.device.PortDevices;
import io.odp4j.datapath.embedded.device.PortSpec;
import io.odp4j.datapath.embedded.endpoint.EndpointFile;
import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.upcall.Agent;
import io.odp4j.upcall.AgentConfig;
import io.odp4j.upcall.AgentException;
import io.odp4j.upcall.StageHealth;
import io.odp4j.upcall.appctl.LatencyText;
import io.odp4j.upcall.cli.DatapathName;
import io.odp4j.upcall.cli.Signals;
import io.odp4j.upcall.cli.UsageException;
import io.odp4j.upcall.embedded.CachedFlowTable;
import io.odp4j.upcall.metrics.MetricsServer;
import io.odp4j.upcall.tunnel.TunnelSpec;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code odp4j agent}: controls a datapath until it is told to stop. */
@Command(
        name = "agent",
        description = {
            "Controls a datapath: answers its upcalls as a policy decides, and keeps its flows.",
            "SIGTERM and Ctrl-C stop it, SIGUSR1 prints its counters."
        })
public final class AgentCommand implements Callable<Integer> {
    @Option(
            names = "--datapath",
            required = true,
            paramLabel = "NAME",
            description =
                    "The datapath; made if there is none of that name. NAME or system:NAME is the"
                            + " kernel's, embedded:NAME one that 'odp4j datapath' runs under that"
                            + " name, or else one in this process.")
    private String datapath;

    @Option(
            names = "--port",
            arity = "1..*",
            paramLabel = "IF",
            description = {
                "Devices that shall be its ports, by name, alternative name or interface index;"
                        + " one that is missing is waited for.",
                "An embedded datapath in this process has ports as 'odp4j datapath' has."
            })
    private List<String> ports = List.of();

    @Option(
            names = "--tunnel",
            arity = "1..*",
            paramLabel = "NAME[,KEY=VALUE…]",
            description =
                    "Tunnels that shall be its ports; a device that is missing is made. Keys: type"
                            + " (vxlan, geneve, gre, ip6gre; default: what the name starts with),"
                            + " remote (an address, or flow), local, key (a number, or flow),"
                            + " dst_port, tos, ttl, csum, df, and for gre within UDP encap (fou,"
                            + " gue) and encap_port.")
    private List<String> tunnels = List.of();

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
            names = "--metrics",
            paramLabel = "[ADDR:]PORT",
            description =
                    "Answer Prometheus at http://ADDR:PORT/metrics. Default address: 127.0.0.1.")
    private String metrics;

    @Option(
            names = "--control",
            paramLabel = "SOCKET",
            description = {
                "Where to listen for 'odp4j repl' and 'ovs-appctl -t SOCKET', or none.",
                "Default: DATAPATH.ctl in $XDG_RUNTIME_DIR/odp4j, or in /run/odp4j."
            })
    private String control;

    @Mixin private final PolicyOptions policy = new PolicyOptions();
    @Mixin private final FlowOptions flows = new FlowOptions();
    @Mixin private final RateOptions rate = new RateOptions();
    @Mixin private final ShardOptions shards = new ShardOptions();

    @Override
    public Integer call() throws IOException, AgentException, InterruptedException {
        InetSocketAddress scraped = metrics == null ? null : MetricsAddress.parse(metrics);
        if (statsSeconds < 0) {
            throw new UsageException("--stats: a number of seconds");
        }
        DatapathName name = DatapathName.parse(datapath);
        Optional<EndpointFile> process = name.embedded() ? name.process() : Optional.empty();
        if (!name.embedded() || process.isPresent()) {
            requireNames();
            NetlinkEndpoint peer =
                    process.map(EndpointFile::endpoint).orElse(NetlinkEndpoint.KERNEL_GENERIC);
            return control(config(name, peer, ports), scraped);
        }
        try {
            PortDevices.parse(ports);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
        try (EmbeddedDatapath embedded = EmbeddedDatapath.open(CachedFlowTable::new);
                PortDevices devices = PortDevices.open(embedded, ports)) {
            AgentConfig config = config(name, embedded.endpoint(), devices.names());
            System.err.println("odp4j: an embedded datapath answers on " + embedded.endpoint());
            return control(config, scraped);
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

    private int control(AgentConfig config, InetSocketAddress scraped)
            throws IOException, AgentException, InterruptedException {
        try (Agent agent = Agent.start(config)) {
            Signals.handle("TERM", agent::stop);
            Signals.handle("INT", agent::stop);
            Signals.handle("USR1", () -> print(agent));
            System.err.printf(
                    "odp4j: controlling datapath %s with %d ports, policy %s, %s, dispatch by %s%n",
                    datapath,
                    agent.ports(),
                    policy.name(),
                    shards.count(),
                    agent.dispatch().name().toLowerCase(Locale.ROOT));
            AgentControl socket = listen(agent);
            MetricsServer server = null;
            try {
                server = scraped == null ? null : serve(agent, scraped);
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
            AgentConfig.Builder config =
                    AgentConfig.of(name.name())
                            .endpoint(endpoint)
                            .ports(devices)
                            .tunnels(tunnels.stream().map(TunnelSpec::parse).toList())
                            .keep(keep);
            policy.accept(config);
            flows.accept(config);
            rate.accept(config);
            shards.accept(config);
            return config.build();
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    private MetricsServer serve(Agent agent, InetSocketAddress address) throws IOException {
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
