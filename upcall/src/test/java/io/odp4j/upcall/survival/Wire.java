package io.odp4j.upcall.survival;

import static io.odp4j.datapath.netlink.LibC.C;

import io.odp4j.datapath.netlink.DirectBuffer;
import io.odp4j.datapath.netlink.LibC;
import io.odp4j.datapath.netlink.MessageVector;
import io.odp4j.datapath.packet.FrameBuilder;
import io.odp4j.upcall.demo.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A veth pair with a packet socket on one end and, on the other, {@link #port}, a switch's port:
 * frames are sent by tens in one system call, and what the switch sends is counted by the kernel.
 */
public final class Wire implements AutoCloseable {
    /** The most frames sent in one system call. */
    public static final int BATCH = 32;

    private static final int AF_PACKET = 17;
    private static final int EVERY_PROTOCOL = 3;
    private static final int SLOT = 128;
    private static final int SOURCE_AT = 14 + 12;
    private static final int PORTS_AT = 14 + 20;
    private static final int CHECKSUM_AT = PORTS_AT + 6;

    private final String name;
    private final int fd;
    private final int length;
    private final DirectBuffer frames = new DirectBuffer(BATCH * SLOT);
    private final DirectBuffer incoming = new DirectBuffer(8 + SLOT);
    private int listening = -1;
    private final MessageVector messages = new MessageVector(BATCH, 1, 0);

    private Wire(String name, int fd, byte[] frame) {
        this.name = name;
        this.fd = fd;
        this.length = frame.length;
        for (int i = 0; i < BATCH; i++) {
            frames.buffer().put(i * SLOT, frame);
            messages.setVector(i, 0, frames.address() + i * SLOT, length);
            messages.noName(i);
        }
    }

    /**
     * Makes the pair.
     *
     * @param from the last byte of the frames' source addresses
     * @param to the last byte of their destination addresses
     */
    public static Wire create(String name, int from, int to)
            throws IOException, InterruptedException {
        String port = name + "p";
        String script =
                String.format(
                        "ip link add %1$s type veth peer name %2$s && "
                                + "for i in %1$s %2$s; do "
                                + "echo 1 >/proc/sys/net/ipv6/conf/$i/disable_ipv6; "
                                + "ip link set $i up; done",
                        name, port);
        Shell.Result made = Shell.run(List.of("sh", "-c", script));
        if (!made.ok()) {
            throw new IOException(made.output());
        }
        return new Wire(name, socket(name, 0), frame(from, to));
    }

    /** Sends through a device that is there, whatever is on its other end. */
    public static Wire on(String device) throws IOException {
        return new Wire(device, socket(device, 0), frame(1, 2));
    }

    private static byte[] frame(int from, int to) {
        byte[] frame =
                FrameBuilder.ethernet(0x0200_0000_0200L | to, 0x0200_0000_0200L | from)
                        .ipv4(0x0a01_0000 | from, 0x0a01_0000 | to)
                        .udp(1, 1)
                        .payload(18)
                        .build();
        frame[CHECKSUM_AT] = 0; // not computed
        frame[CHECKSUM_AT + 1] = 0;
        return frame;
    }

    private static int socket(String device, int protocol) throws IOException {
        int fd = LibC.check("a packet socket", C.socket(AF_PACKET, LibC.SOCK_RAW, 0));
        DirectBuffer address = new DirectBuffer(32);
        address.buffer()
                .putShort(0, (short) AF_PACKET)
                .putShort(2, Short.reverseBytes((short) protocol))
                .putInt(4, (int) number(device, "ifindex"));
        LibC.check("binding to " + device, C.bind(fd, address.address(), 20));
        return fd;
    }

    private static long number(String device, String file) throws IOException {
        return Long.parseLong(Files.readString(Path.of("/sys/class/net", device, file)).strip());
    }

    /** The device that is to be the switch's port. */
    public String port() {
        return name + "p";
    }

    /**
     * Sends frames of flows of their own, each with other UDP ports and another source address.
     *
     * @param first number of the first one's flow
     * @param count at most {@link #BATCH}
     * @return how many the kernel took
     */
    public int send(int first, int count) {
        for (int i = 0; i < count; i++) {
            int flow = first + i;
            frames.buffer()
                    .put(i * SLOT + SOURCE_AT + 2, (byte) (flow >>> 22 & 0x7f))
                    .put(i * SLOT + PORTS_AT, (byte) (flow >>> 8))
                    .put(i * SLOT + PORTS_AT + 1, (byte) flow)
                    .put(i * SLOT + PORTS_AT + 2, (byte) (flow >>> 18 & 0x0f))
                    .put(i * SLOT + PORTS_AT + 3, (byte) (flow >>> 16));
        }
        return Math.max(0, C.sendmmsg(fd, messages.address(0), count, 0));
    }

    /** Sends one frame from that address, between those UDP ports. */
    public void send(int address, int fromPort, int toPort) {
        frames.buffer()
                .putInt(SOURCE_AT, Integer.reverseBytes(address))
                .putShort(PORTS_AT, Short.reverseBytes((short) fromPort))
                .putShort(PORTS_AT + 2, Short.reverseBytes((short) toPort));
        C.sendmmsg(fd, messages.address(0), 1, 0);
    }

    /** Sees what the switch sends here from now on, for {@link #awaitFrame}. */
    public void listen() throws IOException {
        listening = socket(name, EVERY_PROTOCOL);
    }

    /** Waits for a frame from the switch; false if none comes in so many milliseconds. */
    public boolean awaitFrame(int millis) {
        incoming.buffer().putInt(0, listening).putShort(4, (short) 1).putShort(6, (short) 0);
        if (C.poll(incoming.address(), 1, millis) <= 0) {
            return false;
        }
        return C.read(listening, incoming.address() + 8, SLOT) > 0;
    }

    /** The low 16 bits of the number of the flow that the last frame seen belongs to. */
    public int frameFlow() {
        return incoming.buffer().get(8 + PORTS_AT) << 8 & 0xff00
                | incoming.buffer().get(9 + PORTS_AT) & 0xff;
    }

    /** How many frames the switch sent here. */
    public long received() throws IOException {
        return number(name, "statistics/rx_packets");
    }

    /** How many frames were sent to the switch. */
    public long sent() throws IOException {
        return number(name, "statistics/tx_packets");
    }

    @Override
    public void close() throws IOException {
        C.close(fd);
        if (listening >= 0) {
            C.close(listening);
        }
        try {
            Shell.run(List.of("ip", "link", "del", name));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
