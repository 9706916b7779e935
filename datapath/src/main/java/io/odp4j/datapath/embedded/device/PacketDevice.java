package io.odp4j.datapath.embedded.device;

import static io.odp4j.datapath.netlink.LibC.C;

import io.odp4j.datapath.embedded.port.DeviceLink;
import io.odp4j.datapath.embedded.port.FrameBatch;
import io.odp4j.datapath.netlink.DirectBuffer;
import io.odp4j.datapath.netlink.LibC;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.packet.Checksum;
import java.nio.ByteBuffer;

/**
 * A network interface through a packet socket, packet(7): what comes in on the wire, in promiscuous
 * mode, and what the switch sends; what the host itself sends there is not seen. Needs CAP_NET_RAW.
 *
 * <p>The kernel takes a frame's outer tag out of the frame; it is put back here. A checksum that
 * the sender left to the hardware is completed. A frame with several segments in one (GSO) cannot
 * be sent on and is dropped, counted as received and dropped: {@code ethtool -K PEER tso off gso
 * off} avoids it where the peer is on the same host.
 */
final class PacketDevice implements PortDevice, DevicePoller.Polled {
    private static final int AF_PACKET = 17;
    private static final int EVERY_PROTOCOL = 0x0003;
    private static final int SOL_PACKET = 263;
    private static final int ADD_MEMBERSHIP = 1;
    private static final int PROMISCUOUS = 1;
    private static final int STATISTICS = 6;
    private static final int AUXDATA = 8;
    private static final int VNET_HEADER = 15;
    private static final int IGNORE_OUTGOING = 23;
    private static final int RECEIVE_BUFFER = 4 << 20;
    private static final int SOL_SOCKET = 1;
    private static final int RCVBUFFORCE = 33;

    // struct tpacket_auxdata: status, len, snaplen, mac | net, tci | tpid.
    private static final int AUX_STATUS = 0;
    private static final int AUX_TAG = 4;
    private static final int AUX_BYTES = 40;
    private static final int STATUS_VLAN = 1 << 4;
    private static final int STATUS_TPID = 1 << 6;
    private static final int TPID_8021Q = 0x8100;

    // struct virtio_net_hdr: flags, gso_type, u16 hdr_len, gso_size, csum_start, csum_offset.
    private static final int VNET_BYTES = 10;
    private static final int VNET_NEEDS_CHECKSUM = 1;

    private final String name;
    private final FrameSocket socket;
    private final DirectBuffer scratch = new DirectBuffer(32);
    private DeviceLink link;

    private PacketDevice(String name, int fd) {
        this.name = name;
        this.socket = new FrameSocket(fd, VNET_BYTES, AUX_BYTES);
    }

    static PacketDevice open(String name, String interfaceName, DevicePoller poller)
            throws NetlinkException {
        InterfaceRequest request = new InterfaceRequest(interfaceName);
        // Without a protocol nothing is received before the socket is bound to its interface.
        int type = LibC.SOCK_RAW | LibC.SOCK_CLOEXEC | LibC.SOCK_NONBLOCK;
        int fd = LibC.check("opening a packet socket", C.socket(AF_PACKET, type, 0));
        PacketDevice device = new PacketDevice(name, fd);
        try {
            request.send(fd, InterfaceRequest.GET_INDEX, "finding interface");
            device.setUp(request.index());
            poller.add(fd, device);
            return device;
        } catch (NetlinkException e) {
            C.close(fd);
            throw e;
        }
    }

