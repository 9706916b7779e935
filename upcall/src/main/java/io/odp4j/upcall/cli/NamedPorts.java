package io.odp4j.upcall.cli;

import io.odp4j.datapath.flow.text.PortNames;
import io.odp4j.flowcache.policy.SwitchPorts;
import io.odp4j.flowcache.policy.table.PolicyTables;
import io.odp4j.flowcache.rule.field.OpenFlowPort;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeSet;

/**
 * The ports of a switch that is only thought of: LOCAL, and those that a command line names or, if
 * it names none, those that rules and packets have.
 */
public final class NamedPorts implements SwitchPorts, PortNames {
    private final Map<String, Integer> byName = new HashMap<>();
    private final TreeSet<Integer> numbers = new TreeSet<>();

    private NamedPorts() {
        numbers.add(OpenFlowPort.LOCAL);
    }

    /**
     * Ports of a command line.
     *
     * @param words {@code NAME=NUMBER} or {@code NUMBER}, or several with commas between them
     * @throws UsageException if one is neither
     */
    public static NamedPorts of(List<String> words) {
        NamedPorts ports = new NamedPorts();
        for (String word : String.join(",", words).split(",")) {
            if (!word.isBlank()) {
                ports.add(word.strip());
            }
        }
        return ports;
    }

    private void add(String word) {
        int equals = word.indexOf('=');
        try {
            int number = Integer.parseInt(word.substring(equals + 1));
            if (number < 1 || number >= 0xff00) {
                throw new UsageException(word + ": port numbers are 1 to 65279");
            }
            numbers.add(number);
            if (equals > 0) {
                byName.put(word.substring(0, equals), number);
            }
        } catch (NumberFormatException e) {
            throw new UsageException(word + " is neither NAME=NUMBER nor a number");
        }
    }

    /** Adds what rules name: ports of their matches and of their outputs. */
    public NamedPorts addFrom(PolicyTables tables) {
        RulePorts.in(tables).forEach(this::addNumber);
        return this;
    }

    /** Adds a port of a packet. */
    public void addNumber(int number) {
        if (number > 0 && number < 0xff00) {
            numbers.add(number);
        }
    }

    @Override
    public List<Integer> all() {
        return new ArrayList<>(numbers);
    }

    @Override
    public boolean exists(int openFlowPort) {
        return numbers.contains(openFlowPort);
    }

    @Override
    public String nameOf(int port) {
        for (Map.Entry<String, Integer> entry : byName.entrySet()) {
            if (entry.getValue() == port) {
                return entry.getKey();
            }
        }
        return null;
    }

    @Override
    public OptionalInt numberOf(String name) {
        Integer number = byName.get(name);
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }
}
