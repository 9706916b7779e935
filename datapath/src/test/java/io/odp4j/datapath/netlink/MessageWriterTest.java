package io.odp4j.datapath.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The writer against bytes put together by hand, and what it does when something does not fit. */
class MessageWriterTest {
    private final ByteBuffer buffer =
            ByteBuffer.allocateDirect(1 << 18).order(ByteOrder.nativeOrder());
    private final MessageWriter writer = new MessageWriter();

    @Property
    void shouldWriteEveryKindOfAttribute(
            @ForAll @IntRange(max = 0x3fff) int type,
            @ForAll long value,
            @ForAll @Size(max = 300) byte[] bytes,
            @ForAll int sequence) {
        filled(writer);
        writer.beginGeneric(0x1f, 0x305, sequence, 7, 2).putRawU32(99);
        writer.putFlag(type)
                .putU8(type, (int) value)
                .putU16(type, (int) value)
                .putU32(type, (int) value)
                .putU64(type, value)
                .putBe16(type, (int) value)
                .putBe32(type, (int) value)
                .putBe64(type, value)
                .putString(type, "eth0")
                .putBytes(type, bytes)
                .putBytes(type, ByteBuffer.wrap(bytes), bytes.length / 2, bytes.length / 4);
        int nest = writer.beginNest(type);
        int plain = writer.beginPlainNest(type);
        writer.putBytes(type, bytes);
        writer.endNest(plain);
        writer.endNest(nest);
        writer.end();

        byte[] part =
                java.util.Arrays.copyOfRange(
                        bytes, bytes.length / 2, bytes.length / 2 + bytes.length / 4);
        assertThat(written())
                .isEqualTo(
                        Wire.message(
                                0x1f,
                                0x305,
                                sequence,
                                0,
                                Wire.generic(7, 2),
                                Wire.u32(99),
                                Wire.attr(type),
                                Wire.attr(type, new byte[] {(byte) value}),
                                Wire.attr(type, Wire.u16((int) value)),
                                Wire.attr(type, Wire.u32((int) value)),
                                Wire.attr(type, Wire.u64(value)),
                                Wire.attr(type, bigEndian(value, 2)),
                                Wire.attr(type, bigEndian(value, 4)),
                                Wire.attr(type, bigEndian(value, 8)),
                                Wire.attr(type, Wire.zeroEnded("eth0")),
                                Wire.attr(type, bytes),
                                Wire.attr(type, part),
                                Wire.attr(
                                        type | AttributeHeader.NESTED,
                                        Wire.attr(type, Wire.attr(type, bytes)))));
    }

    @Property
    void shouldWriteMessagesThatAReaderReadsBack(@ForAll @Size(max = 20) byte[][] payloads) {
        filled(writer);
        for (int i = 0; i < payloads.length; i++) {
            writer.begin(0x10 + i, i, ~i).putRaw(payloads[i]);
            assertThat(writer.end()).isEqualTo(16 + payloads[i].length);
        }
        MessageReader reader = new MessageReader().wrap(buffer, 0, writer.written());
        for (int i = 0; i < payloads.length; i++) {
            assertThat(reader.next()).isTrue();
            assertThat(reader.type()).isEqualTo(0x10 + i);
            assertThat(reader.flags()).isEqualTo(i);
            assertThat(reader.sequence()).isEqualTo(~i);
            assertThat(reader.portId()).isZero();
            assertThat(reader.length()).isEqualTo(16 + payloads[i].length);
            byte[] back = new byte[payloads[i].length];
            buffer.get(reader.offset() + 16, back);
            assertThat(back).isEqualTo(payloads[i]);
        }
        assertThat(reader.next()).isFalse();
    }

