package io.odp4j.datapath.flow.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.odp4j.datapath.flow.KeyAttributes;
import io.odp4j.datapath.netlink.AttributeReader;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.netlink.table.AttributeList;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlowParserTest {
    private static final List<Corpus.Key> ROWS = Corpus.keys();

    /** A mask of contexts that the header does not have, which no flow has. */
    private static final String NSH_WITHOUT_CONTEXTS = "10001c000c00";

    private static final String NO_CONTEXTS = "14000200" + "0".repeat(32);

    private final ByteBuffer keyBuffer = buffer();
    private final ByteBuffer maskBuffer = buffer();
    private final MessageWriter key = new MessageWriter();
    private final MessageWriter mask = new MessageWriter();

    private static ByteBuffer buffer() {
        return ByteBuffer.allocateDirect(1 << 16).order(ByteOrder.nativeOrder());
    }

    static List<Corpus.Key> readable() {
        return ROWS.stream().filter(row -> !row.text().equals("-")).toList();
    }

    /** Rows whose text is whole: Open vSwitch leaves a parenthesis open where lengths differ. */
    static List<Corpus.Key> printed() {
        return ROWS.stream().filter(row -> !row.verbose().contains("mpls((")).toList();
    }

    /** Where an attribute stands twice, both are printed with the first one's mask. */
    static List<Corpus.Key> unambiguous() {
        return printed().stream()
                .filter(row -> !repeats(row.key()))
                .filter(
                        row ->
                                !row.key().startsWith(NSH_WITHOUT_CONTEXTS)
                                        || row.mask().endsWith(NO_CONTEXTS))
                .toList();
    }

    private static boolean repeats(String hex) {
        ByteBuffer bytes = Corpus.bytes(hex);
        return repeats(new AttributeReader().wrap(bytes, 0, bytes.limit()));
    }

    private static boolean repeats(AttributeReader run) {
        Set<Integer> types = new HashSet<>();
        boolean again = false;
        while (run.next()) {
            again |= !types.add(run.type());
            // Tunnel options of different kinds and tcp_flags, whose mask has 12 bits of 16.
            again |= run.type() == KeyAttributes.TCP_FLAGS.number();
            if (run.type() == KeyAttributes.ENCAP.number()) {
                again |= repeats(new AttributeReader().wrapNested(run));
            }
        }
        return again;
    }

    private String parse(String text) {
        parse(new FlowParser(), text);
        return hex(keyBuffer, key) + " " + hex(maskBuffer, mask);
    }

    private void parse(FlowParser parser, String text) {
        key.wrap(keyBuffer, 0, keyBuffer.capacity());
        mask.wrap(maskBuffer, 0, maskBuffer.capacity());
        parser.parse(text, key, mask);
    }

    private static String hex(ByteBuffer buffer, MessageWriter writer) {
        byte[] bytes = new byte[writer.written()];
        buffer.get(0, bytes);
        return bytes.length == 0 ? "-" : HexFormat.of().formatHex(bytes);
    }

    private String print(FlowTextOptions options) {
        StringBuilder out = new StringBuilder();
        new FlowFormatter(options)
                .format(out, keyBuffer, 0, key.written(), maskBuffer, 0, mask.written());
        return out.toString();
    }

    @ParameterizedTest
    @MethodSource("readable")
    void shouldMakeTheAttributesThatOpenVswitchMakes(Corpus.Key row) {
        assertThat(parse(row.text())).isEqualTo(row.key() + " " + row.mask());
    }

    @ParameterizedTest
    @MethodSource("printed")
    void shouldReadBackWhatWasPrinted(Corpus.Key row) {
        parse(row.verbose());
        assertThat(print(FlowTextOptions.MORE)).isEqualTo(row.verbose());
        if (row.brief().contains("key") && !row.brief().contains("tun_id")) {
            // A wildcarded id: not shown, but that there is one is.
            return;
        }
        parse(row.brief());
        assertThat(print(FlowTextOptions.PLAIN))
                .isEqualTo(row.brief().isEmpty() ? "<empty>" : row.brief());
    }

    @ParameterizedTest
    @MethodSource("unambiguous")
    void shouldMakeTheSameAttributesOfTheCompleteForm(Corpus.Key row) {
        String complete = FlowFormatterTest.format(FlowTextOptions.COMPLETE, row.key(), row.mask());
        assertThat(parse(complete)).isEqualTo(row.key() + " " + row.mask());
    }

    @Test
    void shouldCoverMostOfTheCorpusInTheTestsAbove() {
        assertThat(readable().size()).isGreaterThan(600);
        assertThat(printed().size()).isGreaterThan(600);
        assertThat(unambiguous().size()).isGreaterThan(400);
    }

    @Test
    void shouldWriteUnknownAttributesBackUnchanged() {
        assertThat(parse("attr41(0a0b/ff00),key42(01 02 03)"))
                .isEqualTo("060029000a0b000007002a0001020300 06002900ff00000007002a00ffffff00");
        assertThat(print(FlowTextOptions.COMPLETE)).isEqualTo("attr41(0a0b/ff00),attr42(010203)");
        assertThat(parse("attr41()")).isEqualTo("04002900 04002900");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nsh(flags=0,ttl=63,mdtype=2,np=3,spi=0x1,si=255,attr4(0a0b/ff00))",
                "tunnel(vxlan(gbp(id=1,flags=0x8),attr2(0a)),flags(0/0))",
                "tunnel(vxlan(attr2(0a/0f)),attr40(010203),flags(0/0))",
                "mpls(label=1/0xfffff,tc=0/0,ttl=0/0x0,bos=0/0),attr21(0000000100000002/fffff000)",
                "eth_type(0x8100),vlan(vid=1,pcp=0),encap(eth_type(0x0806),attr50(00))",
            })
    void shouldWriteUnknownAttributesOfNestsBackUnchanged(String text) {
        parse(text);
        assertThat(print(FlowTextOptions.COMPLETE)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nsh()", "nsh(flags=1)", "nsh(mdtype=1)", "nsh(c1=7)", "nsh(mdtype=2)"})
    void shouldKeepWhatAServiceHeaderHas(String text) {
        parse(text);
        String printed = print(FlowTextOptions.COMPLETE);
        parse(printed);
        assertThat(print(FlowTextOptions.COMPLETE)).isEqualTo(printed);
    }

    @Test
    void shouldReadTheKernelsExtensionHeaders() {
        assertThat(parse("ipv6_exthdrs(hdrs=0x41/0xff)"))
                .isEqualTo("0600200041000000 06002000ff000000");
        assertThat(parse("key32(41 00/ff 00)")).isEqualTo("0600200041000000 06002000ff000000");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "in_port(0x10) | in_port(16)",
                "in_port(010) | in_port(8)",
                "in_port( 5 ) |",
                "  in_port(5) ,\teth() in_port(6)eth() | in_port(5),eth(),in_port(6),eth()",
                "tcp(src=65537,dst=-1) | tcp(src=1,dst=65535)",
                "eth(src=0:1:2:3:4:5,) | eth(src=00:01:02:03:04:05)",
                "ipv4(frag=no,frag=later) | ipv4(frag=later)",
                "ufid:00112233-4455-6677-8899-aabbccddeeff,eth() | eth()",
                "eth_type(2048) | eth_type(0x0800)",
                "ct_label(18446744073709551615) | ct_label(0xffffffffffffffff)",
                "ct_label(-0x2) | ct_label(0xfffffffffffffffe)",
            })
    void shouldTakeWhatOpenVswitchTakes(String text, String printed) {
        if (printed == null) {
            assertThatThrownBy(() -> parse(text)).isInstanceOf(FlowSyntaxException.class);
            return;
        }
        parse(text);
        assertThat(print(FlowTextOptions.PLAIN)).isEqualTo(printed);
    }

    @Test
    void shouldReadPortNames() {
        FlowParser parser = new FlowParser(PortNames.of(Map.of("veth-1", 7)));
        parse(parser, "in_port(veth-1),eth()");
        assertThat(print(FlowTextOptions.PLAIN)).isEqualTo("in_port(7),eth()");
        assertThatThrownBy(() -> parser.parse("in_port(veth-2)"))
                .hasMessageContaining("a port number or the name of a port");
    }

    @Test
    void shouldKeepTheFirstUfid() {
        FlowParser.Flow flow =
                new FlowParser()
                        .parse(
                                "ufid:03020100-0706-0504-0b0a-09080f0e0d0c in_port(1)"
                                        + " ufid:00000000-0000-0000-0000-000000000000 eth()");
        assertThat(flow.ufid())
                .isEqualTo(HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f"));
        assertThat(flow.key().size()).isEqualTo(2);
        assertThat(new FlowParser().parse("in_port(1)").ufid()).isNull();
    }

    @Test
    void shouldGiveAttributesOfTheTables() {
        FlowParser.Flow flow = new FlowParser().parse("in_port(1),eth_type(0x800/0xff00)");
        AttributeList key = flow.key();
        assertThat(key.number(KeyAttributes.IN_PORT, -1)).isEqualTo(1);
        assertThat(flow.mask().number(KeyAttributes.ETHERTYPE, -1)).isEqualTo(0xff00);
        assertThat(new FlowFormatter(FlowTextOptions.PLAIN).format(key, flow.mask()))
                .isEqualTo("in_port(1),eth_type(0x0800/0xff00)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "in_port(1),eth(sorc=00:01:02:03:04:05) | 15 | src=, dst= or ')'",
                "in_port(1),foo(1) | 11 | a key attribute such as in_port(, eth( or ipv4(",
                "in_port(1 | 9 | ')'",
                "in_port(x) | 8 | a port number or the name of a port",
                "ipv4(src=1.2.3) | 9 | an IPv4 address",
                "ipv4(src=1.2.3.4/x) | 17 | an IPv4 address",
                "ipv4(frag=maybe) | 10 | no, first or later",
                "ipv6(src=fe80::1::2) | 9 | an IPv6 address",
                "ipv6(label=0x100000) | 11 | a number of at most 20 bits",
                "tcp(src=1 dst=2) | 9 | ',' or ')'",
                "tcp(src=) | 8 | a number",
                "vlan(vid=4096) | 9 | a number of at most 12 bits",
                "ct_state(+foo) | 10 | one of new, est, rel, rpl, inv, trk, snat, dnat",
                "ct_state(+new-new) | 14 | each flag only once",
                "ct_state(0x100/0x100) | 9 | flags within 0xff",
                "ct_label(0x112233445566778899aabbccddeeff0011) | 11 | at most 32 hexadecimal"
                        + " digits",
                "mpls(label=1,label=2,label=3,label=4) | 35 | at most 3 labels",
                "tunnel(geneve({class=1,type=2,len=3})) | 34 | a multiple of 4 of at most 124",
                "tunnel(erspan(ver=3)) | 14 | ver=1 or ver=2",
                "ct_label(18446744073709551616) | 9 |"
                        + " a number of at most 64 bits, or 0x and hexadecimal digits",
                "ct_label(-0xffffffffffffffffffff) | 9 |"
                        + " a number of at most 64 bits, or 0x and hexadecimal digits",
                "attr20000(00) | 0 | an attribute number of at most 16383",
                "ufid:0011 | 9 | a hexadecimal digit of xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx",
            })
    void shouldSayWhatWasExpectedAndWhere(String text, int offset, String expected) {
        FlowSyntaxException e = catchThrowableOfType(FlowSyntaxException.class, () -> parse(text));
        assertThat(e.expected()).isEqualTo(expected);
        assertThat(e.offset()).isEqualTo(offset);
        assertThat(e.text()).isEqualTo(text);
        String[] lines = e.getMessage().split("\n");
        assertThat(lines[1]).isEqualTo(text);
        assertThat(lines[2]).isEqualTo(" ".repeat(offset) + "^");
    }

    @Test
    void shouldShowOnlyTheSurroundingsInALongText() {
        String text = "in_port(1),".repeat(50) + "bad" + ",in_port(1)".repeat(50);
        FlowSyntaxException e = catchThrowableOfType(FlowSyntaxException.class, () -> parse(text));
        String[] lines = e.getMessage().split("\n");
        assertThat(lines[1]).hasSizeLessThan(130).startsWith("...").endsWith("...");
        assertThat(lines[1].substring(lines[2].indexOf('^'))).startsWith("bad,in_port(1)");
    }

    @Test
    void shouldRefuseNestsWithoutEnd() {
        assertThatThrownBy(() -> parse("encap(".repeat(100_000)))
                .isInstanceOf(FlowSyntaxException.class)
                .hasMessageContaining("fewer than 32 levels");
    }

    @Test
    void shouldRefuseMoreThanAnAttributeHolds() {
        assertThatThrownBy(() -> parse("in_port(1),".repeat(9000)))
                .isInstanceOf(FlowSyntaxException.class)
                .hasMessageContaining("too long");
    }

    @Property
    void shouldThrowNothingElseOnAnyText(@ForAll String text) {
        readOrRefuse(text);
    }

    @Property
    void shouldThrowNothingElseOnTextThatLooksLikeAFlow(
            @ForAll @CharRange(from = ' ', to = '~') @StringLength(max = 80) String text,
            @ForAll @Chars({'0', '1', 'f', 'x', '-', '/', ' '}) String number) {
        readOrRefuse("ct_label(" + number + ")");
        readOrRefuse("tunnel(geneve({len=4," + number + "}))");
        readOrRefuse("tunnel(" + text);
        readOrRefuse("eth(src=" + text);
        readOrRefuse("ct_label(0x" + text);
        readOrRefuse("attr1(" + text + ")");
    }

    @Property
    void shouldThrowNothingElseOnBrokenFlows(
            @ForAll int row,
            @ForAll int from,
            @ForAll int to,
            @ForAll @CharRange(from = ' ', to = '~') @StringLength(max = 3) String inserted) {
        String text = ROWS.get(Math.floorMod(row, ROWS.size())).verbose();
        int a = Math.floorMod(from, text.length() + 1);
        int b = Math.floorMod(to, text.length() + 1);
        readOrRefuse(text.substring(0, a) + inserted + text.substring(a));
        readOrRefuse(text.substring(0, Math.min(a, b)) + text.substring(Math.max(a, b)));
        readOrRefuse(text.substring(0, a) + inserted + text.substring(b));
    }

    private static final FlowParser SHARED = new FlowParser();

    private static void readOrRefuse(String text) {
        try {
            FlowParser.Flow flow = SHARED.parse(text);
            assertThat(new FlowFormatter(FlowTextOptions.MORE).format(flow.key(), flow.mask()))
                    .isNotNull();
        } catch (FlowSyntaxException e) {
            assertThat(e.offset()).isBetween(0, text.length());
        }
    }
}
