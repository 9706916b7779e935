package io.odp4j.upcall.repl;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** The REPL on a terminal: line editing, completion, a history that stays. */
public final class Console {
    private Console() {}

    /** Reads and runs lines until the user leaves, and returns the exit status. */
    public static int run(Target target) throws IOException, InterruptedException {
        try (Terminal terminal = TerminalBuilder.builder().name("odp4j").system(true).build()) {
            PrintStream out = new PrintStream(terminal.output(), true);
            Repl repl = new Repl(target, out, out, new ScreenWatch(terminal));
            LineReader reader = reader(terminal, target);
            out.println(
                    "odp4j, on " + target.name() + ". 'help' lists the commands, Ctrl-D leaves.");
            terminal.handle(Terminal.Signal.INT, signal -> repl.interrupt());
            while (!repl.ended()) {
                String line = read(reader, prompt(target, terminal));
                if (line == null) {
                    return 0;
                }
                if (line.strip().equals("history")) {
                    history(reader, out);
                } else {
                    repl.execute(line);
                }
            }
            return 0;
        }
    }

    private static LineReader reader(Terminal terminal, Target target) throws IOException {
        DefaultParser parser = new DefaultParser();
        // A backslash or a quote that is not closed asks for the rest on the next line.
        parser.setEofOnUnclosedQuote(true);
        parser.setEofOnEscapedNewLine(true);
        return LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("odp4j")
                .parser(parser)
                .completer(new WordCompleter(target))
                .variable(LineReader.HISTORY_FILE, historyFile())
                .variable(LineReader.HISTORY_SIZE, 10_000)
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, "> ")
                .option(LineReader.Option.HISTORY_IGNORE_SPACE, true)
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .build();
    }

    /** Null at the end of the input; an interrupted line is an empty one. */
    private static String read(LineReader reader, String prompt) {
        try {
            return reader.readLine(prompt);
        } catch (UserInterruptException e) {
            return "";
        } catch (EndOfFileException e) {
            return null;
        }
    }

    private static String prompt(Target target, Terminal terminal) {
        return new AttributedStringBuilder()
                .styled(AttributedStyle.DEFAULT.bold(), target.name() + "> ")
                .toAnsi(terminal);
    }

    private static void history(LineReader reader, PrintStream out) {
        reader.getHistory()
                .forEach(entry -> out.printf("%5d  %s%n", entry.index() + 1, entry.line()));
    }

    /** {@code $XDG_STATE_HOME/odp4j/history}. */
    private static Path historyFile() throws IOException {
        String state = System.getenv("XDG_STATE_HOME");
        Path base =
                state == null || state.isEmpty()
                        ? Path.of(System.getProperty("user.home"), ".local", "state")
                        : Path.of(state);
        Path folder = base.resolve("odp4j");
        Files.createDirectories(folder);
        return folder.resolve("history");
    }
}