    /** Every room from nothing to enough: either all of it is written, or the message before. */
    @Property
    void shouldLeaveTheMessageBeforeWholeWhenTheNextDoesNotFit(
            @ForAll @IntRange(max = 80) int room) {
        byte[] first = Wire.message(0x10, 0, 1, 0, Wire.attr(1, Wire.u32(5)));
        byte[] second =
                Wire.message(0x11, 0, 2, 0, Wire.generic(1, 1), Wire.attr(2, new byte[] {1, 2, 3}));
        fill();
        writer.wrap(buffer, 0, first.length + room);
        writer.begin(0x10, 0, 1).putU32(1, 5);
        writer.end();
        try {
            writer.beginGeneric(0x11, 0, 2, 1, 1).putBytes(2, new byte[] {1, 2, 3});
            writer.end();
        } catch (MessageOverflowException e) {
            writer.rollback();
        }
        assertThat(written()).isEqualTo(room >= second.length ? Wire.join(first, second) : first);
        assertThat(buffer.get(first.length + room)).isEqualTo((byte) 0xa5);
    }

    @Test
    void shouldWriteANestOfUpTo65532Bytes() {
        filled(writer);
        writer.begin(0x10, 0, 1);
        int nest = writer.beginNest(1);
        while (writer.position() - nest < 65532) {
            writer.putFlag(2);
        }
        writer.endNest(nest);
        writer.end();
        AttributeReader reader =
                Wire.read(written()).attributes(new AttributeReader(), MessageHeader.LENGTH);
        assertThat(reader.next()).isTrue();
        assertThat(reader.length()).isEqualTo(65528);
    }

    @Test
    void shouldRefuseANestLongerThanItsLengthCanSay() {
        filled(writer);
        writer.begin(0x10, 0, 1);
        int nest = writer.beginNest(1);
        for (int i = 0; i < 65536 / 4; i++) {
            writer.putFlag(2);
        }
        assertThatThrownBy(() -> writer.endNest(nest))
                .isInstanceOf(MessageOverflowException.class)
                .hasMessageContaining("65540");
    }

    @Test
    void shouldRefuseAnAttributeLongerThanItsLengthCanSay() {
        filled(writer);
        writer.begin(0x10, 0, 1);
        assertThatThrownBy(() -> writer.putBytes(1, new byte[65532]))
                .isInstanceOf(MessageOverflowException.class);
        writer.putBytes(1, new byte[65531]);
    }

    @Test
    void shouldRefuseNegativeLengths() {
        filled(writer);
        writer.begin(0x10, 0, 1).putU64(1, 1);
        int before = writer.position();
        assertThatThrownBy(() -> writer.header(1, -8)).isInstanceOf(MessageOverflowException.class);
        assertThatThrownBy(() -> writer.reserve(-1)).isInstanceOf(MessageOverflowException.class);
        assertThat(writer.position()).isEqualTo(before);
    }

    @Test
    void shouldRefuseABufferThatItCannotWriteTo() {
        assertThatThrownBy(() -> writer.wrap(ByteBuffer.allocate(8).order(foreign()), 0, 8))
                .hasMessageContaining("byte order");
        assertThatThrownBy(() -> writer.wrap(buffer, -1, 8)).hasMessageContaining("beyond");
        assertThatThrownBy(() -> writer.wrap(buffer, 1, buffer.capacity()))
                .hasMessageContaining("beyond");
        ByteBuffer limited = buffer.duplicate().order(ByteOrder.nativeOrder()).limit(64);
        assertThatThrownBy(() -> writer.wrap(limited, 0, 65)).hasMessageContaining("beyond");
    }

    private static ByteOrder foreign() {
        return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN
                ? ByteOrder.BIG_ENDIAN
                : ByteOrder.LITTLE_ENDIAN;
    }

    private static byte[] bigEndian(long value, int bytes) {
        byte[] all = ByteBuffer.allocate(8).putLong(value).array();
        return java.util.Arrays.copyOfRange(all, 8 - bytes, 8);
    }

    /** Not zeros, so that padding that is not written shows. */
    private void fill() {
        for (int i = 0; i < buffer.capacity(); i++) {
            buffer.put(i, (byte) 0xa5);
        }
    }

    private void filled(MessageWriter w) {
        fill();
        w.wrap(buffer, 0, buffer.capacity());
    }

    private byte[] written() {
        byte[] bytes = new byte[writer.written()];
        buffer.get(0, bytes);
        // The last message's padding counts as written, and not as part of it.
        return bytes;
    }
}
