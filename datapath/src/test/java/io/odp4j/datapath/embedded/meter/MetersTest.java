package io.odp4j.datapath.embedded.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.odp4j.datapath.embedded.message.Refusal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Token buckets by the kernel's arithmetic, and its table. */
class MetersTest {
    @Test
    void shouldLetTheBurstPassAndThenTheRate() {
        Meter meter = meter(false, 10, 3);
        for (int i = 0; i < 3; i++) {
            assertThat(meter.drops(60, 1000)).isFalse();
        }
        assertThat(meter.drops(60, 1000)).isTrue();
        // Ten packets a second: one every 100 ms.
        assertThat(meter.drops(60, 1099)).isTrue();
        assertThat(meter.drops(60, 1101)).isFalse();
        assertThat(meter.drops(60, 1150)).isTrue();
        assertThat(meter.packets).isEqualTo(7);
        assertThat(meter.bands().get(0).packets).isEqualTo(3);
        assertThat(meter.bands().get(0).octets).isEqualTo(180);
    }

    @Test
    void shouldCountBitsWhereRatesAreOfKilobits() {
        Meter meter = meter(true, 8, 8);
        // 8 kbit are 1000 bytes.
        assertThat(meter.drops(600, 0)).isFalse();
        assertThat(meter.drops(600, 0)).isTrue();
        assertThat(meter.drops(600, 199)).isTrue();
        assertThat(meter.drops(600, 200)).isFalse();
    }

    @Test
    void shouldFillNoMoreThanTheBurstHoweverLongNothingCame() {
        Meter meter = meter(false, 1, 2);
        assertThat(meter.drops(60, Long.MAX_VALUE / 2)).isFalse();
        assertThat(meter.drops(60, Long.MAX_VALUE / 2)).isFalse();
        assertThat(meter.drops(60, Long.MAX_VALUE / 2)).isTrue();
    }

    @Test
    void shouldFindTwoIdsInEachOthersWayAndReplaceOne() throws Refusal {
        Meters meters = new Meters();
        Meter first = meter(false, 1, 1);
        assertThat(meters.put(7, first)).isNull();
        assertThatThrownBy(() -> meters.put(7 + 1024, meter(false, 1, 1)))
                .isInstanceOf(Refusal.class)
                .hasMessage("EBUSY");
        Meter second = meter(false, 1, 1);
        assertThat(meters.put(7, second)).isSameAs(first);
        assertThat(meters.remove(7)).isSameAs(second);
        assertThat(meters.remove(7)).isNull();
        assertThat(meters.drops(7, 60)).isFalse();
    }

    @Test
    void shouldGrowAndShrinkWithItsMeters() throws Refusal {
        Meters meters = new Meters();
        for (int id = 0; id < 5000; id++) {
            meters.put(id, meter(false, 1, 1));
        }
        for (int id = 0; id < 5000; id++) {
            assertThat(meters.get(id)).isNotNull();
        }
        for (int id = 4999; id >= 1; id--) {
            assertThat(meters.remove(id)).isNotNull();
        }
        assertThat(meters.get(0)).isNotNull();
        assertThat(meters.get(1)).isNull();
    }

    private static Meter meter(boolean kbps, int rate, int burst) {
        return new Meter(kbps, true, List.of(new MeterBand(MeterBand.DROP, rate, burst)), 0);
    }
}
