package io.odp4j.bench.upcall;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A C program that only moves the messages, {@code upcall_limit.c}: what the sockets and the
 * embedded datapath allow at most. Compiled with gcc when it is made.
 */
final class NativeSubject implements Subject {
    private static final String SOURCE = "upcall_limit.c";

    private final Path directory;
    private Process process;

    NativeSubject() throws IOException, InterruptedException {
        directory = Files.createTempDirectory("odp4j-bench");
        Path source = directory.resolve(SOURCE);
        try (InputStream in = NativeSubject.class.getResourceAsStream(SOURCE)) {
            Files.copy(in, source);
        }
        Process gcc =
                new ProcessBuilder(
                                List.of("gcc", "-O2", "-Wall", "-o", program(), source.toString()))
                        .inheritIO()
                        .start();
        if (gcc.waitFor() != 0) {
            throw new IOException("gcc did not compile " + source);
        }
    }

    private String program() {
        return directory.resolve("upcall_limit").toString();
    }

    @Override
    public String name() {
        return "C, messages alone";
    }

    @Override
    public void start(Bench bench) throws IOException {
        process =
                new ProcessBuilder(
                                List.of(
                                        program(),
                                        Integer.toUnsignedString(bench.endpoint().portId()),
                                        "" + bench.families().packet().id(),
                                        "" + bench.families().flow().id(),
                                        "" + bench.datapath().ifindex(),
                                        "" + bench.outPort()))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        BufferedReader output =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
        String portId = output.readLine();
        if (portId == null) {
            throw new IOException(program() + " ended");
        }
        bench.setUpcallPortId(Integer.parseUnsignedInt(portId));
    }

    /** Ends the program; the files go with the last use. */
    @Override
    public void close() throws IOException {
        if (process == null) {
            return;
        }
        try {
            process.getOutputStream().close();
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process = null;
    }

    /** Deletes what was compiled. */
    void delete() {
        for (String name : List.of("upcall_limit", SOURCE, "")) {
            try {
                Files.deleteIfExists(directory.resolve(name));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
