package io.odp4j.datapath.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests and dumps with a peer that does what a kernel does rarely, or must never do. */
@Timeout(60)
class RequestChannelTest {
    private static final int TYPE = 0x20;

    @Test
    void shouldReturnTheAnswerThatPrecedesTheAcknowledgement() throws Exception {
        try (FakePeer peer =
                        FakePeer.answering(
                                (p, r, from) -> {
                                    assertThat(r.flags())
                                            .isEqualTo(MessageHeader.REQUEST | MessageHeader.ACK);
                                    p.send(from, FakePeer.answer(r, 0, 41));
                                    p.send(from, FakePeer.answer(r, 0, 42), FakePeer.ack(r, 0));
                                });
                RequestChannel channel = RequestChannel.open(peer.endpoint())) {
            assertThat(query(channel)).isEqualTo(42);
            assertThat(query(channel)).isEqualTo(42);
            channel.begin(TYPE, 0);
            channel.execute("set");
        }
    }

    @Test
    void shouldSayThatAnAcknowledgementIsNoAnswer() throws Exception {
        try (FakePeer peer = FakePeer.answering((p, r, from) -> p.send(from, FakePeer.ack(r, 0)));
                RequestChannel channel = RequestChannel.open(peer.endpoint())) {
            assertThatThrownBy(() -> query(channel))
                    .hasMessage("get failed: ENODATA (No data available)");
            channel.begin(TYPE, 0);
            channel.execute("set");
        }
    }

    @Test
    void shouldThrowWhatThePeerRefusedItWith() throws Exception {
        byte[] tlv = Wire.attr(1, Wire.zeroEnded("not so"));
        try (FakePeer peer =
                        FakePeer.answering((p, r, from) -> p.send(from, FakePeer.ack(r, 22, tlv)));
                RequestChannel channel = RequestChannel.open(peer.endpoint())) {
            assertThatThrownBy(() -> query(channel))
                    .hasMessage("get failed: EINVAL (Invalid argument): \"not so\"");
        }
    }

    @Test
    void shouldPassOverTheLateAnswerToARequestThatTimedOut() throws Exception {
        List<byte[]> late = new ArrayList<>();
        try (FakePeer peer =
                        FakePeer.answering(
                                (p, r, from) -> {
                                    if (late.isEmpty()) {
                                        late.add(FakePeer.answer(r, 0, 1));
                                        late.add(FakePeer.ack(r, 1));
                                    } else {
                                        p.send(from, late.get(0), late.get(1));
                                        p.send(from, FakePeer.answer(r, 0, 2), FakePeer.ack(r, 0));
                                    }
                                });
                RequestChannel channel = RequestChannel.open(peer.endpoint())) {
            channel.setTimeoutMillis(100);
            long start = System.nanoTime();
            assertThatThrownBy(() -> query(channel))
                    .isInstanceOf(NetlinkTimeoutException.class)
                    .hasMessage("get failed: ETIMEDOUT (Connection timed out)");
            assertThat(System.nanoTime() - start).isGreaterThan(95_000_000L);
            channel.setTimeoutMillis(10_000);
            assertThat(query(channel)).isEqualTo(2);
        }
    }

    @Test
    void shouldNotBeHeldByAPeerThatNeverStopsTalking() throws Exception {
        try (FakePeer peer =
                        FakePeer.answering(
                                (p, r, from) -> {
                                    byte[] other = Wire.message(TYPE, 0, r.sequence() - 1, 0);
                                    while (p.isRunning()) {
                                        p.send(from, other);
                                    }
                                });
                RequestChannel channel = RequestChannel.open(peer.endpoint())) {
            channel.setTimeoutMillis(100);
            assertThatThrownBy(() -> query(channel)).isInstanceOf(NetlinkTimeoutException.class);
            channel.begin(TYPE, 0);
            assertThatThrownBy(() -> channel.dumpAll("dump", m -> m.intAt(16)))
                    .isInstanceOf(NetlinkTimeoutException.class);
        }
    }

    @Test
    void shouldSayWhenThePeersQueueStaysFull() throws Exception {
        try (NetlinkSocket deaf = NetlinkSocket.listen(NetlinkEndpoint.USERSOCK, 0);
                RequestChannel channel =
                        RequestChannel.open(NetlinkEndpoint.userspace(deaf.portId()))) {
            deaf.set(SocketOption.RCVBUF, 2_000);
            channel.setTimeoutMillis(20);
            for (int i = 0; i < 20; i++) {
                channel.begin(TYPE, 0).putBytes(1, new byte[1000]);
                assertThatThrownBy(() -> channel.execute("set"))
                        .isInstanceOf(NetlinkTimeoutException.class);
            }
        }
    }

