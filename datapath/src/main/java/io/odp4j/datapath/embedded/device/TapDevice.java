package io.odp4j.datapath.embedded.device;

import static io.odp4j.datapath.netlink.LibC.C;

import io.odp4j.datapath.embedded.port.DeviceLink;
import io.odp4j.datapath.embedded.port.FrameBatch;
import io.odp4j.datapath.netlink.DirectBuffer;
import io.odp4j.datapath.netlink.LibC;
import io.odp4j.datapath.netlink.NetlinkException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A tap device: what the host sends into the interface comes in, what the switch sends comes out of
 * it. Made if there is none of that name, and brought up; one that was made goes with this. The
 * host completes checksums and cuts segments before it hands a frame over. Needs CAP_NET_ADMIN.
 */
final class TapDevice implements PortDevice, DevicePoller.Polled {
    private static final String CLONE_DEVICE = "/dev/net/tun";
    private static final int READ_WRITE = 2;
    private static final int BATCH = 32;

    private final String name;
    private final int fd;
    private final FrameBatch batch = new FrameBatch(BATCH);
    private final DirectBuffer outgoing = new DirectBuffer(FrameBatch.LONGEST);
    private DeviceLink link;

    private TapDevice(String name, int fd) {
        this.name = name;
        this.fd = fd;
    }

    static TapDevice open(String name, String interfaceName, DevicePoller poller)
            throws NetlinkException {
        InterfaceRequest request = new InterfaceRequest(interfaceName);
        DirectBuffer path = new DirectBuffer(CLONE_DEVICE.length() + 1);
        path.buffer().put(0, CLONE_DEVICE.getBytes(StandardCharsets.US_ASCII));
        int flags = READ_WRITE | LibC.SOCK_NONBLOCK | LibC.SOCK_CLOEXEC; // O_* of the same value
        int fd = LibC.check("opening " + CLONE_DEVICE, C.open(path.address(), flags));
        try {
            request.setFlags(InterfaceRequest.TAP | InterfaceRequest.NO_PACKET_INFO);
            request.send(fd, InterfaceRequest.TUN_SET, "making tap device");
            request.bringUp();
            TapDevice device = new TapDevice(name, fd);
            poller.add(fd, device);
            return device;
        } catch (NetlinkException e) {
            C.close(fd);
            throw e;
        }
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
        batch.clear();
        while (!batch.isFull()) {
            int slot = batch.count();
            long length = C.read(fd, batch.slotAddress(slot), FrameBatch.LONGEST);
            if (length <= 0) {
                break;
            }
            batch.add(batch.slotOffset(slot), (int) length);
        }
        link.receive(batch);
    }

    @Override
    public void transmit(ByteBuffer frame, int offset, int length) {
        outgoing.buffer().put(0, frame, offset, length);
        if (C.write(fd, outgoing.address(), length) != length) {
            link.notSent(1, length);
        }
    }

    @Override
    public void close() {
        C.close(fd);
    }
}
