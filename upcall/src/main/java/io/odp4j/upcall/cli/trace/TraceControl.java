package io.odp4j.upcall.cli.trace;

import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.text.FlowSyntaxException;
import io.odp4j.datapath.flow.text.Ufid;
import io.odp4j.datapath.packet.FlowExtractor;
import io.odp4j.datapath.packet.PcapReader;
import io.odp4j.flowcache.rule.Rule;
import io.odp4j.flowcache.rule.field.CtStates;
import io.odp4j.flowcache.trace.Pass;
import io.odp4j.flowcache.trace.Step;
import io.odp4j.upcall.Agent;
import io.odp4j.upcall.AgentException;
import io.odp4j.upcall.appctl.RuleText;
import io.odp4j.upcall.appctl.Words;
import io.odp4j.upcall.cli.NamedPorts;
import io.odp4j.upcall.cli.Output;
import io.odp4j.upcall.cli.PacketText;
import io.odp4j.upcall.cli.SyntaxException;
import io.odp4j.upcall.cli.UsageException;
import io.odp4j.upcall.control.CommandTable;
import io.odp4j.upcall.control.ControlCommand;
import io.odp4j.upcall.control.ControlException;
import io.odp4j.upcall.policy.Policy;
import io.odp4j.upcall.policy.RulePolicy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * {@code ofproto/trace} and {@code ofproto/detrace} of a running agent: what it would do with a
 * packet and why, and which rules made a flow of the datapath.
 */
public final class TraceControl {
    private static final Set<String> FLAGS = Set.of("--json", "--brief");
    private static final Set<String> VALUED =
            Set.of("--ct-next", "--in-port", "--pcap", "--packet");
    private static final Pattern HEX = Pattern.compile("(\\p{XDigit}{2}[\\s:]?){14,}");

    private final Agent agent;

    private TraceControl(Agent agent) {
        this.agent = agent;
    }

    /** Adds them. */
    public static void addTo(CommandTable table, Agent agent) {
        TraceControl control = new TraceControl(agent);
        table.add(
                new ControlCommand(
                        "ofproto/trace",
                        "[--json] [--brief] [--ct-next STATE] [dp]"
                                + " {FLOW [FRAME] | --in-port PORT {FRAME | --pcap FILE --packet N}}",
                        1,
                        Integer.MAX_VALUE,
                        control::trace));
        table.add(new ControlCommand("ofproto/detrace", "[dp] UFID", 1, 2, control::detrace));
    }

    // --- trace ---

    private String trace(List<String> arguments) throws ControlException, InterruptedException {
        Words words = Words.of(arguments, FLAGS, VALUED);
        NamedPorts ports = ports();
        try {
            FlowKey key = packet(words, ports);
            List<Integer> states = new ArrayList<>();
            for (String state : words.values("--ct-next")) {
                states.add(CtStates.parse(state));
            }
            return trace(key, states, words, ports);
        } catch (AgentException | IOException e) {
            throw new ControlException(e.getMessage(), e);
        } catch (IllegalArgumentException
                | SyntaxException
                | FlowSyntaxException
                | UsageException e) {
            throw new ControlException(e.getMessage(), e);
        }
    }

    private NamedPorts ports() {
        List<String> words = new ArrayList<>();
        agent.portNumbers()
                .forEach(
                        (name, number) -> {
                            if (number > 0) {
                                words.add(name + '=' + number);
                            }
                        });
        return NamedPorts.of(words);
    }

    private FlowKey packet(Words words, NamedPorts ports) throws ControlException, IOException {
        List<String> texts = new ArrayList<>(words.others());
        texts.remove("-generate");
        if (!texts.isEmpty() && isName(texts.get(0))) {
            texts.remove(0);
        }
        if (words.has("--pcap")) {
            int number = words.number("--packet", 1, 1, Integer.MAX_VALUE);
            return extract(frame(Path.of(words.value("--pcap")), number), inPort(words, ports));
        }
        if (texts.isEmpty() || texts.size() > 2) {
            throw new ControlException("a flow or a frame is wanted, or --pcap FILE --packet N");
        }
        if (HEX.matcher(texts.get(0)).matches()) {
            return extract(bytes(texts.get(0)), inPort(words, ports));
        }
        FlowKey key = new PacketText(ports).parse(texts.get(0));
        if (texts.size() == 1) {
            return key;
        }
        // As ovs-appctl has it: the flow says where the frame comes in.
        return extract(bytes(texts.get(1)), key.inPort());
    }

    private boolean isName(String word) {
        return word.equals(agent.name()) || word.endsWith('@' + agent.name());
    }

