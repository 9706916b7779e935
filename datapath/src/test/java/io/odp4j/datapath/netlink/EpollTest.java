package io.odp4j.datapath.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Waiting on many sockets, and being woken. */
@Timeout(30)
class EpollTest {
    private final List<NetlinkSocket> sockets = new ArrayList<>();

    @Test
    void shouldReportTheTokensOfThoseThatAreReady() throws Exception {
        try (Epoll epoll = new Epoll(8);
                NetlinkSocket sender = NetlinkSocket.listen(NetlinkEndpoint.USERSOCK, 0)) {
            for (int i = 0; i < 4; i++) {
                sockets.add(NetlinkSocket.listen(NetlinkEndpoint.USERSOCK, 0));
                epoll.add(sockets.get(i).fd(), 100 + i);
            }
            assertThat(epoll.await(0)).isZero();
            send(sender, sockets.get(3));
            send(sender, sockets.get(1));
            assertThat(tokens(epoll, epoll.await(-1))).containsExactlyInAnyOrder(101, 103);
            epoll.remove(sockets.get(1).fd());
            assertThat(tokens(epoll, epoll.await(-1))).containsExactly(103);
        } finally {
            sockets.forEach(NetlinkSocket::close);
        }
    }

    @Test
    void shouldBeWokenByAnotherThread() throws Exception {
        try (Epoll epoll = new Epoll(1)) {
            Thread other =
                    new Thread(
                            () -> {
                                sleep(50);
                                epoll.wake();
                            });
            other.start();
            assertThat(epoll.await(-1)).isZero();
            other.join();
        }
    }

    @Test
    void shouldKeepAWakeUpForTheNextWaitAndUseItUp() throws Exception {
        try (Epoll epoll = new Epoll(1)) {
            epoll.wake();
            epoll.wake();
            assertThat(epoll.await(-1)).isZero();
            long start = System.nanoTime();
            assertThat(epoll.await(60)).isZero();
            assertThat(System.nanoTime() - start).isGreaterThan(50_000_000L);
        }
    }

    @Test
    void shouldReportAWakeUpApartFromTheSockets() throws Exception {
        try (Epoll epoll = new Epoll(8);
                NetlinkSocket sender = NetlinkSocket.listen(NetlinkEndpoint.USERSOCK, 0);
                NetlinkSocket receiver = NetlinkSocket.listen(NetlinkEndpoint.USERSOCK, 0)) {
            epoll.add(receiver.fd(), 0);
            epoll.wake();
            send(sender, receiver);
            assertThat(tokens(epoll, epoll.await(-1))).containsExactly(0);
        }
    }

    /** The closed one's descriptor numbers go to the next that is opened. */
    @Test
    void shouldNotWakeAStrangerOnceClosed() throws Exception {
        Epoll closed = new Epoll(1);
        closed.close();
        try (Epoll other = new Epoll(1)) {
            closed.wake();
            closed.close();
            long start = System.nanoTime();
            assertThat(other.await(60)).isZero();
            assertThat(System.nanoTime() - start).isGreaterThan(50_000_000L);
        }
    }

    @Test
    void shouldRefuseNegativeTokensAndUnknownDescriptors() throws Exception {
        try (Epoll epoll = new Epoll(1)) {
            assertThatThrownBy(() -> epoll.add(0, -1)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> epoll.add(1 << 20, 1))
                    .hasMessage("adding a descriptor to epoll failed: EBADF (Bad file descriptor)");
            assertThatThrownBy(() -> epoll.remove(1 << 20)).hasMessageContaining("EBADF");
        }
    }

    private static List<Integer> tokens(Epoll epoll, int ready) {
        List<Integer> tokens = new ArrayList<>();
        for (int i = 0; i < ready; i++) {
            tokens.add(epoll.token(i));
        }
        return tokens;
    }

    private static void send(NetlinkSocket from, NetlinkSocket to) {
        DirectBuffer memory = new DirectBuffer(16);
        SendBatch batch = new SendBatch(1, 1);
        batch.add(memory.address(), 16);
        batch.endDatagram();
        batch.setDestination(0, to.portId());
        assertThat(batch.send(from, 0)).isEqualTo(1);
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
