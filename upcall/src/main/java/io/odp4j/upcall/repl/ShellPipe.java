package io.odp4j.upcall.repl;

import java.io.IOException;
import java.io.OutputStream;
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

    private static int shell(String text, String tail) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder("/bin/sh", "-c", "cat " + tail)
                        .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // It has read enough: | head
            return process.waitFor();
        }
        return process.waitFor();
    }
}
