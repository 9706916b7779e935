package io.odp4j.upcall.cli.dpctl;

import static io.odp4j.upcall.cli.dpctl.SwitchUnderTest.DATAPATH;
import static io.odp4j.upcall.cli.dpctl.SwitchUnderTest.assertSame;
import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.datapath.ovs.DatapathAttributes;
import io.odp4j.upcall.demo.Shell;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What {@code odp4j dpctl} changes is what ovs-dpctl then shows, and the other way round. */
@Tag("kernel")
class ChangingKernelTest {
    @RegisterExtension static final SwitchUnderTest SWITCH = new SwitchUnderTest();

    private static final String UFID = "ufid:01234567-89ab-cdef-0123-456789abcdef";
    private static final String IPV4 = "in_port(1),eth(),eth_type(0x0800),ipv4()";

    @AfterEach
    void deleteFlows() {
        ok("del-flows", DATAPATH);
    }

    private static Tools.Result ok(String... words) {
        Tools.Result result = Tools.odp4j(words);
        assertThat(result.status()).as("%s: %s", String.join(" ", words), result.err()).isZero();
        assertThat(result.err()).isEmpty();
        return result;
    }

    private static String fails(String... words) {
        Tools.Result result = Tools.odp4j(words);
        assertThat(result.status()).as(String.join(" ", words)).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        return result.err();
    }

    @Test
    void shouldAddFlowsThatOvsDpctlDumpsAlike() throws Exception {
        ok("add-flow", DATAPATH, IPV4, "2");
        ok("add-flow", UFID + ",in_port(2),eth(),eth_type(0x0806),arp(op=1)", "drop");
        ok(
                "add-flow",
                "recirc_id(3),in_port(" + SWITCH.h1.port() + "),eth(),eth_type(0x86dd),ipv6()",
                "ct(commit,mark=0x1/0xf),push_vlan(vid=7,pcp=0)," + SWITCH.h2.port());
        assertSame("-m", "--no-names", "dump-flows");
        assertSame("--names", "get-flow", DATAPATH, UFID);
        assertThat(ok("get-flow", UFID).lines()).hasSize(1);
    }

    @Test
    void shouldReadBackTheFlowsThatOvsDpctlDumps() throws Exception {
        for (int i = 0; i < 3; i++) {
            ok("add-flow", "skb_mark(" + i + ")," + IPV4, "set(ipv4(tos=4/0xfc)),2," + i);
        }
        String dumped = Tools.ovs("-m", "dump-flows", DATAPATH).out();
        Path file = Files.createTempFile("flows", ".txt");
        try {
            Files.writeString(file, dumped);
            ok("del-flows", DATAPATH, file.toString());
            assertThat(ok("dump-flows").out()).isEmpty();
            ok("add-flows", DATAPATH, file.toString());
        } finally {
            Files.delete(file);
        }
        assertThat(ok("-m", "dump-flows").lines())
                .containsExactlyInAnyOrderElementsOf(dumped.lines().toList());
    }

    @Test
    void shouldChangeFlows() throws Exception {
        fails("mod-flow", DATAPATH, IPV4, "2");
        ok("--may-create", "mod-flow", DATAPATH, IPV4, "2");
        assertSame("-s", "mod-flow", DATAPATH, IPV4, "1");
        assertThat(ok("-s", "--clear", "mod-flow", IPV4, "drop").out())
                .isEqualTo("packets:0, bytes:0, used:never\n");
        assertThat(ok("dump-flows").out()).endsWith("actions:drop\n");
        assertThat(fails("add-flow", IPV4, "2")).contains("EEXIST");
        assertThat(ok("-s", "del-flow", IPV4).out()).isEqualTo("packets:0, bytes:0, used:never\n");
        assertThat(fails("del-flow", DATAPATH, IPV4)).contains("ENOENT").contains("ufid");
        assertSame("get-flow", DATAPATH, UFID);
    }

