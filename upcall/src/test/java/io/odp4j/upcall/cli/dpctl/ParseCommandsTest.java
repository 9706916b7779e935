package io.odp4j.upcall.cli.dpctl;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.datapath.packet.FrameBuilder;
import io.odp4j.datapath.packet.PcapWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that need no kernel. */
class ParseCommandsTest {
    private static final byte[] FRAME =
            FrameBuilder.ethernet(0x02, 0x01)
                    .vlan(5)
                    .ipv4(0x0a000001, 0x0a000002)
                    .tcp(1, 80, 2)
                    .build();
    private static final String FRAME_KEY =
            "recirc_id(0),dp_hash(0),skb_priority(0),in_port(3),skb_mark(0),ct_state(0),ct_zone(0),"
                    + "ct_mark(0),ct_label(0),eth(src=00:00:00:00:00:01,dst=00:00:00:00:00:02),"
                    + "eth_type(0x8100),vlan(vid=5,pcp=0),encap(eth_type(0x0800),ipv4(src=10.0.0.1,"
                    + "dst=10.0.0.2,proto=6,tos=0,ttl=64,frag=no),tcp(src=1,dst=80),"
                    + "tcp_flags(syn))";

    @Test
    void shouldAnswerEachLineWithALine() {
        Tools.Result result =
                Tools.odp4jReading(
                        "in_port(1) ,  eth()\nin_port(1),eth(sorc=1)\nin_port(0x2)\n",
                        "parse-flow");
        assertThat(result.lines())
                .containsExactly(
                        "in_port(1),eth()",
                        "error: expected src=, dst= or ')' at column 16",
                        "in_port(2)");
        assertThat(result.err()).isEmpty();
        assertThat(result.status()).isEqualTo(1);
    }

    @Test
    void shouldAnswerEachLineWithAnObject() {
        assertThat(Tools.odp4jReading("in_port(1)\nin_port(", "parse-flow", "--json").lines())
                .containsExactly(
                        "{\"match\":\"in_port(1)\",\"key\":{\"in_port\":1},"
                                + "\"mask\":{\"in_port\":4294967295}}",
                        "{\"error\":\"expected a port number or the name of a port\","
                                + "\"column\":9}");
        assertThat(Tools.odp4j("parse-actions", "--json", "1,drop,2").out()).isEmpty();
        assertThat(Tools.odp4j("parse-actions", "--json", "2,pop_vlan,2").out())
                .isEqualTo(
                        "{\"actions_text\":\"2,pop_vlan,2\","
                                + "\"actions\":[{\"output\":2},{\"pop_vlan\":true},"
                                + "{\"output\":2}]}\n");
    }

    @Test
    void shouldShowThePlaceOfAnErrorInAnArgument() {
        Tools.Result result = Tools.odp4j("parse-actions", "1,2", "1,garbage(", "drop");
        assertThat(result.lines()).containsExactly("1,2", "drop");
        assertThat(result.err().lines()).hasSize(3);
        assertThat(result.err().lines().toList().get(1)).isEqualTo("1,garbage(");
        assertThat(result.err().lines().toList().get(2)).isEqualTo("  ^");
        assertThat(result.status()).isEqualTo(1);
    }

    @Test
    void shouldPrintTheBytesOfAttributes() {
        assertThat(Tools.odp4j("parse-actions", "--hex", "1,pop_vlan").out())
                .isEqualTo("080001000100000004000500\n");
        assertThat(Tools.odp4j("parse-flow", "--hex", "in_port(1/0xff)").out())
                .isEqualTo("0800030001000000/08000300ff000000\n");
    }

    @Test
    void shouldPrintAFlowSoThatItReadsBackAsTheSameBytes() {
        String flow =
                "ufid:01234567-89ab-cdef-0123-456789abcdef, "
                        + "in_port(1),eth(src=00:00:00:00:00:01),eth_type(0x0800),ipv4()";
        String whole = Tools.odp4j("parse-flow", "-m", flow).out().strip();
        assertThat(whole).startsWith("ufid:01234567-89ab-cdef-0123-456789abcdef, in_port(1)");
        assertThat(Tools.odp4j("parse-flow", "--hex", whole).out())
                .isEqualTo(Tools.odp4j("parse-flow", "--hex", flow).out());
    }

    @Test
    void shouldReadFramesInEveryForm(@TempDir Path folder) throws IOException {
        String hex = HexFormat.of().formatHex(FRAME);
        String spaced = HexFormat.ofDelimiter(":").formatHex(FRAME);
        Path file = folder.resolve("frames.pcap");
        try (PcapWriter pcap = PcapWriter.create(file)) {
            pcap.write(0, FRAME);
            pcap.write(0, new byte[3]);
            pcap.write(0, FRAME);
        }
        assertThat(Tools.odp4j("parse-packet", "--in-port", "3", hex, "0x" + spaced).lines())
                .containsExactly(FRAME_KEY, FRAME_KEY);
        assertThat(Tools.odp4j("parse-packet", "--in-port", "3", "--pcap", file.toString()).lines())
                .containsExactly(
                        FRAME_KEY,
                        "error: a frame of 3 bytes that the kernel gives up on",
                        FRAME_KEY);
        Tools.Result lines =
                Tools.odp4jReading(hex + "\nzz\n\n" + hex, "parse-packet", "--in-port", "3");
        assertThat(lines.lines())
                .containsExactly(
                        FRAME_KEY,
                        "error: not pairs of hexadecimal digits",
                        "error: a frame of 0 bytes that the kernel gives up on",
                        FRAME_KEY);
        assertThat(lines.status()).isEqualTo(1);
        assertThat(Tools.odp4j("parse-packet", "--json", hex).out())
                .startsWith("{\"length\":58,\"match\":\"recirc_id(0),")
                .contains("\"eth_src\":\"00:00:00:00:00:01\"");
    }

