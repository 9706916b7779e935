package io.odp4j.upcall.cli.dpctl;

import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.upcall.cli.Advice;
import io.odp4j.upcall.control.CommandTable;
import io.odp4j.upcall.control.ControlCommand;
import io.odp4j.upcall.control.ControlException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;

/** The commands of {@code odp4j dpctl} as {@code dpctl/*} on a control socket or in the REPL. */
public final class DpctlControl {
    /** They go on until they are interrupted, which an answer cannot. */
    private static final Set<String> ENDLESS = Set.of("monitor", "upcalls");

    private DpctlControl() {}

    /** Adds them; they ask that peer where no word names another. */
    public static void addTo(CommandTable table, NetlinkEndpoint endpoint) {
        CommandLine all = new CommandLine(new DpctlCommand());
        all.getSubcommands()
                .forEach(
                        (name, command) -> {
                            if (!ENDLESS.contains(name)) {
                                table.add(
                                        new ControlCommand(
                                                "dpctl/" + name,
                                                HelpCommands.usage(name, command),
                                                0,
                                                Integer.MAX_VALUE,
                                                arguments -> run(name, arguments, endpoint)));
                            }
                        });
    }

    private static String run(String name, List<String> arguments, NetlinkEndpoint endpoint)
            throws ControlException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        DpctlCommand dpctl = new DpctlCommand();
        dpctl.setEndpoint(endpoint);
        dpctl.setOutput(stream(out), stream(err));
        List<String> words = new ArrayList<>(arguments.size() + 1);
        words.add(name);
        words.addAll(arguments);
        CommandLine line = new CommandLine(dpctl);
        line.setOut(new PrintWriter(stream(out), true));
        line.setErr(new PrintWriter(stream(err), true));
        line.setExecutionExceptionHandler(
                (e, failed, result) -> {
                    failed.getErr().println(e.getMessage() == null ? e : Advice.of(e));
                    return 1;
                });
        int status = line.execute(words.toArray(String[]::new));
        String errors = err.toString(StandardCharsets.UTF_8).replaceAll("(?m)^odp4j: ", "");
        if (status != 0) {
            throw new ControlException(errors.isEmpty() ? "failed" : errors);
        }
        return errors + out.toString(StandardCharsets.UTF_8);
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
