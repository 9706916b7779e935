package io.odp4j.datapath.netlink.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.odp4j.datapath.netlink.AttributeHeader;
import io.odp4j.datapath.netlink.AttributeReader;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.netlink.NetlinkFormatException;
import io.odp4j.datapath.netlink.Wire;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Attributes of every type and of every table of the datapath, there and back. */
class AttributeCodecTest {

    @Provide
    Arbitrary<AttributeTable> tables() {
        return Arbitraries.of(KnownTables.withNested());
    }

    @Property(tries = 2000)
    void shouldReadBackWhatItWrote(@ForAll("tables") AttributeTable table, @ForAll long seed) {
        AttributeList list = new RandomAttributes(seed).list(table);
        byte[] bytes = encode(list);
        AttributeList back = decode(table, bytes);
        assertThat(back).isEqualTo(list);
        assertThat(encode(back)).isEqualTo(bytes);
    }

    @Test
    void shouldLayOutEveryTypeAsTheKernelDoes() {
        AttributeList list =
                new AttributeList(AllTypes.TABLE)
                        .put(spec(AttributeType.FLAG), true)
                        .put(spec(AttributeType.U8), 0xfe)
                        .put(spec(AttributeType.U16), 0xfedc)
                        .put(spec(AttributeType.U32), 0xfedcba98L)
                        .put(spec(AttributeType.U64), 0xfedcba9876543210L)
                        .put(spec(AttributeType.S8), -2)
                        .put(spec(AttributeType.S16), -2)
                        .put(spec(AttributeType.S32), -2)
                        .put(spec(AttributeType.S64), -2)
                        .put(spec(AttributeType.BE16), 0x0102)
                        .put(spec(AttributeType.BE32), 0x01020304)
                        .put(spec(AttributeType.BE64), 0x0102030405060708L)
                        .put(spec(AttributeType.UINT), 7)
                        .put(spec(AttributeType.UINT), 1L << 32)
                        .put(spec(AttributeType.UINT), -1L)
                        .put(spec(AttributeType.SINT), -7)
                        .put(spec(AttributeType.SINT), -1L << 32)
                        .put(spec(AttributeType.STRING), "eth0")
                        .put(spec(AttributeType.BINARY), new byte[] {1, 2, 3})
                        .put(spec(AttributeType.U32_ARRAY), Wire.join(Wire.u32(5), Wire.u32(6)))
                        .put(
                                spec(AttributeType.STRUCT),
                                StructValue.zero(AllTypes.STRUCT)
                                        .with("x", 1)
                                        .with("y", 2)
                                        .with("z", -3)
                                        .with("mac", new byte[] {1, 2, 3, 4, 5, 6}))
                        .put(
                                spec(AttributeType.NESTED),
                                new AttributeList(AllTypes.TABLE).put(spec(AttributeType.U8), 1));
        byte[] wire =
                Wire.join(
                        attr(AttributeType.FLAG),
                        attr(AttributeType.U8, 0xfe),
                        attr(AttributeType.U16, Wire.u16(0xfedc)),
                        attr(AttributeType.U32, Wire.u32(0xfedcba98)),
                        attr(AttributeType.U64, Wire.u64(0xfedcba9876543210L)),
                        attr(AttributeType.S8, -2),
                        attr(AttributeType.S16, Wire.u16(-2)),
                        attr(AttributeType.S32, Wire.u32(-2)),
                        attr(AttributeType.S64, Wire.u64(-2)),
                        attr(AttributeType.BE16, 1, 2),
                        attr(AttributeType.BE32, 1, 2, 3, 4),
                        attr(AttributeType.BE64, 1, 2, 3, 4, 5, 6, 7, 8),
                        attr(AttributeType.UINT, Wire.u32(7)),
                        attr(AttributeType.UINT, Wire.u64(1L << 32)),
                        attr(AttributeType.UINT, Wire.u64(-1)),
                        attr(AttributeType.SINT, Wire.u32(-7)),
                        attr(AttributeType.SINT, Wire.u64(-1L << 32)),
                        attr(AttributeType.STRING, Wire.zeroEnded("eth0")),
                        attr(AttributeType.BINARY, 1, 2, 3),
                        attr(AttributeType.U32_ARRAY, Wire.join(Wire.u32(5), Wire.u32(6))),
                        attr(
                                AttributeType.STRUCT,
                                Wire.join(Wire.u32(1), new byte[] {0, 2, 0, -3, 1, 2, 3, 4, 5, 6})),
                        Wire.attr(
                                AttributeHeader.NESTED | number(AttributeType.NESTED),
                                attr(AttributeType.U8, 1)));
        assertThat(encode(list)).isEqualTo(wire);
        assertThat(decode(AllTypes.TABLE, wire)).isEqualTo(list);
    }

