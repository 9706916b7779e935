package io.odp4j.upcall.revalidator;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class FlowLimitTest {
    private static final int MOST = 200_000;
    private final FlowLimit limit = new FlowLimit(MOST);

    @Test
    void shouldLowerTheLimitToWhatCanBeListedInASecond() {
        assertThat(limit.adapt(MOST, 4000)).isTrue();
        assertThat(limit.get()).isEqualTo(MOST / 2);
        assertThat(limit.adapt(100_000, 1500)).isTrue();
        assertThat(limit.get()).isEqualTo(75_000);
    }

    @Test
    void shouldRaiseItAgainToWhatIsConfigured() {
        limit.adapt(MOST, 10_000);
        for (int i = 0; i < 100; i++) {
            assertThat(limit.adapt(1000, 10)).isFalse();
        }
        assertThat(limit.get()).isEqualTo(MOST);
    }

    @Test
    void shouldNotLowerItForFewFlowsHoweverLongTheyTook() {
        assertThat(limit.adapt(10, 60_000)).isFalse();
        assertThat(limit.get()).isEqualTo(MOST);
    }

    @Test
    void shouldNeverExceedWhatIsConfiguredEvenIfThatIsLow() {
        FlowLimit low = new FlowLimit(50);
        low.adapt(50, 5000);
        assertThat(low.get()).isEqualTo(50);
    }

    @Test
    void shouldAgeFlowsSoonerAboveTheLimitAndDropAllFarAbove() {
        assertThat(limit.idleMillis(MOST, 10_000)).isEqualTo(10_000);
        assertThat(limit.idleMillis(MOST + 1, 10_000)).isEqualTo(100);
        assertThat(limit.idleMillis(MOST + 1, 50)).isEqualTo(50);
        assertThat(limit.idleMillis(2 * MOST + 1, 10_000)).isEqualTo(-1);
    }

    @Property
    void shouldStayBetweenFloorAndConfiguredWhateverRoundsCost(
            @ForAll @IntRange(min = 0, max = 1_000_000) int flows,
            @ForAll @LongRange(min = 0, max = Long.MAX_VALUE / 1_000_000) long millis) {
        FlowLimit any = new FlowLimit(MOST);
        for (int i = 0; i < 20; i++) {
            int before = any.get();
            assertThat(any.adapt(flows, millis)).isEqualTo(any.get() < before);
            assertThat(any.get()).isBetween(FlowLimit.FLOOR, MOST);
        }
    }
}
