package io.odp4j.bench.upcall.kernel;

import io.odp4j.bench.upcall.UpcallOptions;
import io.odp4j.bench.upcall.result.UpcallResults;
import io.odp4j.upcall.cli.Odp4j;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code odp4j agent} as people start it: a JVM of its own, with this one's flags. */
final class AgentProcess implements KernelSubject {
    private static final long PATIENCE_SECONDS = 20;

    private final Path folder;
    private Process process;
    private String datapath;

    /**
     * @param folder for its socket, its rules and what it says
     */
    AgentProcess(Path folder) {
        this.folder = folder;
    }

    @Override
    public String name() {
        return UpcallResults.ODP4J;
    }

    @Override
    public boolean compilesItself() {
        return true;
    }

    @Override
    public void start(UpcallOptions options, Veths ports) throws IOException, InterruptedException {
        datapath = options.datapath();
        Path rules = Files.writeString(folder.resolve("agent.rules"), options.traffic().rules());
        File log = folder.resolve("agent.log").toFile();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(Odp4j.class.getName(), "agent", "--datapath", "system:" + datapath));
        command.addAll(List.of("--port", ports.in(), ports.out()));
        command.addAll(List.of("--flows", rules.toString(), "--shards", "" + options.shards()));
        command.addAll(
                List.of("--control", socket().toString(), "--wait", options.waitMode().name()));
        process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
        try {
            ControlSocket.await(socket(), process);
        } catch (IOException e) {
            throw new IOException(
                    "the agent did not start: " + Files.readString(log.toPath()).strip(), e);
        }
    }

    private Path socket() {
        return folder.resolve("agent.ctl");
    }

    @Override
    public String datapath() {
        return datapath;
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public void purge() throws IOException {
        ControlSocket.run(socket(), "revalidator/purge");
    }

    @Override
    public void close() throws IOException {
        if (process == null) {
            return;
        }
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
