package io.odp4j.datapath.flow.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.datapath.flow.ActionAttributes;
import io.odp4j.datapath.flow.KeyAttributes;
import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.RequestChannel;
import io.odp4j.datapath.netlink.table.Attribute;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.netlink.table.AttributeText;
import io.odp4j.datapath.ovs.Datapath;
import io.odp4j.datapath.ovs.DatapathAttributes;
import io.odp4j.datapath.ovs.Datapaths;
import io.odp4j.datapath.ovs.FlowAttributes;
import io.odp4j.datapath.ovs.FlowText;
import io.odp4j.datapath.ovs.Flows;
import io.odp4j.datapath.ovs.OvsFamilies;
import io.odp4j.datapath.ovs.Vport;
import io.odp4j.datapath.ovs.Vports;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Both tools on one kernel: what the one adds and prints, and the other. */
@Tag("kernel")
class FlowTextKernelTest {
    private static final String NAME = "textdp";
    private static final int COUNT = 800;
    private static final FlowTextOptions MORE =
            FlowTextOptions.MORE.withNames(PortNames.of(Map.of(NAME, 0)));
    private static final long SEED = 20_231_105;

    /** Where a run leaves what it saw, for {@link RecordedFlowsTest}; nowhere unless told. */
    private static final String RECORD = System.getProperty("odp4j.record");

    private List<KernelFlows.Flow> flows;
    private RequestChannel channel;
    private OvsFamilies families;
    private Datapaths datapaths;
    private Datapath datapath;
    private Flows requests;

    @BeforeEach
    void makeDatapath() throws Exception {
        channel = RequestChannel.open(NetlinkEndpoint.KERNEL_GENERIC);
        families = OvsFamilies.resolve(channel);
        datapaths = new Datapaths(channel, families);
        datapath = datapaths.create(NAME, 0, DatapathAttributes.F_UNALIGNED);
        requests = new Flows(channel, families, datapath);
        flows = new KernelFlows(SEED, missing()).flows(COUNT);
    }

    /** What this kernel lacks, such as User-Mode Linux 6.1 both of these. */
    private Set<String> missing() throws NetlinkException {
        Set<String> missing = new HashSet<>();
        if (refuses("ct_zone(1),in_port(1),eth(),eth_type(0x0801)", "1")) {
            missing.add("ct_zone");
            missing.add("zone=");
        }
        if (refuses("in_port(2),eth(),eth_type(0x0801)", "hash(sym_l4(0))")) {
            missing.add("sym_l4");
        }
        requests.flush();
        return missing;
    }

    private boolean refuses(String key, String actions) {
        return add(List.of(new KernelFlows.Flow(key, actions, true))) > 0;
    }

    @AfterEach
    void deleteDatapath() throws Exception {
        datapaths.delete(datapath);
        channel.close();
    }

    @Test
    void shouldPrintAndAddFlowsAsOvsDpctlDoes() throws Exception {
        List<KernelFlows.Flow> readable =
                flows.stream().filter(KernelFlows.Flow::readable).toList();
        List<String> refused = addWithOvsDpctl(readable);
        List<String> added = dpctl("dump-flows", NAME);
        List<String> addedMore = dpctl("-m", "dump-flows", NAME);
        assertThat(refused).hasSizeLessThan(readable.size() / 10);
        assertThat(added).hasSize(readable.size() - refused.size());
        assertThat(added.size()).isGreaterThan(500);
        assertThat(added.stream().map(line -> part(line, 1)).distinct()).hasSizeGreaterThan(300);
        assertThat(dump(FlowTextOptions.PLAIN)).isEqualTo(added);
        assertThat(dump(MORE)).isEqualTo(addedMore);
        record(added, addedMore);

        requests.flush();
        add(readable);
        assertThat(sorted(dpctl("dump-flows", NAME))).isEqualTo(sorted(added));
        assertThat(sorted(dpctl("-m", "dump-flows", NAME))).isEqualTo(sorted(addedMore));
    }

    @Test
    void shouldPrintAsOvsDpctlDoesWhatThatCannotRead() throws Exception {
        List<KernelFlows.Flow> others = flows.stream().filter(flow -> !flow.readable()).toList();
        int refused = add(others);
        assertThat(refused).isLessThan(others.size() / 10);
        assertThat(others.size() - refused).isGreaterThan(100);
        List<String> brief = dpctl("dump-flows", NAME);
        List<String> more = dpctl("-m", "dump-flows", NAME);
        assertThat(dump(FlowTextOptions.PLAIN)).isEqualTo(brief);
        assertThat(dump(MORE)).isEqualTo(more);
        record(brief, more);
    }

    @Test
    void shouldPrintPortNamesAsOvsDpctlDoes() throws Exception {
        Vports vports = new Vports(channel, families);
        int first =
                vports.add(datapath.ifindex(), "tp0", Vport.TYPE_INTERNAL, pid(), null).number();
        int second =
                vports.add(datapath.ifindex(), "tp1", Vport.TYPE_INTERNAL, pid(), null).number();
        PortNames names = PortNames.of(Map.of(NAME, 0, "tp0", first, "tp1", second));
        add(
                List.of(
                        new KernelFlows.Flow(
                                "in_port(" + first + "),eth(),eth_type(0x88cc)",
                                second + ",0,77,clone(" + first + ")",
                                true)));
        List<String> expected = dpctl("--names", "dump-flows", NAME);
        assertThat(expected.get(0)).contains("in_port(tp0)");
        assertThat(dump(FlowTextOptions.PLAIN.withNames(names))).isEqualTo(expected);
    }

