package io.odp4j.datapath.family;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.datapath.netlink.family.FamilySpec;
import io.odp4j.datapath.netlink.family.OperationSpec;
import io.odp4j.datapath.netlink.table.AttributeTable;
import io.odp4j.datapath.netlink.table.TableReference;
import io.odp4j.datapath.rtnetlink.link.FreeBsdLinkAttributes;
import io.odp4j.datapath.rtnetlink.route.FreeBsdRouteAttributes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
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
            structures are those of the kernel's interface headers (`linux/rtnetlink.h`, `linux/if_link.h`,
            `linux/openvswitch.h` and so on), and tests hold them against these. Numbers are in host byte
            order unless the type says `be`. In JSON an attribute that the table does not know stands as
            `attrN` with its bytes in hexadecimal; in text as `attrN(hex)`.

            Where FreeBSD's rtnetlink(4) differs there are tables of its own, `freebsd_*`; only Linux is run.
            FreeBSD has no multicast group for neighbours.
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
        for (FamilySpec family : KnownFamilies.all()) {
            text.append("\n## ").append(family.isGeneric() ? "Family " : "rtnetlink ");
            text.append(family.name()).append('\n').append(family.doc());
            if (!family.groups().isEmpty()) {
                text.append(" Multicast groups: ");
                text.append(String.join(", ", new TreeSet<>(family.groups().keySet()))).append('.');
            }
            text.append("\n\n| operation | number | answer | how | attributes | meaning |\n");
            text.append("|---|---|---|---|---|---|\n");
            family.operations().forEach(o -> text.append(operation(o)));
        }
        text.append("\n## Attribute sets\n");
        List<AttributeTable> roots = new ArrayList<>();
        for (FamilySpec family : KnownFamilies.all()) {
            family.operations().stream().map(OperationSpec::table).distinct().forEach(roots::add);
        }
        roots.add(FreeBsdLinkAttributes.TABLE);
        roots.add(FreeBsdRouteAttributes.TABLE);
        for (AttributeTable table : TableReference.withNested(roots)) {
            text.append('\n').append(TableReference.section(table));
        }
        return text.toString();
    }

    private static String operation(OperationSpec o) {
        String uses =
                o.uses().stream()
                        .map(u -> u.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", "));
        String table = o.table().name();
        return "| %s | %d | %d | %s | [%s](#%s) | %s |\n"
                .formatted(o.name(), o.request(), o.reply(), uses, table, table, o.doc());
    }
}