    private void setUp(int ifindex) throws NetlinkException {
        option("leaving out what is sent", SOL_PACKET, IGNORE_OUTGOING, 1);
        option("asking for tags", SOL_PACKET, AUXDATA, 1);
        option("asking for checksums", SOL_PACKET, VNET_HEADER, 1);
        ByteBuffer b = scratch.buffer();
        b.putInt(0, RECEIVE_BUFFER);
        // Without CAP_NET_ADMIN the buffer stays as it is.
        C.setsockopt(socket.fd(), SOL_SOCKET, RCVBUFFORCE, scratch.address(), 4);
        // struct packet_mreq: index, type, length of the address, address.
        b.putInt(0, ifindex).putShort(4, (short) PROMISCUOUS).putShort(6, (short) 0).putLong(8, 0);
        LibC.check(
                "switching to promiscuous mode",
                C.setsockopt(socket.fd(), SOL_PACKET, ADD_MEMBERSHIP, scratch.address(), 16));
        // struct sockaddr_ll: family, protocol in network order, index, hardware type and address.
        b.putShort(0, (short) AF_PACKET)
                .put(2, (byte) (EVERY_PROTOCOL >>> 8))
                .put(3, (byte) EVERY_PROTOCOL)
                .putInt(4, ifindex)
                .putLong(8, 0)
                .putInt(16, 0);
        LibC.check("binding to an interface", C.bind(socket.fd(), scratch.address(), 20));
    }

    private void option(String operation, int level, int option, int value)
            throws NetlinkException {
        scratch.buffer().putInt(0, value);
        LibC.check(operation, C.setsockopt(socket.fd(), level, option, scratch.address(), 4));
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
            int length = socket.length(i);
            int at = batch.slotOffset(i);
            if (length < 0 || !complete(batch.buffer(), at, length, socket.prefix(i))) {
                link.notReceived(1);
                continue;
            }
            int status = socket.controlWord(i, SOL_PACKET, AUXDATA, AUX_STATUS, 0);
            if ((status & STATUS_VLAN) != 0 && length >= 12) {
                int tag = socket.controlWord(i, SOL_PACKET, AUXDATA, AUX_TAG, 0);
                int tpid = (status & STATUS_TPID) != 0 ? tag >>> 16 : TPID_8021Q;
                putBack(batch.buffer(), at, tpid << 16 | tag & 0xffff);
                batch.add(at - 4, length + 4);
            } else {
                batch.add(at, length);
            }
        }
        countLost();
        link.receive(batch);
    }

    /** Puts a tag of four bytes behind the addresses, which move into the room in front. */
    private static void putBack(ByteBuffer b, int at, int tag) {
        b.put(at - 4, b, at, 12);
        for (int i = 0; i < 4; i++) {
            b.put(at + 8 + i, (byte) (tag >>> 24 - 8 * i));
        }
    }

    /** Completes a checksum that was left to the hardware; false for what cannot be sent on. */
    private boolean complete(ByteBuffer b, int at, int length, int prefix) {
        ByteBuffer prefixes = socket.prefixes();
        if (prefixes.get(prefix + 1) != 0) {
            return false;
        }
        if ((prefixes.get(prefix) & VNET_NEEDS_CHECKSUM) != 0) {
            int start = prefixes.getShort(prefix + 6) & 0xffff;
            int field = start + (prefixes.getShort(prefix + 8) & 0xffff);
            if (field + 2 > length) {
                return false;
            }
            // The field holds the pseudo-header's sum.
            int checksum = Checksum.fold(Checksum.sum(b, at + start, length - start));
            b.put(at + field, (byte) (checksum >>> 8)).put(at + field + 1, (byte) checksum);
        }
        return true;
    }

    /** Counts what the kernel had no room for since the last time. */
    private void countLost() {
        ByteBuffer b = scratch.buffer();
        b.putInt(16, 8);
        int result =
                C.getsockopt(
                        socket.fd(),
                        SOL_PACKET,
                        STATISTICS,
                        scratch.address(),
                        scratch.address() + 16);
        if (result == 0 && b.getInt(4) != 0) {
            link.notReceived(b.getInt(4) & 0xffff_ffffL);
        }
    }

    @Override
    public void transmit(ByteBuffer frame, int offset, int length) {
        socket.queue(link, frame, offset, length);
    }

    @Override
    public void flush() {
        socket.flush(link);
    }

    @Override
    public void close() {
        socket.close();
    }
}
