package io.odp4j.upcall;

import io.odp4j.datapath.flow.text.PortNames;
import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.upcall.counter.Counters;
import io.odp4j.upcall.metrics.Stage;
import io.odp4j.upcall.metrics.StageLatencies;
import io.odp4j.upcall.policy.Policy;
import io.odp4j.upcall.port.DispatchMode;
import io.odp4j.upcall.port.PortStatus;
import io.odp4j.upcall.reader.UpcallSource;
import io.odp4j.upcall.revalidator.RoundReport;
import io.odp4j.upcall.revalidator.Rounds;
import io.odp4j.upcall.tunnel.TunnelStatus;
import io.odp4j.upcall.watch.EventTap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.HdrHistogram.Histogram;

/**
 * Controls one datapath: brings it up with its ports, answers its upcalls as the policies decide,
 * and keeps its flows.
 *
 * <pre>{@code
 * try (Agent agent = Agent.builder("ovs0").ports(List.of("veth0", "veth1")).start()) {
 *     agent.await();
 * }
 * }</pre>
 */
public final class Agent implements AutoCloseable {
    private final AgentConfig config;
    private final AgentParts parts;

    private Agent(AgentConfig config, AgentParts parts) {
        this.config = config;
        this.parts = parts;
    }

    /** Says what an agent for that datapath is to do; {@code start} brings it up. */
    public static AgentConfig.Builder builder(String datapath) {
        return AgentConfig.of(datapath);
    }

    /**
     * Brings an agent up; it works when this returns.
     *
     * @throws NetlinkException if the datapath cannot be had, or a device cannot be its port
     */
    public static Agent start(AgentConfig config)
            throws NetlinkException, AgentException, InterruptedException {
        AgentParts parts = new AgentParts(config);
        try {
            parts.start();
            return new Agent(config, parts);
        } catch (NetlinkException | AgentException | InterruptedException | RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    /**
     * Waits until the agent is stopped.
     *
     * @throws AgentException if it cannot go on: its datapath was deleted, or a thread died
     */
    public void await() throws AgentException, InterruptedException {
        parts.end.await(Long.MAX_VALUE);
    }

    /**
     * Waits until the agent is stopped, or for so long.
     *
     * @return whether it was stopped
     */
    public boolean await(long millis) throws AgentException, InterruptedException {
        return parts.end.await(millis);
    }

    /** Has {@link #await} return; the agent is then to be closed. */
    public void stop() {
        parts.end.stop();
    }

    /** Every counter of the agent, by {@link io.odp4j.upcall.counter.Counter#ordinal}. */
    public long[] counters() {
        return Counters.sum(parts.counters());
    }

    /** How long a stage took, in nanoseconds, since the agent started. */
    public Histogram latency(Stage stage) {
        return StageLatencies.sum(
                parts.shards.stream().map(shard -> shard.stage().latencies()).toList(), stage);
    }

    /** How many shards it has. */
    public int shards() {
        return parts.shards.size();
    }

    /** The sockets that a shard's upcalls come to, each with how often its queue ran over. */
    public List<UpcallSource> sources(int shard) {
        return parts.shards.get(shard).reader().sources();
    }

    /** What the revalidator's last round did. */
    public RoundReport lastRound() {
        return parts.revalidator().last();
    }

    /** How every stage of the agent is. */
    public List<StageHealth> health() {
        return parts.watchdog().health();
    }

    /** Name of the datapath. */
    public String name() {
        return config.datapath();
    }

    /** What becomes of each upcall, shard by shard, for who looks on. */
    public List<EventTap> upcallTaps() {
        return parts.shards.stream().map(shard -> shard.stage().upcallTap()).toList();
    }

    /** What becomes of each flow, shard by shard, for who looks on. */
    public List<EventTap> flowTaps() {
        return parts.shards.stream().map(shard -> shard.stage().flowTap()).toList();
    }

    /** The numbers of the datapath's ports by their names, as they are now. */
    public Map<String, Integer> portNumbers() {
        return parts.ports().numbers();
    }

    /** The names of the datapath's ports, as they are now. */
    public PortNames portNames() {
        return PortNames.of(parts.ports().numbers());
    }

    /** Who answers for the datapath. */
    public NetlinkEndpoint endpoint() {
        return config.endpoint();
    }

    /** How many flows the agent knows to be installed. */
    public int flows() throws AgentException, InterruptedException {
        return parts.flows();
    }

    /** By what the datapath chooses the queue of an upcall. */
    public DispatchMode dispatch() {
        return parts.datapath().dispatch();
    }

    /** How many ports the datapath has. */
    public int ports() {
        return parts.ports().size();
    }

    /** The ports and their links, as they were seen last. */
    public List<PortStatus> portStatuses() {
        return parts.ports().statuses();
    }

    /** The ways of the tunnels to their remote ends. */
    public List<TunnelStatus> tunnels() {
        return parts.ports().tunnels();
    }

    /** The revalidator: its rounds can be awaited and paused, and the flows purged. */
    public Rounds rounds() {
        return parts.revalidator().rounds();
    }

    /**
     * Does something to the policy of every shard, each on its shard's thread, and has the flows
     * decided again. A policy whose decisions change so must change its {@link Policy#version}.
     */
    public void withPolicies(Consumer<Policy> change) throws AgentException, InterruptedException {
        for (Shard shard : parts.shards) {
            shard.run(() -> shard.stage().withPolicy(change));
        }
        parts.revalidator().rounds().knock();
    }

    /** Asks the policy of the first shard something, on its thread. */
    public <T> T ask(Function<Policy, T> question) throws AgentException, InterruptedException {
        Shard shard = parts.shards.get(0);
        return shard.call(() -> question.apply(shard.stage().policy()));
    }

    /** What the flow of a ufid is credited to; null if nothing, or if it is none of the agent's. */
    public Object attachment(long ufidFirst, long ufidSecond)
            throws AgentException, InterruptedException {
        for (Shard shard : parts.shards) {
            Object found = shard.call(() -> shard.stage().attachment(ufidFirst, ufidSecond));
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /**
     * Has there be at most so many flows.
     *
     * @throws IllegalArgumentException if that is more than the agent was made for
     */
    public void setFlowLimit(int flows) {
        if (flows < 0 || flows > config.flowLimit()) {
            throw new IllegalArgumentException(
                    flows + ": the agent was started for 0 to " + config.flowLimit() + " flows");
        }
        parts.revalidator().setFlowLimit(flows);
    }

    /** Has new flows be as wide as their decisions allow, or match one kind of packet each. */
    public void setMegaflows(boolean on) throws AgentException, InterruptedException {
        for (Shard shard : parts.shards) {
            shard.run(() -> shard.stage().setMegaflows(on));
        }
    }

    /** Stops the agent; without {@code keep} it takes away what it made. */
    @Override
    public void close() {
        parts.close();
    }
}
