package io.odp4j.bench.upcall;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The memory of a process: {@code VmRSS} of proc(5). */
public final class ProcessMemory {
    private static final String FIELD = "VmRSS:";
    private static final long UNIT = 1024;

    private ProcessMemory() {}

    /** Resident bytes of a process; -1 if there is none of that number. */
    public static long resident(long pid) {
        List<String> status;
        try {
            status = Files.readAllLines(Path.of("/proc", "" + pid, "status"));
        } catch (IOException e) {
            return -1;
        }
        for (String line : status) {
            if (line.startsWith(FIELD)) {
                return UNIT * Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        return -1;
    }
}