    @Test
    void shouldReadANestByTheTableThatALaterAttributeChooses() {
        byte[] red =
                Wire.join(
                        Wire.attr(number(AttributeType.CHOSEN), attr(AttributeType.U8, 7)),
                        Wire.attr(60, new byte[] {1}));
        AttributeList list = decode(AllTypes.TABLE, red);
        assertThat(list).hasToString("an_chosen(an_u8=7),colour=red");
        assertThat(encode(list)).isEqualTo(red);
        red[red.length - 4] = 2;
        assertThat(decode(AllTypes.TABLE, red))
                .hasToString("an_chosen=0500020007000000,colour=blue");
    }

    @Test
    void shouldReadRecordsByTheLengthThatEachStartsWith() {
        AttributeTable table = spec(AttributeType.RECORDS).nested().get();
        byte[] bytes =
                Wire.attr(
                        number(AttributeType.RECORDS),
                        Wire.join(Wire.u16(4), Wire.u16(1)),
                        Wire.join(Wire.u16(12), Wire.u16(2)),
                        Wire.attr(5, new byte[] {10}));
        AttributeList list = decode(AllTypes.TABLE, bytes);
        assertThat(list)
                .hasToString("an_records({header(colour=red)},{header(colour=blue),attr5(0a)})");
        assertThat(encode(list)).isEqualTo(bytes);
        AttributeList red = new AttributeList(table).header("colour", 1);
        AttributeList built = new AttributeList(AllTypes.TABLE);
        built.put(spec(AttributeType.RECORDS), List.of(red));
        assertThat(encode(built))
                .isEqualTo(
                        Wire.attr(
                                number(AttributeType.RECORDS),
                                Wire.join(Wire.u16(4), Wire.u16(1))));
    }

    @Test
    void shouldRefuseARecordThatClaimsTooMuchOrTooLittle() {
        for (int length : new int[] {0, 3, 9, 0xffff}) {
            byte[] bytes =
                    Wire.attr(
                            number(AttributeType.RECORDS),
                            Wire.join(Wire.u16(length), Wire.u16(1), Wire.u32(0)));
            assertThatThrownBy(() -> decode(AllTypes.TABLE, bytes))
                    .isInstanceOfSatisfying(
                            NetlinkFormatException.class, e -> assertThat(e.offset()).isEqualTo(4))
                    .hasMessageContaining("a record of " + length + " bytes, where 8 are left");
        }
    }

    @Test
    void shouldRefuseAHeaderThatIsCutOff() {
        AttributeTable table = spec(AttributeType.RECORDS).nested().get();
        assertThatThrownBy(() -> decode(table, new byte[3]))
                .isInstanceOf(NetlinkFormatException.class)
                .hasMessageContaining("a header of 4 bytes does not fit into 3");
    }

    @Test
    void shouldKeepWhatStandsBehindAStructure() {
        StructLayout via =
                StructLayout.struct("via")
                        .number("family", AttributeType.U16, AllTypes.NAMES)
                        .rest("address", Display.IP)
                        .build();
        StructValue value = StructValue.zero(via).with("family", 2);
        assertThat(value.with("address", new byte[] {10, 0, 0, 1}))
                .hasToString("family=blue,address=10.0.0.1")
                .extracting(StructValue::bytes)
                .isEqualTo(Wire.join(Wire.u16(2), new byte[] {10, 0, 0, 1}));
        assertThat(value.with("address", new byte[16]).with("address", new byte[0]))
                .isEqualTo(value);
    }

    @Test
    void shouldPadARunOfStructuresWhoseSizeIsNoMultipleOfFour() {
        StructValue point = StructValue.zero(AllTypes.STRUCT).with("x", 9);
        AttributeList list =
                new AttributeList(AllTypes.TABLE)
                        .put(spec(AttributeType.STRUCT_ARRAY), List.of(point))
                        .put(spec(AttributeType.U8), 1);
        byte[] bytes = encode(list);
        assertThat(bytes).hasSize(4 + 16 + 8);
        assertThat(decode(AllTypes.TABLE, bytes)).isEqualTo(list);
    }

