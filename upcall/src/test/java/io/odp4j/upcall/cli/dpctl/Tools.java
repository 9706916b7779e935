package io.odp4j.upcall.cli.dpctl;

import io.odp4j.upcall.cli.Odp4j;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
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
        InputStream in = System.in;
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        ByteArrayOutputStream complained = new ByteArrayOutputStream();
        try {
            System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
            System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
            int status = Odp4j.execute(all.toArray(String[]::new));
            return new Result(
                    status,
                    written.toString(StandardCharsets.UTF_8),
                    complained.toString(StandardCharsets.UTF_8));
        } finally {
            System.setIn(in);
            System.setOut(out);
            System.setErr(err);
        }
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
