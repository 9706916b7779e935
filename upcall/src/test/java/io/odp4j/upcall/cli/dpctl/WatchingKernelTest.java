package io.odp4j.upcall.cli.dpctl;

import static io.odp4j.upcall.cli.dpctl.SwitchUnderTest.DATAPATH;
import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.datapath.ovs.DatapathAttributes;
import io.odp4j.datapath.ovs.VportAttributes;
import io.odp4j.datapath.packet.FrameBuilder;
import io.odp4j.datapath.packet.PcapReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What ovs-dpctl has not: events, upcalls, frames, meters. */
@Tag("kernel")
class WatchingKernelTest {
    @RegisterExtension static final SwitchUnderTest SWITCH = new SwitchUnderTest();

    private static final String HEX =
            HexFormat.of()
                    .formatHex(
                            FrameBuilder.ethernet(0x02, 0x01)
                                    .ipv4(0x0a000001, 0x0a000002)
                                    .udp(1, 2)
                                    .build());

    /** Runs a command that waits, and something else once it does. */
    private static Tools.Result during(Shown action, String... words) throws Exception {
        CompletableFuture<Void> other =
                CompletableFuture.runAsync(
                        () -> {
                            try {
                                Thread.sleep(1500);
                                action.run();
                            } catch (Exception e) {
                                throw new IllegalStateException(e);
                            }
                        });
        Tools.Result result = Tools.odp4j(words);
        other.get(30, TimeUnit.SECONDS);
        return result;
    }

    private interface Shown {
        void run() throws Exception;
    }

    @Test
    void shouldPrintEventsAsTheyCome() throws Exception {
        Shown changes =
                () -> {
                    Tools.ovs("add-flow", DATAPATH, "in_port(1),eth(),eth_type(0x1111)", "2");
                    Tools.ovs("del-flow", DATAPATH, "in_port(1),eth(),eth_type(0x1111)");
                    Tools.ovs("add-if", DATAPATH, "ovsd-i0,type=internal");
                    Tools.ovs("del-if", DATAPATH, "ovsd-i0");
                };
        Tools.Result text = during(changes, "-t", "6", "monitor");
        assertThat(text.status()).as(text.err()).isZero();
        assertThat(text.lines())
                .anyMatch(line -> line.matches("[0-9:.]{12} ovs_flow new ovsd: in_port\\(1\\).*"))
                .anyMatch(line -> line.contains(" ovs_flow del ovsd: in_port(1)"))
                .anyMatch(
                        line -> line.contains(" ovs_vport new ovsd: ") && line.contains("ovsd-i0"))
                .anyMatch(line -> line.contains(" ovs_vport del ovsd: "));
        Tools.Result json = during(changes, "-t", "6", "--json", "monitor");
        assertThat(json.lines())
                .anyMatch(
                        line ->
                                line.contains("\"family\":\"ovs_vport\",\"command\":\"new\"")
                                        && line.contains("\"name\":\"ovsd-i0\""));
    }

    @Test
    void shouldPrintMissesAndPutBackWhereTheyWent() throws Exception {
        int features = DatapathAttributes.F_VPORT_PIDS;
        SWITCH.datapaths().setFeatures(SWITCH.datapath(), features, null);
        SWITCH.vports().setUpcallPids(SWITCH.port(SWITCH.h1.port()), 4242);
        Path pcap = Files.createTempFile("upcalls", ".pcap");
        try {
            Tools.Result result =
                    during(
                            () -> SWITCH.h1.run("ping", "-c", "1", "-W", "1", "10.0.0.2"),
                            "-t",
                            "4",
                            "--names",
                            "upcalls",
                            "--pcap",
                            pcap.toString(),
                            DATAPATH,
                            SWITCH.h1.port());
            assertThat(result.status()).as(result.err()).isZero();
            List<String> misses = result.lines();
            assertThat(misses)
                    .isNotEmpty()
                    .allMatch(line -> line.startsWith("MISS recirc_id(0)"))
                    .anyMatch(
                            line ->
                                    line.contains("in_port(" + SWITCH.h1.port() + ")")
                                            && line.contains("arp(sip=10.0.0.1,tip=10.0.0.2,op=1")
                                            && line.contains(", length:42, hash:0x"));
            int kept = 0;
            try (PcapReader frames = PcapReader.open(pcap)) {
                while (frames.next()) {
                    kept++;
                }
            }
            assertThat(kept).isEqualTo(misses.size());
        } finally {
            Files.delete(pcap);
        }
        assertThat(SWITCH.port(SWITCH.h1.port()).attributes().bytes(VportAttributes.UPCALL_PID))
                .isEqualTo(new byte[] {(byte) 0x92, 0x10, 0, 0});
        assertThat(SWITCH.datapath().userFeatures()).isEqualTo(features);
    }