    @Test
    void shouldReportAnAnswerThatIsCutOff() throws Exception {
        AtomicInteger count = new AtomicInteger();
        try (FakePeer peer =
                        FakePeer.answering(
                                (p, r, from) -> {
                                    byte[] more =
                                            new byte[count.getAndIncrement() > 0 ? 0 : 300_000];
                                    byte[] answer =
                                            Wire.message(
                                                    r.type(),
                                                    0,
                                                    r.sequence(),
                                                    0,
                                                    Wire.u32(7),
                                                    more);
                                    assertThat(p.send(from, answer, FakePeer.ack(r, 0)))
                                            .isEqualTo(1);
                                });
                RequestChannel channel = RequestChannel.open(peer.endpoint())) {
            assertThatThrownBy(() -> query(channel))
                    .isInstanceOfSatisfying(
                            NetlinkOverrunException.class,
                            e -> assertThat(e.isTruncated()).isTrue())
                    .hasMessageStartingWith(
                            "get: a message of 300056 bytes for a buffer of 262144");
            assertThat(query(channel)).isEqualTo(7);
        }
    }

    @Test
    void shouldReportAMalformedAnswerAndGoOn() throws Exception {
        AtomicInteger count = new AtomicInteger();
        try (FakePeer peer =
                        FakePeer.answering(
                                (p, r, from) -> {
                                    if (count.getAndIncrement() == 0) {
                                        p.send(from, Wire.liar(3, TYPE, 0, r.sequence()));
                                    } else {
                                        p.send(from, FakePeer.answer(r, 0, 7), FakePeer.ack(r, 0));
                                    }
                                });
                RequestChannel channel = RequestChannel.open(peer.endpoint())) {
            assertThatThrownBy(() -> query(channel)).isInstanceOf(NetlinkFormatException.class);
            assertThat(query(channel)).isEqualTo(7);
        }
    }

    @Test
    void shouldPassOverNoopAndReportOverrun() throws Exception {
        AtomicInteger count = new AtomicInteger();
        try (FakePeer peer =
                        FakePeer.answering(
                                (p, r, from) -> {
                                    int type =
                                            count.getAndIncrement() == 0
                                                    ? MessageHeader.NOOP
                                                    : MessageHeader.OVERRUN;
                                    p.send(
                                            from,
                                            Wire.message(type, 0, r.sequence(), 0),
                                            FakePeer.answer(r, 0, 7),
                                            FakePeer.ack(r, 0));
                                });
                RequestChannel channel = RequestChannel.open(peer.endpoint())) {
            assertThat(query(channel)).isEqualTo(7);
            assertThatThrownBy(() -> query(channel))
                    .isInstanceOfSatisfying(
                            NetlinkOverrunException.class,
                            e -> assertThat(e.isTruncated()).isFalse());
        }
    }

    /** A connected socket hears no unicast of a stranger; a multicast it does. */
    @Test
    void shouldNotBelieveAStranger() throws Exception {
        int group = 9;
        DirectBuffer memory = new DirectBuffer(256);
        SendBatch forged = new SendBatch(1, 1);
        try (NetlinkSocket stranger = NetlinkSocket.listen(NetlinkEndpoint.USERSOCK, 0);
                FakePeer peer =
                        FakePeer.answering(
                                (p, r, from) -> {
                                    byte[] lie =
                                            Wire.join(
                                                    FakePeer.answer(r, 0, 666), FakePeer.ack(r, 0));
                                    memory.buffer().put(0, lie);
                                    forged.clear();
                                    forged.add(memory.address(), lie.length);
                                    forged.endDatagram();
                                    forged.setDestination(0, from);
                                    assertThat(forged.send(stranger, 0))
                                            .isEqualTo(-Errno.ECONNREFUSED.number());
                                    forged.setGroup(0, group);
                                    forged.send(stranger, 0);
                                    Thread.sleep(30);
                                    p.send(from, FakePeer.answer(r, 0, 1), FakePeer.ack(r, 0));
                                });
                RequestChannel channel = RequestChannel.open(peer.endpoint())) {
            channel.socket().joinGroup(group);
            assertThat(query(channel)).isEqualTo(1);
        }
    }

    @Test
    void shouldCollectADumpOfManyParts() throws Exception {
        try (FakePeer peer =
                        FakePeer.answering(
                                (p, r, from) -> {
                                    assertThat(r.flags())
                                            .isEqualTo(MessageHeader.REQUEST | MessageHeader.DUMP);
                                    for (int i = 0; i < 100; i += 2) {
                                        p.send(
                                                from,
                                                FakePeer.answer(r, MessageHeader.MULTI, i),
                                                FakePeer.answer(r, MessageHeader.MULTI, i + 1));
                                    }
                                    p.send(from, FakePeer.done(r, 0, 0));
                                });
                RequestChannel channel = RequestChannel.open(peer.endpoint())) {
            assertThat(dump(channel)).hasSize(100).isSorted();
        }
    }

