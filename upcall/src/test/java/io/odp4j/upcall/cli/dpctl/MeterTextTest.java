package io.odp4j.upcall.cli.dpctl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.odp4j.datapath.ovs.Meter;
import org.junit.jupiter.api.Test;

class MeterTextTest {
    @Test
    void shouldReadMetersAsOvsOfctlWritesThem() throws DpctlException {
        MeterText.Wanted meter =
                MeterText.parse("meter=7,pktps,burst,band=type=drop,rate=1000,burst_size=100");
        assertThat(meter.id()).isEqualTo(7);
        assertThat(meter.kbps()).isFalse();
        assertThat(meter.bands()).containsExactly(Meter.Band.drop(1000, 100));
        assertThat(MeterText.parse("meter=1 kbps bands=type=drop rate=5 type=drop rate=9").bands())
                .containsExactly(Meter.Band.drop(5, 0), Meter.Band.drop(9, 0));
    }

    @Test
    void shouldRefuseMetersThatAreNone() {
        for (String text :
                new String[] {
                    "kbps,band=type=drop,rate=1",
                    "meter=1,rate=5",
                    "meter=-1",
                    "meter=1,foo",
                    "meter=1,band=type=drop",
                    "meter=1,band=type=dscp,rate=1"
                }) {
            assertThatThrownBy(() -> MeterText.parse(text))
                    .as(text)
                    .isInstanceOf(DpctlException.class);
        }
    }
}
