package io.odp4j.upcall.reader;

import static org.assertj.core.api.Assertions.assertThat;

import com.lmax.disruptor.BlockingWaitStrategy;
import com.lmax.disruptor.Sequence;
import io.odp4j.datapath.netlink.DirectBuffer;
import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.NetlinkSocket;
import io.odp4j.datapath.netlink.SendBatch;
import io.odp4j.upcall.admission.Admission;
import io.odp4j.upcall.counter.Counter;
import io.odp4j.upcall.counter.Counters;
import io.odp4j.upcall.ring.UpcallRing;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A reader whose classifier does nothing unless told to. */
class UpcallReaderTest {
    private static final int SLOTS = 64;
    private static final int SHARE = 32;
    private static final int LENGTH = 64;
    private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final UpcallRing ring = new UpcallRing(SLOTS, new BlockingWaitStrategy());
    private final Sequence consumed = new Sequence();
    private final Counters counters = new Counters();
    private final DirectBuffer datagram = new DirectBuffer(LENGTH);
    private final SendBatch batch = new SendBatch(1, 1);
    private final List<Integer> seen = new ArrayList<>();
    private NetlinkSocket datapath;
    private UpcallReader reader;
    private Thread thread;

    @BeforeEach
    void open() throws NetlinkException {
        ring.disruptor().addGatingSequences(consumed);
        datapath = NetlinkSocket.listen(NetlinkEndpoint.USERSOCK, 0);
        reader = new UpcallReader(ring, Admission.ALL, counters);
        thread = new Thread(reader, "reader");
    }

    @AfterEach
    void close() throws InterruptedException {
        reader.stop();
        thread.join();
        reader.close();
        datapath.close();
    }

    private UpcallSource source(int token) throws NetlinkException {
        UpcallSource source =
                UpcallSource.open(
                        NetlinkEndpoint.userspace(datapath.portId()),
                        token,
                        "port " + token,
                        1 << 20);
        reader.add(source);
        return source;
    }

    private void send(UpcallSource to, int count) {
        for (int i = 0; i < count; i++) {
            batch.clear();
            batch.add(datagram.address(), LENGTH);
            batch.setDestination(0, to.socket().portId());
            batch.endDatagram();
            assertThat(batch.send(datapath, 0)).isEqualTo(1);
        }
    }

    private static boolean eventually(BooleanSupplier condition) throws InterruptedException {
        long until = System.nanoTime() + WAIT_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > until) {
                return false;
            }
            Thread.sleep(1);
        }
        return true;
    }

    /** The port ids of what was published, in order. */
    private List<Integer> published() {
        List<Integer> portIds = new ArrayList<>();
        for (long i = 0; i <= ring.disruptor().getCursor(); i++) {
            portIds.add(ring.disruptor().get(i).portId());
        }
        return portIds;
    }

    @Test
    void shouldLeaveRoomInTheRingForAQuietPortBesideOneThatFloods() throws Exception {
        UpcallSource loud = source(1);
        UpcallSource quiet = source(2);
        send(loud, 100);
        thread.start();
        assertThat(eventually(() -> counters.get(Counter.RING_FULL) > 0)).isTrue();
        assertThat(published()).hasSize(SHARE).containsOnly(loud.socket().portId());
        send(quiet, 1);
        assertThat(eventually(() -> published().size() > SHARE)).isTrue();
        assertThat(published()).hasSize(SHARE + 1).endsWith(quiet.socket().portId());
    }

    @Test
    void shouldReadOnOnceTheClassifierIsDoneWithABusyPortsPart() throws Exception {
        UpcallSource loud = source(1);
        send(loud, 100);
        thread.start();
        assertThat(eventually(() -> counters.get(Counter.RING_FULL) > 0)).isTrue();
        while (consumed.get() < 99) {
            assertThat(eventually(() -> ring.disruptor().getCursor() > consumed.get())).isTrue();
            consumed.set(ring.disruptor().getCursor());
        }
        assertThat(consumed.get()).isEqualTo(99);
        assertThat(counters.get(Counter.UPCALLS_RECEIVED)).isEqualTo(100);
    }

    @Test
    void shouldReadEveryPortThatFloodsInItsTurn() throws Exception {
        List<UpcallSource> loud = List.of(source(1), source(2), source(3));
        for (UpcallSource source : loud) {
            send(source, 100);
        }
        thread.start();
        while (consumed.get() < 149) {
            assertThat(eventually(() -> ring.disruptor().getCursor() > consumed.get())).isTrue();
            long end = ring.disruptor().getCursor();
            for (long i = consumed.get() + 1; i <= end; i++) {
                seen.add(ring.disruptor().get(i).portId());
            }
            consumed.set(end);
        }
        for (UpcallSource source : loud) {
            int portId = source.socket().portId();
            assertThat(seen.stream().filter(id -> id == portId).count())
                    .as("of %d, when half of all is read", seen.size())
                    .isBetween(16L, 80L);
        }
    }
}
