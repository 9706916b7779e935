package io.odp4j.upcall;

import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.RequestChannel;
import io.odp4j.datapath.ovs.OvsFamilies;
import io.odp4j.upcall.action.ActionPort;
import io.odp4j.upcall.action.KernelSamples;
import io.odp4j.upcall.classify.ClassifierStage;
import io.odp4j.upcall.counter.Counters;
import io.odp4j.upcall.port.DatapathKeeper;
import io.odp4j.upcall.port.PortKeeper;
import io.odp4j.upcall.port.PortListener;
import io.odp4j.upcall.port.UpcallSockets;
import io.odp4j.upcall.revalidator.Revalidator;
import io.odp4j.upcall.revalidator.Rounds;
import io.odp4j.upcall.revalidator.UfidSalt;
import io.odp4j.upcall.tunnel.TunnelPorts;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an {@link Agent} is made of, and how it begins and ends: shards, port keeper, revalidator
 * and watchdog with their threads, each made before those that need it and closed after them.
 */
final class AgentParts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AgentParts.class);
    private static final long JOIN_MILLIS = 10_000;
    private static final long ANSWER_NANOS = 1_000_000_000L;

    final AgentEnd end = new AgentEnd();
    final List<Shard> shards = new ArrayList<>();
    private final AgentConfig config;
    private final Counters portCounters = new Counters();
    private final Counters revalidatorCounters = new Counters();
    private final Counters watchdogCounters = new Counters();
    private final Counters sampleCounters = new Counters();
    private final List<Thread> threads = new ArrayList<>();
    // Set one after the other while it comes up: close() takes what is there.
    private DatapathKeeper datapath;
    private UpcallSockets sockets;
    private PortKeeper ports;
    private Revalidator revalidator;
    private KernelSamples samples;
    private Watchdog watchdog;
    private boolean started;
    private boolean closed;

    AgentParts(AgentConfig config) {
        this.config = config;
    }

    /**
     * Makes all of it and lets it work; what was made by then is there to be closed if it fails.
     */
    void start() throws NetlinkException, AgentException, InterruptedException {
        open();
        shards.forEach(Shard::start);
        started = true;
        attachPolicies();
        revalidator.adopt();
        ports.start();
        for (Shard shard : shards) {
            shard.run(() -> {}); // the policies know the ports when this returns
        }
        startThreads();
    }

    DatapathKeeper datapath() {
        return datapath;
    }

    PortKeeper ports() {
        return ports;
    }

    Revalidator revalidator() {
        return revalidator;
    }

    Watchdog watchdog() {
        return watchdog;
    }

    /** How many flows the shards know to be installed. */
    int flows() throws AgentException, InterruptedException {
        int flows = 0;
        for (int size : revalidator.sizes()) {
            flows += size;
        }
        return flows;
    }

    /** The counters of all parts. */
    List<Counters> counters() {
        List<Counters> all =
                new ArrayList<>(
                        List.of(
                                portCounters,
                                revalidatorCounters,
                                watchdogCounters,
                                sampleCounters));
        shards.forEach(shard -> all.addAll(shard.counters()));
        return all;
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

    /** Stops all of it; without {@code keep} what was made is taken away. */
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
        threads.forEach(AgentParts::join);
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
