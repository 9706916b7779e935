package io.odp4j.upcall.ring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WaitModeTest {
    @ParameterizedTest
    @CsvSource({"1,DIRECT", "2,DIRECT", "3,BLOCKING", "64,BLOCKING"})
    void shouldHaveAThreadOfItsOwnWhereThereAreProcessorsForIt(int processors, WaitMode mode) {
        assertThat(WaitMode.AUTO.resolved(processors)).isEqualTo(mode);
    }

    @ParameterizedTest
    @EnumSource(names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
    void shouldBeWhatWasAskedFor(WaitMode mode) {
        assertThat(mode.resolved(1)).isEqualTo(mode);
        assertThat(mode.resolved()).isEqualTo(mode);
    }
}
