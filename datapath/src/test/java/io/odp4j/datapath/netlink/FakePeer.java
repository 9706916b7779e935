package io.odp4j.datapath.netlink;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * A peer on NETLINK_USERSOCK that answers as a test's script says: what a kernel does rarely, or
 * must never do.
 */
public final class FakePeer implements AutoCloseable {
    /** Answers one request, through {@link #send}. */
    @FunctionalInterface
    public interface Script {
        void request(FakePeer peer, MessageReader request, int from) throws Exception;
    }

    private static final int BYTES = 1 << 20;

    private final NetlinkSocket socket;
    private final Epoll epoll;
    private final DirectBuffer in = new DirectBuffer(BYTES);
    private final DirectBuffer out = new DirectBuffer(BYTES);
    private final ReceiveBatch receiver = new ReceiveBatch(1);
    private final SendBatch sender = new SendBatch(1, 1);
    private final AtomicInteger requests = new AtomicInteger();
    private final Script script;
    private final Thread thread;
    private volatile boolean running = true;
    private volatile Throwable failure;

    private FakePeer(Script script) throws NetlinkException {
        this.script = script;
        socket = NetlinkSocket.listen(NetlinkEndpoint.USERSOCK, 0);
        socket.set(SocketOption.SNDBUF, 2 * BYTES);
        receiver.setTarget(0, in.address(), BYTES);
        epoll = new Epoll(1);
        epoll.add(socket.fd(), 0);
        thread = new Thread(this::run, "fake peer");
        thread.start();
    }

    public static FakePeer answering(Script script) throws NetlinkException {
        return new FakePeer(script);
    }

    public NetlinkEndpoint endpoint() {
        return NetlinkEndpoint.userspace(socket.portId());
    }

    /** How many requests have come. */
    public int requests() {
        return requests.get();
    }

    public boolean isRunning() {
        return running;
    }

    /**
     * Sends messages as one datagram.
     *
     * @return what {@link SendBatch#send} returned
     */
    public int send(int to, byte[]... messages) {
        byte[] datagram = Wire.join(messages);
        out.buffer().put(0, datagram);
        sender.clear();
        sender.add(out.address(), datagram.length);
        sender.endDatagram();
        sender.setDestination(0, to);
        return sender.send(socket, 0);
    }

    /** A success or an error of that number. */
    public static byte[] ack(MessageReader request, int errno, byte[]... tlvs) {
        return Wire.message(
                MessageHeader.ERROR,
                MessageHeader.CAPPED | (tlvs.length > 0 ? MessageHeader.ACK_TLVS : 0),
                request.sequence(),
                0,
                Wire.u32(-errno),
                Wire.liar(request.length(), request.type(), request.flags(), request.sequence()),
                Wire.join(tlvs));
    }

    /** The end of a dump, well or with an error. */
    public static byte[] done(MessageReader request, int flags, int errno, byte[]... tlvs) {
        return Wire.message(
                MessageHeader.DONE,
                MessageHeader.MULTI | flags | (tlvs.length > 0 ? MessageHeader.ACK_TLVS : 0),
                request.sequence(),
                0,
                Wire.u32(-errno),
                Wire.join(tlvs));
    }

    /** A message of the request's own type that carries a number. */
    public static byte[] answer(MessageReader request, int flags, int number) {
        return Wire.message(request.type(), flags, request.sequence(), 0, Wire.u32(number));
    }

    private void run() {
        MessageReader reader = new MessageReader();
        try {
            while (running) {
                epoll.await(-1);
                while (receiver.receive(socket, 1) > 0) {
                    reader.wrap(in.buffer(), 0, receiver.length(0));
                    while (reader.next()) {
                        requests.incrementAndGet();
                        script.request(this, reader, receiver.senderPortId(0));
                    }
                }
            }
        } catch (Exception | AssertionError e) {
            failure = e;
        }
    }

    @Override
    public void close() {
        running = false;
        epoll.wake();
        try {
            thread.join(5000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        epoll.close();
        socket.close();
        if (failure != null) {
            throw new AssertionError("the peer's script failed", failure);
        }
    }
}
