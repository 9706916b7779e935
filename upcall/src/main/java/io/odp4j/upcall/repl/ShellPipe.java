package io.odp4j.upcall.repl;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sends an answer through what stands behind it on the line: {@code | json} is ours, all else is
 * the shell's, {@code | grep}, {@code | less}, {@code > file}.
 */
final class ShellPipe {
    private static final Pattern JSON = Pattern.compile("\\|\\s*json\\s*(?=$|[|>])");

    private ShellPipe() {}

    /**
     * Runs it on this process's terminal.
     *
     * @param tail begins with | or &gt;
     * @param print where an answer goes that stays in this process
     * @return the shell's exit status
     */
    static int run(String text, String tail, Appendable print)
            throws IOException, InterruptedException {
        Matcher json = JSON.matcher(tail);
        if (!json.lookingAt()) {
            return shell(text, tail);
        }
        String pretty = PrettyJson.format(text);
        String rest = tail.substring(json.end());
        if (rest.isEmpty()) {
            print.append(pretty);
            return 0;
        }
        return shell(pretty, rest);
    }

    /** A command of the shell that is fed bit by bit. */
    static final class Open implements AutoCloseable {
        private final Process process;
        private final PrintStream out;

        private Open(Process process) {
            this.process = process;
            this.out = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        }

        /** Where it is fed; in error when the command reads no more. */
        PrintStream out() {
            return out;
        }

        /** Ends its input and returns its exit status. */
        int finish() throws InterruptedException {
            out.close();
            return process.waitFor();
        }

        @Override
        public void close() {
            out.close();
        }
    }

    /**
     * Starts what stands behind a command that goes on printing.
     *
     * @throws IOException if it cannot be done bit by bit
     */
    static Open open(String tail) throws IOException {
        if (JSON.matcher(tail).lookingAt()) {
            throw new IOException("| json needs a whole answer; --json gives a line for each");
        }
        return new Open(start(tail));
    }

    private static Process start(String tail) throws IOException {
        return new ProcessBuilder("/bin/sh", "-c", "cat " + tail)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static int shell(String text, String tail) throws IOException, InterruptedException {
        Process process = start(tail);
        try (OutputStream in = process.getOutputStream()) {
            in.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // It has read enough: | head
            return process.waitFor();
        }
        return process.waitFor();
    }
}
