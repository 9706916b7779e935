package io.odp4j.datapath.embedded.conntrack;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.text.ActionParser;
import io.odp4j.datapath.netlink.DirectBuffer;
import io.odp4j.datapath.netlink.Errno;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.packet.FlowExtractor;
import io.odp4j.datapath.packet.FrameBuilder;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

/** What depends on time, room and limits, which a comparison with a kernel does not reach. */
class ConntrackTest {
    private static final long SECOND = 1_000_000_000L;
    private static final int NEW = KeyUpdate.TRACKED | KeyUpdate.NEW;
    private static final int ESTABLISHED = KeyUpdate.TRACKED | KeyUpdate.ESTABLISHED;
    private static final int REPLY = ESTABLISHED | KeyUpdate.REPLY_DIR;

    private long nanos = SECOND;
    private Conntrack conntrack = new Conntrack(() -> nanos, 100);
    private final ByteBuffer frame = ByteBuffer.allocateDirect(2048).order(ByteOrder.nativeOrder());
    private final FlowKey key = new FlowKey();
    private final TrackedPacket packet = new TrackedPacket();
    private final FlowExtractor extractor = new FlowExtractor();
    private final MessageWriter actions = new MessageWriter();
    private final ByteBuffer actionBytes = new DirectBuffer(4096).buffer();
    private int length;
    private int error;

    private void load(byte[] bytes) {
        length = bytes.length;
        frame.put(0, bytes);
    }

    private void actions(String text) {
        actions.wrap(actionBytes, 0, 4096);
        new ActionParser().parse(text, actions);
    }

    /** What the loaded packet's state is after the one action. */
    private int track() {
        conntrack.begin();
        extractor.extract(frame, 0, length, 1, key);
        packet.forget();
        packet.wrap(frame, 14, length, false, key);
        int size = (actionBytes.getShort(0) & 0xffff) - 4;
        error = conntrack.execute(packet, actionBytes, 4, size);
        return (int) key.get(FlowField.CT_STATE);
    }

    private int track(byte[] bytes, String text) {
        load(bytes);
        actions(text);
        return track();
    }

    private static byte[] udp(int src, int dst, int from, int to) {
        return FrameBuilder.ethernet(1, 2).ipv4(src, dst).udp(from, to).payload(4).build();
    }

    private static byte[] tcp(boolean reply, int flags, int seq, int ack) {
        FrameBuilder b = FrameBuilder.ethernet(1, 2);
        b = reply ? b.ipv4(2, 1).tcp(80, 1000, flags) : b.ipv4(1, 2).tcp(1000, 80, flags);
        return b.numbers(seq, ack, 1000).build();
    }

    private void connect() {
        assertThat(track(tcp(false, 2, 1000, 0), "ct(commit)")).isEqualTo(NEW);
        assertThat(track(tcp(true, 18, 5000, 1001), "ct()")).isEqualTo(REPLY);
        assertThat(track(tcp(false, 16, 1001, 5001), "ct()")).isEqualTo(ESTABLISHED);
    }

    @Test
    void shouldForgetWhatNobodyCommitted() {
        assertThat(track(udp(1, 2, 10, 20), "ct()")).isEqualTo(NEW);
        assertThat(track(udp(2, 1, 20, 10), "ct()")).isEqualTo(NEW);
        assertThat(conntrack.connections()).isZero();
    }

    @Test
    void shouldKeepAConnectionForItsProtocolsTime() {
        track(udp(1, 2, 10, 20), "ct(commit)");
        nanos += 29 * SECOND;
        assertThat(track(udp(2, 1, 20, 10), "ct()")).isEqualTo(REPLY);
        nanos += 29 * SECOND;
        assertThat(track(udp(1, 2, 10, 20), "ct()")).isEqualTo(ESTABLISHED);
        // Answered and older than two seconds: a stream, for two minutes.
        nanos += 119 * SECOND;
        assertThat(track(udp(1, 2, 10, 20), "ct()")).isEqualTo(ESTABLISHED);
        nanos += 121 * SECOND;
        assertThat(track(udp(1, 2, 10, 20), "ct()")).isEqualTo(NEW);
        assertThat(conntrack.counter(ConntrackCounter.EXPIRED)).isEqualTo(1);
    }

    @Test
    void shouldKeepAnEstablishedTcpConnectionForDays() {
        connect();
        nanos += 4 * 24 * 3600 * SECOND;
        assertThat(track(tcp(true, 16, 5001, 1001), "ct()")).isEqualTo(REPLY);
    }

