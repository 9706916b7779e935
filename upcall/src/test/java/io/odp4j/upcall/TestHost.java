package io.odp4j.upcall;

import io.odp4j.datapath.embedded.EmbeddedDatapath;
import io.odp4j.datapath.flow.Protocol;
import io.odp4j.datapath.packet.FrameBuilder;
import io.odp4j.upcall.demo.MemoryHost;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A host in memory that has VLANs, IPv6 (neighbour discovery and pings) and the first segments of
 * TCP connections as well.
 */
final class TestHost extends MemoryHost {
    private static final int ETHERNET = 14;
    private static final int IPV6_DST = ETHERNET + 24;
    private static final int IPV6_UPPER = ETHERNET + 40;
    private static final int TCP = ETHERNET + 20;
    private static final long PREFIX = 0xfd00L << 48;
    private static final int ECHO_REQUEST = 128;
    private static final int SYN = 2;
    private static final int RST = 4;
    private static final int ACK = 16;

    private final int n;
    private final Map<Integer, MemoryHost> vlans = new HashMap<>();
    private final Map<Long, Long> neighbours = new HashMap<>();
    private final Semaphore answers = new Semaphore(0);
    private final Semaphore connected = new Semaphore(0);
    private int nextPort = 40_000;

    /** The TCP port at which it takes connections. */
    volatile int listening;

    private TestHost(String name, long mac, int n) {
        super(name, mac, 0x0a00_0000 | n);
        this.n = n;
    }

    /** Host N: 10.0.0.N, fd00::N. */
    static TestHost plugIn(EmbeddedDatapath datapath, String name, long mac, int n) {
        TestHost host = new TestHost(name, mac, n);
        host.start(datapath.plug(host));
        return host;
    }

    /** A host 10.0.VLAN.N whose frames go through this one's device, tagged. */
    private static final class OnVlan extends MemoryHost {
        private final TestHost below;
        private final int vlan;

        OnVlan(TestHost below, int vlan) {
            super(below.name() + "." + vlan, below.mac(), 0x0a00_0000 | vlan << 8 | below.n);
            this.below = below;
            this.vlan = vlan;
            start(null);
        }

        @Override
        public void send(byte[] frame) {
            byte[] tagged = new byte[frame.length + 4];
            System.arraycopy(frame, 0, tagged, 0, 12);
            ByteBuffer.wrap(tagged).putShort(12, (short) Protocol.ETH_VLAN);
            ByteBuffer.wrap(tagged).putShort(14, (short) vlan);
            System.arraycopy(frame, 12, tagged, 16, frame.length - 12);
            below.send(tagged);
        }
    }

    MemoryHost vlan(int vlan) {
        synchronized (vlans) {
            return vlans.computeIfAbsent(vlan, v -> new OnVlan(this, v));
        }
    }

    /** Pings host {@code to} over IPv6; how many were answered. */
    int ping6(int to, int count, int payload, long millis) throws InterruptedException {
        int answered = 0;
        for (int i = 0; i < count; i++) {
            answers.drainPermits();
            Long mac = neighbour(to, millis);
            if (mac != null) {
                send(ipv6(mac, to).icmpv6(ECHO_REQUEST, 0).payload(payload).build());
                answered += answers.tryAcquire(millis, TimeUnit.MILLISECONDS) ? 1 : 0;
            }
        }
        return answered;
    }

    private Long neighbour(int to, long millis) throws InterruptedException {
        if (!neighbours.containsKey((long) to)) {
            send(
                    FrameBuilder.ethernet(0x3333_ff00_0000L | to, mac())
                            .ipv6(PREFIX, n, 0xff02L << 48, 0x1_ff00_0000L | to)
                            .ttl(255)
                            .neighbour(Protocol.NEIGHBOUR_SOLICITATION, PREFIX, to)
                            .neighbourOption(1, mac())
                            .build());
            answers.tryAcquire(millis, TimeUnit.MILLISECONDS);
        }
        synchronized (neighbours) {
            return neighbours.get((long) to);
        }
    }

    private FrameBuilder ipv6(long mac, long to) {
        return FrameBuilder.ethernet(mac, mac()).ipv6(PREFIX, n, PREFIX, to).ttl(255);
    }

