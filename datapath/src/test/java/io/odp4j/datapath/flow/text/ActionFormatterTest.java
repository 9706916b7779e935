package io.odp4j.datapath.flow.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ActionFormatterTest {
    private static final List<Corpus.Actions> ROWS = Corpus.actions();

    static List<Corpus.Actions> rows() {
        return ROWS;
    }

    static String format(FlowTextOptions options, String actions) {
        StringBuilder out = new StringBuilder();
        ByteBuffer bytes = Corpus.bytes(actions);
        new ActionFormatter(options).format(out, bytes, 0, bytes.limit());
        return out.toString();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void shouldPrintWhatOpenVswitchPrints(Corpus.Actions row) {
        assertThat(format(FlowTextOptions.PLAIN, row.actions())).isEqualTo(row.printed());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "- | drop",
                "0c0008000000000005000000 | hash(l4(5))",
                "0c0008000100000005000000 | hash(sym_l4(5))",
                "0c000900000641408847 0000 |"
                        + " push_mpls(label=100,tc=0,ttl=64,bos=1,eth_type=0x8847)",
                "06000a0008000000 | pop_mpls(eth_type=0x800)",
                "10000e00010203040506070809 0a0b0c |"
                        + " push_eth(src=01:02:03:04:05:06,dst=07:08:09:0a:0b:0c)",
                "04000f00 | pop_eth",
                "1000178 00c000100 0800010001000000 | dec_ttl(le_1(1))",
                "0800178004000100 | dec_ttl(le_1(drop))",
                "14001980 0800010005000000 06000200 0a0b0000 | psample(group=5,cookie=0x0a0b)",
            })
    void shouldPrintWhatOpenVswitchPrintsButDoesNotRead(String actions, String printed) {
        String hex = actions.replace(" ", "");
        assertThat(format(FlowTextOptions.PLAIN, hex)).isEqualTo(printed);
    }

    @Test
    void shouldPrintNamesInsteadOfPortNumbers() {
        FlowTextOptions names = FlowTextOptions.PLAIN.withNames(PortNames.of(Map.of("eth0", 1)));
        assertThat(format(names, "08000100010000000800010002000000")).isEqualTo("eth0,2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0800180002000000 | drop | drop(2)",
                "10000c00 04000100 08000800 87040000 | ct(commit) | ct(commit,eventmask=0x487)",
                "06001b000a0b0000 | bad length 2, expected -1 for: action27(0a 0b) | attr27(0a0b)",
                "18000600 08000100 01000000 0c000200 08000100 01000000 |"
                        + " sample(sample=0.0%,actions(1)) | sample(sample=0.00000002%,actions(1))",
            })
    void shouldLeaveNothingOutOfTheCompleteForm(String actions, String plain, String complete) {
        String hex = actions.replace(" ", "");
        assertThat(format(FlowTextOptions.PLAIN, hex)).isEqualTo(plain);
        assertThat(format(FlowTextOptions.COMPLETE, hex)).isEqualTo(complete);
    }

    @Test
    void shouldPrintNestsDeeperThanTheKernelTakesAsBytes() {
        StringBuilder hex = new StringBuilder();
        for (int depth = 1000; depth > 0; depth--) {
            int length = depth * 4;
            hex.append(String.format("%02x%02x1400", length & 0xff, length >> 8));
        }
        assertThat(format(FlowTextOptions.PLAIN, hex.toString()))
                .startsWith("clone(clone(")
                .contains(" 14 00");
    }

    @Property
    void shouldPrintAnyBytes(@ForAll @Size(max = 300) byte[] bytes) {
        StringBuilder out = new StringBuilder();
        ByteBuffer b = Corpus.bytes(bytes);
        new ActionFormatter(FlowTextOptions.PLAIN).format(out, b, 0, bytes.length);
        new ActionFormatter(FlowTextOptions.COMPLETE).format(out, b, 0, bytes.length);
        assertThat(out).isNotEmpty();
    }

    @Property
    void shouldPrintBrokenActions(
            @ForAll int row, @ForAll int at, @ForAll byte value, @ForAll int end) {
        ByteBuffer whole = Corpus.bytes(ROWS.get(Math.floorMod(row, ROWS.size())).actions());
        if (whole.limit() == 0) {
            return;
        }
        whole.put(Math.floorMod(at, whole.limit()), value);
        ByteBuffer cut =
                Corpus.bytes(FlowFormatterTest.copy(whole, Math.floorMod(end, whole.limit() + 1)));
        StringBuilder out = new StringBuilder();
        for (FlowTextOptions options : List.of(FlowTextOptions.PLAIN, FlowTextOptions.COMPLETE)) {
            new ActionFormatter(options).format(out, whole, 0, whole.limit());
            new ActionFormatter(options).format(out, cut, 0, cut.limit());
        }
        assertThat(out).isNotEmpty();
    }

    @Test
    void shouldPrintAPushNshWithNothingInItWhateverWasPrintedBefore() {
        ActionFormatter formatter = new ActionFormatter(FlowTextOptions.PLAIN);
        StringBuilder out = new StringBuilder();
        // A nest with an attribute in it, far into its buffer.
        ByteBuffer far = ByteBuffer.allocateDirect(512).order(ByteOrder.nativeOrder());
        far.putShort(400, (short) 16).putShort(402, (short) 17);
        far.putShort(404, (short) 12).putShort(406, (short) 1);
        formatter.format(out, far, 400, 16);
        ByteBuffer empty = ByteBuffer.allocateDirect(4).order(ByteOrder.nativeOrder());
        empty.putShort(0, (short) 4).putShort(2, (short) 17);

        out.setLength(0);
        formatter.format(out, empty, 0, 4);

        assertThat(out.toString()).startsWith("push_nsh(").endsWith(")");
    }
}
