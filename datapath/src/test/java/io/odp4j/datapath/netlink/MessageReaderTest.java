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

/** Messages as they must not be. */
class MessageReaderTest {

    @Property
    void shouldRefuseEveryLengthThatDoesNotFit(@ForAll int length) {
        byte[] bytes = Wire.liar(length, 0x10, 0, 1, new byte[24]);
        if (length < 16 || length > 40) {
            refuses(bytes, 0);
        } else {
            MessageReader reader = Wire.read(bytes);
            assertThat(reader.length()).isEqualTo(length);
        }
    }

    @Test
    void shouldRefuseALengthOfZeroAndNotStandStill() {
        refuses(Wire.liar(0, 0x10, 0, 1), 0);
    }

    @Test
    void shouldSayAtWhichByteTheSecondMessageIsCut() {
        byte[] first = Wire.message(0x10, 0, 1, 0, new byte[4]);
        byte[] cut = Wire.liar(21, 0x10, 0, 2, new byte[4]);
        MessageReader reader = new MessageReader().wrap(Wire.direct(Wire.join(first, cut)), 0, 40);
        assertThat(reader.next()).isTrue();
        assertThatThrownBy(reader::next)
                .isInstanceOf(NetlinkFormatException.class)
                .hasMessage("message length 21 is not within 16 to 20 at byte 20");
    }

    @Test
    void shouldRefuseARestTooShortForAHeader() {
        refuses(new byte[15], 0);
        refuses(Wire.join(Wire.message(0x10, 0, 1, 0), new byte[1]), 16);
    }

    @Test
    void shouldAcceptALastMessageWithoutPadding() {
        MessageReader reader = Wire.read(Wire.message(0x10, 0, 1, 0, new byte[] {1}));
        assertThat(reader.length()).isEqualTo(17);
        assertThat(reader.next()).isFalse();
    }

    @Test
    void shouldRefuseWhatLiesBeyondTheBufferOrItsLimit() {
        ByteBuffer buffer = Wire.direct(new byte[64]);
        for (int[] run : new int[][] {{0, 65}, {64, 1}, {65, 0}, {-1, 4}, {4, -1}, {60, 1 << 30}}) {
            assertThatThrownBy(() -> new MessageReader().wrap(buffer, run[0], run[1]))
                    .isInstanceOf(NetlinkFormatException.class);
            assertThatThrownBy(() -> new AttributeReader().wrap(buffer, run[0], run[1]))
                    .isInstanceOf(NetlinkFormatException.class);
        }
        buffer.limit(32);
        assertThatThrownBy(() -> new MessageReader().wrap(buffer, 0, 33))
                .isInstanceOf(NetlinkFormatException.class);
    }

    @Test
    void shouldRefuseABufferOfTheOtherByteOrder() {
        ByteBuffer foreign = ByteBuffer.allocate(16);
        foreign.order(
                ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN
                        ? ByteOrder.BIG_ENDIAN
                        : ByteOrder.LITTLE_ENDIAN);
        assertThatThrownBy(() -> new MessageReader().wrap(foreign, 0, 16))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AttributeReader().wrap(foreign, 0, 16))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldRefuseHeadersThatTheMessageIsTooShortFor() {
        MessageReader reader = Wire.read(Wire.message(0x10, 0, 1, 0, new byte[3]));
        assertThatThrownBy(reader::command).isInstanceOf(NetlinkFormatException.class);
        assertThatThrownBy(() -> reader.intAt(16)).isInstanceOf(NetlinkFormatException.class);
        assertThatThrownBy(() -> reader.attributes(new AttributeReader(), 20))
                .isInstanceOf(NetlinkFormatException.class)
                .hasMessage("message of 19 bytes, at least 20 needed at byte 0");
    }

    /**
     * Nothing but a format exception, and never more steps than there are headers' worth of bytes.
     */
    @Property(tries = 3000)
    void shouldSurviveRandomBytes(@ForAll @Size(max = 400) byte[] bytes) {
        walk(Wire.direct(bytes), bytes.length);
    }

    @Property(tries = 3000)
    void shouldSurviveMutatedMessages(
            @ForAll @IntRange(max = 119) int at,
            @ForAll byte value,
            @ForAll @IntRange(max = 120) int cut) {
        byte[] bytes =
                Wire.join(
                        Wire.message(
                                0x10,
                                0,
                                1,
                                0,
                                Wire.generic(1, 1),
                                Wire.u32(1),
                                Wire.attr(
                                        0x8001,
                                        Wire.attr(2, Wire.u32(3)),
                                        Wire.attr(3, Wire.u64(9))),
                                Wire.attr(4, Wire.zeroEnded("abcdef"))),
                        Wire.message(
                                2,
                                0x200,
                                1,
                                0,
                                Wire.u32(-22),
                                new byte[16],
                                Wire.attr(2, Wire.u32(4))));
        bytes = java.util.Arrays.copyOf(bytes, 120);
        bytes[at] = value;
        walk(Wire.direct(java.util.Arrays.copyOf(bytes, cut)), cut);
    }

    /** Reads all that a user of the readers could, and counts the steps. */
    static void walk(ByteBuffer buffer, int length) {
        int steps = 0;
        try {
            MessageReader reader = new MessageReader().wrap(buffer, 0, length);
            while (reader.next()) {
                steps++;
                if (reader.type() == MessageHeader.ERROR || reader.type() == MessageHeader.DONE) {
                    ErrorMessage.errno(reader);
                    ErrorMessage.extendedAck(reader).describe();
                }
                steps += walk(reader.attributes(new AttributeReader(), 20), 0);
            }
        } catch (NetlinkFormatException e) {
            assertThat(e.offset()).isBetween(0, length);
        }
        assertThat(steps).isLessThanOrEqualTo(33 * (length / 4 + 1));
    }

    private static int walk(AttributeReader attributes, int depth) {
        int steps = 0;
        while (attributes.next()) {
            steps++;
            assertThat(attributes.offset() + attributes.length())
                    .isLessThanOrEqualTo(attributes.buffer().limit());
            attributes.string();
            attributes.bytes();
            if (depth < 32 && (attributes.flags() & AttributeHeader.NESTED) != 0) {
                steps += walk(new AttributeReader().wrapNested(attributes), depth + 1);
            }
        }
        return steps;
    }

    private static void refuses(byte[] bytes, int offset) {
        MessageReader reader = new MessageReader().wrap(Wire.direct(bytes), 0, bytes.length);
        assertThatThrownBy(
                        () -> {
                            while (reader.next()) {
                                assertThat(reader.length()).isPositive();
                            }
                        })
                .isInstanceOfSatisfying(
                        NetlinkFormatException.class,
                        e -> assertThat(e.offset()).isEqualTo(offset));
    }
}
