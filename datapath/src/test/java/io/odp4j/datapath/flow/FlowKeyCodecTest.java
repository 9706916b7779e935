package io.odp4j.datapath.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.odp4j.datapath.netlink.MessageOverflowException;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.netlink.NetlinkFormatException;
import io.odp4j.datapath.netlink.table.AttributeList;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class FlowKeyCodecTest {
    @Test
    void shouldUseTheNumbersOfTheTables() throws ReflectiveOperationException {
        for (var field : AttributeBits.class.getDeclaredFields()) {
            String name = field.getName();
            if (!Modifier.isStatic(field.getModifiers()) || field.getType() != int.class) {
                continue;
            }
            if (KeyAttributes.TABLE.spec(name).isPresent()) {
                assertThat(field.getInt(null))
                        .as(name)
                        .isEqualTo(KeyAttributes.TABLE.spec(name).get().number());
            } else if (name.startsWith("TUN_")) {
                assertThat(field.getInt(null))
                        .as(name)
                        .isEqualTo(
                                TunnelAttributes.TABLE
                                        .spec(name.substring(4))
                                        .orElseThrow()
                                        .number());
            } else if (name.startsWith("NSH_")) {
                assertThat(field.getInt(null))
                        .as(name)
                        .isEqualTo(
                                NshAttributes.TABLE.spec(name.substring(4)).orElseThrow().number());
            }
        }
    }

    @Test
    void shouldHaveAWordConstantWhereTheFieldLies() {
        assertThat(AttributeBits.W_TP).isEqualTo(FlowField.TP_SRC.word());
        assertThat(AttributeBits.W_ND_RESERVED).isEqualTo(FlowField.PACKET_TYPE.word());
        assertThat(AttributeBits.W_TUN_TP).isEqualTo(FlowField.TUN_FLAGS.word());
        assertThat(AttributeBits.W_TUN_GBP).isEqualTo(FlowField.TUN_OPTS_LEN.word());
        assertThat(FlowKey.TUN_OPTS_WORD).isEqualTo(FlowField.TUN_OPTS.word());
    }

    @Property(tries = 3000)
    void shouldDecodeEveryFieldAsTheTablesDo(@ForAll long seed) {
        RandomKeys keys = new RandomKeys(seed);
        AttributeList list = keys.shuffled(keys.key());
        byte[] bytes = RandomKeys.bytes(list);

        FlowKey key = new FlowKey();
        FlowKeyDecoder.decodeKey(RandomKeys.direct(bytes), 0, bytes.length, key);
        assertThat(fields(key)).isEqualTo(fields(TableFlowKey.key(list)));
        assertThat(key.carriesUnknown()).isFalse();

        FlowMask mask = new FlowMask();
        FlowKeyDecoder.decodeMask(RandomKeys.direct(bytes), 0, bytes.length, mask);
        FlowKey expected = TableFlowKey.fields(list);
        boolean exact = (expected.inPort() & 0xffff) != 0;
        expected.set(FlowField.IN_PORT, exact ? 0xffff_ffffL : 0);
        assertThat(fields(mask.bits())).isEqualTo(fields(expected));
    }

    @Property(tries = 3000)
    void shouldWriteAKeyBackByteForByte(@ForAll long seed) {
        byte[] bytes = RandomKeys.bytes(new RandomKeys(seed).key());
        FlowKey key = RandomKeys.flowKey(bytes);
        assertThat(RandomKeys.encoded(key)).as("%s", RandomKeys.decode(bytes)).isEqualTo(bytes);
        assertThat(FlowKeyEncoder.keyLength(key)).isEqualTo(bytes.length);
        assertThat(bytes.length).isLessThanOrEqualTo(FlowKeyEncoder.MAX_LENGTH);
    }

    @Property(tries = 500)
    void shouldDecodeTheSameAtAnyOffsetAndAfterAnyOtherKey(@ForAll long seed) {
        RandomKeys keys = new RandomKeys(seed);
        byte[] bytes = RandomKeys.bytes(keys.key());
        FlowKey used = RandomKeys.flowKey(RandomKeys.bytes(keys.key()));
        int offset = keys.random().nextInt(64);
        ByteBuffer buffer = RandomKeys.buffer(offset + bytes.length).put(offset, bytes);
        FlowKeyDecoder.decodeKey(buffer, offset, bytes.length, used);
        assertThat(used).isEqualTo(RandomKeys.flowKey(bytes));
    }

    @Property(tries = 500)
    void shouldWriteNothingWhereThereIsNoRoom(@ForAll long seed) {
        RandomKeys keys = new RandomKeys(seed);
        FlowKey key = RandomKeys.flowKey(RandomKeys.bytes(keys.key()));
        int length = FlowKeyEncoder.keyLength(key);
        ByteBuffer buffer = RandomKeys.buffer(length + 4);
        MessageWriter writer = new MessageWriter().wrap(buffer, 4, length);
        FlowKeyEncoder.encodeKey(key, writer);
        assertThat(writer.remaining()).isZero();
        if (length > 0) {
            byte[] untouched = new byte[length + 4];
            buffer.put(0, untouched);
            writer.wrap(buffer, 4, length - 4);
            assertThatThrownBy(() -> FlowKeyEncoder.encodeKey(key, writer))
                    .isInstanceOf(MessageOverflowException.class);
            byte[] now = new byte[untouched.length];
            buffer.get(0, now);
            assertThat(now).isEqualTo(untouched);
        }
    }

    @Property(tries = 20_000)
    void shouldThrowNothingButFormatExceptionsForHostileBytes(@ForAll long seed) {
        RandomKeys keys = new RandomKeys(seed);
        Random random = keys.random();
        byte[] bytes = RandomKeys.bytes(keys.key());
        if (random.nextInt(4) == 0) {
            random.nextBytes(bytes);
        }
        for (int i = random.nextInt(6); i > 0 && bytes.length > 0; i--) {
            int at = random.nextInt(bytes.length);
            bytes[at] = (byte) (random.nextBoolean() ? random.nextInt(40) : random.nextInt());
        }
        int length = random.nextBoolean() ? bytes.length : random.nextInt(bytes.length + 1);
        ByteBuffer buffer = RandomKeys.direct(Arrays.copyOf(bytes, length));
        FlowKey key = new FlowKey();
        FlowMask mask = new FlowMask();
        try {
            FlowKeyDecoder.decodeKey(buffer, 0, length, key);
            FlowKeyDecoder.decodeMask(buffer, 0, length, mask);
            FlowKeyDecoder.decodeRequestMask(buffer, 0, length, mask);
        } catch (NetlinkFormatException e) {
            assertThat(e.offset()).isBetween(0, length);
            return;
        }
        // What was taken can be written, and reads again.
        RandomKeys.flowKey(RandomKeys.encoded(key));
        byte[] written = RandomKeys.encoded(key, mask);
        FlowKeyDecoder.decodeMask(RandomKeys.direct(written), 0, written.length, mask);
    }

    @Test
    void shouldRefuseALengthBeyondTheBuffer() {
        ByteBuffer buffer = RandomKeys.buffer(16);
        FlowKey key = new FlowKey();
        assertThatThrownBy(() -> FlowKeyDecoder.decodeKey(buffer, 8, 12, key))
                .isInstanceOf(NetlinkFormatException.class);
        assertThatThrownBy(() -> FlowKeyDecoder.decodeKey(buffer, 0, -4, key))
                .isInstanceOf(NetlinkFormatException.class);
    }

    @Test
    void shouldRefuseAnAttributeThatStandsTwice() {
        ByteBuffer buffer = RandomKeys.buffer(16);
        MessageWriter writer = new MessageWriter().wrap(buffer, 0, 16);
        writer.putU32(KeyAttributes.IN_PORT.number(), 1).putU32(3, 2);
        assertThatThrownBy(() -> RandomKeys.flowKey(RandomKeys.bytes(writer)))
                .isInstanceOf(NetlinkFormatException.class)
                .hasMessageContaining("twice");
    }

    @Test
    void shouldSayThatThereWasAnAttributeItDoesNotKnow() {
        ByteBuffer buffer = RandomKeys.buffer(64);
        MessageWriter writer = new MessageWriter().wrap(buffer, 0, 64);
        writer.putU32(KeyAttributes.IN_PORT.number(), 7).putU32(41, 2).putU32(41, 3).putU32(0, 1);
        FlowKey key = RandomKeys.flowKey(RandomKeys.bytes(writer));
        assertThat(key.carriesUnknown()).isTrue();
        assertThat(key.inPort()).isEqualTo(7);
        assertThat(RandomKeys.encoded(key)).hasSize(8);
    }

    @Test
    void shouldReadAKeyWithoutAnEthernetTypeAsIeee802() {
        ByteBuffer buffer = RandomKeys.buffer(64);
        MessageWriter writer = new MessageWriter().wrap(buffer, 0, 64);
        writer.putBytes(KeyAttributes.ETHERNET.number(), new byte[12]);
        FlowKey key = RandomKeys.flowKey(RandomKeys.bytes(writer));
        assertThat(key.dlType()).isEqualTo(FlowKey.DL_TYPE_NONE);
        assertThat(key.inPort()).isEqualTo(FlowKey.PORT_NONE);
        assertThat(RandomKeys.encoded(key)).isEqualTo(RandomKeys.bytes(writer));
    }

    private static String fields(FlowKey key) {
        return key.toString();
    }
}
