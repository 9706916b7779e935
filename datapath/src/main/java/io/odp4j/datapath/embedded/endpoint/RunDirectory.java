package io.odp4j.datapath.embedded.endpoint;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Where running processes leave what others find them by: {@code $XDG_RUNTIME_DIR/odp4j}, or {@code
 * /run/odp4j} where that is not set.
 */
public final class RunDirectory {
    private RunDirectory() {}

    /** The directory, whether it is there or not. */
    public static Path path() {
        String runtime = System.getenv("XDG_RUNTIME_DIR");
        return Path.of(runtime == null || runtime.isEmpty() ? "/run" : runtime, "odp4j");
    }

    /**
     * The directory; made, for its owner alone, if it is not there.
     *
     * @throws IOException if it cannot be made
     */
    public static Path make() throws IOException {
        Path path = path();
        if (!Files.isDirectory(path)) {
            try {
                Files.createDirectories(
                        path,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------")));
            } catch (AccessDeniedException e) {
                throw new IOException(path + " cannot be made: set XDG_RUNTIME_DIR", e);
            }
        }
        return path;
    }
}
