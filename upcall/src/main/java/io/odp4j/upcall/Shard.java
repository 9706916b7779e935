package io.odp4j.upcall;

import com.lmax.disruptor.BatchEventProcessor;
import com.lmax.disruptor.BatchEventProcessorBuilder;
import com.lmax.disruptor.ExceptionHandler;
import com.lmax.disruptor.Sequence;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.ovs.Datapath;
import io.odp4j.datapath.ovs.OvsFamilies;
import io.odp4j.upcall.classify.ClassifierStage;
import io.odp4j.upcall.classify.FlowReviewer;
import io.odp4j.upcall.counter.Counter;
import io.odp4j.upcall.counter.Counters;
import io.odp4j.upcall.reader.UpcallReader;
import io.odp4j.upcall.ring.DirectConsumer;
import io.odp4j.upcall.ring.UpcallRing;
import io.odp4j.upcall.ring.UpcallSlot;
import io.odp4j.upcall.ring.WaitMode;
import io.odp4j.upcall.tunnel.TunnelPorts;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reader, ring, classifier and outbox as one unit with two threads. Nothing in it is written by a
 * third; others {@link #call} it.
 */
public final class Shard implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Shard.class);
    private static final long CALL_SECONDS = 30;
    private static final long SOON_SECONDS = 10;
    private static final long JOIN_MILLIS = 5000;

    private final Counters readerCounters = new Counters();
    private final Counters classifierCounters = new Counters();
    private final UpcallRing ring;
    private final UpcallReader reader;
    private final ClassifierStage stage;
    private final BatchEventProcessor<UpcallSlot> consumer; // null if the reader does its work
    private final Sequence consumed;
    private final Thread readerThread;
    private final Thread classifierThread;
    private final AtomicReference<Ports> portsToTell = new AtomicReference<>();

    /** Which ports there are. */
    private record Ports(int[] numbers, TunnelPorts tunnels) {}

    /**
     * @param number the shard's, from 0
     * @param salt the first half of the ufids of its flows
     * @param failed told of an error that ends one of the threads
     */
    Shard(
            AgentConfig config,
            int number,
            long salt,
            OvsFamilies families,
            Datapath datapath,
            Consumer<Throwable> failed)
            throws NetlinkException {
        ring = new UpcallRing(config.ringSlots(), config.waitMode().strategy());
        reader = new UpcallReader(ring, config.admission(), readerCounters);
        try {
            stage =
                    new ClassifierStage(
                            config, number, salt, families, datapath, ring, classifierCounters);
            if (config.waitMode() == WaitMode.DIRECT) {
                reader.watchAnswers(stage.answers(), stage.classifier()::readAnswers);
                stage.answersAreWatched();
            } else if (!config.endpoint().isKernel()) {
                reader.watchAnswers(stage.answers(), reader::wakeForAnswers);
            }
        } catch (NetlinkException | RuntimeException e) {
            reader.close();
            throw e;
        }
        readerThread = thread("odp4j-reader-" + number, reader, failed);
        if (config.waitMode() == WaitMode.DIRECT) {
            DirectConsumer direct = new DirectConsumer(stage.classifier(), new Survive());
            ring.consumeDirectly(direct);
            consumer = null;
            consumed = direct.sequence();
            classifierThread = readerThread;
        } else {
            consumer =
                    new BatchEventProcessorBuilder()
                            .build(
                                    ring.disruptor(),
                                    ring.disruptor().newBarrier(),
                                    stage.classifier());
            consumer.setExceptionHandler(new Survive());
            consumed = consumer.getSequence();
            classifierThread = thread("odp4j-classifier-" + number, consumer, failed);
        }
        ring.disruptor().addGatingSequences(consumed);
    }

    private static Thread thread(String name, Runnable body, Consumer<Throwable> failed) {
        Thread thread = new Thread(body, name);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((t, e) -> failed.accept(e));
        return thread;
    }

    void start() {
        if (consumer != null) {
            classifierThread.start();
        }
        readerThread.start();
    }

    /** Where sockets are added and removed. */
    public UpcallReader reader() {
        return reader;
    }

    /** To be used on the classifier's thread alone, through {@link #call}. */
    public FlowReviewer reviewer() {
        return stage.reviewer();
    }

    /** What the classifier's thread owns; to be used through {@link #call}. */
    ClassifierStage stage() {
        return stage;
    }

    /** What the shard's threads counted. */
    public List<Counters> counters() {
        return List.of(readerCounters, classifierCounters);
    }

    /** The threads, each once, and how far each has come, for the watchdog. */
    List<Watched> watched() {
        BooleanSupplier canRead =
                () -> reader.isKnocked() && ring.disruptor().remainingCapacity() > 0;
        BooleanSupplier canClassify = () -> ring.disruptor().getCursor() > consumed.get();
        if (classifierThread == readerThread) {
            return List.of(
                    new Watched(
                            readerThread,
                            () -> reader.turns() + consumed.get(),
                            () -> canRead.getAsBoolean() || canClassify.getAsBoolean()));
        }
        return List.of(
                new Watched(readerThread, reader::turns, canRead),
                new Watched(classifierThread, consumed::get, canClassify));
    }

    /**
     * Runs something on the classifier's thread, between packets, and waits for it.
     *
     * @throws AgentException if it fails, or the classifier does not come to it
     */
    public <T> T call(Supplier<T> work) throws AgentException, InterruptedException {
        return call(work, CALL_SECONDS);
    }

    private <T> T call(Supplier<T> work, long seconds) throws AgentException, InterruptedException {
        CompletableFuture<T> result = new CompletableFuture<>();
        stage.classifier()
                .submit(
                        () -> {
                            if (result.isDone()) {
                                return; // nobody waits for it any more
                            }
                            try {
                                result.complete(work.get());
                            } catch (RuntimeException | Error e) {
                                result.completeExceptionally(e);
                            }
                        });
        reader.knock();
        try {
            return result.get(seconds, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            result.cancel(false);
            throw new AgentException("the classifier has not answered for " + seconds + " s", e);
        } catch (ExecutionException e) {
            throw new AgentException("a command of the classifier failed", e.getCause());
        }
    }

    /**
     * Tells the policy which ports there are, when it comes to that; of what it has not been told
     * yet, only the last counts.
     */
    void portsChanged(int[] numbers, TunnelPorts tunnels) {
        if (portsToTell.getAndSet(new Ports(numbers, tunnels)) == null) {
            stage.classifier()
                    .submit(
                            () -> {
                                Ports ports = portsToTell.getAndSet(null);
                                stage.portsChanged(ports.numbers(), ports.tunnels());
                            });
            reader.knock();
        }
    }

    /** As {@link #call}, without a result. */
    public void run(Runnable work) throws AgentException, InterruptedException {
        run(work, CALL_SECONDS);
    }

    /** As {@link #run}, for the end: a classifier that waits for something is not waited for. */
    void runSoon(Runnable work) throws AgentException, InterruptedException {
        run(work, SOON_SECONDS);
    }

    private void run(Runnable work, long seconds) throws AgentException, InterruptedException {
        call(
                () -> {
                    work.run();
                    return null;
                },
                seconds);
    }

    @Override
    public void close() {
        reader.stop();
        join(readerThread);
        if (consumer == null) {
            ring.consumeDirectly(null);
        } else {
            consumer.halt();
            join(classifierThread);
        }
        stage.close();
        reader.close();
    }

    private static void join(Thread thread) {
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.error("{} does not stop", thread.getName());
        }
    }

    /** The classifier counts its own errors; what gets past it costs a batch, not the thread. */
    private final class Survive implements ExceptionHandler<UpcallSlot> {
        @Override
        public void handleEventException(Throwable e, long sequence, UpcallSlot slot) {
            classifierCounters.increment(Counter.CLASSIFIER_ERRORS);
            LOG.error("a batch of upcalls ended with an error", e);
        }

        @Override
        public void handleOnStartException(Throwable e) {
            LOG.error("the classifier did not start", e);
        }

        @Override
        public void handleOnShutdownException(Throwable e) {
            LOG.error("the classifier did not stop cleanly", e);
        }
    }
}
