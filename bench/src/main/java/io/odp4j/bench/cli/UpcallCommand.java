package io.odp4j.bench.cli;

import io.odp4j.bench.upcall.NativeProgram;
import io.odp4j.bench.upcall.Progress;
import io.odp4j.bench.upcall.UpcallBenchmark;
import io.odp4j.bench.upcall.UpcallOptions;
import io.odp4j.bench.upcall.result.Load;
import io.odp4j.bench.upcall.result.UpcallResults;
import io.odp4j.bench.upcall.traffic.Traffic;
import io.odp4j.upcall.cli.DatapathName;
import io.odp4j.upcall.cli.UsageException;
import io.odp4j.upcall.ring.WaitMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code odp4j bench upcall}: how many flows a second are set up, and how long each takes. */
@Command(
        name = "upcall",
        description = {
            "Sends packets, each the first of a flow, through a datapath and measures how many"
                    + " flows a second odp4j sets up, how long each first packet takes, what is lost"
                    + " and what processor time it costs.",
            "Beside it a C program that only moves the messages, compiled with gcc on first use:"
                    + " the limit; with --peer another control process, in turn, in the same run."
        })
final class UpcallCommand implements Callable<Integer> {
    /** Held: the log manager forgets a level that nobody holds. */
    private static final Logger LOGGERS = Logger.getLogger("io.odp4j");

    private static final String EMBEDDED = "embedded";
    private static final List<Integer> WINDOWS = List.of(1, 16, 64, 256, 1024);
    private static final int FILL_WINDOW = 64;
    private static final int MOST_WINDOW = 8192;
    private static final String EMULATED = "qemu";
    private static final double EMULATED_WARM_UP_SECONDS = 60;
    private static final double WARM_UP_SECONDS = 4;

    @Option(
            names = "--datapath",
            paramLabel = "WHAT",
            description = {
                "embedded: one in this process; or system:NAME: one of this name is made in the"
                        + " kernel, which needs root, openvswitch.ko and iproute2.",
                "Default: embedded, in the lab system:ob."
            })
    private String datapath;

    @Option(
            names = "--lab",
            paramLabel = "KERNEL",
            description = "Measure in a kernel booted for it: uml, uml-new or qemu (docs/lab.md).")
    private String lab;

    @Option(
            names = "--peer",
            paramLabel = "WHO",
            description =
                    "Measure ovs, Open vSwitch's ovs-vswitchd as installed, beside odp4j; not"
                            + " with an embedded datapath.")
    private String peer;

    @Option(
            names = "--no-limit",
            description = "Do not measure the C program that only moves messages.")
    private boolean noLimit;

    @Option(
            names = "--bare",
            description =
                    "Measure a loop on a JVM that only moves messages, too; not with an embedded"
                            + " datapath.")
    private boolean bare;

    @Option(
            names = "--window",
            split = ",",
            paramLabel = "W",
            description = {
                "Closed loop with at most W packets under way.",
                "Default, if there is neither --rate nor --fill: 1,16,64,256,1024."
            })
    private List<Integer> windows = List.of();

    @Option(
            names = "--rate",
            split = ",",
            paramLabel = "R",
            description =
                    "Open loop with R packets a second, whatever becomes of them; latency counts"
                            + " from when a packet was to be sent.")
    private List<Double> rates = List.of();

    @Option(
            names = "--fill",
            split = ",",
            paramLabel = "N",
            description = "Set up N flows, with at most 64 packets under way.")
    private List<Integer> fills = List.of();

    @Option(
            names = "--traffic",
            paramLabel = "MODEL",
            defaultValue = "uniform",
            description = {
                "uniform: every packet of a new flow; bursts: in an open loop 256 of these at"
                        + " once; trains: four packets of each flow in a row; zipf: 100,000 flows, a few of them frequent; pcap:FILE: a"
                        + " capture's packets; explosion: packets that need 8,192 masks.",
                "Default: ${DEFAULT-VALUE}."
            })
    private String traffic;

    @Option(
            names = "--shards",
            paramLabel = "N",
            defaultValue = "1",
            description = "Shards of odp4j's agent. Default: ${DEFAULT-VALUE}.")
    private int shards;

