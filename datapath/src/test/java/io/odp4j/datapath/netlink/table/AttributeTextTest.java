package io.odp4j.datapath.netlink.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.odp4j.datapath.netlink.Wire;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Text and JSON of attributes of every type. */
class AttributeTextTest {
    private static final JsonFactory JSON = new JsonFactory();

    @Provide
    Arbitrary<AttributeTable> tables() {
        return Arbitraries.of(KnownTables.withNested());
    }

    @Property(tries = 1000)
    void shouldSayAnythingInOneLineAndInValidJson(
            @ForAll("tables") AttributeTable table, @ForAll long seed) throws IOException {
        AttributeList list = new RandomAttributes(seed).list(table);
        assertThat(list.toString().chars()).noneMatch(Character::isISOControl);
        try (JsonParser parser = JSON.createParser(json(list))) {
            int tokens = 0;
            while (parser.nextToken() != null) {
                tokens++;
            }
            assertThat(tokens).isGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void shouldSayEveryTypeInItsForm() throws IOException {
        says(AttributeType.FLAG, true, "an_flag", "true");
        says(AttributeType.U8, 200, "an_u8=200", "200");
        says(AttributeType.U64, -1L, "an_u64=18446744073709551615", "18446744073709551615");
        says(AttributeType.S64, -1L, "an_s64=-1", "-1");
        says(AttributeType.UINT, -1L, "an_uint=18446744073709551615", "18446744073709551615");
        says(AttributeType.SINT, -1L, "an_sint=-1", "-1");
        says(AttributeType.BE64, -1L, "an_be64=18446744073709551615", "18446744073709551615");
        says(AttributeType.BE32, 0xffffffffL, "an_be32=4294967295", "4294967295");
        says(AttributeType.STRING, "a\"b\n", "an_string=a\"b\\u000a", "\"a\\\"b\\n\"");
        says(AttributeType.BINARY, new byte[] {1, -1}, "an_binary=01ff", "\"01ff\"");
        says(
                AttributeType.BITFIELD32,
                Wire.join(Wire.u16(1), new byte[6]),
                "an_bitfield32=" + "0100000000000000",
                "\"0100000000000000\"");
        says(
                AttributeType.U32_ARRAY,
                Wire.join(Wire.u32(5), Wire.u32(-1)),
                "an_u32_array=[5,4294967295]",
                "[5,4294967295]");
        says(
                AttributeType.U64_ARRAY,
                Wire.join(Wire.u64(5), Wire.u64(-1)),
                "an_u64_array=[5,18446744073709551615]",
                "[5,18446744073709551615]");
        AttributeTable records = AllTypes.spec(AttributeType.RECORDS).nested().get();
        says(
                AttributeType.RECORDS,
                List.of(new AttributeList(records).header("colour", 2)),
                "an_records({header(colour=blue)})",
                "[{\"header\":{\"colour\":\"blue\"}}]");
        StructValue point = StructValue.zero(AllTypes.STRUCT).with("x", 1).with("z", -3);
        says(
                AttributeType.STRUCT,
                point,
                "an_struct(x=1,y=0,z=-3,mac=00:00:00:00:00:00)",
                "{\"x\":1,\"y\":0,\"z\":-3,\"mac\":\"00:00:00:00:00:00\"}");
        says(
                AttributeType.STRUCT_ARRAY,
                List.of(point, point),
                "an_struct_array({x=1,y=0,z=-3,mac=00:00:00:00:00:00},"
                        + "{x=1,y=0,z=-3,mac=00:00:00:00:00:00})",
                "[{\"x\":1,\"y\":0,\"z\":-3,\"mac\":\"00:00:00:00:00:00\"},"
                        + "{\"x\":1,\"y\":0,\"z\":-3,\"mac\":\"00:00:00:00:00:00\"}]");
        AttributeList inner =
                new AttributeList(AllTypes.TABLE).put(AllTypes.spec(AttributeType.U8), 7);
        says(AttributeType.NESTED, inner, "an_nested(an_u8=7)", "{\"an_u8\":7}");
        AttributeTable points = AllTypes.spec(AttributeType.INDEXED).nested().get();
        says(
                AttributeType.INDEXED,
                new AttributeList(points).putElement(1, point),
                "an_indexed(point(x=1,y=0,z=-3,mac=00:00:00:00:00:00))",
                "[{\"x\":1,\"y\":0,\"z\":-3,\"mac\":\"00:00:00:00:00:00\"}]");
    }

    @Test
    void shouldNameValuesAndKeepTheOrderOfBits() {
        AttributeList list =
                new AttributeList(AllTypes.TABLE)
                        .put(AllTypes.TABLE.spec(60), 2)
                        .put(AllTypes.TABLE.spec(60), 9)
                        .put(AllTypes.TABLE.spec(61), 0x85)
                        .put(AllTypes.TABLE.spec(61), 0);
        assertThat(list).hasToString("colour=blue,colour=9,bits=four|one|0x80,bits=0");
        assertThat(AllTypes.BITS.names().values()).containsExactly("four", "one", "two");
        assertThat(AllTypes.NAMES.valueOf("RED")).hasValue(1);
        assertThat(AllTypes.NAMES.valueOf("green")).isEmpty();
    }

    @Test
    void shouldGatherARepeatedAttributeInAnArray() throws IOException {
        AttributeList list =
                new AttributeList(AllTypes.TABLE)
                        .put(AllTypes.spec(AttributeType.U8), 1)
                        .put(AllTypes.spec(AttributeType.FLAG), true)
                        .put(AllTypes.spec(AttributeType.U8), 2)
                        .add(new Attribute(null, 41, 0, new byte[] {10}));
        assertThat(json(list)).isEqualTo("{\"an_u8\":[1,2],\"an_flag\":true,\"attr41\":\"0a\"}");
    }

    @Test
    void shouldShowAddressesAndHexadecimalNumbers() {
        assertThat(Display.HEX.number(-1, AttributeType.S32)).isEqualTo("0xffffffff");
        assertThat(Display.HEX.number(-1, AttributeType.BE64)).isEqualTo("0xffffffffffffffff");
        assertThat(Display.IPV4.number(0x0a000001, AttributeType.BE32)).isEqualTo("10.0.0.1");
        assertThat(Display.IP.bytes(new byte[] {10, 0, 0, 2})).isEqualTo("10.0.0.2");
        assertThat(Display.IP.bytes(new byte[16])).isEqualTo("::");
        assertThat(Display.IP.bytes(new byte[3])).isEqualTo("000000");
        assertThat(Display.MAC.bytes(new byte[] {1, 2, 3, 4, 5, -1}))
                .isEqualTo("01:02:03:04:05:ff");
        assertThat(Display.MAC.bytes(new byte[5])).isEqualTo("0000000000");
        byte[] uuid = new byte[16];
        uuid[0] = 0x12;
        uuid[15] = 0x34;
        assertThat(Display.UUID.bytes(uuid)).isEqualTo("12000000-0000-0000-0000-000000000034");
        assertThat(Display.UUID.bytes(new byte[4])).isEqualTo("00000000");
    }

    /** Neither in text, nor in JSON, nor in a log or an exception. */
    @Property(tries = 200)
    void shouldNeverShowASecret(@ForAll long seed) throws IOException {
        for (Map.Entry<AttributeType, AttributeSpec> secret : AllTypes.secrets().entrySet()) {
            AttributeSpec spec = secret.getValue();
            if (spec.type() == AttributeType.PAD || spec.type() == AttributeType.FLAG) {
                continue;
            }
            Object value = secretOf(spec, seed);
            AttributeList list = new AttributeList(AllTypes.SECRET_TABLE).put(spec, value);
            Attribute attribute = list.iterator().next();
            String shown = list + " " + json(list) + " " + attribute;
            assertThat(shown).contains("not shown)").doesNotContain("123", "31323", "7b", "7d");
        }
        AttributeList list = new AttributeList(AllTypes.SECRET_TABLE);
        AttributeSpec u8 = AllTypes.secrets().get(AttributeType.U8);
        assertThatThrownBy(() -> list.put(u8, 123456)).hasMessageNotContaining("123456");
        assertThatThrownBy(() -> list.put(u8, "123456")).hasMessageNotContaining("123456");
    }

    @Test
    void shouldNotShowASecretFieldOfAStructure() {
        StructLayout layout =
                StructLayout.struct("key")
                        .number("id", AttributeType.U32)
                        .bytes("key", 4, Display.SECRET)
                        .number("salt", AttributeType.U32, Display.SECRET)
                        .build();
        StructValue value =
                StructValue.zero(layout)
                        .with("id", 5)
                        .with("key", new byte[] {77, 77, 77, 77})
                        .with("salt", 77);
        assertThat(value).hasToString("id=5,key=(4 bytes not shown),salt=(not shown)");
    }

    private static Object secretOf(AttributeSpec spec, long seed) {
        return switch (spec.type()) {
            case STRING -> "123" + Math.abs(seed % 1000);
            case BINARY, BITFIELD32, U32_ARRAY, U64_ARRAY -> "12312312".getBytes();
            default -> 123L;
        };
    }

    private static void says(AttributeType type, Object value, String text, String json)
            throws IOException {
        AttributeList list = new AttributeList(AllTypes.TABLE).put(AllTypes.spec(type), value);
        assertThat(list).hasToString(text);
        String name = AllTypes.spec(type).fieldName();
        assertThat(json(list)).isEqualTo("{\"" + name + "\":" + json + "}");
    }

    static String json(AttributeList list) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = JSON.createGenerator(text)) {
            AttributeJson.write(list, generator);
        }
        return text.toString();
    }
}
