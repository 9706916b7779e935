package io.odp4j.upcall.capacity;

import io.odp4j.upcall.demo.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who is to have the CPU first: the nice value of threads, which those they start inherit. */
final class Niceness {
    /** For who measures, so that waiting for the CPU is not measured with it. */
    static final int FIRST = -20;

    private Niceness() {}

    /** Of the thread that calls. */
    static void ofThisThread(int nice) throws IOException, InterruptedException {
        Path thread = Files.readSymbolicLink(Path.of("/proc/thread-self"));
        Shell.must("renice -n " + nice + " -p " + thread.getFileName());
    }

    /** Of every thread of a process. */
    static void ofProcess(long pid, int nice) throws IOException, InterruptedException {
        try (Stream<Path> threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
            String all =
                    threads.map(one -> one.getFileName().toString())
                            .collect(Collectors.joining(" "));
            Shell.must("renice -n " + nice + " -p " + all);
        }
    }
}
