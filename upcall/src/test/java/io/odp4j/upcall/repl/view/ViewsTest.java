package io.odp4j.upcall.repl.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.text.PortNames;
import io.odp4j.upcall.control.CommandTable;
import io.odp4j.upcall.control.ControlCommand;
import io.odp4j.upcall.control.ControlException;
import io.odp4j.upcall.repl.TableTarget;
import io.odp4j.upcall.repl.Target;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Views over dumps as odp4j and Open vSwitch print them. */
class ViewsTest {
    private static final String OPEN_VSWITCH =
            """
            flow-dump from the main thread:
            ufid:01234567-89ab-cdef-0123-456789abcdef, recirc_id(0),dp_hash(0/0),skb_priority(0/0),\
            in_port(1),skb_mark(0/0),ct_state(0/0),ct_zone(0/0),ct_mark(0/0),ct_label(0/0),\
            eth(src=02:00:00:00:00:01,dst=02:00:00:00:00:02),eth_type(0x0800),\
            ipv4(src=10.0.0.0/255.0.0.0,dst=0.0.0.0/0.0.0.0,proto=6,tos=0/0,ttl=0/0,frag=no),\
            tcp(src=0/0,dst=443), packets:9, bytes:882, used:0.504s, flags:SP., dp:ovs, \
            actions:ct(zone=1),recirc(0x2)
            recirc_id(0x2),in_port(1),ct_state(+trk),eth_type(0x0800),ipv4(frag=no), packets:7, \
            bytes:700, used:1.5s, actions:set(ipv4(ttl=2)),2,3
            recirc_id(0x9),in_port(2),eth_type(0x0806), packets:0, bytes:0, used:never, actions:drop
            """;
    private static final Map<String, Integer> PORTS = Map.of("vm1", 1, "vm2", 2, "up", 3);

    private final CommandTable table =
            new CommandTable()
                    .add(command("dpctl/dump-flows", OPEN_VSWITCH))
                    .add(
                            command(
                                    "dpctl/show",
                                    """
                                    system@ovs-system:
                                      lookups: hit:10 missed:20 lost:3
                                      flows: 3
                                      port 0: ovs-system (internal)
                                      port 1: vm1
                                        RX packets:7 errors:0 dropped:0 overruns:0 frame:0
                                      port 2: vm2
                                      port 3: up
                                    """));
    private final Target target = new TableTarget("ovs-vswitchd", table);

    private static ControlCommand command(String name, String answer) {
        return new ControlCommand(name, "", 0, 9, arguments -> answer);
    }

    @Test
    void shouldReadADumpOfOpenVSwitch() {
        List<DumpedFlow> flows = new FlowDump(PortNames.of(PORTS)).parse(OPEN_VSWITCH);
        assertThat(flows).hasSize(3);
        DumpedFlow first = flows.get(0);
        assertThat(first.identity()).isEqualTo("ufid:01234567-89ab-cdef-0123-456789abcdef");
        assertThat(first.match())
                .startsWith("recirc_id(0),in_port(vm1),eth(")
                .contains("ipv4(src=10.0.0.0/255.0.0.0,proto=6,frag=no),tcp(dst=443)");
        assertThat(first.packets()).isEqualTo(9);
        assertThat(first.bytes()).isEqualTo(882);
        assertThat(first.usedMillis()).isEqualTo(504);
        assertThat(first.actions()).isEqualTo("ct(zone=1),recirc(0x2)");
        assertThat(first.mask().words()[FlowField.NW_SRC.word()] >>> 32).isEqualTo(0xff000000L);
        assertThat(flows.get(1).actions()).isEqualTo("set(ipv4(ttl=2)),vm2,up");
        assertThat(flows.get(2).usedMillis()).isEqualTo(-1);
    }

    @Test
    void shouldSortFilterAndLimitFlows() throws Exception {
        assertThat(run("flows").lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("█ recirc_id(0)"),
                        line -> assertThat(line).startsWith("▇ recirc_id(0x2)"),
                        line -> assertThat(line).startsWith("  recirc_id(0x9)"),
                        line -> assertThat(line).isEqualTo("# 3 flows"));
        assertThat(run("flows", "--sort", "used", "-n", "1")).contains("used:0.5s").contains("# 3");
        assertThat(run("flows", "arp", "or", "in_port=vm2")).contains("0x9").endsWith("# 1 flow\n");
        assertThat(run("flows", "packets>8")).contains("# 1 flow");
        assertThat(run("flows", "used=never")).contains("recirc_id(0x9)").contains("# 1 flow");
        assertThat(run("flows", "udp")).as("may still match").contains("# 1 flow");
        assertThat(run("flows", "tcp_dst=80")).doesNotContain("dst=443");
        assertThatThrownBy(() -> run("flows", "tcp", "and"))
                .isInstanceOf(ControlException.class)
                .hasMessageContaining("expected a field at column 8\ntcp and\n       ^");
        assertThatThrownBy(() -> run("flows", "--sort", "size"))
                .isInstanceOf(ControlException.class)
                .hasMessageContaining("--sort");
    }

