package io.odp4j.datapath.embedded.endpoint;

import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.RequestChannel;
import io.odp4j.datapath.ovs.OvsFamilies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;

/**
 * What a process that runs an embedded datapath writes down for others: text, one {@code KEY=VALUE}
 * a line.
 *
 * <pre>
 *   name=br0         the datapath
 *   port_id=4711     its netlink port id, unsigned
 *   pid=4711         the process
 * </pre>
 *
 * @param name of the datapath
 * @param portId where it answers
 * @param pid the process
 */
public record EndpointFile(String name, int portId, long pid) {
    private static final String SUFFIX = ".datapath";
    private static final int TIMEOUT_MILLIS = 2000;
    private static final int LONGEST = 4096;

    /** Where the file of a datapath of that name lies, unless its process was told otherwise. */
    public static Path path(String name) {
        return RunDirectory.path().resolve(name + SUFFIX);
    }

    /**
     * Reads a file.
     *
     * @throws IOException if it cannot be read, or is none
     */
    public static EndpointFile read(Path path) throws IOException {
        if (Files.size(path) > LONGEST) {
            throw new IOException(path + " is no file of an embedded datapath");
        }
        Map<String, String> values = new HashMap<>();
        for (String line : Files.readAllLines(path)) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                values.put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        try {
            return new EndpointFile(
                    values.getOrDefault("name", ""),
                    Integer.parseUnsignedInt(values.getOrDefault("port_id", "")),
                    Long.parseLong(values.getOrDefault("pid", "")));
        } catch (NumberFormatException e) {
            throw new IOException(path + " is no file of an embedded datapath", e);
        }
    }

    /** Writes the file; who reads it meanwhile sees the old one or the new one, whole. */
    public void write(Path path) throws IOException {
        Path before = path.resolveSibling(path.getFileName() + "." + pid);
        String text =
                "name=%s%nport_id=%s%npid=%d%n"
                        .formatted(name, Integer.toUnsignedString(portId), pid);
        try {
            Files.writeString(before, text);
            Files.move(before, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.deleteIfExists(before);
            throw new IOException(path + " cannot be written: " + e, e);
        }
    }

    public NetlinkEndpoint endpoint() {
        return NetlinkEndpoint.userspace(portId);
    }

    /** Whether a datapath answers there; the process may have been killed. */
    public boolean answers() {
        try (RequestChannel channel = RequestChannel.open(endpoint())) {
            channel.setTimeoutMillis(TIMEOUT_MILLIS);
            OvsFamilies.resolve(channel);
            return true;
        } catch (NetlinkException e) {
            return false;
        }
    }
}
