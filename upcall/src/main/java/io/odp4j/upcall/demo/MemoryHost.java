package io.odp4j.upcall.demo;

import io.odp4j.datapath.embedded.EmbeddedDatapath;
import io.odp4j.datapath.embedded.port.Device;
import io.odp4j.datapath.embedded.port.DeviceLink;
import io.odp4j.datapath.flow.Protocol;
import io.odp4j.datapath.packet.FrameBuilder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A host in memory on a device of an embedded datapath: it resolves addresses by ARP, answers pings
 * and echoes UDP datagrams to port 7, and can do the same towards others. Its thread answers; any
 * other may ask.
 */
public class MemoryHost implements Device, AutoCloseable {
    private static final int ECHO_PORT = 7;
    private static final int ARP = Packets.ETHERNET;
    private static final byte[] END = {};

    private final String name;
    private final long mac;
    private final int address;
    private final BlockingQueue<byte[]> queue = new LinkedBlockingQueue<>();
    private final Map<Integer, Long> neighbours = new ConcurrentHashMap<>();
    private final Semaphore resolved = new Semaphore(0);
    private final Semaphore answers = new Semaphore(0);
    private final Thread thread;
    private final ByteBuffer out =
            ByteBuffer.allocateDirect(0x10040).order(ByteOrder.nativeOrder());
    private DeviceLink link;

    /** Makes host N with the address 10.0.0.N on a device of that name. */
    public static MemoryHost plug(EmbeddedDatapath datapath, String name, int n) {
        MemoryHost host = new MemoryHost(name, 0x0200_0000_0000L | n, 0x0a00_0000 | n);
        host.start(datapath.plug(host));
        return host;
    }

    /** Makes a host with a hardware and an IPv4 address, which answers once it is started. */
    protected MemoryHost(String name, long mac, int address) {
        this.name = name;
        this.mac = mac;
        this.address = address;
        this.thread = new Thread(this::work, name);
        thread.setDaemon(true);
    }

    /**
     * Begins to answer.
     *
     * @param to where its frames go in, or null if {@link #send} is another's
     */
    protected final void start(DeviceLink to) {
        link = to;
        thread.start();
    }

    @Override
    public String name() {
        return name;
    }

    /** The host's 48-bit hardware address. */
    protected final long mac() {
        return mac;
    }

    /** The host's IPv4 address as a number. */
    public int address() {
        return address;
    }

    @Override
    public void transmit(ByteBuffer frame, int offset, int length) {
        byte[] copy = new byte[length];
        frame.get(offset, copy);
        queue.add(copy);
    }

    // --- asking ---

    /** Sends pings one after the other; how many were answered within {@code millis} each. */
    public int ping(int to, int count, int payload, long millis) throws InterruptedException {
        return exchange(
                to, count, millis, frame -> frame.icmp(8, 0).payload(new byte[payload]).build());
    }

    /** Sends UDP datagrams to be echoed; how many came back. */
    public int udp(int to, int port, int count, long millis) throws InterruptedException {
        return exchange(
                to, count, millis, frame -> frame.udp(port, ECHO_PORT).payload(100).build());
    }

    private interface Question {
        byte[] ask(FrameBuilder frame);
    }

    private int exchange(int to, int count, long millis, Question question)
            throws InterruptedException {
        int answered = 0;
        for (int i = 0; i < count; i++) {
            Long peer = resolve(to, millis);
            if (peer == null) {
                continue;
            }
            answers.drainPermits();
            send(question.ask(FrameBuilder.ethernet(peer, mac).ipv4(address, to)));
            answered += answers.tryAcquire(millis, TimeUnit.MILLISECONDS) ? 1 : 0;
        }
        return answered;
    }

    /**
     * The hardware address of a neighbour, asked for if it is not known; null without an answer.
     */
    protected final Long resolve(int to, long millis) throws InterruptedException {
        if (!neighbours.containsKey(to)) {
            resolved.drainPermits();
            send(FrameBuilder.ethernet(Packets.BROADCAST, mac).arp(1, mac, address, 0, to).build());
            resolved.tryAcquire(millis, TimeUnit.MILLISECONDS);
        }
        return neighbours.get(to);
    }

    /** Forgets the addresses that were resolved. */
    public void forget() {
        neighbours.clear();
    }

    /** Sends a frame as it is. */
    public synchronized void send(byte[] frame) {
        out.put(0, frame);
        link.receive(out, 0, frame.length);
    }

    // --- answering ---

    private void work() {
        try {
            while (true) {
                byte[] frame = queue.take();
                if (frame == END) {
                    return;
                }
                answer(ByteBuffer.wrap(frame));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The hosts send nothing that is cut short, so that what is there need not be checked much. */
    protected void answer(ByteBuffer frame) {
        int type = frame.getShort(12) & 0xffff;
        if (type == Protocol.ETH_ARP && frame.capacity() >= ARP + 28) {
            arp(frame);
        } else if (type == Protocol.ETH_IPV4
                && frame.capacity() >= Packets.ETHERNET + 28
                && frame.getInt(Packets.IPV4_DST) == address) {
            ipv4(frame);
        }
    }

    private void arp(ByteBuffer frame) {
        long sender = Packets.mac(frame, ARP + 8);
        int from = frame.getInt(ARP + 14);
        if (frame.getInt(ARP + 24) != address) {
            return;
        }
        neighbours.put(from, sender);
        if (frame.getShort(ARP + 6) == 1) {
            send(FrameBuilder.ethernet(sender, mac).arp(2, mac, address, sender, from).build());
        } else {
            resolved.release();
        }
    }

    private void ipv4(ByteBuffer frame) {
        int proto = frame.get(Packets.IPV4_PROTO);
        int from = frame.getInt(Packets.IPV4_SRC);
        FrameBuilder answer = FrameBuilder.ethernet(Packets.mac(frame, 6), mac).ipv4(address, from);
        byte[] payload = Arrays.copyOfRange(frame.array(), Packets.TRANSPORT + 8, frame.capacity());
        if (proto == Protocol.IP_ICMP) {
            if (frame.get(Packets.TRANSPORT) == 8) {
                send(answer.icmp(0, 0).payload(payload).build());
            } else {
                answers.release();
            }
        } else if (proto == Protocol.IP_UDP) {
            int source = frame.getShort(Packets.TRANSPORT) & 0xffff;
            if (frame.getShort(Packets.TRANSPORT + 2) == ECHO_PORT) {
                send(answer.udp(ECHO_PORT, source).payload(payload).build());
            } else {
                answers.release();
            }
        }
    }

    /** Unplugs the host. */
    @Override
    public void close() {
        if (link != null) {
            link.close();
        }
        queue.add(END);
    }

    /** Where things lie in the frames that the hosts exchange. */
    private static final class Packets {
        static final int ETHERNET = 14;
        static final int IPV4_PROTO = ETHERNET + 9;
        static final int IPV4_SRC = ETHERNET + 12;
        static final int IPV4_DST = ETHERNET + 16;
        static final int TRANSPORT = ETHERNET + 20;
        static final long BROADCAST = 0xffff_ffff_ffffL;

        private Packets() {}

        static long mac(ByteBuffer frame, int at) {
            return frame.getLong(at - 2) & 0xffff_ffff_ffffL;
        }
    }
}
