package io.odp4j.upcall.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs other programs. */
public final class Shell {
    private static final long SECONDS = 120;

    /** What a program did. */
    public record Result(int status, String output) {
        public boolean ok() {
            return status == 0;
        }
    }

    private Shell() {}

    /**
     * Runs a program to its end.
     *
     * @return its exit status, and what it wrote to either stream
     */
    public static Result run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(
                    String.join(" ", command) + " has not ended in " + SECONDS + " s");
        }
        return new Result(process.exitValue(), output);
    }

    /** Runs a program whose failure nobody expects; the words are its arguments. */
    public static String must(String words) throws IOException, InterruptedException {
        Result result = run(List.of(words.split(" ")));
        if (!result.ok()) {
            throw new IOException(words + " failed: " + result.output().strip());
        }
        return result.output();
    }
}
