package io.odp4j.datapath.flow.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.ovs.FlowText;
import io.odp4j.datapath.ovs.Vport;
import io.odp4j.datapath.ovs.Vports;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Both tools on one kernel: what the one adds and prints, and the other. */
@Tag("kernel")
class FlowTextKernelTest extends FlowTextContract {
    private static final FlowTextOptions MORE =
            FlowTextOptions.MORE.withNames(PortNames.of(Map.of(NAME, 0)));

    /** Where a run leaves what it saw, for {@link RecordedFlowsTest}; nowhere unless told. */
    private static final String RECORD = System.getProperty("odp4j.record");

    @Override
    NetlinkEndpoint endpoint() {
        return NetlinkEndpoint.KERNEL_GENERIC;
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

    private static int[] pid() {
        return new int[] {0};
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
