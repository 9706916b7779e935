package io.odp4j.upcall.cli;

import io.odp4j.datapath.embedded.endpoint.EndpointFile;
import io.odp4j.datapath.netlink.NetlinkEndpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A datapath as it is named on the command line.
 *
 * @param name of the datapath
 * @param file where the process of an embedded one is found, {@code embedded:NAME}; null for the
 *     kernel's, {@code NAME} or {@code system:NAME}
 */
public record DatapathName(String name, Path file) {
    private static final String EMBEDDED = "embedded:";
    private static final String SYSTEM = "system:";

    /** Whether a word names an embedded datapath. */
    public static boolean isEmbedded(String text) {
        return text.startsWith(EMBEDDED);
    }

    /** Whether a word names a datapath together with its type. */
    public static boolean isTyped(String text) {
        return isEmbedded(text) || text.startsWith(SYSTEM);
    }

    /**
     * Reads a name. What stands behind {@code embedded:} is the file itself if it has a slash.
     *
     * @throws IOException if that file cannot be read
     */
    public static DatapathName parse(String text) throws IOException {
        String name = text;
        Path file = null;
        if (isEmbedded(text)) {
            name = text.substring(EMBEDDED.length());
            if (name.contains("/")) {
                file = Path.of(name);
                return new DatapathName(read(file).name(), file);
            }
            file = EndpointFile.path(name);
        } else if (text.startsWith(SYSTEM)) {
            name = text.substring(SYSTEM.length());
        }
        if (name.isEmpty() || name.contains(":")) {
            throw new UsageException(
                    "'" + text + "' names no datapath: NAME, system:NAME or embedded:NAME");
        }
        return new DatapathName(name, file);
    }

    private static EndpointFile read(Path file) throws IOException {
        try {
            return EndpointFile.read(file);
        } catch (NoSuchFileException e) {
            throw new IOException(file + ": no such file", e);
        }
    }

    /** Whether it is an embedded one. */
    public boolean embedded() {
        return file != null;
    }

    /** The process that runs the embedded datapath, if one does. */
    public Optional<EndpointFile> process() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        return Optional.of(read(file)).filter(EndpointFile::answers);
    }

    /**
     * Who answers for it.
     *
     * @throws IOException if it is an embedded one, and no process runs it
     */
    public NetlinkEndpoint endpoint() throws IOException {
        if (!embedded()) {
            return NetlinkEndpoint.KERNEL_GENERIC;
        }
        return process()
                .orElseThrow(
                        () ->
                                new IOException(
                                        "no process runs embedded:"
                                                + name
                                                + ": start one with 'odp4j datapath --name "
                                                + name
                                                + "'"))
                .endpoint();
    }
}
