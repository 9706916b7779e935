package io.odp4j.upcall.repl.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.odp4j.datapath.embedded.EmbeddedDatapath;
import io.odp4j.datapath.packet.PcapReader;
import io.odp4j.upcall.Agent;
import io.odp4j.upcall.appctl.AgentCommands;
import io.odp4j.upcall.cli.dpctl.DpctlControl;
import io.odp4j.upcall.control.CommandTable;
import io.odp4j.upcall.control.ControlException;
import io.odp4j.upcall.counter.Counters;
import io.odp4j.upcall.demo.MemoryHost;
import io.odp4j.upcall.repl.TableTarget;
import io.odp4j.upcall.repl.Target;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an agent between two hosts does, looked on while it does it. */
@Timeout(120)
class LiveViewsTest {
    @TempDir Path folder;
    private EmbeddedDatapath embedded;
    private MemoryHost h1;
    private MemoryHost h2;
    private Agent agent;
    private AgentCommands commands;
    private Target target;

    @BeforeEach
    void setUp() throws Exception {
        embedded = EmbeddedDatapath.open();
        h1 = MemoryHost.plug(embedded, "h1p", 1);
        h2 = MemoryHost.plug(embedded, "h2p", 2);
        agent =
                Agent.builder("view0")
                        .endpoint(embedded.endpoint())
                        .ports(List.of("h1p", "h2p"))
                        .start();
        CommandTable table = new CommandTable();
        DpctlControl.addTo(table, embedded.endpoint());
        commands = AgentCommands.addTo(table, agent, "odp4j test", new Counters());
        target = new TableTarget("view0", table);
    }

    @AfterEach
    void tearDown() {
        commands.close();
        agent.close();
        h1.close();
        h2.close();
        embedded.close();
    }

    @Test
    void shouldShowTheUpcallsThatAFilterMeansAndKeepTheirPackets() throws Exception {
        Path pcap = folder.resolve("up.pcap");
        CompletableFuture<String> shown =
                start(
                        "upcalls",
                        "--count",
                        "1",
                        "--pcap",
                        pcap.toString(),
                        "icmp",
                        "and",
                        "in_port=h1p");
        pingUntil(shown);
        assertThat(shown.get().lines().filter(line -> !line.startsWith("#")))
                .singleElement()
                .asString()
                .matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{6} \\w+ miss \\d+us .*in_port\\(h1p\\).*")
                .contains("icmp(type=8,code=0)");
        try (PcapReader packets = PcapReader.open(pcap)) {
            assertThat(packets.next()).isTrue();
            assertThat(packets.bytes()).hasSizeGreaterThan(60);
        }
    }

    @Test
    void shouldFollowFlowsAsTheyComeAndGo() throws Exception {
        CompletableFuture<String> born =
                start("flows", "--follow", "--count", "1", "icmp", "and", "event=installed");
        CompletableFuture<String> gone =
                start("flows", "--follow", "--count", "1", "event=evicted and in_port=h1p");
        pingUntil(born);
        pingUntil(gone);
        assertThat(born.get()).contains(" installed ").contains("actions:h");
        assertThat(gone.get()).contains(" evicted ").contains("in_port(h1p)");
    }

    @Test
    void shouldSendAPacketUpAsIfItHadComeIn() throws Exception {
        CompletableFuture<String> shown =
                start("upcalls", "--count", "1", "udp and tp_dst=4444 and in_port=h1p");
        String packet =
                "in_port(h1p),eth(src=02:00:00:00:00:01,dst=02:00:00:00:00:02),"
                        + "ipv4(dst=10.0.0.2),udp(dst=4444)";
        for (int i = 0; i < 100 && !shown.isDone(); i++) {
            run("packet", "--inject", packet);
            Thread.sleep(50);
        }
        assertThat(shown.get()).contains("udp(src=").contains("dst=4444)");
    }

    @Test
    void shouldRankPortsByTheirUpcallsAndSayWhatAPacketMeets() throws Exception {
        pingUntil(start("upcalls", "--count", "2"));
        assertThat(run("top", "-s", "0.01")).contains("  h1p\n").contains("  MASK\n");
        assertThat(run("top", "-s", "0.01", "--json"))
                .contains("{\"port\":\"")
                .contains("{\"mask\":");
        assertThat(run("packet", "--table", "in_port(h1p),eth(src=06:00:00:00:00:01),arp()"))
                .startsWith("no flow");
        assertThat(
                        run(
                                "packet",
                                "--execute",
                                "2",
                                "in_port(h1p),eth(dst=02:00:00:00:00:02),ipv4(dst=10.0.0.2),udp()"))
                .isEmpty();
        assertThatThrownBy(() -> run("upcalls", "nosuch=1"))
                .isInstanceOf(ControlException.class)
                .hasMessageContaining("expected a field");
    }

    private String run(String name, String... words) throws Exception {
        return Views.named(name).with(List.of(words)).answer(target, () -> false);
    }

    private CompletableFuture<String> start(String name, String... words) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return run(name, words);
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                });
    }

    /** Each time with a flow table that knows nothing. */
    private void pingUntil(CompletableFuture<String> shown) throws Exception {
        for (int i = 0; i < 100 && !shown.isDone(); i++) {
            target.run("revalidator/purge", List.of());
            h1.ping(h2.address(), 1, 56, 300);
            Thread.sleep(50);
        }
        shown.get(20, TimeUnit.SECONDS);
    }
}
