package io.odp4j.upcall.cli;

import io.odp4j.datapath.flow.text.FlowSyntaxException;
import io.odp4j.upcall.cli.agent.AgentCommand;
import io.odp4j.upcall.cli.dpctl.DpctlCommand;
import io.odp4j.upcall.cli.nl.NlCommands;
import io.odp4j.upcall.cli.trace.TraceCommand;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * The {@code odp4j} command. Exit status: 0 done, 1 failure, 2 wrong usage. An error is one line on
 * standard error, but for a syntax error, which shows its place; {@code -v} adds the stack trace.
 */
@Command(
        name = "odp4j",
        description = "Controls an Open vSwitch datapath from the JVM.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        scope = ScopeType.INHERIT,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:done", "1:failure", "2:wrong usage"},
        subcommands = {
            AgentCommand.class,
            DatapathCommand.class,
            DpctlCommand.class,
            ReplCommand.class,
            PacketCommand.class,
            DemoCommand.class,
            TraceCommand.class
        })
public final class Odp4j implements Runnable {
    @Option(
            names = {"-v", "--verbose"},
            description = "Log more, and print a stack trace with an error.",
            scope = ScopeType.INHERIT)
    private boolean verbose;

    @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

    /** Runs the command and exits with its status. */
    public static void main(String[] arguments) {
        System.exit(execute(arguments));
    }

    /** Runs the command and returns its exit status. */
    public static int execute(String... arguments) {
        CommandLine line;
        try {
            line = commandLine(arguments);
        } catch (UsageException e) {
            oneLine(new PrintWriter(System.err, true), e.getMessage());
            return 2;
        }
        return line.execute(arguments);
    }

    /**
     * What reads the arguments, and runs the command that they name.
     *
     * @throws UsageException if they name a file with a family that cannot be read
     */
    public static CommandLine commandLine(String... arguments) {
        Odp4j odp4j = new Odp4j();
        CommandLine line = new CommandLine(odp4j);
        if (!isAtHand(line, arguments)) {
            NlCommands.addTo(line, arguments);
            addProvided(line);
        }
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExitCodeExceptionMapper(e -> e instanceof UsageException ? 2 : 1);
        line.setParameterExceptionHandler(
                (e, args) -> {
                    CommandLine failed = e.getCommandLine();
                    oneLine(failed.getErr(), WrongArguments.message(e));
                    failed.getErr()
                            .println(
                                    "See '"
                                            + failed.getCommandSpec().qualifiedName()
                                            + " --help'.");
                    return 2;
                });
        line.setExecutionExceptionHandler(
                (e, failed, result) -> {
                    if (e instanceof FlowSyntaxException || e instanceof SyntaxException) {
                        // The text with a caret under the offending place takes lines of its own.
                        failed.getErr().println("odp4j: " + e.getMessage());
                    } else {
                        oneLine(failed.getErr(), describe(e));
                    }
                    if (odp4j.verbose) {
                        e.printStackTrace(failed.getErr());
                    }
                    return e instanceof UsageException ? 2 : 1;
                });
        line.setExecutionStrategy(
                parsed -> {
                    Logging.configure(odp4j.verbose);
                    return new CommandLine.RunLast().execute(parsed);
                });
        return line;
    }

    /**
     * Whether the version is asked for, or a command that is there already: the others take half a
     * second to be made, every field of every family having its place in their help.
     */
    private static boolean isAtHand(CommandLine line, String[] arguments) {
        return Arrays.stream(arguments)
                .filter(word -> !word.equals("-v") && !word.equals("--verbose"))
                .findFirst()
                .filter(
                        word ->
                                word.equals("-V")
                                        || word.equals("--version")
                                        || line.getSubcommands().containsKey(word))
                .isPresent();
    }

    private static void addProvided(CommandLine line) {
        for (CommandProvider provider : ServiceLoader.load(CommandProvider.class)) {
            for (Object command : provider.commands()) {
                String name = CommandLine.Model.CommandSpec.forAnnotatedObject(command).name();
                if (!line.getSubcommands().containsKey(name)) {
                    line.addSubcommand(name, command);
                }
            }
        }
    }

    private static void oneLine(PrintWriter err, String message) {
        err.println("odp4j: " + message.replace('\n', ' '));
    }

    private static String describe(Exception e) {
        return e.getMessage() == null ? e.toString() : Advice.of(e);
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "a command is missing");
    }
}
