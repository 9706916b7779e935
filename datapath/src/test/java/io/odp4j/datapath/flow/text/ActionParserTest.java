package io.odp4j.datapath.flow.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.odp4j.datapath.netlink.MessageWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActionParserTest {
    private static final List<Corpus.Actions> ROWS = Corpus.actions();

    private static final String TAIL_OF_COOKIE = "000000000000000000000000000000000000000000000000";

    /** The rest of a slow path's cookie, with a port and a bridge, which words do not show. */
    private static final String COOKIE_OF_A_BRIDGE =
            "0000" + "05000000" + "0102030405060708090a0b0c0d0e0f10" + TAIL_OF_COOKIE;

    private final ByteBuffer buffer =
            ByteBuffer.allocateDirect(1 << 16).order(ByteOrder.nativeOrder());
    private final MessageWriter writer = new MessageWriter();

    static List<Corpus.Actions> rows() {
        return ROWS;
    }

    private String parse(String text) {
        return parse(new ActionParser(), text);
    }

    private String parse(ActionParser parser, String text) {
        parser.parse(text, writer.wrap(buffer, 0, buffer.capacity()));
        byte[] bytes = new byte[writer.written()];
        buffer.get(0, bytes);
        return bytes.length == 0 ? "-" : HexFormat.of().formatHex(bytes);
    }

    private String print(FlowTextOptions options) {
        StringBuilder out = new StringBuilder();
        new ActionFormatter(options).format(out, buffer, 0, writer.written());
        return out.toString();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void shouldMakeTheAttributesThatOpenVswitchMakes(Corpus.Actions row) {
        assertThat(parse(row.text())).isEqualTo(row.actions());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void shouldMakeTheSameAttributesOfTheCompleteForm(Corpus.Actions row) {
        assertThat(parse(ActionFormatterTest.format(FlowTextOptions.COMPLETE, row.actions())))
                .isEqualTo(row.actions());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void shouldReadBackWhatWasPrinted(Corpus.Actions row) {
        if (row.printed().matches(".*ct_(zone|mark|label)\\(\\).*")) {
            // A set without a mask: printed without a value, which nobody can read.
            return;
        }
        parse(row.printed());
        assertThat(print(FlowTextOptions.PLAIN)).isEqualTo(row.printed());
    }

    @Test
    void shouldHaveEnoughRows() {
        assertThat(ROWS.size()).isGreaterThan(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "drop",
                "hash(l4(5))",
                "hash(sym_l4(4294967295))",
                "push_mpls(label=100,tc=7,ttl=64,bos=1,eth_type=0x8847)",
                "pop_mpls(eth_type=0x800)",
                "push_eth(src=01:02:03:04:05:06,dst=07:08:09:0a:0b:0c)",
                "pop_eth",
                "recirc(0x1a)",
                "dec_ttl(le_1(1,2))",
                "dec_ttl(le_1(drop))",
                "psample(group=5,cookie=0x0a0b)",
                "psample(group=4294967295)",
                "clone(drop),sample(sample=50.0%,actions(drop))",
                "check_pkt_len(size=65535,gt(drop),le(drop))",
                "userspace(pid=1)",
                "userspace(pid=1,actions)",
                "userspace(pid=1,slow_path(cfm,bfd))",
                "userspace(pid=1,userdata(0102))",
                "userspace(pid=1,userdata())",
                "set(tunnel(src=1.1.1.1,dst=2.2.2.2,ttl=64,flags(oam|df|csum)))",
                "set(nsh(flags=0,ttl=63,mdtype=1,np=3,spi=0x1,si=255,c1=0x1,c2=0x2,c3=0x3,c4=0x4))",
                "set(nsh(ttl=0x10/0xf0,si=2))",
                "set(nsh(c3=0x5/0x0000ffff))",
                "ct(commit,nat(src,persistent))",
                "ct(commit,nat(dst,random))",
            })
    void shouldReadWhatIsPrintedButNotReadByOpenVswitch(String text) {
        parse(text);
        assertThat(print(FlowTextOptions.PLAIN)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "drop(0)",
                "1,drop(7)",
                "ct(commit,eventmask=0x487,nat)",
                "ct(zone=0)",
                "attr27(0a0b),attr28()",
                "ct(commit,attr12(0a0b))",
                "ct(attr12())",
                "ct(commit,nat(src,attr10(00000001)))",
                "ct(nat(attr10(00)),attr12(ff))",
                "userspace(pid=1,slow_path(cfm),actions,attr9(01020304))",
                "userspace(pid=1,userdata(0200" + COOKIE_OF_A_BRIDGE + "))",
                "sample(sample=50.0%,actions(1),attr7(00))",
                "check_pkt_len(size=5,gt(1),le(2),attr4(0a0b))",
                "dec_ttl(le_1(1),attr2(00))",
                "psample(group=1,attr3(00000000))",
                "push_nsh(flags=0,ttl=63,mdtype=2,np=3,spi=0x0,si=255,md2=0x,attr9(00))",
                "set(nsh(flags=1,ttl=0x00/0x00,mdtype=0x00/0x00,np=0x00/0x00,"
                        + "spi=0x0/0x00000000,si=0x00/0x00,c1=0x0/0x00000000,c2=0x0/0x00000000,"
                        + "c3=0x0/0x00000000,c4=0x0/0x00000000,attr7(0a)))",
                // What cannot be: not as long as it must be, or without a part that it must have.
                "attr1(0102)",
                "attr12(0500020005)",
                "attr6(0800010000000000)",
                "attr17(10001c000c0001000000090000000000)",
                "push_nsh(flags=9,ttl=200,mdtype=2,np=3,spi=0x1,si=255,md2=0x00000a01)",
                "sample(sample=0.00000002%,actions(1))",
                "set(sctp(src=1/0,dst=2))",
            })
    void shouldReadTheCompleteForm(String text) {
        parse(text);
        assertThat(print(FlowTextOptions.COMPLETE)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "drop", " DROP\n", ", ,"})
    void shouldDropByAnEmptyList(String text) {
        assertThat(parse(text)).isEqualTo("-");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "recirc(010) | recirc(0xa)",
                "slow | ",
                "ct(mark=10) | ct(mark=0x10/0xffffffff)",
                "clone(1 2,,3) | clone(1,2,3)",
                "push_nsh(mdtype=2,md2=0x123) |"
                        + " push_nsh(flags=0,ttl=63,mdtype=2,np=3,spi=0x0,si=255,md2=0x1230000)",
                "key4(00) |",
                "1drop |",
            })
    void shouldTakeOtherSpellings(String text, String printed) {
        if (printed == null) {
            assertThatThrownBy(() -> parse(text)).isInstanceOf(FlowSyntaxException.class);
            return;
        }
        parse(text);
        assertThat(print(FlowTextOptions.PLAIN)).isEqualTo(printed);
    }

    @Test
    void shouldReadPortNames() {
        ActionParser parser = new ActionParser(PortNames.of(Map.of("eth0", 3, "ct", 4)));
        parse(parser, "eth0,clone(eth0),2,ct,ct(commit)");
        assertThat(print(FlowTextOptions.PLAIN)).isEqualTo("3,clone(3),2,4,ct(commit)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1,foo | 2 | a port number or an action such as set(, ct( or recirc(",
                "recirc(x) | 7 | a number",
                "set(eth(src=1)) | 13 | ':'",
                "set(tcp(src=1) | 14 | ')'",
                "1,drop | 2 | drop alone, or drop(REASON) as the last action",
                "push_vlan(vid=5000,pcp=0) | 14 | a number of at most 4095",
                "push_vlan(vid=5) | 15 | ','",
                "ct(commit,force_commit) | 2 | only one of commit and force_commit",
                "ct(zoen=5) | 3 | commit, force_commit, zone=, mark=, label=, helper=, timeout=,"
                        + " eventmask=, nat or ')'",
                "ct(helper=averyverylongname) | 10 | a name of 1 to 15 characters",
                "ct(helper=ft\u00e9p) | 12 | commit, force_commit, zone=, mark=, label=, helper=,"
                        + " timeout=, eventmask=, nat or ')'",
                "ct(nat(src,dst)) | 6 | only one of src and dst",
                "ct(nat(src=10.0.0.9-10.0.0.1)) | 11 | a range from lower to higher",
                "ct(nat(src=10.0.0.1:9-1)) | 20 | a range from lower to higher",
                "sample(sample=101%,actions(1)) | 14 | a percentage from 0 to 100",
                "check_pkt_len(size=1,gt(1)) | 26 | \",le(\"",
                "hash(l5(0)) | 5 | l4( or sym_l4(",
                "userspace(1) | 10 | \"pid=\"",
                "push_nsh(mdtype=3) | 9 | mdtype=1 or mdtype=2",
                "clone(1 | 7 | a port number or an action such as set(, ct( or recirc(",
                "pop_vlanx | 8 | ',' or the end",
            })
    void shouldSayWhatWasExpectedAndWhere(String text, int offset, String expected) {
        FlowSyntaxException e = catchThrowableOfType(FlowSyntaxException.class, () -> parse(text));
        assertThat(e.expected()).isEqualTo(expected);
        assertThat(e.offset()).isEqualTo(offset);
    }

    @Test
    void shouldRefuseNestsWithoutEnd() {
        assertThatThrownBy(() -> parse("clone(".repeat(100_000)))
                .isInstanceOf(FlowSyntaxException.class)
                .hasMessageContaining("fewer than 32 levels");
        assertThatThrownBy(() -> parse("set(encap(".repeat(100_000)))
                .isInstanceOf(FlowSyntaxException.class);
    }

    @Test
    void shouldRefuseMoreThanAnAttributeHolds() {
        assertThatThrownBy(() -> parse("1,".repeat(9000)))
                .isInstanceOf(FlowSyntaxException.class)
                .hasMessageContaining("too long");
    }

    @Property
    void shouldThrowNothingElseOnAnyText(@ForAll String text) {
        readOrRefuse(text);
    }

    @Property
    void shouldThrowNothingElseOnTextThatLooksLikeActions(
            @ForAll @CharRange(from = ' ', to = '~') @StringLength(max = 80) String text) {
        readOrRefuse("ct(" + text);
        readOrRefuse("userspace(pid=1," + text);
        readOrRefuse("attr2(" + text + ")");
        readOrRefuse("set(attr4(" + text + "))");
    }

    @Property
    void shouldThrowNothingElseOnBrokenActions(
            @ForAll int row,
            @ForAll int from,
            @ForAll int to,
            @ForAll @CharRange(from = ' ', to = '~') @StringLength(max = 3) String inserted) {
        String text = ROWS.get(Math.floorMod(row, ROWS.size())).text();
        int a = Math.floorMod(from, text.length() + 1);
        int b = Math.floorMod(to, text.length() + 1);
        readOrRefuse(text.substring(0, a) + inserted + text.substring(a));
        readOrRefuse(text.substring(0, Math.min(a, b)) + text.substring(Math.max(a, b)));
        readOrRefuse(text.substring(0, a) + inserted + text.substring(b));
    }

    private static final ActionParser SHARED = new ActionParser();

    private static void readOrRefuse(String text) {
        try {
            assertThat(new ActionFormatter(FlowTextOptions.COMPLETE).format(SHARED.parse(text)))
                    .isNotEmpty();
        } catch (FlowSyntaxException e) {
            assertThat(e.offset()).isBetween(0, text.length());
        }
    }
}
