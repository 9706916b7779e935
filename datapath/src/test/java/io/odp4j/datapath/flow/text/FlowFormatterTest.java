package io.odp4j.datapath.flow.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FlowFormatterTest {
    static java.util.List<Corpus.Key> keys() {
        return Corpus.keys();
    }

    static String format(FlowTextOptions options, String key, String mask) {
        StringBuilder out = new StringBuilder();
        ByteBuffer k = Corpus.bytes(key);
        ByteBuffer m = Corpus.bytes(mask);
        new FlowFormatter(options).format(out, k, 0, k.limit(), m, 0, m.limit());
        return out.toString();
    }

    @ParameterizedTest
    @MethodSource("keys")
    void shouldPrintWhatOpenVswitchPrints(Corpus.Key row) {
        assertThat(format(FlowTextOptions.PLAIN, row.key(), row.mask())).isEqualTo(row.brief());
        assertThat(format(FlowTextOptions.MORE, row.key(), row.mask())).isEqualTo(row.verbose());
        assertThat(format(FlowTextOptions.MORE, row.key(), "-")).isEqualTo(row.bare());
    }

    @Test
    void shouldPrintNamesInsteadOfPortNumbers() {
        FlowTextOptions names = FlowTextOptions.PLAIN.withNames(PortNames.of(Map.of("p0", 1)));
        assertThat(format(names, "0800030001000000", "08000300ffffffff")).isEqualTo("in_port(p0)");
        assertThat(format(names, "0800030002000000", "08000300ffffffff")).isEqualTo("in_port(2)");
    }

    @Test
    void shouldShowAnUnknownAttributeAsOpenVswitchDoesOrInOneRun() {
        String key = "060029000a0b0000";
        String mask = "06002900ff000000";
        assertThat(format(FlowTextOptions.PLAIN, key, mask)).isEqualTo("key41(0a 0b/ff 00)");
        assertThat(format(FlowTextOptions.COMPLETE, key, mask)).isEqualTo("attr41(0a0b/ff00)");
        assertThat(format(FlowTextOptions.COMPLETE, key, "06002900ffff0000"))
                .isEqualTo("attr41(0a0b)");
    }

    @Test
    void shouldNameTheKernelsExtensionHeadersInTheCompleteForm() {
        String key = "0600200041000000";
        String mask = "06002000ffff0000";
        assertThat(format(FlowTextOptions.PLAIN, key, mask)).isEqualTo("key32(41 00/ff ff)");
        assertThat(format(FlowTextOptions.COMPLETE, key, mask))
                .isEqualTo("ipv6_exthdrs(hdrs=0x41)");
    }

    @Test
    void shouldSayThatThereIsNoKey() {
        assertThat(format(FlowTextOptions.PLAIN, "-", "-")).isEqualTo("<empty>");
    }

    @Test
    void shouldPrintEncapDeeperThanAnyPacketAsBytes() {
        StringBuilder hex = new StringBuilder();
        for (int depth = 1000; depth > 0; depth--) {
            int length = depth * 4;
            hex.append(String.format("%02x%02x0100", length & 0xff, length >> 8));
        }
        assertThat(format(FlowTextOptions.PLAIN, hex.toString(), "-"))
                .startsWith("encap(encap(")
                .contains(" 01 00");
    }

    @Property
    void shouldPrintAnyBytes(
            @ForAll @Size(max = 200) byte[] key, @ForAll @Size(max = 200) byte[] mask) {
        ByteBuffer k = Corpus.bytes(key);
        ByteBuffer m = Corpus.bytes(mask);
        StringBuilder out = new StringBuilder();
        new FlowFormatter(FlowTextOptions.MORE).format(out, k, 0, key.length, m, 0, mask.length);
        new FlowFormatter(FlowTextOptions.COMPLETE)
                .format(out, k, 0, key.length, m, 0, mask.length);
        assertThat(out).isNotEmpty();
    }

    /** Random bytes are seldom attributes: take real ones and break them. */
    @Property
    void shouldPrintBrokenKeys(
            @ForAll int row, @ForAll int at, @ForAll byte value, @ForAll int end) {
        java.util.List<Corpus.Key> all = KEYS;
        Corpus.Key picked = all.get(Math.floorMod(row, all.size()));
        ByteBuffer key = Corpus.bytes(picked.key());
        ByteBuffer mask = Corpus.bytes(picked.mask());
        if (key.limit() == 0 || mask.limit() == 0) {
            return;
        }
        key.put(Math.floorMod(at, key.limit()), value);
        mask.put(Math.floorMod(at, mask.limit()), (byte) ~value);
        ByteBuffer cut = Corpus.bytes(copy(key, Math.floorMod(end, key.limit() + 1)));
        StringBuilder out = new StringBuilder();
        for (FlowTextOptions options :
                new FlowTextOptions[] {
                    FlowTextOptions.PLAIN, FlowTextOptions.MORE, FlowTextOptions.COMPLETE
                }) {
            FlowFormatter formatter = new FlowFormatter(options);
            formatter.format(out, key, 0, key.limit(), mask, 0, mask.limit());
            formatter.format(out, cut, 0, cut.limit(), mask, 0, mask.limit());
            formatter.format(out, cut, 0, cut.limit());
        }
        assertThat(out).isNotEmpty();
    }

    private static final java.util.List<Corpus.Key> KEYS = Corpus.keys();

    static byte[] copy(ByteBuffer from, int length) {
        byte[] bytes = new byte[length];
        from.get(0, bytes);
        return bytes;
    }
}
