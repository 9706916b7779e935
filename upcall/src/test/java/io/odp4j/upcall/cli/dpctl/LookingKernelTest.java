package io.odp4j.upcall.cli.dpctl;

import static io.odp4j.upcall.cli.dpctl.SwitchUnderTest.DATAPATH;
import static io.odp4j.upcall.cli.dpctl.SwitchUnderTest.assertSame;
import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.datapath.ovs.DatapathAttributes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What {@code odp4j dpctl} shows of a datapath is what ovs-dpctl shows of it. */
@Tag("kernel")
class LookingKernelTest {
    @RegisterExtension static final SwitchUnderTest SWITCH = new SwitchUnderTest();

    @BeforeAll
    static void carryPings() throws Exception {
        String[][] flows = {
            {"in_port(1),eth(),eth_type(0x0806),arp()", "2"},
            {"in_port(2),eth(),eth_type(0x0806),arp()", "1"},
            {
                "ufid:01234567-89ab-cdef-0123-456789abcdef,in_port(1),eth(),eth_type(0x0800),ipv4()",
                "2,0"
            },
            {
                "in_port(2),eth(),eth_type(0x0800),ipv4(src=10.0.0.2,proto=1,frag=no),icmp()",
                "trunc(100),0,1"
            },
            {
                "recirc_id(0x7),in_port(2),eth(),eth_type(0x0800),ipv4(proto=6,frag=no),tcp(dst=80),tcp_flags(0/0)",
                "1"
            },
            {"in_port(1),eth(),eth_type(0x8100),vlan(vid=5),encap(eth_type(0x0800),ipv4())", "0"},
        };
        for (String[] flow : flows) {
            Tools.Result added = Tools.ovs("add-flow", DATAPATH, flow[0], flow[1]);
            assertThat(added.status()).as(added.err()).isZero();
        }
        assertThat(SWITCH.h1.ping("10.0.0.2", 3, 56).ok()).isTrue();
        assertThat(SWITCH.h1.ping("10.0.0.2", 3, 1200).ok()).isTrue();
    }

    @Test
    void shouldShowDatapathsAsOvsDpctlDoes() throws Exception {
        assertSame("dump-dps");
        assertSame("show");
        assertSame("show", "-s");
        assertSame("-s", "show", DATAPATH);
    }

    @Test
    void shouldDumpFlowsAsOvsDpctlDoes() throws Exception {
        assertSame("dump-flows");
        assertSame("dump-flows", "-m");
        assertSame("--names", "dump-flows", "system@" + DATAPATH);
        assertSame("-m", "--no-names", "dump-flows");
    }

    @Test
    void shouldFilterFlowsAsOvsDpctlDoes() throws Exception {
        for (String filter :
                new String[] {
                    "ip",
                    "tcp,tp_src=80",
                    "in_port=" + SWITCH.h1.port() + ",arp",
                    "icmp,nw_src=10.0.0.2",
                    "eth_type=0x0806",
                    "in_port(1)",
                    "dl_vlan=5",
                    "recirc_id=7"
                }) {
            assertSame("dump-flows", "filter=" + filter);
        }
    }

    @Test
    void shouldFailWhereOvsDpctlDoes() throws Exception {
        assertSame("show", "nope", DATAPATH);
        assertSame("show", "foo@" + DATAPATH);
        assertSame("dump-flows", "filter=foo=1");
        assertSame("dump-flows", "filter=nw_src=10.0.0.1");
    }

    @Test
    void shouldFilterByAKeyAndItsMask() {
        assertThat(Tools.odp4j("dump-flows", "filter=in_port(2),eth_type(0x0800)").lines())
                .hasSize(2)
                .allMatch(line -> line.contains("in_port(2)"));
        assertThat(
                        Tools.odp4j("dump-flows", "filter=eth_type(0x800),ipv4(src=10.0.0.0/31)")
                                .lines())
                .noneMatch(line -> line.contains("src=10.0.0.2"));
    }

    @Test
    void shouldKnowTheTypesOfFlows() {
        assertThat(Tools.odp4j("dump-flows", "type=ovs").lines()).hasSize(6);
        assertThat(Tools.odp4j("dump-flows", "type=tc,offloaded").lines()).isEmpty();
        assertThat(Tools.odp4j("dump-flows", "type=other").status()).isEqualTo(1);
    }

    @Test
    void shouldLeaveFeaturesAloneWhenLooking() throws Exception {
        int features = DatapathAttributes.F_VPORT_PIDS;
        SWITCH.datapaths().setFeatures(SWITCH.datapath(), features, null);
        Tools.odp4j("show", "-s");
        Tools.odp4j("dump-flows", "-m");
        Tools.odp4j("dump-dps");
        assertThat(SWITCH.datapath().userFeatures()).isEqualTo(features);
    }
}
