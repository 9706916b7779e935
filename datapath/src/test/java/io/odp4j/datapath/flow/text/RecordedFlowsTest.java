package io.odp4j.datapath.flow.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.datapath.flow.ActionAttributes;
import io.odp4j.datapath.flow.KeyAttributes;
import io.odp4j.datapath.netlink.AttributeReader;
import io.odp4j.datapath.netlink.table.Attribute;
import io.odp4j.datapath.netlink.table.AttributeCodec;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.AttributeTable;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Debian's ovs-dpctl printed of a real kernel's flows, and whether all is covered by it. */
class RecordedFlowsTest {
    private static final List<Corpus.Recorded> ROWS = Corpus.recorded();
    private static final FlowTextOptions MORE =
            FlowTextOptions.MORE.withNames(PortNames.of(Map.of("textdp", 0)));

    static List<Corpus.Recorded> rows() {
        return ROWS;
    }

    @ParameterizedTest
    @MethodSource("rows")
    void shouldPrintAsOvsDpctlPrinted(Corpus.Recorded row) {
        assertThat(FlowFormatterTest.format(FlowTextOptions.PLAIN, row.key(), row.mask()))
                .isEqualTo(row.briefKey());
        assertThat(FlowFormatterTest.format(MORE, row.key(), row.mask()))
                .isEqualTo(row.verboseKey());
        assertThat(ActionFormatterTest.format(FlowTextOptions.PLAIN, row.actions()))
                .isEqualTo(row.briefActions());
        assertThat(ActionFormatterTest.format(MORE, row.actions())).isEqualTo(row.verboseActions());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void shouldReadBackWhatOvsDpctlPrinted(Corpus.Recorded row) {
        PortNames names = MORE.names();
        FlowParser.Flow flow = new FlowParser(names).parse(row.verboseKey());
        assertThat(new FlowFormatter(MORE).format(flow.key(), flow.mask()))
                .isEqualTo(row.verboseKey());
        AttributeList actions = new ActionParser(names).parse(row.verboseActions());
        assertThat(new ActionFormatter(MORE).format(actions)).isEqualTo(row.verboseActions());
    }

    @Test
    void shouldCoverEveryFieldAndAction() {
        Set<String> seen = new TreeSet<>();
        for (Corpus.Key row : Corpus.keys()) {
            collect(KeyAttributes.TABLE, row.key(), seen);
        }
        for (Corpus.Actions row : Corpus.actions()) {
            collect(ActionAttributes.TABLE, row.actions(), seen);
        }
        for (Corpus.Recorded row : ROWS) {
            collect(KeyAttributes.TABLE, row.key(), seen);
            collect(ActionAttributes.TABLE, row.actions(), seen);
        }
        Set<String> missing = new TreeSet<>();
        for (AttributeTable table :
                List.of(KeyAttributes.TABLE, ActionAttributes.TABLE, ActionAttributes.CT_TABLE)) {
            for (AttributeSpec spec : table.specs()) {
                missing.add(table.name() + "." + spec.fieldName());
            }
        }
        missing.removeAll(seen);
        // Newer than Open vSwitch 3.1, or not in its text: ActionParserTest has these.
        assertThat(missing)
                .containsExactly(
                        "ovs_action.dec_ttl",
                        "ovs_action.drop",
                        "ovs_action.psample",
                        "ovs_ct.eventmask");
    }

    private static void collect(AttributeTable table, String hex, Set<String> seen) {
        ByteBuffer bytes = Corpus.bytes(hex);
        collect(
                AttributeCodec.decode(table, new AttributeReader().wrap(bytes, 0, bytes.limit())),
                seen);
    }

    private static void collect(AttributeList list, Set<String> seen) {
        for (Attribute attribute : list) {
            seen.add(list.table().name() + "." + attribute.fieldName());
            if (attribute.value() instanceof AttributeList nested) {
                collect(nested, seen);
            }
        }
    }
}
