package io.odp4j.upcall.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.odp4j.datapath.packet.FrameBuilder;
import io.odp4j.datapath.packet.PcapWriter;
import io.odp4j.upcall.cli.RuledSwitch;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An agent that decides by rules is asked why, and given other rules. */
@Timeout(120)
class TraceControlTest {
    private static final String RULES =
            "priority=100,in_port=1,ip,actions=output:2\n"
                    + "priority=100,in_port=2,ip,actions=output:1\n"
                    + "priority=200,tcp,tp_dst=22,actions=drop\n"
                    + "priority=10,arp,actions=NORMAL\n"
                    + "priority=5,ip,actions=drop\n";
    private static final byte[] PING =
            FrameBuilder.ethernet(0x0200_0000_0002L, 0x0200_0000_0001L)
                    .ipv4(0x0a000001, 0x0a000002)
                    .icmp(8, 0)
                    .payload(56)
                    .build();

    @TempDir Path folder;
    private RuledSwitch ruled;

    @BeforeEach
    void setUp() throws Exception {
        ruled = new RuledSwitch(RULES, config -> config.shards(2));
        ruled.awaitPing();
        ruled.run("revalidator/wait");
    }

    @AfterEach
    void tearDown() {
        ruled.close();
    }

    @Test
    void shouldExplainAFrameAndShowTheFlowThatCatchesIt() throws Exception {
        String trace = run("ofproto/trace", "--in-port", "h1", HexFormat.of().formatHex(PING));
        assertThat(trace)
                .startsWith("Flow: recirc_id=0,eth,icmp,in_port=1,")
                .containsPattern(
                        "\n 0\\. ip,in_port=1, priority 100, n_packets=\\d+, n_bytes=\\d+\n")
                .contains(
                        "-> nearly: tcp,tp_dst=22, priority 200: wants nw_proto=6,tp_dst=22, the"
                                + " packet has nw_proto=1,tp_dst=0\n")
                .contains("-> hides: ip, priority 5\n")
                .contains("\nDatapath actions: 2\n")
                .containsPattern("\nDatapath flow: ufid:\\S+, packets:\\d+, .*actions:h2\n$");
        String ufid = trace.replaceAll("(?s).*(ufid:\\S+),.*", "$1");
        assertThat(run("ofproto/detrace", ufid))
                .containsPattern(
                        "^ cookie=0x0, duration=\\d+s, table=0, n_packets=\\d+, n_bytes=\\d+,"
                                + " idle_age=\\d+, priority=100,ip,in_port=1 actions=output:2\n$");
        assertThatThrownBy(
                        () -> run("ofproto/detrace", "ufid:00000000-0000-0000-0000-000000000001"))
                .hasMessageContaining("no flow of this agent");
    }

    @Test
    void shouldTakeAPacketOfACaptureAndAFlowInEitherSyntax() throws Exception {
        Path file = folder.resolve("two.pcap");
        try (PcapWriter out = PcapWriter.create(file)) {
            out.write(1, new byte[60]);
            out.write(2, PING);
        }
        String ofFile =
                run("ofproto/trace", "--in-port=1", "--pcap=" + file, "--packet", "2", "--brief");
        assertThat(ofFile).contains("Megaflow: recirc_id=0,eth,icmp,in_port=1,nw_frag=no\n");
        assertThatThrownBy(
                        () -> run("ofproto/trace", "--in-port=1", "--pcap=" + file, "--packet=3"))
                .hasMessage(file + " has no packet 3");
        assertThat(run("ofproto/trace", "ovs0", "in_port=h1,icmp", "--brief"))
                .contains("Datapath actions: 2\n");
        assertThat(
                        run(
                                "ofproto/trace",
                                "--json",
                                "in_port(2),eth_type(0x0800),ipv4(proto=6),tcp(dst=22)"))
                .contains("\"actions\":\"drop\"")
                .contains("\"datapath_flow\":\"none\"")
                .contains("\"nearly\":[],\"hides\":[{\"priority\":100,");
        assertThatThrownBy(() -> run("ofproto/trace", "in_port=9999999,nonsense"))
                .hasMessageContaining("flow:1:");
    }

    @Test
    void shouldDecideByRulesThatAreAddedAndDeleted() throws Exception {
        assertThat(run("flow/dump"))
                .containsPattern(
                        "table=0, n_packets=[1-9]\\d*, n_bytes=\\d+, idle_age=\\d+,"
                                + " priority=100,ip,in_port=1 actions=output:2\n");
        assertThat(run("flow/add", "priority=300,icmp,actions=drop")).isEmpty();
        run("revalidator/wait");
        ruled.awaitNoPing();
        assertThat(ruled.ping()).isFalse();
        assertThat(run("ofproto/trace", "in_port=1,icmp", "--brief")).contains("actions: drop");
        run("flow/mod", "icmp,actions=output:2");
        assertThat(run("flow/dump", "0")).contains("priority=300,icmp actions=output:2\n");
        run("flow/del", "--strict", "priority=300,icmp");
        run("revalidator/wait");
        ruled.awaitPing();
        assertThat(ruled.ping()).isTrue();
        run("flow/del");
        assertThat(run("flow/dump", "--json")).isEmpty();
        assertThatThrownBy(() -> run("flow/add", "in_port=1,actions=outpt:2"))
                .hasMessageContaining("1:");
    }

    @Test
    void shouldInjectAFrameAsIfItCameIn() throws Exception {
        run("flow/add", "priority=300,udp,actions=output:1");
        byte[] datagram =
                FrameBuilder.ethernet(0x0200_0000_0002L, 0x0200_0000_0001L)
                        .ipv4(0x0a000001, 0x0a000002)
                        .udp(5000, 53)
                        .payload(8)
                        .build();
        String cursor =
                run("upcall/watch", "--for", "0").replaceAll("(?s).*# cursor:(\\S+).*", "$1");
        run("packet/inject", "--in-port", "h2", HexFormat.of().formatHex(datagram));
        assertThat(run("upcall/watch", "--for", "300", "--after", cursor))
                .containsPattern(
                        " decided .*in_port\\(h2\\).*udp\\(src=5000,dst=53\\).*actions:h1");
        assertThat(run("packet/execute", "h2", "in_port(1),eth(),eth_type(0x0800),ipv4()"))
                .isEmpty();
        assertThatThrownBy(() -> run("packet/inject", "00", "01"))
                .hasMessageContaining("--in-port");
        assertThatThrownBy(() -> run("packet/inject", "--in-port", "nowhere", "00"))
                .hasMessage("port: \"nowhere\" is no number");
    }

    private String run(String command, String... arguments) throws Exception {
        return ruled.run(command, arguments);
    }
}
