package io.odp4j.upcall.repl;

import io.odp4j.upcall.control.ControlException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Runs lines on a target: what is not built in goes there. {@link Console} types them in, a script
 * or {@code -c} brings its own.
 */
public final class Repl {
    private static final SortedMap<String, String> BUILT_IN =
            new TreeMap<>(
                    Map.of(
                            "help", "[COMMAND|FIELD|ACTION]",
                            "watch", "[-n SECONDS] COMMAND...",
                            "history", "",
                            "send", "COMMAND...",
                            "quit", "",
                            "exit", ""));

    private final Target target;
    private final PrintStream out;
    private final PrintStream err;
    private final Watch watch;
    private boolean ended;

    /**
     * @param watch how a command is shown again and again; null where there is no terminal
     */
    public Repl(Target target, PrintStream out, PrintStream err, Watch watch) {
        this.target = target;
        this.out = out;
        this.err = err;
        this.watch = watch;
    }

    /** Commands of the REPL itself, each with its arguments. */
    static SortedMap<String, String> builtIn() {
        return BUILT_IN;
    }

    /** Whether it was told to quit. */
    boolean ended() {
        return ended;
    }

    /**
     * Runs a line; what goes wrong is told on the error stream.
     *
     * @return 0, or 1 if it failed, or the status of the shell that it was piped into
     */
    public int execute(String text) throws InterruptedException {
        try {
            ReplLine line = ReplLine.parse(text);
            return line.isEmpty() ? 0 : execute(line);
        } catch (ReplSyntaxException | ControlException e) {
            err.println(e.getMessage().stripTrailing());
        } catch (IOException e) {
            err.println(target.name() + ": " + e.getMessage());
        }
        return 1;
    }

    private int execute(ReplLine line) throws IOException, ControlException, InterruptedException {
        if (line.words().get(0).equals("watch")) {
            return watch(line.words());
        }
        String answer = answer(line.words());
        if (line.shell() != null) {
            out.flush();
            return ShellPipe.run(answer, line.shell(), out);
        }
        out.print(answer);
        if (!answer.isEmpty() && !answer.endsWith("\n")) {
            out.println();
        }
        out.flush();
        return 0;
    }

    private String answer(List<String> words)
            throws IOException, ControlException, InterruptedException {
        List<String> arguments = words.subList(1, words.size());
        switch (words.get(0)) {
            case "help" -> {
                return help(arguments);
            }
            case "quit", "exit" -> {
                ended = true;
                return "";
            }
            case "send" -> {
                if (arguments.isEmpty()) {
                    throw new ControlException("send COMMAND...: sends it as it stands");
                }
                return target.run(arguments.get(0), arguments.subList(1, arguments.size()));
            }
            default -> {
                return target.run(CommandList.resolve(words.get(0), target.commands()), arguments);
            }
        }
    }

    private int watch(List<String> words)
            throws IOException, ControlException, InterruptedException {
        if (watch == null) {
            throw new ControlException("watch needs a terminal");
        }
        int command = 1;
        double seconds = 2;
        if (words.size() > 2 && words.get(1).equals("-n")) {
            seconds = seconds(words.get(2));
            command = 3;
        }
        if (words.size() <= command) {
            throw new ControlException("watch " + BUILT_IN.get("watch"));
        }
        List<String> watched = words.subList(command, words.size());
        watch.run(String.join(" ", watched), seconds, () -> answer(watched));
        return 0;
    }

    private static double seconds(String word) throws ControlException {
        try {
            double seconds = Double.parseDouble(word);
            if (seconds >= 0.1 && seconds <= 86400) {
                return seconds;
            }
        } catch (NumberFormatException e) {
            throw new ControlException("watch -n " + word + ": no number", e);
        }
        throw new ControlException("watch -n " + word + ": 0.1 to 86400 seconds");
    }

    private String help(List<String> topics)
            throws IOException, ControlException, InterruptedException {
        if (topics.size() > 1) {
            throw new ControlException("help " + BUILT_IN.get("help"));
        }
        if (topics.isEmpty()) {
            return overview();
        }
        String topic = topics.get(0);
        String command = CommandList.resolve(topic, target.commands());
        String usage = target.commands().getOrDefault(command, BUILT_IN.get(topic));
        StringBuilder text = new StringBuilder();
        if (usage != null) {
            text.append(command).append(' ').append(usage).append('\n');
        }
        text.append(Reference.load().describe(topic));
        if (text.length() == 0) {
            throw new ControlException(
                    "nothing is known of \""
                            + topic
                            + "\"; it is no command, no field and no action");
        }
        return text.toString();
    }

    private String overview() throws IOException, ControlException, InterruptedException {
        StringBuilder text = new StringBuilder("Commands of " + target.name() + ":\n");
        target.commands().forEach((name, usage) -> entry(text, name, usage));
        text.append("Built in:\n");
        BUILT_IN.forEach((name, usage) -> entry(text, name, usage));
        return text.append(
                        "A name may go without its group if there is only one: dump-flows.\n"
                                + "Behind an answer: | json, | grep, | less, > file (the shell's)."
                                + "\n")
                .toString();
    }

    private static void entry(StringBuilder text, String name, String usage) {
        text.append(String.format("  %-23s %s", name, usage).stripTrailing()).append('\n');
    }
}
