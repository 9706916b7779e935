package io.odp4j.flowcache.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MacTableTest {
    private final MacTable table = new MacTable(3, 10);

    private void expireAt(int now) {
        table.setNow(now);
        table.expire(port -> port < 10);
    }

    @Test
    void shouldForgetWhatIsTooOldUnlessItIsRefreshed() {
        table.setNow(100);
        table.learn(0, 1, 1);
        table.learn(0, 2, 1);
        table.setNow(105);
        table.refresh(0, 2, 1);
        expireAt(110);
        assertThat(table.port(0, 1)).isEqualTo(MacTable.UNKNOWN);
        assertThat(table.port(0, 2)).isEqualTo(1);
    }

    @Test
    void shouldNotMoveAnAddressByRefreshingIt() {
        table.learn(0, 1, 1);
        table.refresh(0, 1, 2);
        assertThat(table.port(0, 1)).isEqualTo(1);
        table.refresh(0, 7, 2);
        assertThat(table.port(0, 7)).isEqualTo(MacTable.UNKNOWN);
    }

    @Test
    void shouldForgetTheOneSeenLongestAgoWhereThereIsNoRoom() {
        for (int mac = 1; mac <= 3; mac++) {
            table.learn(0, mac, 1);
        }
        table.refresh(0, 1, 1);
        table.learn(0, 4, 1);
        assertThat(table.size()).isEqualTo(3);
        assertThat(table.port(0, 2)).isEqualTo(MacTable.UNKNOWN);
        assertThat(table.port(0, 1)).isEqualTo(1);
    }

    @Test
    void shouldForgetAddressesBehindAPortThatIsGone() {
        table.learn(0, 1, 1);
        table.learn(0, 2, 11);
        expireAt(0);
        assertThat(table.port(0, 1)).isEqualTo(1);
        assertThat(table.port(0, 2)).isEqualTo(MacTable.UNKNOWN);
    }

    @Test
    void shouldCountSecondsAcrossTheSignOfTheClock() {
        table.setNow(-5);
        table.learn(0, 1, 1);
        expireAt(3);
        assertThat(table.port(0, 1)).isEqualTo(1);
        expireAt(5);
        assertThat(table.port(0, 1)).isEqualTo(MacTable.UNKNOWN);
    }

    @Test
    void shouldChangeItsVersionWithEveryNewsAndNoOther() {
        long version = table.version();
        assertThat(table.learn(0, 1, 1)).isTrue();
        assertThat(table.version()).isNotEqualTo(version);
        version = table.version();
        assertThat(table.learn(0, 1, 1)).isFalse();
        table.refresh(0, 1, 1);
        assertThat(table.version()).isEqualTo(version);
        assertThat(table.learn(0, 1, 2)).isTrue();
        assertThat(table.version()).isNotEqualTo(version);
    }
}