    @Test
    void shouldGroupFlowsByMaskAndByRecirculation() throws Exception {
        assertThat(run("flows", "--by", "mask", "packets>0"))
                .contains("1 flows, 9 packets: recirc_id,in_port,")
                .contains("nw_src/8");
        assertThat(run("flows", "--by", "recirc").lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("█ recirc_id(0)"),
                        line -> assertThat(line).startsWith("▇   recirc_id(0x2)"),
                        line -> assertThat(line).startsWith("  recirc_id(0x9)"),
                        line -> assertThat(line).isEqualTo("# 3 flows"));
    }

    @Test
    void shouldWriteFlowsAsJson() throws Exception {
        assertThat(run("flows", "--json", "packets>8"))
                .startsWith("{\"match\":\"recirc_id(0),in_port(vm1)")
                .contains("\"packets\":9,\"bytes\":882,\"used_ms\":504")
                .endsWith("\"actions\":\"ct(zone=1),recirc(0x2)\"}\n");
    }

    @Test
    void shouldShowTheBusiest() throws Exception {
        assertThat(run("top", "-s", "0.01"))
                .startsWith("3 flows; a second: 0 hit, 0 missed, 0 lost\n")
                .contains("           ?            ?            0  vm1\n")
                .contains("  MASK\n           1            0  recirc_id,in_port,");
    }

    @Test
    void shouldLookAPacketUpInACopyOfTheFlows() throws Exception {
        String packet = "in_port(vm1),eth(),ipv4(src=10.1.2.3),tcp(dst=443)";
        assertThat(run("packet", "--table", packet)).contains("actions:ct(zone=1),recirc(0x2)");
        assertThat(run("packet", "--table", packet.replace("443", "80"))).startsWith("no flow");
        assertThat(run("packet", "--table", packet.replace(",tcp", ",udp"))).startsWith("no flow");
    }

    @Test
    void shouldFollowChangesWhereNobodyTellsOfThem() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        table.add(
                new ControlCommand(
                        "dpctl/dump-flows",
                        "",
                        0,
                        9,
                        arguments ->
                                asked.getAndIncrement() == 0
                                        ? OPEN_VSWITCH
                                        : OPEN_VSWITCH
                                                .replaceAll("(?m)^recirc_id\\(0x9\\).*\n", "")
                                                .replace("recirc_id(0x2)", "recirc_id(0x4)")));
        assertThat(run("flows", "--follow", "--count", "3").lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains(" gone recirc_id(0x2)"),
                        line -> assertThat(line).contains(" gone recirc_id(0x9)"),
                        line -> assertThat(line).contains(" new recirc_id(0x4)"));
        asked.set(0);
        assertThat(run("flows", "--follow", "--json", "--count", "1"))
                .startsWith("{\"event\":\"gone\",\"time_us\":")
                .contains("\"match\":\"recirc_id(0x2)");
    }

    @Test
    void shouldMakeAPacketFromItsHeaders() throws Exception {
        String made = run("packet", "in_port(vm2),", "ipv4(dst=10.0.0.9),", "udp(dst=53)");
        assertThat(made.lines().toList())
                .satisfiesExactly(
                        key -> assertThat(key).contains("in_port(vm2)").contains("dst=10.0.0.9"),
                        hex -> assertThat(hex).matches("[0-9a-f]{120}"));
        assertThat(run("packet", "--json", made.lines().skip(1).findFirst().orElseThrow()))
                .contains("\"length\":60");
        assertThatThrownBy(() -> run("packet", "udp(dst=x)")).hasMessageContaining("        ^");
        assertThatThrownBy(() -> run("packet", "xyz")).hasMessageContaining("is no packet");
    }

    @Test
    void shouldTakeAMessageApart() throws Exception {
        assertThat(run("decode", "--route", "14000000120001000700000000000000", "00000000"))
                .startsWith("     0    16  link get, length 20, type 0x12, flags 0x1, seq 7");
        assertThatThrownBy(() -> run("decode", "hello")).hasMessageContaining("neither");
    }

    private String run(String name, String... words) throws Exception {
        try {
            return Views.named(name).with(List.of(words)).answer(target, () -> false);
        } catch (IOException e) {
            throw new ControlException(e.getMessage(), e);
        }
    }
}