    @Test
    void shouldKeepWhatItDoesNotKnowAndWriteItBack() {
        byte[] bytes =
                Wire.join(
                        Wire.attr(41 | AttributeHeader.NET_BYTEORDER, new byte[] {10, 11}),
                        Wire.attr(number(AttributeType.U8), new byte[] {1}),
                        Wire.attr(41, new byte[0]),
                        Wire.attr(number(AttributeType.FLAG), Wire.u32(1)));
        AttributeList list = decode(AllTypes.TABLE, bytes);
        assertThat(encode(list)).isEqualTo(bytes);
        assertThat(list).hasSize(4);
        assertThat(list.toString()).isEqualTo("attr41(0a0b),an_u8=1,attr41(),an_flag=01000000");
    }

    @Test
    void shouldSkipPaddingWhereverItStands() {
        byte[] pad = Wire.attr(number(AttributeType.PAD));
        byte[] one = attr(AttributeType.U8, 1);
        assertThat(decode(AllTypes.TABLE, Wire.join(pad, one, pad, pad))).hasSize(1);
    }

    @Test
    void shouldLetTheLastOfARepeatedAttributeWin() {
        AttributeList list =
                decode(
                        AllTypes.TABLE,
                        Wire.join(attr(AttributeType.U8, 1), attr(AttributeType.U8, 2)));
        assertThat(list.number(spec(AttributeType.U8), 0)).isEqualTo(2);
        assertThat(list.number(spec(AttributeType.U16), 77)).isEqualTo(77);
        assertThat(list.string(spec(AttributeType.STRING))).isNull();
        assertThat(list.bytes(spec(AttributeType.BINARY))).isNull();
        assertThat(list.struct(spec(AttributeType.STRUCT))).isNull();
        assertThat(list.list(spec(AttributeType.NESTED))).isNull();
    }

    @Property
    void shouldRefuseAPayloadOfTheWrongSize(
            @ForAll AttributeType type, @ForAll @IntRange(max = 20) int length) {
        byte[] bytes = Wire.attr(number(type), new byte[length]);
        boolean right =
                switch (type) {
                    case UINT, SINT -> length == 4 || length == 8;
                    case U32_ARRAY -> length % 4 == 0;
                    case STRUCT -> length >= AllTypes.STRUCT.size();
                    case STRUCT_ARRAY -> length % AllTypes.STRUCT.size() == 0;
                    case U64_ARRAY -> length % 8 == 0;
                    case NESTED, INDEXED, RECORDS -> length == 0;
                    default -> type.size() <= 0 || length == type.size();
                };
        if (right) {
            decode(AllTypes.TABLE, bytes);
        } else {
            assertThatThrownBy(() -> decode(AllTypes.TABLE, bytes))
                    .isInstanceOf(NetlinkFormatException.class);
        }
    }

    @Test
    void shouldRefuseNestsThatAreTooDeep() {
        byte[] bytes = new byte[0];
        for (int depth = 1; depth <= AttributeCodec.MAX_DEPTH; depth++) {
            bytes = Wire.attr(number(AttributeType.NESTED), bytes);
        }
        decode(AllTypes.TABLE, bytes);
        byte[] deeper = Wire.attr(number(AttributeType.NESTED), bytes);
        assertThatThrownBy(() -> decode(AllTypes.TABLE, deeper))
                .isInstanceOfSatisfying(
                        NetlinkFormatException.class,
                        e -> assertThat(e.offset()).isEqualTo(deeper.length))
                .hasMessageContaining("nest deeper than 32");
    }

    @Property(tries = 3000)
    void shouldSurviveRandomBytes(
            @ForAll("tables") AttributeTable table, @ForAll @Size(max = 200) byte[] bytes) {
        survive(table, bytes);
    }

    @Property(tries = 3000)
    void shouldSurviveMutatedAttributes(
            @ForAll("tables") AttributeTable table, @ForAll long seed, @ForAll byte value) {
        byte[] bytes = encode(new RandomAttributes(seed).list(table));
        if (bytes.length > 0) {
            int at = (int) Long.remainderUnsigned(seed, bytes.length);
            bytes[at] = value;
            survive(table, bytes);
            survive(table, Arrays.copyOf(bytes, at));
        }
    }

