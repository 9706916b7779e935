package io.odp4j.datapath.embedded.device;

import static io.odp4j.datapath.netlink.LibC.C;

import io.odp4j.datapath.embedded.port.DeviceLink;
import io.odp4j.datapath.embedded.port.FrameBatch;
import io.odp4j.datapath.netlink.DirectBuffer;
import io.odp4j.datapath.netlink.Errno;
import io.odp4j.datapath.netlink.LibC;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One end of a pipe between two embedded datapaths, of one process or two: a Unix socket of
 * datagrams, bound to {@code NAME.pipe} and connected to {@code PEER.pipe} in the same directory.
 * While the other end is not there, or has no room, what is sent is dropped, and counted. Needs no
 * privilege.
 *
 * <p>It connects when it has something to send, so that the ends may come and go in any order.
 */
final class PipeDevice implements PortDevice, DevicePoller.Polled {
    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int ADDRESS_BYTES = 110;
    private static final int SOL_SOCKET = 1;
    private static final int SNDBUF = 7;
    private static final int SEND_BUFFER = 4 << 20;
    private static final long RETRY_NANOS = 10_000_000;

    private final String name;
    private final Path path;
    private final Path peer;
    private final FrameSocket socket;
    private final DirectBuffer address = new DirectBuffer(ADDRESS_BYTES);
    private DeviceLink link;
    private boolean connected;
    private long tried = System.nanoTime() - RETRY_NANOS;

    private PipeDevice(String name, Path path, Path peer, FrameSocket socket) {
        this.name = name;
        this.path = path;
        this.peer = peer;
        this.socket = socket;
    }

    /**
     * @param directory where the sockets lie
     */
    static PipeDevice open(String name, String peer, Path directory, DevicePoller poller)
            throws IOException {
        Path path = directory.resolve(name + ".pipe");
        Path other = directory.resolve(peer + ".pipe");
        int type = SOCK_DGRAM | LibC.SOCK_CLOEXEC | LibC.SOCK_NONBLOCK;
        int fd = LibC.check("opening a Unix socket", C.socket(AF_UNIX, type, 0));
        PipeDevice device = new PipeDevice(name, path, other, new FrameSocket(fd, 0, 0));
        try {
            device.bind();
            poller.add(fd, device);
            return device;
        } catch (IOException | RuntimeException e) {
            C.close(fd);
            throw e;
        }
    }

    private void bind() throws IOException {
        address.buffer().putInt(0, SEND_BUFFER);
        C.setsockopt(socket.fd(), SOL_SOCKET, SNDBUF, address.address(), 4);
        if (Files.exists(path) && connect(path)) {
            throw new IOException("pipe " + path + " has an owner already");
        }
        // Nobody answers there: left over by a process that was killed.
        Files.deleteIfExists(path);
        LibC.check("binding to " + path, C.bind(socket.fd(), address.address(), put(path)));
    }

    private int put(Path to) {
        byte[] bytes = to.toString().getBytes(StandardCharsets.UTF_8);
        if (bytes.length > ADDRESS_BYTES - 3) {
            throw new IllegalArgumentException(to + " is too long for a socket");
        }
        address.buffer().putShort(0, (short) AF_UNIX).put(2, bytes);
        address.buffer().put(2 + bytes.length, (byte) 0);
        return 2 + bytes.length + 1;
    }

    private boolean connect(Path to) {
        int length = put(to);
        return C.connect(socket.fd(), address.address(), length) == 0;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void start(DeviceLink to) {
        link = to;
    }

    @Override
    public void poll() {
        int count = socket.receive();
        FrameBatch batch = socket.incoming();
        for (int i = 0; i < count; i++) {
            if (socket.length(i) < 0) {
                link.notReceived(1);
            } else {
                batch.add(batch.slotOffset(i), socket.length(i));
            }
        }
        link.receive(batch);
    }

    @Override
    public void transmit(ByteBuffer frame, int offset, int length) {
        socket.queue(link, frame, offset, length);
    }

    @Override
    public void flush() {
        if (!connected && System.nanoTime() - tried >= RETRY_NANOS) {
            connected = connect(peer);
            tried = System.nanoTime();
        }
        Errno error = socket.flush(link);
        // Without room the other end is still there.
        if (error != null && error != Errno.EAGAIN) {
            connected = false;
        }
    }

    @Override
    public void close() {
        socket.close();
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
