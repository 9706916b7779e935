package io.odp4j.bench.upcall.kernel;

import io.odp4j.bench.upcall.ProcessMemory;
import io.odp4j.bench.upcall.Rig;
import io.odp4j.bench.upcall.UpcallOptions;
import io.odp4j.bench.upcall.result.Environment;
import io.odp4j.bench.upcall.result.Load;
import io.odp4j.bench.upcall.result.Sample;
import io.odp4j.bench.upcall.traffic.Traffic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A kernel datapath between two veth pairs. */
public final class KernelRig implements Rig {
    private static final int LOOKS = 50;
    private static final long PAUSE_MILLIS = 10;

    private final Path folder;
    private final KernelDatapath kernel;
    private final KernelSubject subject;
    private final Traffic traffic;
    private Veths veths;
    private Generator generator;

    private KernelRig(Path folder, KernelDatapath kernel, KernelSubject subject, Traffic traffic) {
        this.folder = folder;
        this.kernel = kernel;
        this.subject = subject;
        this.traffic = traffic;
    }

    /** Sets up a rig for each subject that is asked for, and tells the environment of the peer. */
    public static void open(UpcallOptions options, Environment environment, List<Rig> rigs)
            throws IOException, InterruptedException {
        List<KernelRig> wanted = new ArrayList<>();
        if (options.peer() != null) {
            Path folder = Files.createTempDirectory("odp4j-bench");
            VswitchProcess peer = new VswitchProcess(folder);
            environment.put("peer", peer.version());
            add(wanted, folder, peer, options);
        }
        Path folder = Files.createTempDirectory("odp4j-bench");
        add(wanted, folder, new AgentProcess(folder), options);
        if (options.limit()) {
            KernelDatapath kernel = new KernelDatapath();
            add(wanted, kernel, LimitSubject.inC(kernel), options);
        }
        if (options.bare()) {
            KernelDatapath kernel = new KernelDatapath();
            add(wanted, kernel, LimitSubject.onJvm(kernel), options);
        }
        rigs.addAll(wanted);
        for (KernelRig rig : wanted) {
            rig.start(options);
        }
    }

    private static void add(
            List<KernelRig> rigs,
            KernelDatapath kernel,
            KernelSubject subject,
            UpcallOptions options)
            throws IOException {
        Path folder = Files.createTempDirectory("odp4j-bench");
        rigs.add(new KernelRig(folder, kernel, subject, options.traffic()));
    }

    private static void add(
            List<KernelRig> rigs, Path folder, KernelSubject subject, UpcallOptions options)
            throws IOException {
        rigs.add(new KernelRig(folder, new KernelDatapath(), subject, options.traffic()));
    }

    private void start(UpcallOptions options) throws IOException, InterruptedException {
        veths = Veths.make(subject.name());
        subject.start(options, veths);
        generator = Generator.start(veths, options.traffic(), folder);
    }

    @Override
    public String subject() {
        return subject.name();
    }

    @Override
    public boolean compilesItself() {
        return subject.compilesItself();
    }

    @Override
    public Sample run(Load load, long millis) throws IOException, InterruptedException {
        subject.purge();
        for (int i = 0; i < LOOKS && kernel.stat(subject.datapath(), "n_flows") > 0; i++) {
            Thread.sleep(PAUSE_MILLIS);
        }
        long missed = kernel.stat(subject.datapath(), "n_missed");
        Generator.Answer answer = generator.run(load, millis, subject.pid());
        long upcalls = kernel.stat(subject.datapath(), "n_missed") - missed;
        long setups = traffic.setups(answer.arrived(), upcalls);
        // The last flows are installed behind the last packets.
        for (int i = 0; i < LOOKS && traffic.isAllNew() && flows() < setups; i++) {
            Thread.sleep(PAUSE_MILLIS);
        }
        return new Sample(
                answer.sent(),
                answer.arrived(),
                setups,
                upcalls,
                answer.overtaken(),
                answer.nanos(),
                answer.cpuNanos(),
                flows(),
                ProcessMemory.resident(subject.pid()),
                answer.latency());
    }

    private long flows() throws IOException {
        return kernel.stat(subject.datapath(), "n_flows");
    }

    @Override
    public void close() throws IOException {
        if (generator != null) {
            generator.close();
        }
        subject.close();
        if (veths != null) {
            veths.close();
        }
        kernel.close();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(KernelRig::delete);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
