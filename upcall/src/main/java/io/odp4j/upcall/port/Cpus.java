package io.odp4j.upcall.port;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How many CPUs the kernel numbers. The JVM counts those that it may run on, which says nothing
 * about where packets come in.
 */
final class Cpus {
    private static final Path POSSIBLE = Path.of("/sys/devices/system/cpu/possible");
    private static final int MOST = 1024;

    private Cpus() {}

    static int possible() {
        try {
            return count(Files.readString(POSSIBLE));
        } catch (IOException | IllegalArgumentException e) {
            return Runtime.getRuntime().availableProcessors();
        }
    }

    /** One more than the highest number of a list as {@code 0-3} or {@code 0,2-5}. */
    static int count(String list) {
        String text = list.strip();
        int from = Math.max(text.lastIndexOf('-'), text.lastIndexOf(',')) + 1;
        int last = Integer.parseInt(text.substring(from));
        if (last < 0 || last >= MOST) {
            throw new IllegalArgumentException("CPU " + last);
        }
        return last + 1;
    }
}