    @Test
    void shouldGoOnBehindABadLineOfAFileAndSayWhichItWas() {
        String file =
                """
                # a comment

                in_port(1),eth(),eth_type(0x1111) 2
                in_port(1),eth(sorc=1),eth_type(0x1112) 2
                modify in_port(1),eth(),eth_type(0x1111) drop   # another
                add in_port(1),eth(),eth_type(0x1113), packets:1, bytes:2, used:1.000s, actions:2
                in_port(1),eth(),eth_type(0x1114)
                delete in_port(1),eth(),eth_type(0x1113)
                in_port(1),eth(),eth_type(0x1115) 2
                """;
        Tools.Result result = Tools.odp4jReading(file, "add-flows", DATAPATH, "-");
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err().lines().filter(line -> line.startsWith("odp4j: line ")))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("odp4j: line 4: "),
                        line -> assertThat(line).startsWith("odp4j: line 7: "));
        assertThat(ok("dump-flows").lines())
                .extracting(line -> line.replaceAll(", packets.*actions", " actions"))
                .containsExactlyInAnyOrder(
                        "in_port(1),eth(),eth_type(0x1111) actions:drop",
                        "in_port(1),eth(),eth_type(0x1115) actions:2");
    }

    @Test
    void shouldShowWhereATextIsWrong() {
        assertThat(fails("add-flow", "in_port(1),eth(sorc=1)", "2"))
                .isEqualTo(
                        """
                        odp4j: expected src=, dst= or ')' at column 16
                        in_port(1),eth(sorc=1)
                                       ^
                        """);
        assertThat(fails("add-flow", IPV4, "1,vlan_pop").lines()).hasSize(3);
        assertThat(fails("add-flow", "in_port(nope)", "1")).contains("name of a port");
    }

    @Test
    void shouldMakeDatapathsAndPortsThatOvsDpctlShowsAlike() throws Exception {
        ok("add-dp", "ovse", "ovse-i0,type=internal", "ovse-i1,type=internal,port_no=77");
        try {
            addTunnel("vxlan_sys_5000", "type=vxlan,dst_port=5000");
            addTunnel("genev_sys_6081", "type=geneve,remote_ip=flow");
            assertSame("show", "ovse");
            assertSame("set-if", "ovse", "ovse-i1,port_no=77,type=internal");
            assertSame("set-if", "ovse", "ovse-i1,port_no=78");
            assertThat(fails("add-if", "ovse", "ovse-i2,type=internal,port_no=77"))
                    .contains("EBUSY");
            assertThat(fails("add-if", "ovse", "nope")).contains("ENODEV");
            assertThat(fails("add-if", "ovse", "x,type=foo")).contains("no port type foo");
            assertThat(fails("del-if", "ovse", SWITCH.h1.port())).contains("no port named");
            assertThat(fails("del-if", "ovse", "ovse")).contains("EINVAL");
            ok("del-if", "ovse", "ovse-i0", "77", "vxlan_sys_5000");
            assertThat(ok("show", "ovse").lines()).filteredOn(l -> l.contains(" port ")).hasSize(2);
            assertThat(fails("add-dp", "ovse")).contains("EEXIST");
            assertThat(fails("dump-flows")).contains("name one");
        } finally {
            ok("del-dp", "ovse");
        }
        assertThat(fails("del-dp", "ovse")).contains("ENODEV");
    }

    /** A tunnel's port, or where the kernel has none, what the error says to do instead. */
    private static void addTunnel(String name, String options) throws Exception {
        Tools.Result added = Tools.odp4j("add-if", "system@ovse", name + "," + options);
        if (added.status() == 0) {
            return;
        }
        assertThat(added.err()).contains("EAFNOSUPPORT").contains("this kernel has no ports");
        String advice = added.err().replaceAll("(?s).*attach that: (.*) && odp4j .*", "$1");
        Shell.Result made = Shell.run(List.of("bash", "-c", advice));
        assertThat(made.ok()).as("%s: %s", advice, made.output()).isTrue();
        ok("add-if", "ovse", name);
    }

    @Test
    void shouldLimitConnectionsAsOvsDpctlDoes() throws Exception {
        ok("ct-set-limits", "default=100", "zone=1,limit=5", "zone=7,limit=1000");
        assertSame("ct-get-limits");
        assertSame("ct-get-limits", DATAPATH, "zone=1,9");
        assertThat(Tools.ovs("ct-set-limits", "zone=3,limit=8").status()).isZero();
        ok("ct-del-limits", "zone=1,7");
        assertThat(ok("ct-get-limits").out())
                .isEqualTo("default limit=100\nzone=3,limit=8,count=0\n");
        ok("ct-del-limits", DATAPATH, "zone=3");
        ok("ct-set-limits", "default=0");
        for (String bad : List.of("zone=1", "zone=99999,limit=1", "foo=1", "zone=x,limit=1")) {
            fails("ct-set-limits", bad);
        }
        fails("ct-get-limits", "zone=x");
    }

    @Test
    void shouldSizeTheMaskCacheAsOvsDpctlDoes() throws Exception {
        int features = DatapathAttributes.F_VPORT_PIDS;
        SWITCH.datapaths().setFeatures(SWITCH.datapath(), features, null);
        assertThat(ok("cache-set-size", DATAPATH, "masks-cache", "512").out())
                .isEqualTo("Setting cache size successful, new size 512\n");
        assertThat(SWITCH.datapath().userFeatures()).isEqualTo(features);
        assertSame("cache-get-size");
        assertSame("cache-set-size", DATAPATH, "masks-cache", "500");
        ok("cache-set-size", DATAPATH, "masks-cache", "256");
        fails("cache-set-size", DATAPATH, "foo", "256");
        fails("cache-set-size", DATAPATH, "masks-cache", "x");
    }

    @Test
    void shouldChangeNothingIfReadOnly() {
        assertThat(fails("--read-only", "del-dp", DATAPATH)).contains("--read-only");
        assertThat(fails("add-flow", "--read-only", IPV4, "2")).contains("--read-only");
        ok("--read-only", "show");
    }

    @Test
    void shouldTellWrongUsageByTheStatus() {
        for (String[] words :
                new String[][] {
                    {"nosuch"},
                    {},
                    {"add-dp"},
                    {"add-if", DATAPATH},
                    {"--nosuch", "show"},
                    {"add-flow", IPV4},
                    {"-t", "x", "show"},
                    {"cache-set-size", DATAPATH},
                    {"dump-dps", DATAPATH},
                    {"dump-flows", DATAPATH, "other"}
                }) {
            Tools.Result result = Tools.odp4j(words);
            assertThat(result.status()).as(String.join(" ", words)).isEqualTo(2);
            assertThat(result.err()).startsWith("odp4j: ");
        }
    }
}
