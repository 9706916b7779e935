package io.odp4j.datapath.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many datagrams in one system call, between two sockets of NETLINK_USERSOCK. */
@Timeout(30)
class BatchTest {
    private static final int MOST = 64;
    private static final int SLOT = 256;
    private static final int GROUP = 7;

    private final DirectBuffer out = new DirectBuffer(MOST * SLOT);
    private final DirectBuffer in = new DirectBuffer(MOST * SLOT);
    private final SendBatch send = new SendBatch(MOST, 4);
    private final ReceiveBatch receive = new ReceiveBatch(MOST);
    private NetlinkSocket sender;
    private NetlinkSocket receiver;

    @BeforeEach
    void open() throws Exception {
        receiver = NetlinkSocket.listen(NetlinkEndpoint.USERSOCK, 0);
        sender = NetlinkSocket.openNonBlocking(NetlinkEndpoint.userspace(receiver.portId()));
        for (int i = 0; i < MOST; i++) {
            receive.setTarget(i, in.address() + (long) i * SLOT, SLOT);
        }
    }

    @AfterEach
    void close() {
        sender.close();
        receiver.close();
    }

    @Test
    void shouldCarryManyDatagramsInTheirOrder() {
        int sent = 0;
        int received = 0;
        for (int round = 0; round < 50; round++) {
            send.clear();
            for (int i = 0; i < MOST; i++) {
                out.buffer().putInt(i * SLOT, sent + i);
                send.add(out.address() + (long) i * SLOT, 16 + i);
                send.endDatagram();
            }
            assertThat(send.send(sender, 0)).isEqualTo(MOST);
            sent += MOST;
            int n = receive.receive(receiver, MOST);
            assertThat(n).isEqualTo(MOST);
            for (int i = 0; i < n; i++) {
                assertThat(in.buffer().getInt(i * SLOT)).isEqualTo(received++);
                assertThat(receive.length(i)).isEqualTo(16 + i);
                assertThat(receive.truncated(i)).isFalse();
                assertThat(receive.senderPortId(i)).isEqualTo(sender.portId());
            }
        }
        assertThat(receive.receive(receiver, MOST)).isZero();
    }

    @Test
    void shouldGatherPiecesIntoOneDatagram() {
        send.clear();
        for (int i = 0; i < 4; i++) {
            out.buffer().putInt(i * 64, i);
            send.add(out.address() + i * 64L, 4);
        }
        assertThat(send.bytes()).isEqualTo(16);
        assertThat(send.isFull(1)).isTrue();
        assertThatThrownBy(() -> send.add(out.address(), 4)).hasMessage("the batch is full");
        send.endDatagram();
        assertThat(send.datagrams()).isEqualTo(1);
        assertThat(send.send(sender, 0)).isEqualTo(1);
        assertThat(receive.receive(receiver, MOST)).isEqualTo(1);
        assertThat(receive.length(0)).isEqualTo(16);
        for (int i = 0; i < 4; i++) {
            assertThat(in.buffer().getInt(4 * i)).isEqualTo(i);
        }
    }

    @Test
    void shouldReportTheRealLengthOfATruncatedDatagramAndLoseNothingElse() {
        send.clear();
        for (int i = 0; i < 3; i++) {
            send.add(out.address(), i == 1 ? SLOT + 1000 : 40);
            send.endDatagram();
        }
        assertThat(send.send(sender, 0)).isEqualTo(3);
        assertThat(receive.receive(receiver, MOST)).isEqualTo(3);
        assertThat(receive.truncated(0)).isFalse();
        assertThat(receive.truncated(1)).isTrue();
        assertThat(receive.length(1)).isEqualTo(SLOT + 1000);
        assertThat(receive.truncated(2)).isFalse();
        assertThat(receive.length(2)).isEqualTo(40);
    }

    @Test
    void shouldSayWhenTheReceiverIsFullAndLoseNothing() throws Exception {
        receiver.set(SocketOption.RCVBUF, 20_000);
        int sent = 0;
        int result;
        do {
            fill(MOST, sent);
            result = send.send(sender, 0);
            sent += Math.max(0, result);
        } while (result == MOST);
        fill(MOST, sent);
        assertThat(send.send(sender, 0)).isEqualTo(-Errno.EAGAIN.number());
        int received = 0;
        int n;
        while ((n = receive.receive(receiver, MOST)) > 0) {
            for (int i = 0; i < n; i++) {
                assertThat(in.buffer().getInt(i * SLOT)).isEqualTo(received++);
            }
        }
        assertThat(n).isZero();
        assertThat(received).isEqualTo(sent);
        assertThat(send.send(sender, 0)).isPositive();
    }