    @Test
    void shouldPrintUpcallsOfAPortThatItAttaches() throws Exception {
        SWITCH.datapaths().setFeatures(SWITCH.datapath(), 0, null);
        Tools.odp4j("del-if", DATAPATH, SWITCH.h2.port());
        try {
            Tools.Result result =
                    during(
                            () -> SWITCH.h2.run("ping", "-c", "1", "-W", "1", "10.0.0.1"),
                            "-t",
                            "4",
                            "--json",
                            "upcalls",
                            "--attach",
                            DATAPATH,
                            SWITCH.h2.port() + ",port_no=9");
            assertThat(result.lines())
                    .anyMatch(
                            line ->
                                    line.startsWith("{\"upcall\":\"miss\"")
                                            && line.contains("\"in_port\":9")
                                            && line.contains("\"length\":42"));
            assertThat(SWITCH.vports().find(SWITCH.h2.port())).isEmpty();
        } finally {
            Tools.odp4j("add-if", DATAPATH, SWITCH.h2.port() + ",port_no=2");
        }
    }

    @Test
    void shouldTakeOverADatapathThatDispatchesByCpuOnlyIfTold() throws Exception {
        int features =
                DatapathAttributes.F_UNALIGNED | DatapathAttributes.F_DISPATCH_UPCALL_PER_CPU;
        SWITCH.datapaths().setFeatures(SWITCH.datapath(), features, new int[] {4242});
        assertThat(Tools.odp4j("upcalls", DATAPATH).err()).contains("--per-cpu");
        Tools.Result result =
                during(
                        () -> Tools.ovs("--version"),
                        "-t",
                        "3",
                        "upcalls",
                        "--per-cpu",
                        "--count",
                        "1",
                        DATAPATH);
        assertThat(result.status()).as(result.err()).isZero();
        assertThat(SWITCH.datapath().userFeatures()).isEqualTo(features);
        SWITCH.datapaths().setFeatures(SWITCH.datapath(), 0, null);
    }

    @Test
    void shouldExecuteFramesOfEveryForm() throws Exception {
        String port = SWITCH.h1.port();
        long before = SWITCH.port(port).stat("tx_packets");
        Tools.Result hex = Tools.odp4j("execute", DATAPATH, "1", HEX);
        assertThat(hex.status()).as(hex.err()).isZero();
        Tools.Result key =
                Tools.odp4j(
                        "execute",
                        port,
                        "in_port(2),eth(src=00:00:00:00:00:01,dst=00:00:00:00:00:02),"
                                + "eth_type(0x0800),ipv4(src=1.1.1.1,dst=2.2.2.2,proto=17,ttl=1),"
                                + "udp(src=1,dst=2)");
        assertThat(key.status()).as(key.err()).isZero();
        assertThat(SWITCH.port(port).stat("tx_packets")).isGreaterThanOrEqualTo(before + 2);
        assertThat(Tools.odp4j("execute", DATAPATH, "1", "00", HEX).err())
                .contains("packet execute failed");
        assertThat(Tools.odp4j("execute", DATAPATH, "garbage(", HEX).status()).isEqualTo(1);
        assertThat(Tools.odp4j("execute", DATAPATH, "1").status()).isEqualTo(2);
    }

    @Test
    void shouldMakeShowAndDeleteMeters() {
        assertThat(Tools.odp4j("meters", "features").out())
                .isEqualTo("max_meter:200000 max_bands:1 band_types: drop\n");
        Tools.Result added =
                Tools.odp4j(
                        "meters",
                        "add",
                        DATAPATH,
                        "meter=1,kbps,band=type=drop,rate=1000,burst_size=100",
                        "meter=2,pktps,band=type=drop,rate=5");
        assertThat(added.status()).as(added.err()).isZero();
        String counted = " packets:0, bytes:0, used:[0-9.]+s bands: 0: packets:0, bytes:0";
        assertThat(Tools.odp4j("meters", "show").lines())
                .satisfiesExactly(
                        line -> assertThat(line).matches("meter=1" + counted),
                        line -> assertThat(line).matches("meter=2" + counted));
        Tools.Result flow =
                Tools.odp4j("add-flow", "in_port(1),eth(),eth_type(0x1117)", "meter(1),2");
        assertThat(flow.status()).as(flow.err()).isZero();
        assertThat(Tools.odp4j("meters", "show", DATAPATH, "2", "--json").out())
                .startsWith("{\"id\":2,");
        assertThat(Tools.odp4j("meters", "del", "1", "2").status()).isZero();
        assertThat(Tools.odp4j("meters", "show").out()).isEmpty();
        assertThat(Tools.odp4j("meters", "show", "2").status()).isEqualTo(1);
        assertThat(Tools.odp4j("meters", "del", "2").status()).isEqualTo(1);
        assertThat(Tools.odp4j("meters", "add", "meter=3,band=type=drop,rate=0").status())
                .isEqualTo(1);
        assertThat(Tools.odp4j("meters").status()).isEqualTo(2);
    }
}