    @Test
    void shouldMakeOfTheCompleteFormWhatTheKernelHas() throws Exception {
        add(flows);
        List<String> different = new ArrayList<>();
        FlowParser parser = new FlowParser();
        ActionParser actionParser = new ActionParser();
        FlowFormatter formatter = new FlowFormatter(FlowTextOptions.COMPLETE);
        ActionFormatter actionFormatter = new ActionFormatter(FlowTextOptions.COMPLETE);
        requests.dump(
                0,
                flow -> {
                    String text = formatter.format(flow.key(), flow.mask());
                    FlowParser.Flow again = parser.parse(text);
                    boolean tunnel = flow.key().has(KeyAttributes.TUNNEL);
                    String actions = actionFormatter.format(flow.actions());
                    if (!canonical(flow.key(), true).equals(canonical(again.key(), true))
                            || !canonical(flow.mask(), tunnel)
                                    .equals(canonical(again.mask(), tunnel))
                            || !canonical(flow.actions(), true)
                                    .equals(canonical(actionParser.parse(actions), true))) {
                        different.add(text + " " + actions);
                    }
                });
        assertThat(different).isEmpty();
    }

    /**
     * Attributes in words, sorted where their order says nothing. A kernel's mask has a tunnel
     * although the key has none, which no text shows.
     */
    private static String canonical(AttributeList list, boolean tunnel) {
        List<String> words = new ArrayList<>();
        for (Attribute attribute : list) {
            if (tunnel || attribute.spec() != KeyAttributes.TUNNEL) {
                words.add(
                        attribute.value() instanceof AttributeList nested
                                ? attribute.fieldName() + canonical(nested, tunnel)
                                : AttributeText.format(attribute));
            }
        }
        if (list.table() != ActionAttributes.TABLE) {
            Collections.sort(words);
        }
        return words.toString();
    }

    private static int[] pid() {
        return new int[] {0};
    }

    /** Adds flows from their text; how many the kernel refused. */
    private int add(List<KernelFlows.Flow> list) {
        FlowParser parser = new FlowParser();
        ActionParser actions = new ActionParser();
        int refused = 0;
        for (KernelFlows.Flow flow : list) {
            FlowParser.Flow parsed = parser.parse(flow.key());
            AttributeList request =
                    new AttributeList(FlowAttributes.TABLE)
                            .put(FlowAttributes.KEY, parsed.key())
                            .put(FlowAttributes.MASK, parsed.mask())
                            .put(FlowAttributes.ACTIONS, actions.parse(flow.actions()));
            try {
                requests.add("flow put on " + NAME, request);
            } catch (NetlinkException e) {
                refused++;
                System.out.println(e.getMessage() + ": " + flow.key() + " " + flow.actions());
            }
        }
        return refused;
    }

    /** Adds flows from their text; a line for each that was refused. */
    private static List<String> addWithOvsDpctl(List<KernelFlows.Flow> list) throws Exception {
        StringBuilder lines = new StringBuilder();
        for (KernelFlows.Flow flow : list) {
            lines.append(flow.key()).append(' ').append(flow.actions()).append('\n');
        }
        Path file = Files.createTempFile("flows", ".txt");
        Files.writeString(file, lines);
        return dpctl("add-flows", NAME, file.toString()).stream()
                .filter(line -> line.startsWith("ovs-dpctl:"))
                .toList();
    }

    /** The lines that ovs-dpctl writes, its complaints among them. */
    private static List<String> dpctl(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("ovs-dpctl"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output.lines().toList();
    }

    private List<String> dump(FlowTextOptions options) throws NetlinkException {
        List<String> lines = new ArrayList<>();
        FlowText text = new FlowText(options);
        requests.dump(
                0,
                flow -> {
                    StringBuilder line = new StringBuilder();
                    text.format(line, flow, 0);
                    lines.add(line.toString());
                });
        return lines;
    }

    /** Appends what ovs-dpctl printed and the attributes that it printed it of. */
    private void record(List<String> brief, List<String> more) throws Exception {
        if (RECORD == null) {
            return;
        }
        List<String> rows = new ArrayList<>();
        requests.dump(
                0,
                flow -> {
                    int row = rows.size();
                    rows.add(
                            String.join(
                                    "\t",
                                    hex(flow.buffer(), flow.keyOffset(), flow.keyLength()),
                                    hex(flow.buffer(), flow.maskOffset(), flow.maskLength()),
                                    hex(flow.buffer(), flow.actionsOffset(), flow.actionsLength()),
                                    part(brief.get(row), 0),
                                    part(brief.get(row), 1),
                                    part(more.get(row), 0),
                                    part(more.get(row), 1)));
                });
        Files.write(Path.of(RECORD), rows, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** The key or the actions of a line. */
    private static String part(String line, int index) {
        return line.split(", packets:0, bytes:0, used:never,(?: dp:ovs,)? actions:", 2)[index];
    }

    private static String hex(ByteBuffer buffer, int offset, int length) {
        byte[] bytes = new byte[length];
        buffer.get(Math.max(0, offset), bytes);
        return length == 0 ? "-" : HexFormat.of().formatHex(bytes);
    }

    private static List<String> sorted(List<String> lines) {
        return lines.stream().sorted().toList();
    }
}
