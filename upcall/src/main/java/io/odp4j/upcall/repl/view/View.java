package io.odp4j.upcall.repl.view;

import io.odp4j.upcall.control.ControlException;
import io.odp4j.upcall.repl.Target;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/**
 * A command of the REPL that asks its target more than one question. Its options are picocli's; one
 * instance serves one line, or one watch, so that it may remember what it saw before.
 */
public abstract class View {
    private static final int WIDTH = 120;

    @Option(names = "--json", description = "One JSON object a line.")
    boolean json;

    /**
     * Does the work.
     *
     * @param out where it prints
     * @param stopped whether it is to end
     */
    public abstract void run(Target target, PrintStream out, BooleanSupplier stopped)
            throws IOException, ControlException, InterruptedException;

    /** Whether it goes on printing until it is stopped. */
    public boolean isEndless() {
        return false;
    }

    /** Whether its words are a filter. */
    public boolean isFiltered() {
        return false;
    }

    /** Seconds between two pictures if it is best watched; 0 if it is not. */
    public double watchSeconds() {
        return 0;
    }

    /** What it prints, as one text. */
    public final String answer(Target target, BooleanSupplier stopped)
            throws IOException, ControlException, InterruptedException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
            run(target, out, stopped);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /**
     * Takes a command's options and words.
     *
     * @throws ControlException if they are not what it takes
     */
    public final View with(List<String> arguments) throws ControlException {
        CommandLine line = commandLine();
        try {
            line.parseArgs(arguments.toArray(String[]::new));
            return this;
        } catch (CommandLine.ParameterException e) {
            throw new ControlException(e.getMessage() + "\n" + usage(), e);
        }
    }

    /** Its options and words, as a line. */
    public final String usage() {
        return commandLine().getHelp().synopsis(0).strip();
    }

    private CommandLine commandLine() {
        return new CommandLine(this)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(WIDTH);
    }

    /** All that there is to say about it. */
    public final String help() {
        StringWriter text = new StringWriter();
        commandLine().usage(new PrintWriter(text), CommandLine.Help.Ansi.OFF);
        return text.toString();
    }

    /** The names of its options. */
    public final List<String> options() {
        List<String> names = new ArrayList<>();
        new CommandLine(this)
                .getCommandSpec()
                .options()
                .forEach(option -> names.addAll(List.of(option.names())));
        return names;
    }
}
