package io.odp4j.upcall.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.datapath.netlink.NetlinkException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TurnOrderTest {
    private final TurnOrder order = new TurnOrder(8);
    private final List<UpcallSource> sources = new ArrayList<>();

    @BeforeEach
    void open() throws NetlinkException {
        for (int i = 0; i < 4; i++) {
            sources.add(UpcallSource.open(NetlinkEndpoint.userspace(1), i, "port " + i, 1 << 16));
        }
    }

    @AfterEach
    void close() {
        sources.forEach(source -> source.socket().close());
    }

    private void turn() {
        order.clear();
        sources.forEach(order::add);
    }

    @Test
    void shouldTellQuietSocketsFromBusyOnes() {
        sources.get(0).setBusy(true);
        sources.get(2).setBusy(true);
        turn();
        assertThat(order.quiet()).isEqualTo(2);
        assertThat(List.of(order.quiet(0), order.quiet(1)))
                .containsExactly(sources.get(1), sources.get(3));
        assertThat(order.busy()).isEqualTo(2);
        assertThat(List.of(order.nextBusy(), order.nextBusy()))
                .containsExactlyInAnyOrder(sources.get(0), sources.get(2));
    }

    @Test
    void shouldGoOnWithTheNextBusyOneInTheNextTurn() {
        sources.forEach(source -> source.setBusy(true));
        List<UpcallSource> read = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            turn();
            read.add(order.nextBusy()); // there is no time for another
        }
        assertThat(read.subList(0, 4)).containsExactlyInAnyOrderElementsOf(sources);
        assertThat(read.subList(4, 8)).isEqualTo(read.subList(0, 4));
    }

    @Test
    void shouldHaveNobodyWhereNobodyIsReady() {
        turn();
        order.clear();
        assertThat(order.quiet()).isZero();
        assertThat(order.busy()).isZero();
    }
}