    @Test
    void shouldThrowTheErrorInsideTheEndOfADump() throws Exception {
        byte[] tlv = Wire.attr(1, Wire.zeroEnded("too many"));
        try (FakePeer peer =
                        FakePeer.answering(
                                (p, r, from) ->
                                        p.send(
                                                from,
                                                FakePeer.answer(r, MessageHeader.MULTI, 1),
                                                FakePeer.done(r, 0, 90, tlv)));
                RequestChannel channel = RequestChannel.open(peer.endpoint())) {
            assertThatThrownBy(() -> dump(channel))
                    .hasMessage("dump failed: EMSGSIZE (Message too long): \"too many\"");
        }
    }

    @Test
    void shouldThrowTheErrorThatRefusesADump() throws Exception {
        try (FakePeer peer = FakePeer.answering((p, r, from) -> p.send(from, FakePeer.ack(r, 95)));
                RequestChannel channel = RequestChannel.open(peer.endpoint())) {
            assertThatThrownBy(() -> dump(channel))
                    .hasMessageStartingWith("dump failed: EOPNOTSUPP");
        }
    }

    @Test
    void shouldTakeAnInconsistentDumpAgain() throws Exception {
        AtomicInteger count = new AtomicInteger();
        try (FakePeer peer =
                        FakePeer.answering(
                                (p, r, from) -> {
                                    int attempt = count.incrementAndGet();
                                    // Told by a message of the list, by its end, then not at all.
                                    int part = attempt == 1 ? MessageHeader.DUMP_INTR : 0;
                                    int end = attempt == 2 ? MessageHeader.DUMP_INTR : 0;
                                    p.send(
                                            from,
                                            FakePeer.answer(r, MessageHeader.MULTI | part, attempt),
                                            FakePeer.done(r, end, 0));
                                });
                RequestChannel channel = RequestChannel.open(peer.endpoint())) {
            assertThat(dump(channel)).containsExactly(3);
            assertThat(peer.requests()).isEqualTo(3);
        }
    }

    @Test
    void shouldReportADumpThatIsNeverConsistent() throws Exception {
        try (FakePeer peer =
                        FakePeer.answering(
                                (p, r, from) ->
                                        p.send(
                                                from,
                                                FakePeer.done(r, MessageHeader.DUMP_INTR, 0)));
                RequestChannel channel = RequestChannel.open(peer.endpoint())) {
            assertThatThrownBy(() -> dump(channel))
                    .hasMessage(
                            "dump, changed during each of 8 attempts, failed:"
                                    + " EINTR (Interrupted system call)");
            assertThat(peer.requests()).isEqualTo(8);
        }
    }

    @Test
    void shouldLetAVisitorKeepAnInconsistentDump() throws Exception {
        try (FakePeer peer =
                        FakePeer.answering(
                                (p, r, from) ->
                                        p.send(
                                                from,
                                                FakePeer.answer(r, MessageHeader.MULTI, 5),
                                                FakePeer.done(r, MessageHeader.DUMP_INTR, 0)));
                RequestChannel channel = RequestChannel.open(peer.endpoint())) {
            List<Integer> seen = new ArrayList<>();
            channel.begin(TYPE, 0);
            assertThat(channel.dump("dump", m -> seen.add(m.intAt(16)))).isFalse();
            assertThat(seen).containsExactly(5);
            assertThat(peer.requests()).isEqualTo(1);
        }
    }

    @Test
    void shouldLetEachPartOfADumpTakeItsTime() throws Exception {
        try (FakePeer peer =
                        FakePeer.answering(
                                (p, r, from) -> {
                                    for (int i = 0; i < 6; i++) {
                                        Thread.sleep(60);
                                        p.send(from, FakePeer.answer(r, MessageHeader.MULTI, i));
                                    }
                                    p.send(from, FakePeer.done(r, 0, 0));
                                });
                RequestChannel channel = RequestChannel.open(peer.endpoint())) {
            channel.setTimeoutMillis(250);
            assertThat(dump(channel)).hasSize(6);
        }
    }

    private static Integer query(RequestChannel channel) throws NetlinkException {
        channel.begin(TYPE, 0);
        return channel.query("get", m -> m.intAt(16));
    }

    private static List<Integer> dump(RequestChannel channel) throws NetlinkException {
        channel.begin(TYPE, 0);
        return channel.dumpAll("dump", m -> m.intAt(16));
    }
}
