package io.odp4j.bench.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code odp4j bench}: the group. */
@Command(
        name = "bench",
        description = "Measures, with rules and traffic of your own.",
        subcommands = {
            ClassifyCommand.class,
            CompareCommand.class,
            JmhCommand.class,
            ReportCommand.class,
            UpcallCommand.class
        })
public final class BenchCommand implements Runnable {
    @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "a command is missing");
    }
}
