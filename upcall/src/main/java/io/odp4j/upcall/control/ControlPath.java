package io.odp4j.upcall.control;

import io.odp4j.datapath.embedded.endpoint.RunDirectory;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import jnr.unixsocket.UnixSocketAddress;
import jnr.unixsocket.UnixSocketChannel;

/** Where control sockets lie: {@code DATAPATH.ctl} in the {@link RunDirectory}. */
public final class ControlPath {
    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rwx------");
    // sockaddr_un.sun_path: 108 bytes, the last of them NUL
    private static final int LONGEST = 107;

    private ControlPath() {}

    /** The socket of the agent that controls a datapath, unless it was told another. */
    public static Path of(String datapath) {
        return RunDirectory.path().resolve(datapath.replace('/', '_') + ".ctl");
    }

    /**
     * Makes a place ready for a server: its folder is there, for the owner alone if it had to be
     * made, and a socket that nobody serves any more is gone.
     *
     * @throws IOException if the folder cannot be made, the path is too long, something else lies
     *     there, or another server answers on it
     */
    static void prepare(Path socket) throws IOException {
        if (socket.toString().getBytes().length > LONGEST) {
            throw new IOException(
                    socket + ": longer than the " + LONGEST + " bytes that a Unix socket may have");
        }
        Path folder = socket.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        }
        if (!Files.exists(socket)) {
            return;
        }
        if (!isSocket(socket)) {
            throw new FileAlreadyExistsException(socket + " is there and is no socket");
        }
        if (answers(socket)) {
            throw new FileAlreadyExistsException(socket + ": another process serves it");
        }
        Files.delete(socket);
    }

    private static boolean isSocket(Path path) throws IOException {
        int type = (int) Files.getAttribute(path, "unix:mode") & 0170000;
        return type == 0140000;
    }

    private static boolean answers(Path socket) {
        try (UnixSocketChannel channel =
                UnixSocketChannel.open(new UnixSocketAddress(socket.toFile()))) {
            return channel.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
