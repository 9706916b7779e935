package io.odp4j.datapath.embedded.device;

import static io.odp4j.datapath.netlink.LibC.C;

import io.odp4j.datapath.netlink.DirectBuffer;
import io.odp4j.datapath.netlink.LibC;
import io.odp4j.datapath.netlink.NetlinkException;
import java.nio.charset.StandardCharsets;

/**
 * A request about a network interface by ioctl(2), {@code struct ifreq} of netdevice(7); host byte
 * order.
 *
 * <pre>
 *   0  name, 16 bytes, zero-terminated     16  flags (u16) or index (s32)     40
 * </pre>
 */
final class InterfaceRequest {
    static final int GET_FLAGS = 0x8913;
    static final int SET_FLAGS = 0x8914;
    static final int GET_INDEX = 0x8933;

    /** Makes or opens a tun or tap device, {@code linux/if_tun.h}. */
    static final int TUN_SET = 0x4004_54ca;

    static final int UP = 1;
    static final int TAP = 0x2;
    static final int NO_PACKET_INFO = 0x1000;

    private static final int AF_INET = 2;
    private static final int SOCK_DGRAM = 2;
    private static final int LONGEST_NAME = 15;

    private final DirectBuffer memory = new DirectBuffer(40);
    private final String name;

    /**
     * @throws IllegalArgumentException if that cannot be an interface's name
     */
    InterfaceRequest(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (bytes.length == 0 || bytes.length > LONGEST_NAME) {
            throw new IllegalArgumentException("'" + name + "' cannot be an interface's name");
        }
        this.name = name;
        memory.buffer().put(0, bytes);
    }

    void setFlags(int flags) {
        memory.buffer().putShort(16, (short) flags);
    }

    int flags() {
        return memory.buffer().getShort(16) & 0xffff;
    }

    int index() {
        return memory.buffer().getInt(16);
    }

    void send(int fd, long request, String operation) throws NetlinkException {
        LibC.check(operation + " " + name, C.ioctl(fd, request, memory.address()));
    }

    /** Brings the interface up. */
    void bringUp() throws NetlinkException {
        int fd =
                LibC.check(
                        "opening a socket", C.socket(AF_INET, SOCK_DGRAM | LibC.SOCK_CLOEXEC, 0));
        try {
            send(fd, GET_FLAGS, "reading the flags of");
            setFlags(flags() | UP);
            send(fd, SET_FLAGS, "bringing up");
        } finally {
            C.close(fd);
        }
    }
}
