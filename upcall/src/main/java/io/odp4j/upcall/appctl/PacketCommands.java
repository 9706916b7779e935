package io.odp4j.upcall.appctl;

import io.odp4j.upcall.Agent;
import io.odp4j.upcall.control.CommandTable;
import io.odp4j.upcall.control.ControlCommand;
import io.odp4j.upcall.control.ControlException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * {@code packet/inject} and {@code packet/execute}: frames into the datapath, in hexadecimal
 * digits, as a flow key, or from a capture file.
 *
 * <p>An injected frame meets the flow table as if it had come in at a port: the datapath is asked
 * to have it come back under recirculation id 0, which is every packet's before it met any flow.
 */
final class PacketCommands {
    private static final String AGAIN = "recirc(0)";
    private static final Set<String> VALUED = Set.of("--in-port", "--pcap");

    private final Agent agent;
    private final CommandTable table;

    PacketCommands(Agent agent, CommandTable table) {
        this.agent = agent;
        this.table = table;
    }

    void addTo() {
        add("packet/inject", "--in-port PORT [--pcap FILE | FRAME...]", 2, this::inject);
        add(
                "packet/execute",
                "[--in-port PORT] [--pcap FILE] ACTIONS [FRAME...]",
                1,
                this::execute);
    }

    private void add(String name, String usage, int least, ControlCommand.Body body) {
        table.add(new ControlCommand(name, usage, least, Integer.MAX_VALUE, body));
    }

    private String inject(List<String> arguments) throws ControlException, InterruptedException {
        Words words = Words.of(arguments, Set.of(), VALUED);
        if (!words.has("--in-port")) {
            throw new ControlException("--in-port: where does the frame come in?");
        }
        List<String> frames = new ArrayList<>(List.of(AGAIN));
        frames.addAll(words.others());
        return run(words, frames);
    }

    private String execute(List<String> arguments) throws ControlException, InterruptedException {
        Words words = Words.of(arguments, Set.of(), VALUED);
        return run(words, words.others());
    }

    private String run(Words words, List<String> actionsAndFrames)
            throws ControlException, InterruptedException {
        List<String> line = new ArrayList<>();
        if (words.has("--in-port")) {
            line.addAll(List.of("--in-port", number(words.value("--in-port"))));
        }
        if (words.has("--pcap")) {
            line.addAll(List.of("--pcap", words.value("--pcap")));
        }
        line.add(agent.name());
        line.addAll(actionsAndFrames);
        return table.run("dpctl/execute", line);
    }

    private String number(String port) throws ControlException {
        Integer number = agent.portNumbers().get(port);
        return Integer.toString(number == null ? Words.number("port", port, 0, 65_535) : number);
    }
}
