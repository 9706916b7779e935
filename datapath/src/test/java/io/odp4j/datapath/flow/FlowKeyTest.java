package io.odp4j.datapath.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.datapath.netlink.table.AttributeSpec;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class FlowKeyTest {
    @Test
    void shouldNotLetTwoFieldsShareABit() {
        long[] taken = new long[FlowKey.WORDS];
        for (FlowField field : FlowField.values()) {
            for (int w = 0; w < field.words(); w++) {
                long bits = field.bits() >= 64 ? -1 : field.wordMask();
                assertThat(taken[field.word() + w] & bits).as(field.fieldName()).isZero();
                taken[field.word() + w] |= bits;
            }
            assertThat(field.word() + field.words()).isLessThanOrEqualTo(FlowKey.WORDS);
        }
        assertThat(taken[FlowKey.ATTRIBUTES] | taken[FlowKey.NESTED_ATTRIBUTES]).isZero();
    }

    @Test
    void shouldClearWhateverWasSet() {
        FlowMask mask = new FlowMask();
        for (FlowField field : FlowField.values()) {
            mask.exact(field);
        }
        mask.clear();
        assertThat(mask.words()).containsOnly(0);
    }

    @Property(tries = 300)
    void shouldReadBackWhatWasSet(@ForAll long value, @ForAll long other) {
        FlowKey key = new FlowKey();
        Arrays.fill(key.words(), other);
        for (FlowField field : FlowField.values()) {
            if (field.bits() <= 64) {
                key.set(field, value);
                long ones = field.bits() == 64 ? -1 : (1L << field.bits()) - 1;
                assertThat(key.get(field)).isEqualTo(value & ones);
            }
        }
    }

    @Test
    void shouldCarryWhatAnUpcallOfAPacketCarries() {
        FlowKey key = new FlowKey();
        key.set(FlowField.DL_TYPE, 0x86dd).set(FlowField.NW_PROTO, 58);
        key.set(FlowField.TP_SRC, 136).set(FlowField.IN_PORT, 0);
        key.carryFromContents();
        for (var spec :
                new AttributeSpec[] {
                    KeyAttributes.RECIRC_ID,
                    KeyAttributes.IN_PORT,
                    KeyAttributes.CT_LABELS,
                    KeyAttributes.ETHERNET,
                    KeyAttributes.ETHERTYPE,
                    KeyAttributes.IPV6,
                    KeyAttributes.IPV6_EXTHDRS,
                    KeyAttributes.ICMPV6,
                    KeyAttributes.ND
                }) {
            assertThat(key.carries(spec.number())).as(spec.name()).isTrue();
        }
        assertThat(key.carries(KeyAttributes.TUNNEL.number())).isFalse();
        assertThat(key.carries(KeyAttributes.ENCAP.number())).isFalse();
    }
}
