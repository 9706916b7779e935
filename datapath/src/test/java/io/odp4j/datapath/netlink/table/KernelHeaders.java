package io.odp4j.datapath.netlink.table;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where a kernel's interface headers are. Without them a test is skipped, where it may be. */
public enum KernelHeaders {
    /** Those installed on this machine. */
    MACHINE {
        @Override
        Path folder() {
            return Path.of("/usr/include");
        }
    },
    /** Those of the newest kernel of the lab, which nothing here may be newer than. */
    NEWEST {
        @Override
        Path folder() throws IOException {
            Path script = Path.of(System.getProperty("odp4j.home"), "bench", "lab", "headers");
            Process process =
                    new ProcessBuilder(script.toString())
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            byte[] printed = process.getInputStream().readAllBytes();
            return Path.of(new String(printed, StandardCharsets.UTF_8).trim());
        }
    };

    abstract Path folder() throws IOException;

    /** Reads headers of this kernel. */
    public UapiHeader read(String... files) throws IOException {
        Path folder = folder();
        for (String file : files) {
            boolean there = Files.isReadable(folder.resolve(file));
            String reason =
                    this == MACHINE
                            ? file + " is not installed (Debian: linux-libc-dev)"
                            : "bench/lab/headers could not get " + file;
            if (System.getenv("ODP4J_REQUIRE_KERNEL") != null) {
                assertTrue(there, reason);
            }
            assumeTrue(there, reason);
        }
        return new UapiHeader(folder, List.of(files));
    }
}
