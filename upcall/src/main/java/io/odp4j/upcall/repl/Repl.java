package io.odp4j.upcall.repl;

import io.odp4j.upcall.control.ControlException;
import io.odp4j.upcall.repl.view.View;
import io.odp4j.upcall.repl.view.Views;
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
    private static final SortedMap<String, String> BUILT_IN = builtInCommands();

    private final Target target;
    private final PrintStream out;
    private final PrintStream err;
    private final Watch watch;
    private boolean ended;
    private volatile boolean interrupted;

    private static SortedMap<String, String> builtInCommands() {
        SortedMap<String, String> commands =
                new TreeMap<>(
                        Map.of(
                                "help", "[COMMAND|FIELD|ACTION]",
                                "watch", "[-n SECONDS] COMMAND...",
                                "history", "",
                                "send", "COMMAND...",
                                "quit", "",
                                "exit", ""));
        commands.putAll(Views.usages());
        return commands;
    }

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
        interrupted = false;
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

    /** Gives up the command that runs; from any thread. */
    void interrupt() {
        interrupted = true;
        target.cancel();
    }

    private int execute(ReplLine line) throws IOException, ControlException, InterruptedException {
        if (line.words().get(0).equals("watch")) {
            return watch(line.words());
        }
        View view = view(line.words());
        if (view != null && view.isEndless()) {
            return stream(view, line.shell());
        }
        if (view != null && view.watchSeconds() > 0 && watch != null && line.shell() == null) {
            show(String.join(" ", line.words()), view.watchSeconds(), line.words());
            return 0;
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

    /** The view that a line asks for, with its options; null if it is none. */
    private static View view(List<String> words) throws ControlException {
        View view = Views.named(words.get(0));
        return view == null ? null : view.with(words.subList(1, words.size()));
    }

    /** Prints as things happen, here or into a command of the shell, until it is interrupted. */
    private int stream(View view, String shell)
            throws IOException, ControlException, InterruptedException {
        try (ShellPipe.Open pipe = shell == null ? null : ShellPipe.open(shell)) {
            try {
                view.run(target, pipe == null ? out : pipe.out(), () -> interrupted);
            } catch (IOException e) {
                // An interrupt breaks off the question that is being asked.
                if (!interrupted) {
                    throw e;
                }
            }
            return pipe == null ? 0 : pipe.finish();
        } finally {
            out.flush();
        }
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
                View view = view(words);
                if (view != null) {
                    return view.answer(target, () -> interrupted);
                }
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
        show(String.join(" ", watched), seconds, watched);
        return 0;
    }

    /** Shows an answer again and again; a view remembers what it showed before. */
    private void show(String title, double seconds, List<String> words)
            throws IOException, ControlException, InterruptedException {
        View view = view(words);
        if (view != null && view.isEndless()) {
            throw new ControlException(title + " goes on by itself: it needs no watch");
        }
        watch.run(
                title,
                seconds,
                () -> view == null ? answer(words) : view.answer(target, () -> interrupted));
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
        View view = Views.named(topic);
        if (view != null) {
            text.append(view.help());
        } else if (usage != null) {
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
