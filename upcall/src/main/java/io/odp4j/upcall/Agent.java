package io.odp4j.upcall;

import io.odp4j.datapath.flow.text.PortNames;
import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.RequestChannel;
import io.odp4j.datapath.ovs.OvsFamilies;
import io.odp4j.upcall.action.ActionPort;
import io.odp4j.upcall.action.KernelSamples;
import io.odp4j.upcall.classify.ClassifierStage;
import io.odp4j.upcall.counter.Counters;
import io.odp4j.upcall.metrics.Stage;
import io.odp4j.upcall.metrics.StageLatencies;
import io.odp4j.upcall.policy.Policy;
import io.odp4j.upcall.port.DatapathKeeper;
import io.odp4j.upcall.port.DispatchMode;
import io.odp4j.upcall.port.PortKeeper;
import io.odp4j.upcall.port.PortListener;
import io.odp4j.upcall.port.PortStatus;
import io.odp4j.upcall.port.UpcallSockets;
import io.odp4j.upcall.reader.UpcallSource;
import io.odp4j.upcall.revalidator.Revalidator;
import io.odp4j.upcall.revalidator.RoundReport;
import io.odp4j.upcall.revalidator.Rounds;
import io.odp4j.upcall.revalidator.UfidSalt;
import io.odp4j.upcall.tunnel.TunnelPorts;
import io.odp4j.upcall.tunnel.TunnelStatus;
import io.odp4j.upcall.watch.EventTap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.HdrHistogram.Histogram;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
    private static final Logger LOG = LoggerFactory.getLogger(Agent.class);
    private static final long JOIN_MILLIS = 10_000;
    private static final long ANSWER_NANOS = 1_000_000_000L;

    private final AgentConfig config;
    private final AgentEnd end = new AgentEnd();
    private final Counters portCounters = new Counters();
    private final Counters revalidatorCounters = new Counters();
    private final Counters watchdogCounters = new Counters();
    private final Counters sampleCounters = new Counters();
    private final List<Thread> threads = new ArrayList<>();
    private final List<Shard> shards = new ArrayList<>();
    // Set one after the other while it comes up: close() takes what is there.
    private DatapathKeeper datapath;
    private UpcallSockets sockets;
    private PortKeeper ports;
    private Revalidator revalidator;
    private KernelSamples samples;
    private Watchdog watchdog;
    private boolean started;
    private boolean closed;

    private Agent(AgentConfig config) {
        this.config = config;
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
        Agent agent = new Agent(config);
        try {
            agent.open();
            agent.shards.forEach(Shard::start);
            agent.started = true;
            agent.attachPolicies();
            agent.revalidator.adopt();
            agent.ports.start();
            for (Shard shard : agent.shards) {
                shard.run(() -> {}); // the policies know the ports when this returns
            }
            agent.startThreads();
            return agent;
        } catch (NetlinkException | AgentException | InterruptedException | RuntimeException e) {
            agent.close();
            throw e;
        }
    }

    private void open() throws NetlinkException {
        OvsFamilies families;
        try (RequestChannel channel = RequestChannel.open(config.endpoint())) {
            families = OvsFamilies.resolve(channel);
        }
        datapath = new DatapathKeeper(config, families);
        UfidSalt salt = new UfidSalt();
        for (int i = 0; i < config.shards(); i++) {
            shards.add(
                    new Shard(
                            config,
                            i,
                            salt.of(i),
                            families,
                            datapath.datapath(),
                            this::threadDied));
        }
        sockets = new UpcallSockets(config, shards.stream().map(Shard::reader).toList());
        ports = new PortKeeper(config, families, datapath, sockets, new Ports(), portCounters);
        revalidator =
                new Revalidator(
                        config, families, datapath.datapath(), shards, salt, revalidatorCounters);
        if (config.handlers().kernelSamples() != null) {
            samples = new KernelSamples(config.handlers().kernelSamples(), sampleCounters);
        }
    }

    private void attachPolicies() throws AgentException, InterruptedException {
        boolean controller = config.handlers().controller() != null;
        boolean samples = config.handlers().samples() != null;
        for (int i = 0; i < shards.size(); i++) {
            ClassifierStage stage = shards.get(i).stage();
            ActionPort port = new ActionPort(i, sockets.ownPid(i), controller, samples);
            shards.get(i).run(() -> stage.attach(port));
        }
    }

    private void startThreads() {
        List<Watched> watched = new ArrayList<>();
        shards.forEach(shard -> watched.addAll(shard.watched()));
        watched.add(new Watched(thread("odp4j-ports", ports), ports::looks, () -> true));
        Rounds rounds = revalidator.rounds();
        watched.add(
                new Watched(thread("odp4j-revalidator", revalidator), rounds::count, () -> false));
        if (samples != null) {
            watched.add(new Watched(thread("odp4j-samples", samples), samples::looks, () -> false));
        }
        watchdog = new Watchdog(watched, watchdogCounters);
        thread("odp4j-watchdog", watchdog);
    }

    private Thread thread(String name, Runnable body) {
        Thread thread = new Thread(body, name);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((t, e) -> threadDied(e));
        threads.add(thread);
        thread.start();
        return thread;
    }

    private void threadDied(Throwable cause) {
        end.fail("a thread of the agent died: " + cause, cause);
    }

    /**
     * Waits until the agent is stopped.
     *
     * @throws AgentException if it cannot go on: its datapath was deleted, or a thread died
     */
    public void await() throws AgentException, InterruptedException {
        end.await(Long.MAX_VALUE);
    }

    /**
     * Waits until the agent is stopped, or for so long.
     *
     * @return whether it was stopped
     */
    public boolean await(long millis) throws AgentException, InterruptedException {
        return end.await(millis);
    }

    /** Has {@link #await} return; the agent is then to be closed. */
    public void stop() {
        end.stop();
    }

    /** Every counter of the agent, by {@link io.odp4j.upcall.counter.Counter#ordinal}. */
    public long[] counters() {
        List<Counters> all =
                new ArrayList<>(
                        List.of(
                                portCounters,
                                revalidatorCounters,
                                watchdogCounters,
                                sampleCounters));
        shards.forEach(shard -> all.addAll(shard.counters()));
        return Counters.sum(all);
    }

    /** How long a stage took, in nanoseconds, since the agent started. */
    public Histogram latency(Stage stage) {
        return StageLatencies.sum(
                shards.stream().map(shard -> shard.stage().latencies()).toList(), stage);
    }

    /** How many shards it has. */
    public int shards() {
        return shards.size();
    }

    /** The sockets that a shard's upcalls come to, each with how often its queue ran over. */
    public List<UpcallSource> sources(int shard) {
        return shards.get(shard).reader().sources();
    }

    /** What the revalidator's last round did. */
    public RoundReport lastRound() {
        return revalidator.last();
    }

    /** How every stage of the agent is. */
    public List<StageHealth> health() {
        return watchdog.health();
    }

    /** Name of the datapath. */
    public String name() {
        return config.datapath();
    }

    /** What becomes of each upcall, shard by shard, for who looks on. */
    public List<EventTap> upcallTaps() {
        return shards.stream().map(shard -> shard.stage().upcallTap()).toList();
    }

    /** What becomes of each flow, shard by shard, for who looks on. */
    public List<EventTap> flowTaps() {
        return shards.stream().map(shard -> shard.stage().flowTap()).toList();
    }

    /** The numbers of the datapath's ports by their names, as they are now. */
    public Map<String, Integer> portNumbers() {
        return ports.numbers();
    }

    /** The names of the datapath's ports, as they are now. */
    public PortNames portNames() {
        return PortNames.of(ports.numbers());
    }

    /** Who answers for the datapath. */
    public NetlinkEndpoint endpoint() {
        return config.endpoint();
    }

    /** How many flows the agent knows to be installed. */
    public int flows() throws AgentException, InterruptedException {
        int flows = 0;
        for (int size : revalidator.sizes()) {
            flows += size;
        }
        return flows;
    }

    /** By what the datapath chooses the queue of an upcall. */
    public DispatchMode dispatch() {
        return datapath.dispatch();
    }

    /** How many ports the datapath has. */
    public int ports() {
        return ports.size();
    }

    /** The ports and their links, as they were seen last. */
    public List<PortStatus> portStatuses() {
        return ports.statuses();
    }

    /** The ways of the tunnels to their remote ends. */
    public List<TunnelStatus> tunnels() {
        return ports.tunnels();
    }

    /** The revalidator: its rounds can be awaited and paused, and the flows purged. */
    public Rounds rounds() {
        return revalidator.rounds();
    }

    /**
     * Does something to the policy of every shard, each on its shard's thread, and has the flows
     * decided again. A policy whose decisions change so must change its {@link Policy#version}.
     */
    public void withPolicies(Consumer<Policy> change) throws AgentException, InterruptedException {
        for (Shard shard : shards) {
            shard.run(() -> shard.stage().withPolicy(change));
        }
        revalidator.rounds().knock();
    }

    /** Asks the policy of the first shard something, on its thread. */
    public <T> T ask(Function<Policy, T> question) throws AgentException, InterruptedException {
        Shard shard = shards.get(0);
        return shard.call(() -> question.apply(shard.stage().policy()));
    }

    /** What the flow of a ufid is credited to; null if nothing, or if it is none of the agent's. */
    public Object attachment(long ufidFirst, long ufidSecond)
            throws AgentException, InterruptedException {
        for (Shard shard : shards) {
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
        revalidator.setFlowLimit(flows);
    }

    /** Has new flows be as wide as their decisions allow, or match one kind of packet each. */
    public void setMegaflows(boolean on) throws AgentException, InterruptedException {
        for (Shard shard : shards) {
            shard.run(() -> shard.stage().setMegaflows(on));
        }
    }

    /** Stops the agent; without {@code keep} it takes away what it made. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        end.stop();
        if (watchdog != null) {
            watchdog.stop();
        }
        if (revalidator != null) {
            revalidator.rounds().stop();
        }
        if (ports != null) {
            ports.stop();
        }
        if (samples != null) {
            samples.stop();
        }
        threads.forEach(Agent::join);
        if (!config.keep()) {
            takeAway();
        }
        shards.forEach(Shard::close);
        if (ports != null) {
            ports.close();
        }
        if (revalidator != null) {
            revalidator.close();
        }
        if (samples != null) {
            samples.close();
        }
        if (datapath != null) {
            datapath.close();
        }
    }

    private void takeAway() {
        takeAwayDatapath();
        if (ports != null) {
            ports.removeTunnels();
        }
    }

    private void takeAwayDatapath() {
        if (datapath == null || ports != null && ports.isDeleted()) {
            return;
        }
        try {
            if (started) {
                deleteFlows(); // one by one: their last counters are the policies'
            }
        } catch (AgentException e) {
            LOG.warn("not every flow could be deleted: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            if (datapath.made()) {
                datapath.delete();
            } else if (ports != null) {
                ports.detachAdded();
            }
        } catch (NetlinkException e) {
            LOG.warn("not everything could be taken away: {}", e.getMessage());
        }
    }

    private void deleteFlows() throws AgentException, InterruptedException {
        for (Shard shard : shards) {
            shard.runSoon(shard.stage()::deleteFlows);
        }
        // A kernel has answered by now; an embedded datapath answers in its own time.
        long until = System.nanoTime() + ANSWER_NANOS;
        while (!config.endpoint().isKernel() && flows() > 0 && System.nanoTime() < until) {
            Thread.sleep(1);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Ports implements PortListener {
        @Override
        public void portsChanged(int[] numbers, TunnelPorts tunnels) {
            // Not waited for: a policy that takes its time must not hold up the ports.
            shards.forEach(shard -> shard.portsChanged(numbers, tunnels));
            revalidator.rounds().knock();
        }

        @Override
        public void failed(String why, Throwable cause) {
            end.fail(cause == null ? why : why + ": " + cause.getMessage(), cause);
        }
    }
}
