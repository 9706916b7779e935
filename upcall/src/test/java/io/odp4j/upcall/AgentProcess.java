package io.odp4j.upcall;

import io.odp4j.upcall.cli.Odp4j;
import io.odp4j.upcall.demo.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code odp4j} in a process of its own. */
public final class AgentProcess implements AutoCloseable {
    private final Path log;
    private final Process process;

    private AgentProcess(List<String> prefix, String... arguments) throws IOException {
        log = Files.createTempFile("odp4j", ".log");
        List<String> command = new ArrayList<>(prefix);
        command.addAll(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Odp4j.class.getName()));
        command.addAll(List.of(arguments));
        process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
    }

    public static AgentProcess start(String... arguments) throws IOException {
        return new AgentProcess(List.of(), arguments);
    }

    /** Starts it with options for the JVM. */
    public static AgentProcess startWith(String jvmOptions, String... arguments)
            throws IOException {
        return new AgentProcess(List.of("env", "JDK_JAVA_OPTIONS=" + jvmOptions), arguments);
    }

    /** Starts it without any capability; as root still, so that it can read its class path. */
    public static AgentProcess startUnprivileged(String... arguments) throws IOException {
        return new AgentProcess(
                List.of("setpriv", "--inh-caps=-all", "--bounding-set=-all"), arguments);
    }

    /** Waits until it controls its datapath. */
    public AgentProcess awaitControlling() throws IOException, InterruptedException {
        for (int i = 0; i < 600; i++) {
            if (output().contains("controlling datapath")) {
                return this;
            }
            if (!process.isAlive()) {
                break;
            }
            Thread.sleep(50);
        }
        throw new IOException("the agent does not come up:\n" + output());
    }

    public String output() throws IOException {
        return Files.readString(log);
    }

    public long pid() {
        return process.pid();
    }

    /** Has it print its counters, and returns what it prints. */
    public String awaitCounters() throws IOException, InterruptedException {
        int before = output().length();
        Shell.must("kill -USR1 " + process.pid());
        for (int i = 0; i < 200; i++) {
            String printed = output().substring(before);
            if (printed.contains(" ports_added ")) { // behind those of packets and flows
                return printed;
            }
            Thread.sleep(50);
        }
        throw new IOException("the agent does not print its counters:\n" + output());
    }

    /** SIGKILL. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    public int awaitExit() throws InterruptedException, IOException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new IOException("the agent does not end:\n" + output());
        }
        return process.exitValue();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.deleteIfExists(log);
    }
}
