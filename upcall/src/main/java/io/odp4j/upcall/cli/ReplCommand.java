package io.odp4j.upcall.cli;

import io.odp4j.datapath.embedded.endpoint.RunDirectory;
import io.odp4j.upcall.cli.dpctl.DpctlControl;
import io.odp4j.upcall.control.CommandTable;
import io.odp4j.upcall.control.ControlPath;
import io.odp4j.upcall.repl.Console;
import io.odp4j.upcall.repl.Repl;
import io.odp4j.upcall.repl.SocketTarget;
import io.odp4j.upcall.repl.TableTarget;
import io.odp4j.upcall.repl.Target;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code odp4j repl}: questions to a running agent, to a daemon of Open vSwitch, to a datapath. */
@Command(
        name = "repl",
        description = {
            "Asks a running agent, a daemon of Open vSwitch, or a datapath.",
            "Without --target and --datapath: the agent that runs, if there is one only.",
            "Lines come from the terminal, from -c or -f, or from standard input; without a"
                    + " terminal, the first that fails ends it with its status."
        })
final class ReplCommand implements Callable<Integer> {
    private static final Path OPEN_VSWITCH = Path.of("/run/openvswitch");

    @ArgGroup private Asked asked;

    /** Who is asked. */
    private static final class Asked {
        @Option(
                names = {"-t", "--target"},
                paramLabel = "SOCKET",
                description =
                        "A control socket: its path, the name of an agent's datapath, or a daemon's"
                                + " name as ovs-vswitchd.")
        private String target;

        @Option(
                names = "--datapath",
                paramLabel = "NAME",
                description = "A datapath without its agent: NAME or embedded:NAME.")
        private String datapath;
    }

    @Option(
            names = "-c",
            paramLabel = "COMMAND",
            description = "Run this and leave; may be given several times.")
    private List<String> commands = List.of();

    @Option(names = "-f", paramLabel = "FILE", description = "Run the lines of a file and leave.")
    private Path file;

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (Target target = target()) {
            if (!commands.isEmpty()) {
                return run(target, commands.iterator());
            }
            if (file != null) {
                return run(target, Files.readAllLines(file).iterator());
            }
            if (System.console() != null) {
                return Console.run(target);
            }
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
            return run(target, in.lines().iterator());
        }
    }

    private static int run(Target target, Iterator<String> lines) throws InterruptedException {
        Repl repl = new Repl(target, System.out, System.err, null);
        while (lines.hasNext()) {
            int status = repl.execute(lines.next());
            if (status != 0) {
                return status;
            }
        }
        return 0;
    }

    private Target target() throws IOException {
        if (asked == null) {
            return SocketTarget.connect(onlyAgent());
        }
        if (asked.target != null) {
            return SocketTarget.connect(socket(asked.target));
        }
        DatapathName name = DatapathName.parse(asked.datapath);
        CommandTable table = new CommandTable();
        DpctlControl.addTo(table, name.endpoint());
        return new TableTarget(name.name(), table);
    }

    private static Path socket(String word) throws IOException {
        if (word.contains("/")) {
            return Path.of(word);
        }
        Path agent = ControlPath.of(word);
        if (Files.exists(agent)) {
            return agent;
        }
        Path pidFile = OPEN_VSWITCH.resolve(word + ".pid");
        if (Files.exists(pidFile)) {
            String pid = Files.readString(pidFile).strip();
            return OPEN_VSWITCH.resolve(word + "." + pid + ".ctl");
        }
        throw new UsageException("'" + word + "': there is neither " + agent + " nor " + pidFile);
    }

    private static Path onlyAgent() throws IOException {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(RunDirectory.path())) {
            try (Stream<Path> files = Files.list(RunDirectory.path())) {
                files.filter(path -> path.toString().endsWith(".ctl")).forEach(found::add);
            }
        }
        if (found.size() == 1) {
            return found.get(0);
        }
        throw new UsageException(
                found.isEmpty()
                        ? "no agent runs: name one by --target, or a datapath by --datapath"
                        : "several agents run, name one by --target: " + found);
    }
}