    @Option(
            names = "--wait",
            paramLabel = "HOW",
            defaultValue = "auto",
            description =
                    "How they wait for upcalls, as of 'odp4j agent'. Default: ${DEFAULT-VALUE}.")
    private WaitMode waitMode;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            description = "Measure everything N times, in turn. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "1",
            description = "How long each measurement lasts. Default: ${DEFAULT-VALUE}.")
    private double seconds;

    @Option(
            names = "--warm-up",
            paramLabel = "S",
            description = {
                "How long what a JIT compiler has to compile warms up, at least; at most five"
                        + " times as long, or 40 s. 0: nothing is warmed up.",
                "Default: 4, in the lab's qemu, where the compiler is emulated as well, 60."
            })
    private Double warmUp;

    @Option(
            names = "--tolerance",
            paramLabel = "T",
            defaultValue = "0.2",
            description =
                    "A subject is warm when its rate rises no more, and the medians of the last"
                            + " runs and of those before are that close together. Default:"
                            + " ${DEFAULT-VALUE}.")
    private double tolerance;

    @Mixin private ResultOutput output;

    @Override
    public Integer call() throws IOException, InterruptedException {
        UpcallOptions options = options();
        output.check();
        if (lab != null) {
            return inLab(options);
        }
        // Progress alone is to be seen meanwhile.
        LOGGERS.setLevel(Level.WARNING);
        Progress progress = new Progress(System.err, System.console() != null);
        UpcallResults results = new UpcallBenchmark(options, progress).run();
        output.write(results);
        return 0;
    }

    private UpcallOptions options() throws IOException {
        String where = datapath == null ? lab == null ? EMBEDDED : "system:ob" : datapath;
        boolean embedded = where.equals(EMBEDDED);
        require(!embedded || peer == null, "--peer needs --lab or --datapath system:NAME");
        require(!embedded || !bare, "--bare needs --lab or --datapath system:NAME");
        require(!embedded || lab == null, "--lab measures the kernel's datapath, not " + where);
        require(peer == null || peer.equals(UpcallResults.OVS), "--peer: ovs is the only one");
        require(rounds >= 1 && rounds <= 1000, "--rounds: 1 to 1000");
        require(seconds >= 0.01 && seconds <= 600, "--seconds: 0.01 to 600");
        require(tolerance > 0, "--tolerance must be positive");
        require(shards >= 1, "--shards must be positive");
        return new UpcallOptions(
                embedded ? where : kernelDatapath(where),
                embedded,
                peer,
                !noLimit,
                bare,
                loads(),
                traffic(),
                shards,
                waitMode,
                rounds,
                Math.round(seconds * 1000),
                warmUpSeconds(),
                tolerance);
    }

    private double warmUpSeconds() {
        if (warmUp == null) {
            return EMULATED.equals(lab) ? EMULATED_WARM_UP_SECONDS : WARM_UP_SECONDS;
        }
        require(warmUp >= 0 && warmUp <= 3600, "--warm-up: 0 to 3600");
        return warmUp;
    }

    private static String kernelDatapath(String text) throws IOException {
        DatapathName name = DatapathName.parse(text);
        require(
                !name.embedded() && name.name().length() <= 9,
                "--datapath: embedded, or system: and a name of up to 9 letters");
        return name.name();
    }

    private List<Load> loads() {
        List<Load> loads = new ArrayList<>();
        boolean none = windows.isEmpty() && rates.isEmpty() && fills.isEmpty();
        for (int window : none ? WINDOWS : windows) {
            require(window >= 1 && window <= MOST_WINDOW, "--window: 1 to " + MOST_WINDOW);
            loads.add(Load.closed(window));
        }
        for (double rate : rates) {
            require(rate >= 1 && rate <= 1e7, "--rate: 1 to 10000000");
            loads.add(Load.open(rate));
        }
        for (int fill : fills) {
            require(fill >= 1 && fill <= 4_000_000, "--fill: 1 to 4000000");
            loads.add(Load.fill(fill, FILL_WINDOW));
        }
        return loads;
    }

    private Traffic traffic() throws IOException {
        try {
            return Traffic.parse(traffic);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new UsageException(otherwise);
        }
    }

    /** The same command in the lab; its result comes in files, for a guest has one stream only. */
    private int inLab(UpcallOptions options) throws IOException, InterruptedException {
        Path result = Files.createTempFile(NativeProgram.folder(), "result", ".txt");
        Path page = Files.createTempFile(NativeProgram.folder(), "result", ".html");
        try {
            List<String> arguments = new ArrayList<>(List.of("bench", "upcall"));
            arguments.addAll(List.of("--datapath", "system:" + options.datapath()));
            add(arguments, "--window", windows);
            add(arguments, "--rate", rates);
            add(arguments, "--fill", fills);
            arguments.addAll(List.of("--traffic", traffic, "--shards", "" + shards));
            arguments.addAll(List.of("--wait", waitMode.name()));
            arguments.addAll(List.of("--rounds", "" + rounds, "--seconds", "" + seconds));
            arguments.addAll(List.of("--warm-up", "" + options.warmUpSeconds()));
            arguments.addAll(List.of("--tolerance", "" + tolerance));
            if (peer != null) {
                arguments.addAll(List.of("--peer", peer));
            }
            if (noLimit) {
                arguments.add("--no-limit");
            }
            if (bare) {
                arguments.add("--bare");
            }
            arguments.addAll(output.arguments(result, page));
            int status = new Lab(lab).run(arguments);
            if (status == 0) {
                output.take(result, page);
            }
            return status;
        } finally {
            Files.deleteIfExists(result);
            Files.deleteIfExists(page);
        }
    }

    private static void add(List<String> arguments, String option, List<?> values) {
        if (!values.isEmpty()) {
            arguments.add(option);
            arguments.add(String.join(",", values.stream().map(Object::toString).toList()));
        }
    }
}
