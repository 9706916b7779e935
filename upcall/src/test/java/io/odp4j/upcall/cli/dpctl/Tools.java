package io.odp4j.upcall.cli.dpctl;

import io.odp4j.upcall.cli.CommandRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code odp4j dpctl} within this process, and Open vSwitch's own tool beside it. */
final class Tools {
    /** What a tool did. */
    record Result(int status, String out, String err) {
        List<String> lines() {
            return out.lines().toList();
        }
    }

    private Tools() {}

    static Result odp4j(String... arguments) {
        return odp4jReading("", arguments);
    }

    /** Runs odp4j with a text on its standard input. */
    static Result odp4jReading(String input, String... arguments) {
        List<String> all = new ArrayList<>(List.of("dpctl"));
        all.addAll(List.of(arguments));
        CommandRun run = CommandRun.reading(input, all.toArray(String[]::new));
        return new Result(run.status(), run.out(), run.err());
    }

    /** Runs ovs-dpctl. */
    static Result ovs(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("ovs-dpctl"));
        command.addAll(List.of(arguments));
        Path errors = Files.createTempFile("ovs-dpctl", ".err");
        try {
            Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
            process.getOutputStream().close();
            String out =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(String.join(" ", command) + " does not end");
            }
            return new Result(process.exitValue(), out, Files.readString(errors));
        } finally {
            Files.delete(errors);
        }
    }
}
