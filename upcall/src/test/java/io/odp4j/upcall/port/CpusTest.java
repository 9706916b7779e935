package io.odp4j.upcall.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CpusTest {
    @Test
    void shouldCountUpToTheHighestNumber() {
        assertThat(Cpus.count("0\n")).isEqualTo(1);
        assertThat(Cpus.count("0-3\n")).isEqualTo(4);
        assertThat(Cpus.count("0,2-5")).isEqualTo(6);
        assertThat(Cpus.count("0-1,7")).isEqualTo(8);
    }

    @Test
    void shouldRefuseWhatIsNoListOfCpus() {
        for (String text : new String[] {"", "x", "0-", "0-99999"}) {
            assertThatThrownBy(() -> Cpus.count(text))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void shouldFindAtLeastTheCpusOfThisMachine() {
        assertThat(Cpus.possible())
                .isGreaterThanOrEqualTo(Runtime.getRuntime().availableProcessors());
    }
}
