package io.odp4j.upcall.repl;

import io.odp4j.upcall.control.CommandTable;
import io.odp4j.upcall.control.ControlException;
import java.util.List;
import java.util.SortedMap;

/** Commands in this process: a datapath without an agent. */
public final class TableTarget implements Target {
    private final String name;
    private final CommandTable table;
    private volatile Thread running;

    public TableTarget(String name, CommandTable table) {
        this.name = name;
        this.table = table;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public SortedMap<String, String> commands() {
        return table.usages();
    }

    @Override
    public String run(String command, List<String> arguments)
            throws ControlException, InterruptedException {
        running = Thread.currentThread();
        try {
            return table.run(command, arguments);
        } finally {
            running = null;
        }
    }

    @Override
    public void cancel() {
        Thread thread = running;
        if (thread != null) {
            thread.interrupt();
        }
    }

    @Override
    public void close() {
        // It holds nothing open.
    }
}