    /** As Linux 7.2 does, whose connections show their state in /proc/net/nf_conntrack. */
    @Test
    void shouldBelieveAResetThatAnswersWhatWasNotBelieved() {
        int invalid = KeyUpdate.TRACKED | KeyUpdate.INVALID;
        int far = 9_000_000;
        // A SYN that came after the connection's own, and its end as the number that is answered.
        connectAgain(5_000_000);
        assertThat(track(tcp(true, 4, far, 5_000_002), "ct()")).isEqualTo(invalid);
        assertThat(track(tcp(false, 20, far, 5_000_001), "ct()")).isEqualTo(invalid);
        assertThat(track(tcp(true, 4, far, 5_000_001), "ct()")).isEqualTo(REPLY);
        conntrack.flush();
        // An ACK before the connection was established: from whichever side.
        for (boolean reply : new boolean[] {true, false}) {
            assertThat(track(tcp(false, 2, 1000, 0), "ct(commit)")).isEqualTo(NEW);
            assertThat(track(tcp(true, 18, 2000, 900_000_000), "ct()")).isEqualTo(invalid);
            assertThat(track(tcp(true, 18, 2000, -900_000_000), "ct()")).isEqualTo(REPLY);
            assertThat(track(tcp(true, 16, 500, 88), "ct()")).isEqualTo(REPLY);
            assertThat(track(tcp(reply, 4, far, 501), "ct()")).isEqualTo(invalid);
            assertThat(track(tcp(reply, 4, far, 500), "ct()"))
                    .isEqualTo(reply ? REPLY : ESTABLISHED);
            conntrack.flush();
        }
    }

    private void connectAgain(int seq) {
        assertThat(track(tcp(false, 2, 1000, 0), "ct(commit)")).isEqualTo(NEW);
        assertThat(track(tcp(true, 18, 2000, 1001), "ct()")).isEqualTo(REPLY);
        assertThat(track(tcp(false, 2, seq, 0), "ct()")).isEqualTo(ESTABLISHED);
    }

    @Test
    void shouldSweepAwayWhatIsNeverSeenAgain() {
        for (int i = 0; i < 90; i++) {
            track(udp(1, 2, 10 + i, 20), "ct(commit)");
        }
        assertThat(conntrack.connections()).isEqualTo(90);
        for (int second = 0; second < 60; second++) {
            nanos += SECOND;
            for (int i = 0; i < 20; i++) {
                nanos += SECOND / 20;
                track(udp(9, 9, 9, 9), "ct()");
            }
        }
        assertThat(conntrack.connections()).isZero();
    }

    @Test
    void shouldGiveUpUnansweredConnectionsWhenFullAndRefuseWhenThereAreNone() {
        for (int i = 0; i < 200_000 && conntrack.counter(ConntrackCounter.TABLE_FULL) < 10; i++) {
            track(udp(1, 2, i & 0xffff, 20 + (i >>> 16)), "ct(commit)");
            assertThat(conntrack.connections()).isLessThanOrEqualTo(100);
        }
        assertThat(conntrack.counter(ConntrackCounter.EARLY_DROPS)).isPositive();
        assertThat(conntrack.counter(ConntrackCounter.TABLE_FULL)).isEqualTo(10);
        assertThat(error).isEqualTo(Errno.EINVAL.number());
    }

    @Test
    void shouldLimitTheConnectionsOfAZone() {
        conntrack.limits().set(5, 2);
        assertThat(track(udp(1, 2, 1, 20), "ct(commit,zone=5)")).isEqualTo(NEW);
        track(udp(1, 2, 2, 20), "ct(commit,zone=5)");
        assertThat(error).isZero();
        track(udp(1, 2, 3, 20), "ct(commit,zone=5)");
        assertThat(error).isEqualTo(Errno.ENOMEM.number());
        track(udp(1, 2, 3, 20), "ct(commit,zone=6)");
        assertThat(error).isZero();
        assertThat(conntrack.limits().count(5)).isEqualTo(2);
        conntrack.flush(5);
        assertThat(conntrack.limits().count(5)).isZero();
        assertThat(conntrack.connections()).isEqualTo(1);
        assertThat(conntrack.counter(ConntrackCounter.ZONE_LIMITED)).isEqualTo(1);
    }

    @Test
    void shouldGiveEverySourceAPortOfItsOwnAndFailWhenThereIsNoneLeft() {
        String nat = "ct(commit,nat(src=0.0.0.9:5000-5003))";
        boolean[] used = new boolean[4];
        for (int i = 0; i < 4; i++) {
            track(udp(1, 2, 10 + i, 20), nat);
            assertThat(error).isZero();
            int port = (int) key.get(FlowField.TP_SRC);
            assertThat(used[port - 5000]).isFalse();
            used[port - 5000] = true;
        }
        track(udp(1, 2, 99, 20), nat);
        assertThat(error).isEqualTo(Errno.EINVAL.number());
        assertThat(conntrack.counter(ConntrackCounter.INSERT_FAILED)).isEqualTo(1);
    }

    @Test
    void shouldAllocateNothingForPacketsOfAKnownConnection() {
        connect();
        assertThat(track(udp(1, 2, 10, 20), "ct(commit,nat(src=0.0.0.9))")).isEqualTo(0x61);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        byte[][] frames = {tcp(true, 16, 5001, 1001), udp(2, 9, 20, 10)};
        actions("ct(nat)");
        int rounds = 100_000;
        for (byte[] bytes : frames) {
            load(bytes);
            long before = 0;
            for (int i = 0; i < 2 * rounds; i++) {
                if (i == rounds) {
                    before = threads.getThreadAllocatedBytes(thread);
                }
                frame.put(0, bytes);
                track();
            }
            assertThat(threads.getThreadAllocatedBytes(thread) - before).isLessThan(rounds / 100);
            assertThat((int) key.get(FlowField.CT_STATE) & REPLY).isEqualTo(REPLY);
        }
    }
}
