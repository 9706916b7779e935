package io.odp4j.datapath.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import jnr.ffi.LibraryLoader;

/**
 * A network namespace that code of this process can run in: on a thread of its own, whose sockets
 * and threads are the namespace's.
 */
public final class Namespace implements AutoCloseable {
    private static final int CLONE_NEWNET = 0x4000_0000;

    /** What the Java platform has no call for. */
    public interface Calls {
        int open(String path, int flags);

        int setns(int fd, int type);

        int close(int fd);
    }

    /** What a program did. */
    public record Result(int status, String output) {
        public boolean ok() {
            return status == 0;
        }
    }

    private final String name;
    private final ExecutorService thread = Executors.newSingleThreadExecutor();

    public Namespace(String name) throws Exception {
        this.name = name;
        must(List.of("ip", "netns", "add", name));
        Calls calls = LibraryLoader.create(Calls.class).load("c");
        call(
                () -> {
                    int fd = calls.open("/run/netns/" + name, 0);
                    if (fd < 0 || calls.setns(fd, CLONE_NEWNET) != 0) {
                        throw new IOException("no way into the namespace " + name);
                    }
                    return calls.close(fd);
                });
    }

    /** Does something on the namespace's thread. */
    public <T> T call(Callable<T> work) throws Exception {
        try {
            return thread.submit(work).get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    /** Changes the namespace's network: the words follow {@code ip -n NAME}. */
    public void ip(String words) throws IOException, InterruptedException {
        must(List.of(("ip -n " + name + " " + words).split(" ")));
    }

    /** Runs a program in the namespace; its words are parted by blanks. */
    public Result run(String words) throws IOException, InterruptedException {
        Process process = start(words);
        process.getOutputStream().close();
        return result(process);
    }

    /** Starts a program in the namespace and leaves it running. */
    public Process start(String words) throws IOException {
        List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", name));
        command.addAll(List.of(words.split(" ")));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /** What a program that was started did in the end. */
    public static Result result(Process process) throws IOException, InterruptedException {
        byte[] output = process.getInputStream().readAllBytes();
        return new Result(process.waitFor(), new String(output, StandardCharsets.UTF_8));
    }

    private static void must(List<String> command) throws IOException, InterruptedException {
        Result result = result(new ProcessBuilder(command).redirectErrorStream(true).start());
        if (!result.ok()) {
            throw new IOException(String.join(" ", command) + ": " + result.output().strip());
        }
    }

    @Override
    public void close() throws IOException {
        thread.shutdownNow();
        try {
            must(List.of("ip", "netns", "del", name));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
