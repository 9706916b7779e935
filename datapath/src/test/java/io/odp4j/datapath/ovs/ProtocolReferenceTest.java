package io.odp4j.datapath.ovs;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.datapath.netlink.table.AttributeTable;
import io.odp4j.datapath.netlink.table.TableReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * docs/protocol.md is what the tables say; {@code mvn -pl datapath test
 * -Dtest=ProtocolReferenceTest -Dprotocol.write=true} writes it anew.
 */
class ProtocolReferenceTest {
    private static final String HEAD =
            """
            # Protocol reference

            Written from the attribute tables of the module `datapath`: do not edit. Numbers, types and
            structures are those of `linux/openvswitch.h`. Numbers are in host byte order unless the type
            says `be`. In JSON an attribute that the table does not know stands as `attrN` with its bytes in
            hexadecimal; in text as `attrN(hex)`.

            Every message of these families has `struct ovs_header` behind the generic-netlink header: the
            datapath's interface index, 4 bytes.
            """;

    @Test
    void shouldBeWhatTheTablesSay() throws Exception {
        Path file = Path.of(System.getProperty("odp4j.home"), "docs", "protocol.md");
        String expected = reference();
        if (Boolean.getBoolean("protocol.write")) {
            Files.writeString(file, expected);
        }
        assertThat(file).content().isEqualTo(expected);
    }

    private static String reference() {
        StringBuilder text = new StringBuilder(HEAD);
        for (OvsTables family : OvsTables.values()) {
            text.append("\n## Family ").append(family.family()).append('\n').append(family.doc());
            text.append(" Commands: ").append(String.join(", ", family.commands()));
            text.append(". Attributes: [").append(family.table().name()).append("](#");
            text.append(family.table().name()).append(").\n");
        }
        text.append("\n## Attribute sets\n");
        List<AttributeTable> roots =
                Arrays.stream(OvsTables.values()).map(OvsTables::table).toList();
        for (AttributeTable table : TableReference.withNested(roots)) {
            text.append('\n').append(TableReference.section(table));
        }
        return text.toString();
    }
}
