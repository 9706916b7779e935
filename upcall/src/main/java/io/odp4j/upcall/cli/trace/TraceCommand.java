package io.odp4j.upcall.cli.trace;

import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.text.FlowSyntaxException;
import io.odp4j.flowcache.policy.MacTable;
import io.odp4j.flowcache.policy.Pipeline;
import io.odp4j.flowcache.policy.table.PolicyTables;
import io.odp4j.flowcache.rule.field.CtStates;
import io.odp4j.flowcache.trace.Pass;
import io.odp4j.flowcache.trace.Tracer;
import io.odp4j.upcall.cli.NamedPorts;
import io.odp4j.upcall.cli.Output;
import io.odp4j.upcall.cli.PacketText;
import io.odp4j.upcall.cli.RuleFile;
import io.odp4j.upcall.cli.SyntaxException;
import io.odp4j.upcall.cli.UsageException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code odp4j trace}: takes packets through rules and says what becomes of them. */
@Command(
        name = "trace",
        description = {
            "Takes packets through rules, as ofproto/trace does: prints the megaflow that each makes"
                    + " and the datapath's actions.",
            "A FLOW is written as in the datapath, in_port(1),eth(...),..., or as in OpenFlow,"
                    + " in_port=1,tcp,nw_src=10.0.0.1. Without one, or for -, flows are read from"
                    + " standard input, one a line."
        })
public final class TraceCommand implements Callable<Integer> {
    @Option(
            names = "--flows",
            required = true,
            paramLabel = "FILE",
            description = "The rules, in the syntax of ovs-ofctl add-flows.")
    private Path rules;

    @Option(
            names = "--ports",
            paramLabel = "PORT",
            description = {
                "The switch's ports, NUMBER or NAME=NUMBER, with commas between them.",
                "Default: those that the rules and the flow name. LOCAL is always there."
            })
    private List<String> portWords = List.of();

    @Option(
            names = "--ct-next",
            paramLabel = "STATE",
            description = {
                "The ct_state of a packet that comes back from the connection tracker, such as"
                        + " trk,est; once for each time it comes back.",
                "Default: trk,new."
            })
    private List<String> ctNext = List.of();

    @Option(
            names = "--explain",
            description = {
                "Say which tables and rules were met, and what each step looked at; which rules"
                        + " nearly matched, and which matched as well."
            })
    private boolean explain;

    @Option(names = "--json", description = "One JSON object a flow; fields in docs/rules.md.")
    private boolean json;

    @Parameters(paramLabel = "FLOW", arity = "0..*", description = "Packets.")
    private List<String> flows = List.of();

    private PolicyTables tables;
    private List<Integer> states;

    @Override
    public Integer call() throws IOException {
        tables = RuleFile.load(rules);
        states = new ArrayList<>();
        for (String state : ctNext) {
            try {
                states.add(CtStates.parse(state));
            } catch (IllegalArgumentException e) {
                throw new UsageException("--ct-next " + state + ": " + e.getMessage());
            }
        }
        try (Output out = new Output(System.out)) {
            Explanation explanation = Explanation.of(tables);
            TracePrinter printer =
                    json
                            ? new JsonTrace(out, explanation)
                            : new TextTrace(out, explain ? explanation : null);
            boolean input = flows.isEmpty() || flows.equals(List.of("-"));
            if (input) {
                return readFlows(printer);
            }
            for (String flow : flows) {
                trace(flow, printer);
            }
        }
        return 0;
    }

    /** A line that cannot be read is told of, and the next one taken. */
    private int readFlows(TracePrinter printer) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        int status = 0;
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            if (line.isBlank() || line.strip().startsWith("#")) {
                continue;
            }
            try {
                trace(line.strip(), printer);
            } catch (FlowSyntaxException | SyntaxException e) {
                System.err.println("odp4j: line " + number + ": " + e.getMessage());
                status = 1;
            }
        }
        return status;
    }

    private void trace(String text, TracePrinter printer) throws IOException {
        NamedPorts ports = NamedPorts.of(portWords);
        FlowKey key = new PacketText(ports).parse(text);
        if (portWords.isEmpty()) {
            ports.addFrom(tables).addNumber(key.inPort());
        }
        Pipeline pipeline = new Pipeline(tables, ports, new MacTable());
        List<Pass> passes = new Tracer(pipeline, ports).trace(key, states);
        printer.print(passes);
    }
}
