package io.odp4j.flowcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowMask;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MegaflowCacheTest {
    private static final FlowMask BY_PORT = new FlowMask().exact(FlowField.IN_PORT);

    private static FlowKey port(int port) {
        return new FlowKey().set(FlowField.IN_PORT, port);
    }

    @Test
    void shouldPushOutTheIdlestOfASampleWhenFull() {
        MegaflowCache cache = new MegaflowCache(4);
        List<Long> gone = new ArrayList<>();
        cache.setEvictionListener(gone::add);
        long first = cache.insert(port(1), BY_PORT, 1, 10);
        long idle = cache.insert(port(2), BY_PORT, 2, 5);
        cache.insert(port(3), BY_PORT, 3, 11);
        cache.insert(port(4), BY_PORT, 4, 12);
        long added = cache.insert(port(5), BY_PORT, 5, 13);
        assertThat(gone).containsExactly(idle);
        assertThat(cache.size()).isEqualTo(4);
        assertThat(cache.evicted()).isEqualTo(1);
        assertThat(cache.lookup(port(2))).isEqualTo(MegaflowCache.MISS);
        assertThat(cache.lookup(port(1))).isEqualTo(first);
        assertThat(cache.lookup(port(5))).isEqualTo(added);
    }

    @Test
    void shouldRefuseAMaskTooManyAndCountIt() {
        MegaflowCache cache = new MegaflowCache(100, 1);
        cache.insert(port(1), BY_PORT, 1, 0);
        FlowMask other = new FlowMask().exact(FlowField.DL_SRC);
        assertThat(cache.insert(port(1), other, 2, 0)).isEqualTo(MegaflowCache.MISS);
        assertThat(cache.refused()).isEqualTo(1);
        assertThat(cache.maskCount()).isEqualTo(1);
    }

    @Test
    void shouldMatchOnNothingWithAnEmptyMask() {
        MegaflowCache cache = new MegaflowCache(10);
        long all = cache.insert(port(1), new FlowMask(), 7, 0);
        assertThat(cache.lookup(port(99))).isEqualTo(all);
    }

    @Test
    void shouldNotMatchOnCarriedAttributes() {
        MegaflowCache cache = new MegaflowCache(10);
        long handle = cache.insert(port(1).carry(3), BY_PORT, 7, 0);
        assertThat(cache.lookup(port(1).carry(7))).isEqualTo(handle);
    }

    @Test
    void shouldGiveStatisticsAndIdleEntries() {
        MegaflowCache cache = new MegaflowCache(10);
        long busy = cache.insert(port(1), BY_PORT, 1, 100);
        long idle = cache.insert(port(2), BY_PORT, 2, 100);
        cache.addStatistics(busy, 3, 180, 250);
        cache.setStatistics(idle, 9, 900, 120);
        assertThat(cache.packets(busy)).isEqualTo(3);
        assertThat(cache.bytes(busy)).isEqualTo(180);
        assertThat(cache.lastUsed(busy)).isEqualTo(250);
        assertThat(cache.packets(idle)).isEqualTo(9);
        List<Long> found = new ArrayList<>();
        cache.forEachIdle(
                200,
                handle -> {
                    found.add(handle);
                    cache.delete(handle);
                });
        assertThat(found).containsExactly(idle);
        assertThat(cache.size()).isEqualTo(1);
        assertThatThrownBy(() -> cache.packets(idle)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldNotTakeAHandleForALaterEntryInTheSamePlace() {
        MegaflowCache cache = new MegaflowCache(10);
        long old = cache.insert(port(1), BY_PORT, 1, 0);
        cache.delete(old);
        long fresh = cache.insert(port(1), BY_PORT, 2, 0);
        assertThat(fresh).isNotEqualTo(old);
        assertThat(cache.isLive(old)).isFalse();
        assertThat(cache.setUserData(old, 9)).isFalse();
        assertThat(cache.addStatistics(old, 1, 1, 1)).isFalse();
        assertThat(cache.userData(fresh)).isEqualTo(2);
    }

    @Test
    void shouldGrowFarBeyondItsFirstSize() {
        MegaflowCache cache = new MegaflowCache(100_000);
        for (int i = 0; i < 100_000; i++) {
            cache.insert(port(i), BY_PORT, i, 0);
        }
        for (int i = 0; i < 100_000; i++) {
            assertThat(cache.userData(cache.lookup(port(i)))).isEqualTo(i);
        }
    }

    @Test
    void shouldFindEveryEntryOfFieldsWithManyValuesAndOfThoseWithFew() {
        MegaflowCache cache = new MegaflowCache(200_000);
        RandomFlows random = new RandomFlows(1);
        FlowKey[] keys = new FlowKey[60_000];
        for (int i = 0; i < keys.length; i++) {
            FlowMask mask =
                    new FlowMask()
                            .exact(FlowField.IN_PORT)
                            .prefix(FlowField.NW_SRC, 28 + i % 5)
                            .prefix(FlowField.TP_DST, 4 * (i % 4));
            keys[i] =
                    port(i).set(FlowField.NW_SRC, random.next(1 << 30))
                            .set(FlowField.TP_DST, random.next(1 << 16));
            cache.insert(keys[i], mask, i, 0);
        }
        for (int i = 0; i < keys.length; i++) {
            assertThat(cache.userData(cache.lookup(keys[i]))).isEqualTo(i);
        }
        for (int i = 0; i < keys.length - 10; i++) {
            assertThat(cache.delete(cache.lookup(keys[i]))).isTrue();
        }
        for (int i = keys.length - 10; i < keys.length; i++) {
            assertThat(cache.userData(cache.lookup(keys[i]))).isEqualTo(i);
        }
        assertThat(cache.size()).isEqualTo(10);
    }

    @Test
    void shouldRefuseImpossibleBounds() {
        assertThatThrownBy(() -> new MegaflowCache(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MegaflowCache(1, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MegaflowCache((1 << 24) + 1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
