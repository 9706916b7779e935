package io.odp4j.datapath.netlink.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Declarations: what a table refuses, and what all that there are keep to. */
class AttributeTableTest {

    @Test
    void shouldRefuseANumberThatIsTakenOrImpossible() {
        AttributeTable.Builder table = AttributeTable.named("t", "T_");
        table.add(1, "A", AttributeType.U8, "One.");
        assertThatThrownBy(() -> table.add(1, "B", AttributeType.U8, "Two."))
                .hasMessage("t has 1 twice: A, B");
        assertThatThrownBy(() -> table.add(0x4000, "B", AttributeType.U8, "Two."))
                .hasMessage("t.B: 16384");
        assertThatThrownBy(() -> table.add(-1, "B", AttributeType.U8, "Two."))
                .hasMessage("t.B: -1");
    }

    @Test
    void shouldFindAttributesByNumberAndName() {
        assertThat(AllTypes.TABLE.spec("an_u8")).contains(AllTypes.spec(AttributeType.U8));
        assertThat(AllTypes.TABLE.spec("nothing")).isEmpty();
        assertThat(AllTypes.TABLE.spec(9999)).isNull();
    }

    @Test
    void shouldNotChangeAfterItIsBuilt() {
        AttributeTable.Builder builder = AttributeTable.named("t", "T_");
        builder.add(1, "A", AttributeType.U8, "One.");
        AttributeTable table = builder.build();
        builder.add(2, "B", AttributeType.U8, "Two.");
        assertThat(table.spec(2)).isNull();
        assertThatThrownBy(() -> table.specs().clear())
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void shouldDeclareEveryAttributeCompletely() {
        for (AttributeTable table : KnownTables.withNested()) {
            Set<String> names = new HashSet<>();
            for (AttributeSpec spec : table.specs()) {
                assertThat(names.add(spec.name())).as(table.name() + "." + spec.name()).isTrue();
                assertThat(spec.doc()).endsWith(".");
                boolean nest = spec.type().isNest();
                assertThat(spec.choice() != null).isEqualTo(spec.type() == AttributeType.CHOSEN);
                assertThat(spec.nested() != null).isEqualTo(nest);
                boolean struct =
                        spec.type() == AttributeType.STRUCT
                                || spec.type() == AttributeType.STRUCT_ARRAY;
                assertThat(spec.struct() != null).isEqualTo(struct);
            }
        }
    }

    @Test
    void shouldReadAndWriteFieldsOfAStructure() {
        StructValue point = StructValue.zero(AllTypes.STRUCT).with("y", 0x1234).with("z", -1);
        assertThat(point.bytes()).startsWith(0, 0, 0, 0, 0x12, 0x34, 0, -1);
        assertThat(point.number("y")).isEqualTo(0x1234);
        assertThat(point.number("z")).isEqualTo(-1);
        assertThat(point).isEqualTo(new StructValue(AllTypes.STRUCT, point.bytes()));
        assertThatThrownBy(() -> point.with("y", 65536)).hasMessageContaining("does not fit BE16");
        assertThatThrownBy(() -> point.with("mac", new byte[5])).hasMessageContaining("6 bytes");
        assertThatThrownBy(() -> point.with("mac", 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> point.number("w")).hasMessage("point has no field w");
        assertThatThrownBy(() -> new StructValue(AllTypes.STRUCT, new byte[13]))
                .hasMessageContaining("14 bytes, not 13");
        assertThatThrownBy(() -> StructLayout.struct("s").number("x", AttributeType.STRING))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
