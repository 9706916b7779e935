package io.odp4j.datapath.netlink.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.odp4j.datapath.netlink.AttributeReader;
import io.odp4j.datapath.netlink.Errno;
import io.odp4j.datapath.netlink.ExtendedAck;
import io.odp4j.datapath.netlink.MessageHeader;
import io.odp4j.datapath.netlink.MessageReader;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.RequestChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** A peer that answers, asked by the channel that asks kernels. */
class PeerServerTest {
    private static final int SQUARE = 0x20;
    private static final int LIST = 0x21;
    private static final int ANSWER = 0x30;
    private static final int NUMBER = 1;
    private static final int FILLER = 2;
    private static final int TOO_MUCH = 46_340;

    /** Squares numbers, and lists as many as it is asked for. */
    private static void squares(MessageReader request, Answer answer) throws RefusedException {
        AttributeReader attributes =
                request.attributes(new AttributeReader(), MessageHeader.LENGTH);
        int n = -1;
        int filler = 0;
        while (attributes.next()) {
            if (attributes.type() == NUMBER) {
                n = attributes.u32();
            } else if (attributes.type() == FILLER) {
                filler = attributes.u32();
            }
        }
        if (n < 0) {
            throw new RefusedException(
                    Errno.EINVAL, new ExtendedAck("no number", -1, NUMBER, -1, null, null));
        }
        switch (request.type()) {
            case SQUARE -> {
                if (n > TOO_MUCH) {
                    throw new RefusedException(Errno.ERANGE, ExtendedAck.of("too large", 20));
                }
                int square = n * n;
                answer.message(ANSWER, w -> w.putU32(NUMBER, square));
            }
            case LIST -> {
                byte[] more = new byte[filler];
                for (int i = 0; i < n; i++) {
                    int each = i;
                    answer.message(ANSWER, w -> w.putU32(NUMBER, each).putBytes(FILLER, more));
                }
            }
            default -> throw new RefusedException(Errno.EOPNOTSUPP);
        }
    }

    private interface Question {
        void ask(RequestChannel channel, PeerServer server) throws Exception;
    }

    private static void with(Question question) throws Exception {
        try (PeerServer server = PeerServer.listen(0)) {
            AtomicInteger stop = new AtomicInteger();
            Thread thread =
                    new Thread(
                            () -> {
                                while (stop.get() == 0) {
                                    try {
                                        server.serve(PeerServerTest::squares, 20);
                                    } catch (NetlinkException e) {
                                        throw new IllegalStateException(e);
                                    }
                                }
                            },
                            "squares");
            thread.start();
            try (RequestChannel channel = RequestChannel.open(server.endpoint())) {
                question.ask(channel, server);
            } finally {
                stop.set(1);
                thread.join();
            }
        }
    }

    private static int number(MessageReader message) {
        AttributeReader attributes =
                message.attributes(new AttributeReader(), MessageHeader.LENGTH);
        assertThat(attributes.next()).isTrue();
        return attributes.u32();
    }

    @Test
    void shouldAnswerAndAcknowledge() throws Exception {
        with(
                (channel, server) -> {
                    channel.begin(SQUARE, 0).putU32(NUMBER, 12);
                    int square = channel.query("squaring", PeerServerTest::number);
                    assertThat(square).isEqualTo(144);
                    channel.begin(SQUARE, 0).putU32(NUMBER, 3);
                    channel.execute("squaring without looking");
                });
    }

    @Test
    void shouldRefuseWithASentenceAndAPlace() throws Exception {
        with(
                (channel, server) -> {
                    channel.begin(SQUARE, 0).putU32(NUMBER, TOO_MUCH + 1);
                    assertThatThrownBy(() -> channel.execute("squaring"))
                            .isInstanceOf(NetlinkException.class)
                            .hasMessageMatching(
                                    "squaring failed: ERANGE \\(.*\\): \"too large\" at byte 20");
                    channel.begin(SQUARE, 0);
                    assertThatThrownBy(() -> channel.execute("squaring"))
                            .hasMessageContaining("EINVAL")
                            .hasMessageEndingWith("\"no number\", attribute 1 is missing");
                    channel.begin(0x77, 0).putU32(NUMBER, 1);
                    assertThatThrownBy(() -> channel.execute("something else"))
                            .hasMessageContaining("EOPNOTSUPP");
                    channel.begin(LIST, 0);
                    assertThatThrownBy(() -> channel.dumpAll("listing", PeerServerTest::number))
                            .hasMessageContaining("EINVAL");
                });
    }

    /** Claims more attribute than the message has. */
    @Test
    void shouldSayWhereARequestBreaksOff() throws Exception {
        with(
                (channel, server) -> {
                    MessageWriter w = channel.begin(SQUARE, 0).putU32(NUMBER, 1);
                    w.putRawU16(40).putRawU16(FILLER);
                    assertThatThrownBy(() -> channel.execute("squaring"))
                            .hasMessageContaining("EINVAL")
                            .hasMessageContaining("at byte 24");
                });
    }

    @Property(tries = 40)
    void shouldListAnyNumberOfAnySizeInParts(
            @ForAll @IntRange(max = 3000) int count, @ForAll @IntRange(max = 4000) int filler)
            throws Exception {
        with(
                (channel, server) -> {
                    channel.begin(LIST, 0).putU32(NUMBER, count).putU32(FILLER, filler);
                    List<Integer> listed = channel.dumpAll("listing", PeerServerTest::number);
                    List<Integer> all = new ArrayList<>();
                    for (int i = 0; i < count; i++) {
                        all.add(i);
                    }
                    assertThat(listed).isEqualTo(all);
                    assertThat(server.lostAnswers()).isZero();
                });
    }

    @Test
    void shouldRefuseWhatDoesNotFitIntoADatagram() throws Exception {
        with(
                (channel, server) -> {
                    channel.begin(LIST, 0).putU32(NUMBER, 2).putU32(FILLER, 40_000);
                    assertThatThrownBy(() -> channel.dumpAll("listing", PeerServerTest::number))
                            .hasMessageContaining("EMSGSIZE");
                });
    }

    /** Whatever comes, the next request is answered. */
    @Property(tries = 200)
    void shouldOutliveAnyBytes(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        with(
                (channel, server) -> {
                    channel.setTimeoutMillis(2000);
                    byte[] junk = new byte[random.nextInt(200) & ~3];
                    random.nextBytes(junk);
                    channel.begin(SQUARE, random.nextInt(1 << 16)).putRaw(junk);
                    try {
                        channel.execute("junk");
                    } catch (NetlinkException e) {
                        assertThat(e.errno()).isPositive();
                    }
                    channel.begin(SQUARE, 0).putU32(NUMBER, 9);
                    int square = channel.query("squaring", PeerServerTest::number);
                    assertThat(square).isEqualTo(81);
                });
    }
}
