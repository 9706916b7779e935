package io.odp4j.upcall.capacity;

import io.odp4j.upcall.AgentProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code odp4j agent} in a process of its own. */
final class AgentSubject implements Subject {
    private final String name;
    private final AgentProcess process;

    private AgentSubject(String name, AgentProcess process) {
        this.name = name;
        this.process = process;
    }

    /** Starts it with ports, rules and more options of the command. */
    static AgentSubject start(String jvm, List<String> ports, String rules, String... options)
            throws Exception {
        Path file = Files.writeString(Files.createTempFile("capacity", ".flows"), rules);
        List<String> all = new ArrayList<>(List.of("agent", "--datapath", "cap", "--port"));
        all.addAll(ports);
        all.addAll(List.of("--flows", file.toString(), "--control", "none"));
        all.addAll(List.of(options));
        AgentProcess process = AgentProcess.startWith(jvm, all.toArray(String[]::new));
        String name = "odp4j " + String.join(" ", options);
        return new AgentSubject(name.strip(), process.awaitControlling());
    }

    String counters() throws Exception {
        return process.awaitCounters();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String datapath() {
        return "cap";
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public void close() throws IOException {
        process.terminate();
        try {
            process.awaitExit();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.close();
    }
}