    @Test
    void shouldReadPacketsWithoutEthernet(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("packets.pcap");
        byte[] packet = FrameBuilder.l3().ipv4(0x0a000001, 0x0a000002).udp(1, 2).build();
        try (PcapWriter pcap = new PcapWriter(Files.newOutputStream(file), PcapWriter.LINK_RAW)) {
            pcap.write(0, packet);
        }
        assertThat(Tools.odp4j("parse-packet", "--pcap", file.toString()).out())
                .contains("eth_type(0x0800),ipv4(src=10.0.0.1,dst=10.0.0.2,proto=17")
                .doesNotContain("eth(");
    }

    @Test
    void shouldSortActionsByTheTagsThatThePacketHas() {
        assertThat(
                        Tools.odp4j(
                                        "normalize-actions",
                                        "in_port(1),eth(),eth_type(0x8100),vlan(vid=4,pcp=1),"
                                                + "encap(eth_type(0x0800),ipv4(frag=no))",
                                        "7,1,pop_vlan,3,2,push_vlan(tpid=0x88a8,vid=1,pcp=2),5,"
                                                + "set(eth(src=00:00:00:00:00:01)),4,2,"
                                                + "push_vlan(vid=9,pcp=0),1")
                                .lines())
                .containsExactly(
                        "input flow: in_port(1),eth(src=00:00:00:00:00:00,dst=00:00:00:00:00:00),"
                                + "eth_type(0x8100),vlan(vid=4,pcp=1),encap(eth_type(0x0800),"
                                + "ipv4(src=0.0.0.0,dst=0.0.0.0,proto=0,tos=0,ttl=0,frag=no))",
                        "no vlan: no mpls: 2,3",
                        "vlan(vid=9,pcp=0): vlan(tpid=0x88a8,vid=1,pcp=2): no mpls: 1",
                        "vlan(vid=4,pcp=1): no mpls: 1,7",
                        "vlan(tpid=0x88a8,vid=1,pcp=2): no mpls: "
                                + "5,set(eth(src=00:00:00:00:00:01)),2,4");
        assertThat(
                        Tools.odp4j(
                                        "normalize-actions",
                                        "in_port(1),eth(),eth_type(0x8847),"
                                                + "mpls(label=4,tc=1,ttl=64,bos=1)",
                                        "2,1")
                                .lines())
                .endsWith("no vlan: mpls(label=4,tc=1,ttl=64): 1,2");
    }

    @Test
    void shouldSortTheActionsOfEachLine() {
        String lines =
                "in_port(1),eth() 2,1,push_vlan(vid=5,pcp=0),3\nin_port(1)\nin_port( 1\n"
                        + "in_port(1) 1,x\n"
                        + "in_port(1),eth(), packets:0, bytes:0, used:never, actions:3,2\n";
        Tools.Result result = Tools.odp4jReading(lines, "normalize-actions");
        assertThat(result.lines())
                .containsExactly(
                        "no vlan: no mpls: 1,2; vlan(vid=5,pcp=0): no mpls: 3",
                        "error: a flow without actions",
                        "error: expected a port number or the name of a port at column 9",
                        "error: expected a port number or an action such as set(, ct( or recirc("
                                + " at column 3 of the actions",
                        "no vlan: no mpls: 2,3");
        assertThat(result.status()).isEqualTo(1);
        assertThat(Tools.odp4j("normalize-actions", "--json", "in_port(1)", "2,1").out())
                .isEqualTo(
                        "{\"match\":\"in_port(1)\",\"parts\":[{\"headers\":\"no vlan: no mpls\","
                                + "\"actions_text\":\"1,2\"}]}\n");
        assertThat(Tools.odp4j("normalize-actions", "in_port(1)").status()).isEqualTo(2);
    }

    @Test
    void shouldListItsCommands() {
        List<String> lines = Tools.odp4j("list-commands").lines();
        assertThat(lines).startsWith("The available commands are:");
        assertThat(lines)
                .contains("  add-flow                [dp] flow actions")
                .contains("  ct-del-limits           [dp] zone=N1[,N2]...");
        assertThat(Tools.odp4j("help").out()).contains("dump-flows").contains("--json");
        assertThat(Tools.odp4j("list-commands", "--json").lines())
                .contains("{\"command\":\"add-flow\",\"arguments\":\"[dp] flow actions\"}");
        assertThat(Tools.odp4j("help", "--json").out()).startsWith("{\"help\":\"");
    }
}
