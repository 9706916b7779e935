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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
    private final DatapathKeeper datapath;
    private final Shard shard;
    private final PortKeeper ports;
    private final Revalidator revalidator;
    private final Counters portCounters = new Counters();
    private final List<Thread> threads = new ArrayList<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private AgentException failure;
    private boolean closed;

    private Agent(AgentConfig config) throws NetlinkException {
        this.config = config;
        OvsFamilies families;
        try (RequestChannel channel = RequestChannel.open(config.endpoint())) {
            families = OvsFamilies.resolve(channel);
        }
        datapath = new DatapathKeeper(config.endpoint(), families, config.datapath());
        shard =
                new Shard(
                        config,
                        families,
                        datapath.datapath(),
                        e -> fail("a thread of the agent died", e));
        ports =
                new PortKeeper(
                        config, families, datapath, shard.reader(), new Ports(), portCounters);
        revalidator = new Revalidator(config.endpoint(), families, datapath.datapath(), shard);
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
            agent.start();
            return agent;
        } catch (NetlinkException | AgentException | InterruptedException | RuntimeException e) {
            agent.close();
            throw e;
        }
    }

    private void start() throws NetlinkException, AgentException, InterruptedException {
        shard.start();
        revalidator.adopt();
        ports.start();
        thread("odp4j-ports", ports);
        thread("odp4j-revalidator", revalidator);
    }

    private void thread(String name, Runnable body) {
        Thread thread = new Thread(body, name);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((t, e) -> fail("a thread of the agent died", e));
        threads.add(thread);
        thread.start();
    }

    /**
     * Waits until the agent is stopped.
     *
     * @throws AgentException if it cannot go on: its datapath was deleted, or a thread died
     */
    public void await() throws AgentException, InterruptedException {
        ended.await();
        throwFailure();
    }

    /**
     * Waits until the agent is stopped, or for so long.
     *
     * @return whether it was stopped
     */
    public boolean await(long millis) throws AgentException, InterruptedException {
        boolean stopped = ended.await(millis, TimeUnit.MILLISECONDS);
        throwFailure();
        return stopped;
    }

    private synchronized void throwFailure() throws AgentException {
        if (failure != null) {
            throw failure;
        }
    }

    /** Has {@link #await} return; the agent is then to be closed. */
    public void stop() {
        ended.countDown();
    }

    private synchronized void fail(String why, Throwable cause) {
        if (failure == null && !closed) {
            failure = new AgentException(why, cause);
            ended.countDown();
        }
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
        ended.countDown();
        revalidator.stop();
        ports.stop();
        threads.forEach(Agent::join);
        if (!config.keep() && !ports.isDeleted()) {
            takeAway();
        }
        shard.close();
        ports.close();
        revalidator.close();
        datapath.close();
    }

    private void takeAway() {
        try {
            if (datapath.made()) {
                datapath.delete();
            } else {
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
                fail(e.getMessage(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void failed(String why, Throwable cause) {
            fail(cause == null ? why : why + ": " + cause.getMessage(), cause);
        }
    }
}
