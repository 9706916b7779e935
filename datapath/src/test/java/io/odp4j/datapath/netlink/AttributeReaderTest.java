package io.odp4j.datapath.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Attributes one by one: values, bounds and what is refused. */
class AttributeReaderTest {

    @Property
    void shouldReadNumbersOfBothByteOrders(@ForAll long value) {
        byte[] big = ByteBuffer.allocate(8).putLong(value).array();
        AttributeReader r =
                Wire.attributes(
                        Wire.join(
                                Wire.attr(1, new byte[] {(byte) value}),
                                Wire.attr(2, Wire.u16((int) value)),
                                Wire.attr(3, Wire.u32((int) value)),
                                Wire.attr(4, Wire.u64(value)),
                                Wire.attr(5, new byte[] {big[6], big[7]}),
                                Wire.attr(6, new byte[] {big[4], big[5], big[6], big[7]}),
                                Wire.attr(7, big)));
        assertThat(r.next()).isTrue();
        assertThat(r.u8()).isEqualTo((int) value & 0xff);
        r.next();
        assertThat(r.u16()).isEqualTo((int) value & 0xffff);
        r.next();
        assertThat(r.u32()).isEqualTo((int) value);
        r.next();
        assertThat(r.u64()).isEqualTo(value);
        r.next();
        assertThat(r.be16()).isEqualTo((int) value & 0xffff);
        r.next();
        assertThat(r.be32()).isEqualTo((int) value);
        r.next();
        assertThat(r.be64()).isEqualTo(value);
        assertThat(r.next()).isFalse();
    }

    @Property
    void shouldRefuseANumberOfAnyOtherLength(@ForAll @IntRange(max = 12) int length) {
        List<Consumer<AttributeReader>> getters =
                List.of(
                        AttributeReader::u8,
                        AttributeReader::u16,
                        AttributeReader::u32,
                        AttributeReader::u64,
                        AttributeReader::be16,
                        AttributeReader::be32,
                        AttributeReader::be64);
        int[] sizes = {1, 2, 4, 8, 2, 4, 8};
        for (int i = 0; i < sizes.length; i++) {
            AttributeReader r = Wire.attributes(Wire.attr(9, new byte[length]));
            r.next();
            Consumer<AttributeReader> getter = getters.get(i);
            if (sizes[i] == length) {
                getter.accept(r);
            } else {
                assertThatThrownBy(() -> getter.accept(r))
                        .isInstanceOf(NetlinkFormatException.class)
                        .hasMessage(
                                "attribute 9 has "
                                        + length
                                        + " bytes, not "
                                        + sizes[i]
                                        + " at byte 4");
            }
        }
    }

    @Property
    void shouldReadBytesAndTextOfAnyLength(@ForAll @Size(max = 70) byte[] bytes) {
        AttributeReader r =
                Wire.attributes(Wire.join(Wire.attr(0xc001, bytes), Wire.attr(2, Wire.u32(7))));
        assertThat(r.next()).isTrue();
        assertThat(r.type()).isEqualTo(1);
        assertThat(r.flags()).isEqualTo(AttributeHeader.NESTED | AttributeHeader.NET_BYTEORDER);
        assertThat(r.bytes()).isEqualTo(bytes);
        assertThat(r.next()).isTrue();
        assertThat(r.u32()).isEqualTo(7);
    }

    @Test
    void shouldEndTextAtItsFirstZeroByte() {
        AttributeReader r =
                Wire.attributes(
                        Wire.join(
                                Wire.attr(1, "eth0\0\0leaked".getBytes()),
                                Wire.attr(1, "unended".getBytes()),
                                Wire.attr(1)));
        r.next();
        assertThat(r.string()).isEqualTo("eth0");
        r.next();
        assertThat(r.string()).isEqualTo("unended");
        r.next();
        assertThat(r.string()).isEmpty();
    }

    @Property
    void shouldRefuseEveryLengthThatDoesNotFit(@ForAll @IntRange(max = 0xffff) int length) {
        byte[] run = Wire.join(Wire.u16(length), Wire.u16(1), new byte[20]);
        AttributeReader r = Wire.attributes(run);
        if (length >= 4 && length <= 24) {
            assertThat(r.next()).isTrue();
            assertThat(r.length()).isEqualTo(length - 4);
        } else {
            assertThatThrownBy(r::next)
                    .isInstanceOf(NetlinkFormatException.class)
                    .hasMessage("attribute length " + length + " is not within 4 to 24 at byte 0");
        }
    }

    @Test
    void shouldAcceptALastAttributeWithoutPadding() {
        for (int length = 1; length <= 4; length++) {
            AttributeReader r =
                    Wire.attributes(
                            Wire.join(
                                    Wire.attr(1, Wire.u32(1)), Wire.unpadded(2, new byte[length])));
            assertThat(r.next()).isTrue();
            assertThat(r.next()).isTrue();
            assertThat(r.length()).isEqualTo(length);
            assertThat(r.next()).isFalse();
            assertThat(r.next()).isFalse();
        }
    }

    @Test
    void shouldRefuseARestTooShortForAHeader() {
        for (int rest = 1; rest < 4; rest++) {
            AttributeReader r =
                    Wire.attributes(Wire.join(Wire.attr(1, Wire.u32(1)), new byte[rest]));
            assertThat(r.next()).isTrue();
            assertThatThrownBy(r::next)
                    .isInstanceOf(NetlinkFormatException.class)
                    .hasMessage(rest + " bytes left, no attribute fits at byte 8");
        }
    }

    @Test
    void shouldNotLetANestReachBeyondItself() {
        byte[] inner = Wire.attr(2, Wire.u32(1));
        inner[0] = 12; // claims four bytes that belong to the attribute after the nest
        AttributeReader outer =
                Wire.attributes(Wire.join(Wire.attr(1, inner), Wire.attr(3, Wire.u32(2))));
        outer.next();
        AttributeReader nest = new AttributeReader().wrapNested(outer);
        assertThatThrownBy(nest::next)
                .isInstanceOf(NetlinkFormatException.class)
                .hasMessage("attribute length 12 is not within 4 to 8 at byte 4");
        assertThat(outer.next()).isTrue();
        assertThat(outer.u32()).isEqualTo(2);
    }
}