    /** Whether a connection to a port is taken. */
    boolean connects(int to, int port, long millis) throws InterruptedException {
        Long mac = resolve(to, millis);
        if (mac == null) {
            return false;
        }
        connected.drainPermits();
        int from = nextPort++;
        send(segment(mac, to, from, port, SYN, 100, 0));
        if (!connected.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
            return false;
        }
        send(segment(mac, to, from, port, ACK, 101, 201));
        return true;
    }

    private byte[] segment(long mac, int to, int from, int port, int flags, int seq, int ack) {
        return FrameBuilder.ethernet(mac, mac())
                .ipv4(address(), to)
                .ttl(64)
                .tcp(from, port, flags)
                .numbers(seq, ack, 0xffff)
                .build();
    }

    @Override
    protected void answer(ByteBuffer frame) {
        int type = frame.getShort(12) & 0xffff;
        boolean ipv4 = type == Protocol.ETH_IPV4;
        if (type == Protocol.ETH_VLAN) {
            onVlan(frame);
        } else if (type == Protocol.ETH_IPV6 && isMine(frame)) {
            ipv6(frame);
        } else if (ipv4 && frame.get(23) == Protocol.IP_TCP && frame.getInt(30) == address()) {
            tcp(frame);
        } else {
            super.answer(frame);
        }
    }

    private void onVlan(ByteBuffer frame) {
        MemoryHost host;
        synchronized (vlans) {
            host = vlans.get(frame.getShort(14) & 0xfff);
        }
        if (host != null) {
            byte[] untagged = new byte[frame.capacity() - 4];
            frame.get(0, untagged, 0, 12);
            frame.get(16, untagged, 12, untagged.length - 12);
            host.transmit(ByteBuffer.wrap(untagged), 0, untagged.length);
        }
    }

    /** To this host, or a solicitation, which goes to many. */
    private boolean isMine(ByteBuffer frame) {
        return (frame.get(IPV6_UPPER) & 0xff) == Protocol.NEIGHBOUR_SOLICITATION
                || frame.getLong(IPV6_DST) == PREFIX && frame.getLong(IPV6_DST + 8) == n;
    }

    private void ipv6(ByteBuffer frame) {
        long sender = frame.getLong(4) & 0xffff_ffff_ffffL;
        long from = frame.getLong(IPV6_DST - 8);
        int type = frame.get(IPV6_UPPER) & 0xff;
        switch (type) {
            case Protocol.NEIGHBOUR_SOLICITATION -> {
                if (frame.getLong(IPV6_UPPER + 16) == n) {
                    learn(from, sender);
                    send(
                            ipv6(sender, from)
                                    .neighbour(Protocol.NEIGHBOUR_ADVERTISEMENT, PREFIX, n)
                                    .neighbourOption(2, mac())
                                    .build());
                }
            }
            case Protocol.NEIGHBOUR_ADVERTISEMENT -> {
                learn(from, sender);
                answers.release();
            }
            case ECHO_REQUEST -> {
                int payload = frame.capacity() - IPV6_UPPER - 8;
                send(ipv6(sender, from).icmpv6(ECHO_REQUEST + 1, 0).payload(payload).build());
            }
            default -> answers.release();
        }
    }

    private void learn(long host, long mac) {
        synchronized (neighbours) {
            neighbours.put(host, mac);
        }
    }

    private void tcp(ByteBuffer frame) {
        int flags = frame.get(TCP + 13);
        int from = frame.getShort(TCP) & 0xffff;
        int port = frame.getShort(TCP + 2) & 0xffff;
        long sender = frame.getLong(4) & 0xffff_ffff_ffffL;
        if (flags == SYN) {
            int answer = port == listening ? SYN | ACK : RST | ACK;
            int ack = frame.getInt(TCP + 4) + 1;
            send(segment(sender, frame.getInt(26), port, from, answer, 200, ack));
        } else if (flags == (SYN | ACK)) {
            connected.release();
        }
    }

    @Override
    public void forget() {
        super.forget();
        synchronized (neighbours) {
            neighbours.clear();
        }
    }

    @Override
    public void close() {
        vlans.values().forEach(MemoryHost::close);
        super.close();
    }
}
