package io.odp4j.upcall.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MacTableTest {
    private static final PortSet PORTS = PortSet.of(1, 2);

    private final MacTable table = new MacTable(3, 10);

    @Test
    void shouldForgetWhatIsTooOldUnlessItIsRefreshed() {
        table.learn(0, 1, 1, 100);
        table.learn(0, 2, 1, 100);
        table.refresh(0, 2, 1, 105);
        table.expire(110, PORTS);
        assertThat(table.lookup(0, 1)).isEqualTo(MacTable.UNKNOWN);
        assertThat(table.lookup(0, 2)).isEqualTo(1);
    }

    @Test
    void shouldNotMoveAnAddressByRefreshingIt() {
        table.learn(0, 1, 1, 100);
        table.refresh(0, 1, 2, 105);
        assertThat(table.lookup(0, 1)).isEqualTo(1);
        table.refresh(0, 7, 2, 105);
        assertThat(table.lookup(0, 7)).isEqualTo(MacTable.UNKNOWN);
    }

    @Test
    void shouldTakeNoMoreThanItHasRoomForButStillMoveWhatItKnows() {
        for (int mac = 1; mac <= 3; mac++) {
            assertThat(table.learn(0, mac, 1, 0)).isTrue();
        }
        assertThat(table.learn(0, 4, 1, 0)).isFalse();
        assertThat(table.learn(0, 3, 2, 0)).isTrue();
        assertThat(table.lookup(0, 3)).isEqualTo(2);
        assertThat(table.size()).isEqualTo(3);
    }

    @Test
    void shouldCountSecondsAcrossTheSignOfTheClock() {
        table.learn(0, 1, 1, -5);
        table.expire(3, PORTS);
        assertThat(table.lookup(0, 1)).isEqualTo(1);
        table.expire(5, PORTS);
        assertThat(table.lookup(0, 1)).isEqualTo(MacTable.UNKNOWN);
    }
}