    @Test
    void shouldSendTheRestOfABatch() {
        fill(4, 0);
        assertThat(send.send(sender, 2)).isEqualTo(2);
        assertThat(receive.receive(receiver, MOST)).isEqualTo(2);
        assertThat(in.buffer().getInt(0)).isEqualTo(2);
    }

    @Test
    void shouldSayThatNobodyIsThere() throws Exception {
        try (NetlinkSocket gone =
                NetlinkSocket.open(NetlinkEndpoint.userspace(receiver.portId() ^ 0x10))) {
            fill(1, 0);
            assertThat(send.send(gone, 0)).isEqualTo(-Errno.ECONNREFUSED.number());
        }
    }

    @Test
    void shouldNotHearASocketThatItIsNotConnectedTo() throws Exception {
        try (NetlinkSocket third = NetlinkSocket.listen(NetlinkEndpoint.USERSOCK, 0)) {
            fill(1, 0);
            send.setDestination(0, sender.portId());
            assertThat(send.send(third, 0)).isEqualTo(-Errno.ECONNREFUSED.number());
            assertThat(receive.receive(sender, 1)).isZero();
            assertThat(send.send(receiver, 0)).isEqualTo(1);
            assertThat(receive.receive(sender, 1)).isEqualTo(1);
        }
    }

    @Test
    void shouldTellTheGroupOfAMulticastDatagram() throws Exception {
        ReceiveBatch withOrigin = ReceiveBatch.withOrigin(2);
        withOrigin.setTarget(0, in.address(), SLOT);
        withOrigin.setTarget(1, in.address() + SLOT, SLOT);
        receiver.joinGroup(GROUP);
        receiver.set(SocketOption.PKTINFO, 1);
        for (int round = 0; round < 3; round++) {
            multicast();
            fill(1, 1);
            try (NetlinkSocket unicast =
                    NetlinkSocket.open(NetlinkEndpoint.userspace(receiver.portId()))) {
                send.setDestination(0, receiver.portId());
                assertThat(send.send(unicast, 0)).isEqualTo(1);
            }
            assertThat(withOrigin.receive(receiver, 2)).isEqualTo(2);
            assertThat(withOrigin.group(0)).isEqualTo(GROUP);
            assertThat(withOrigin.namespaceId(0)).isEqualTo(-1);
            assertThat(withOrigin.senderPortId(0)).isEqualTo(sender.portId());
            assertThat(withOrigin.group(1)).isZero();
        }
        multicast();
        assertThat(receive.receive(receiver, 1)).isEqualTo(1);
        assertThat(receive.group(0)).as("of a batch that was not made to tell").isZero();
    }

    @Test
    void shouldReportOnceThatMulticastDatagramsWereLost() throws Exception {
        receiver.joinGroup(GROUP);
        receiver.set(SocketOption.RCVBUF, 4_000);
        for (int i = 0; i < 50; i++) {
            multicast();
        }
        assertThat(receive.receive(receiver, MOST)).isEqualTo(-Errno.ENOBUFS.number());
        assertThat(receive.receive(receiver, MOST)).isBetween(1, 49);
        assertThat(receive.receive(receiver, MOST)).isZero();
    }

    @Test
    void shouldNotFollowHeadersBeyondItsOwn() {
        assertThatThrownBy(() -> receive.receive(receiver, MOST + 1))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> receive.setTarget(MOST, in.address(), SLOT))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> send.send(sender, MOST + 1))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> send.setDestination(MOST, 1))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> send.setGroup(0, 33))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    private void multicast() {
        fill(1, 0);
        send.setGroup(0, GROUP);
        assertThat(send.send(sender, 0)).isEqualTo(-Errno.ECONNREFUSED.number());
    }

    private void fill(int count, int first) {
        send.clear();
        for (int i = 0; i < count; i++) {
            out.buffer().putInt(i * SLOT, first + i);
            send.add(out.address() + (long) i * SLOT, 200);
            send.endDatagram();
        }
    }
}
