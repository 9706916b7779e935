package io.odp4j.upcall.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** A file that an argument names, looked at before it is read: then the message has its name. */
public final class InputFile {
    private InputFile() {}

    /**
     * Gives the file back: a regular one, or a pipe.
     *
     * @throws UsageException if there is none, it is a directory, or it may not be read
     */
    public static Path check(Path file) {
        if (!Files.exists(file)) {
            throw new UsageException(file + ": no such file");
        }
        if (Files.isDirectory(file)) {
            throw new UsageException(file + ": is a directory");
        }
        if (!Files.isReadable(file)) {
            throw new UsageException(file + ": permission denied");
        }
        return file;
    }
}
