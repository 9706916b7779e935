package io.odp4j.upcall;

import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.RequestChannel;
import io.odp4j.datapath.ovs.OvsFamilies;
import io.odp4j.upcall.counter.Counters;
import io.odp4j.upcall.port.DatapathKeeper;
import io.odp4j.upcall.port.PortKeeper;
import io.odp4j.upcall.port.PortListener;
import io.odp4j.upcall.revalidator.Revalidator;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Controls one datapath: brings it up with its ports, answers its upcalls as the policy decides,
 * and keeps its flows.
 *
 * <pre>{@code
 * try (Agent agent = Agent.start(AgentConfig.of("ovs0").ports(List.of("veth0", "veth1")).build())) {
 *     agent.await();
 * }
 * }</pre>
 */
public final class Agent implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Agent.class);
    private static final long JOIN_MILLIS = 10_000;

    private final AgentConfig config;
    private final AgentEnd end = new AgentEnd();
    private final Counters portCounters = new Counters();
    private final List<Thread> threads = new ArrayList<>();
    // Set one after the other while it comes up: close() takes what is there.
    private DatapathKeeper datapath;
    private Shard shard;
    private PortKeeper ports;
    private Revalidator revalidator;
    private boolean closed;

    private Agent(AgentConfig config) {
        this.config = config;
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
            agent.shard.start();
            agent.revalidator.adopt();
            agent.ports.start();
            agent.thread("odp4j-ports", agent.ports);
            agent.thread("odp4j-revalidator", agent.revalidator);
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
        datapath = new DatapathKeeper(config.endpoint(), families, config.datapath());
        shard = new Shard(config, families, datapath.datapath(), this::threadDied);
        ports =
                new PortKeeper(
                        config, families, datapath, shard.reader(), new Ports(), portCounters);
        revalidator = new Revalidator(config.endpoint(), families, datapath.datapath(), shard);
    }

    private void thread(String name, Runnable body) {
        Thread thread = new Thread(body, name);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((t, e) -> threadDied(e));
        threads.add(thread);
        thread.start();
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
        List<Counters> all = new ArrayList<>(shard.counters());
        all.add(portCounters);
        return Counters.sum(all);
    }

    /** How many flows the agent knows to be installed. */
    public int flows() throws AgentException, InterruptedException {
        return shard.call(() -> shard.reviewer().flows());
    }

    /** How many ports the datapath has. */
    public int ports() {
        return ports.size();
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
        if (revalidator != null) {
            revalidator.stop();
        }
        if (ports != null) {
            ports.stop();
        }
        threads.forEach(Agent::join);
        if (!config.keep()) {
            takeAway();
        }
        if (shard != null) {
            shard.close();
        }
        if (ports != null) {
            ports.close();
        }
        if (revalidator != null) {
            revalidator.close();
        }
        if (datapath != null) {
            datapath.close();
        }
    }

    private void takeAway() {
        if (datapath == null || ports != null && ports.isDeleted()) {
            return;
        }
        try {
            if (datapath.made()) {
                datapath.delete();
            } else if (revalidator != null) {
                shard.deleteFlows();
                ports.detachAdded();
            }
        } catch (NetlinkException | AgentException e) {
            LOG.warn("not everything could be taken away: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
        public void portsChanged(int[] numbers) {
            try {
                shard.call(
                        () -> {
                            config.policy().portsChanged(numbers);
                            return null;
                        });
                revalidator.knock();
            } catch (AgentException e) {
                end.fail(e.getMessage(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void failed(String why, Throwable cause) {
            end.fail(cause == null ? why : why + ": " + cause.getMessage(), cause);
        }
    }
}
