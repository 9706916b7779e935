package io.odp4j.upcall.control;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** The commands by their names; {@code list-commands} is one of them. Safe for many threads. */
public final class CommandTable {
    private final Map<String, ControlCommand> commands = new ConcurrentSkipListMap<>();

    /** A table that knows {@code list-commands} alone. */
    public CommandTable() {
        add(new ControlCommand("list-commands", "", 0, 0, arguments -> list()));
    }

    /** Adds a command, in place of one of the same name. */
    public CommandTable add(ControlCommand command) {
        commands.put(command.name(), command);
        return this;
    }

    /**
     * Runs a command. Errors in its use are answered in the words of Open vSwitch, which tools may
     * look for.
     */
    public String run(String name, List<String> arguments)
            throws ControlException, InterruptedException {
        ControlCommand command = commands.get(name);
        if (command == null) {
            throw new ControlException(
                    '"'
                            + name
                            + "\" is not a valid command (use \"list-commands\" to see a list of"
                            + " valid commands)");
        }
        if (arguments.size() < command.least()) {
            throw new ControlException(
                    String.format(
                            "\"%s\" command requires at least %d arguments",
                            name, command.least()));
        }
        if (arguments.size() > command.most()) {
            throw new ControlException(
                    String.format(
                            "\"%s\" command takes at most %d arguments", name, command.most()));
        }
        return command.body().run(arguments);
    }

    /** The arguments of every command, by its name. */
    public SortedMap<String, String> usages() {
        SortedMap<String, String> usages = new TreeMap<>();
        commands.forEach((name, command) -> usages.put(name, command.usage()));
        return usages;
    }

    private String list() {
        StringBuilder text = new StringBuilder("The available commands are:\n");
        usages().forEach((name, use) -> text.append(String.format("  %-23s %s%n", name, use)));
        return text.toString();
    }
}