    private static void survive(AttributeTable table, byte[] bytes) {
        try {
            AttributeList list = decode(table, bytes);
            assertThat(decode(table, encode(list))).isEqualTo(list);
            list.toString();
        } catch (NetlinkFormatException e) {
            assertThat(e.offset()).isBetween(0, bytes.length);
        }
    }

    @Test
    void shouldRefuseToTakeAWrongValue() {
        AttributeList list = new AttributeList(AllTypes.TABLE);
        AttributeList other = new AttributeList(KnownTables.withNested().get(0));
        StructLayout layout = StructLayout.struct("other").number("x", AttributeType.U8).build();
        refuses(list, AttributeType.U8, 256, "all.an_u8: Long 256 does not fit U8");
        refuses(list, AttributeType.U8, -1, "all.an_u8: Long -1 does not fit U8");
        refuses(list, AttributeType.S8, 128, "all.an_s8: Long 128 does not fit S8");
        refuses(list, AttributeType.U32, 1L << 32, "all.an_u32: Long 4294967296 does not fit U32");
        refuses(list, AttributeType.BE16, 65536, "all.an_be16: Long 65536 does not fit BE16");
        refuses(list, AttributeType.U8, "x", "all.an_u8: U8 needed, not String x");
        refuses(list, AttributeType.STRING, 1, "all.an_string: STRING needed, not Long 1");
        refuses(list, AttributeType.STRING, null, "all.an_string: STRING needed, not null");
        refuses(list, AttributeType.BITFIELD32, new byte[7], "BITFIELD32 needed, not byte[]");
        refuses(list, AttributeType.U32_ARRAY, new byte[7], "U32_ARRAY needed, not byte[]");
        refuses(list, AttributeType.STRUCT, StructValue.zero(layout), "STRUCT needed");
        refuses(list, AttributeType.STRUCT_ARRAY, List.of("x"), "STRUCT_ARRAY needed");
        refuses(list, AttributeType.NESTED, other, "NESTED needed, not AttributeList");
        refuses(list, AttributeType.U64_ARRAY, new byte[4], "U64_ARRAY needed, not byte[]");
        refuses(list, AttributeType.RECORDS, List.of(other), "RECORDS needed");
        refuses(list, AttributeType.CHOSEN, other, "CHOSEN needed, not AttributeList");
        refuses(list, AttributeType.PAD, new byte[4], "PAD needed");
        assertThat(list.isEmpty()).isTrue();
    }

    @Test
    void shouldNotChangeWithTheArrayItWasGiven() {
        byte[] bytes = {1, 2};
        AttributeList list =
                new AttributeList(AllTypes.TABLE).put(spec(AttributeType.BINARY), bytes);
        bytes[0] = 9;
        list.bytes(spec(AttributeType.BINARY))[1] = 9;
        assertThat(list.bytes(spec(AttributeType.BINARY))).containsExactly(1, 2);
    }

    private static void refuses(
            AttributeList list, AttributeType type, Object value, String message) {
        assertThatThrownBy(() -> list.put(spec(type), value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    private static AttributeSpec spec(AttributeType type) {
        return AllTypes.spec(type);
    }

    private static int number(AttributeType type) {
        return spec(type).number();
    }

    private static byte[] attr(AttributeType type, byte[] payload) {
        return Wire.attr(number(type), payload);
    }

    private static byte[] attr(AttributeType type, int... payload) {
        byte[] bytes = new byte[payload.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) payload[i];
        }
        return Wire.attr(number(type), bytes);
    }

    static byte[] encode(AttributeList list) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 18).order(ByteOrder.nativeOrder());
        MessageWriter writer = new MessageWriter().wrap(buffer, 0, buffer.capacity());
        AttributeCodec.encode(list, writer);
        byte[] bytes = new byte[writer.written()];
        buffer.get(0, bytes);
        return bytes;
    }

    static AttributeList decode(AttributeTable table, byte[] bytes) {
        return AttributeCodec.decode(
                table, new AttributeReader().wrap(Wire.direct(bytes), 0, bytes.length));
    }
}
