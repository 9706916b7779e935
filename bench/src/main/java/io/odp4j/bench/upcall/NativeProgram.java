package io.odp4j.bench.upcall;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A C program of the benchmark's, compiled with gcc when its source is new, and kept in {@code
 * ~/.cache/odp4j/bench}.
 */
public final class NativeProgram {
    private static final int NAME_DIGITS = 12;

    private NativeProgram() {}

    /** Where programs, and what the lab hands out, are kept: a guest sees that folder. */
    public static Path folder() throws IOException {
        String cache = System.getenv("XDG_CACHE_HOME");
        Path folder =
                (cache == null
                                ? Path.of(System.getProperty("user.home"), ".cache")
                                : Path.of(cache))
                        .resolve("odp4j")
                        .resolve("bench");
        return Files.createDirectories(folder);
    }

    /**
     * The program of that name.
     *
     * @throws IOException if gcc is missing, or says no
     */
    public static Path compile(String name) throws IOException, InterruptedException {
        byte[] source;
        try (InputStream in = NativeProgram.class.getResourceAsStream(name + ".c")) {
            source = in.readAllBytes();
        }
        Path program = folder().resolve(name + "-" + digest(source));
        if (Files.isExecutable(program)) {
            return program;
        }
        Path file = Files.createTempFile(folder(), name, ".c");
        Path made = Path.of(file + ".out");
        try {
            Files.write(file, source);
            Process gcc =
                    new ProcessBuilder(
                                    List.of("gcc", "-O2", "-o", made.toString(), file.toString()))
                            .redirectErrorStream(true)
                            .start();
            String said = new String(gcc.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (gcc.waitFor() != 0) {
                throw new IOException("gcc did not compile " + name + ".c: " + said.strip());
            }
            Files.move(made, program, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(made);
        }
        return program;
    }

    private static String digest(byte[] source) {
        try {
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(source);
            return HexFormat.of().formatHex(sum).substring(0, NAME_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