    private static int inPort(Words words, NamedPorts ports) throws ControlException {
        String port = words.value("--in-port");
        if (port == null) {
            throw new ControlException("--in-port: where does the frame come in?");
        }
        return ports.numberOf(port).orElse(0) > 0
                ? ports.numberOf(port).getAsInt()
                : Words.number("port", port, 0, 65_535);
    }

    private static byte[] bytes(String digits) throws ControlException {
        if (!HEX.matcher(digits).matches()) {
            throw new ControlException("\"" + digits + "\" is no frame in hexadecimal digits");
        }
        return HexFormat.of().parseHex(digits.replaceAll("[\\s:]", ""));
    }

    private static byte[] frame(Path file, int number) throws ControlException, IOException {
        try (PcapReader frames = PcapReader.open(file)) {
            for (int i = 1; frames.next(); i++) {
                if (i == number) {
                    return frames.bytes();
                }
            }
        }
        throw new ControlException(file + " has no packet " + number);
    }

    private static FlowKey extract(byte[] frame, int inPort) throws ControlException {
        ByteBuffer buffer =
                ByteBuffer.allocateDirect(frame.length).order(ByteOrder.nativeOrder()).put(frame);
        FlowKey key = new FlowKey();
        if (!new FlowExtractor().extract(buffer, 0, frame.length, inPort, key)) {
            throw new ControlException(
                    "a frame of " + frame.length + " bytes that the kernel gives up on");
        }
        return key;
    }

    /** What the classifier's thread has to say: all that is of its tables is copied. */
    private record Traced(
            List<Pass> passes, Map<Integer, Collection<Rule>> tables, Map<Pass, byte[]> actions) {}

    private String trace(FlowKey key, List<Integer> states, Words words, NamedPorts ports)
            throws AgentException, InterruptedException, IOException, ControlException {
        Traced traced = agent.ask(policy -> trace(policy, key, states));
        if (traced == null) {
            return new PlainTrace(agent, ports).of(key);
        }
        InstalledFlow installed = new InstalledFlow(agent, ports);
        Explanation explanation =
                new Explanation(
                        number -> traced.tables.getOrDefault(number, List.of()),
                        true,
                        pass -> installed.describe(pass.key(), traced.actions.get(pass)));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Output out = new Output(new PrintStream(bytes, false, StandardCharsets.UTF_8))) {
            TracePrinter printer =
                    words.has("--json")
                            ? new JsonTrace(out, explanation)
                            : new TextTrace(out, words.has("--brief") ? null : explanation);
            printer.print(traced.passes);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static Traced trace(Policy policy, FlowKey key, List<Integer> states) {
        if (!(policy instanceof RulePolicy rules)) {
            return null;
        }
        List<Pass> passes = rules.trace(key, states);
        Map<Integer, Collection<Rule>> tables = new HashMap<>();
        Map<Pass, byte[]> actions = new IdentityHashMap<>();
        for (Pass pass : passes) {
            actions.put(pass, rules.encode(pass.verdict()));
            for (Step step : pass.steps()) {
                if (step instanceof Step.Lookup lookup) {
                    tables.computeIfAbsent(
                            lookup.table(), number -> Explanation.rules(rules.tables(), number));
                }
            }
        }
        return new Traced(passes, tables, actions);
    }

    // --- detrace ---

    private String detrace(List<String> arguments) throws ControlException, InterruptedException {
        String text = arguments.get(arguments.size() - 1);
        UUID ufid;
        try {
            ufid = UUID.fromString(text.replaceFirst("^ufid:", ""));
        } catch (IllegalArgumentException e) {
            throw new ControlException("\"" + text + "\" is no ufid", e);
        }
        // Its text is that of four words, each in the machine's order.
        ByteBuffer bytes = ByteBuffer.allocate(Ufid.LENGTH).order(ByteOrder.nativeOrder());
        bytes.putInt((int) (ufid.getMostSignificantBits() >>> 32));
        bytes.putInt((int) ufid.getMostSignificantBits());
        bytes.putInt((int) (ufid.getLeastSignificantBits() >>> 32));
        bytes.putInt((int) ufid.getLeastSignificantBits());
        try {
            Object made = agent.attachment(bytes.getLong(0), bytes.getLong(8));
            if (!(made instanceof Rule[] rules)) {
                throw new ControlException(text + ": no flow of this agent that was made by rules");
            }
            int second = (int) (System.nanoTime() / 1_000_000_000L);
            StringBuilder out = new StringBuilder();
            for (Rule rule : rules) {
                out.append(RuleText.line(rule, second)).append('\n');
            }
            return out.toString();
        } catch (AgentException e) {
            throw new ControlException(e.getMessage(), e);
        }
    }
}
