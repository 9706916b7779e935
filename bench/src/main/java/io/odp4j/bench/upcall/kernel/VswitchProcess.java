package io.odp4j.bench.upcall.kernel;

import io.odp4j.bench.upcall.UpcallOptions;
import io.odp4j.bench.upcall.result.UpcallResults;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Open vSwitch's own daemon with a database of its own, as installed, with its defaults. Deletes
 * every datapath that it did not make when it starts: it must be the first, and the machine must
 * not run another.
 */
final class VswitchProcess implements KernelSubject {
    private static final String BRIDGE = "ob-ovs";
    private static final double LATE_ENOUGH_SECONDS = 11;
    private static final long PATIENCE_SECONDS = 60;

    private final Path folder;
    private boolean started;

    /**
     * @param folder for its database, its sockets and its logs
     */
    VswitchProcess(Path folder) {
        this.folder = folder;
    }

    @Override
    public String name() {
        return UpcallResults.OVS;
    }

    /** What the daemon calls itself. */
    String version() throws IOException, InterruptedException {
        return run("ovs-vswitchd", "--version").lines().findFirst().orElse("ovs-vswitchd");
    }

    @Override
    public void start(UpcallOptions options, Veths ports) throws IOException, InterruptedException {
        for (String name : List.of("/run/openvswitch", "/var/run/openvswitch")) {
            if (Files.exists(Path.of(name, "ovs-vswitchd.pid"))) {
                throw new IOException("an ovs-vswitchd runs already: " + name);
            }
        }
        // One that starts earlier counts no processors, and handles nothing.
        while (uptime() < LATE_ENOUGH_SECONDS) {
            Thread.sleep(100);
        }
        String database = folder.resolve("conf.db").toString();
        run("ovsdb-tool", "create", database, "/usr/share/openvswitch/vswitch.ovsschema");
        started = true;
        run(
                "ovsdb-server",
                "--detach",
                "--no-chdir",
                "--pidfile",
                "--log-file",
                "--remote=punix:" + folder.resolve("db.sock"),
                database);
        run("ovs-vsctl", "--no-wait", "init");
        run("ovs-vswitchd", "--detach", "--no-chdir", "--pidfile", "--log-file");
        run("ovs-vsctl", "add-br", BRIDGE, "--", "set-fail-mode", BRIDGE, "secure");
        addPort(ports.in(), 1);
        addPort(ports.out(), 2);
        Path rules = Files.writeString(folder.resolve("ovs.rules"), options.traffic().rules());
        run("ovs-ofctl", "add-flows", BRIDGE, rules.toString());
    }

    private static double uptime() throws IOException {
        return Double.parseDouble(Files.readString(Path.of("/proc/uptime")).split(" ")[0]);
    }

    private void addPort(String device, int number) throws IOException, InterruptedException {
        run(
                "ovs-vsctl",
                "add-port",
                BRIDGE,
                device,
                "--",
                "set",
                "interface",
                device,
                "ofport_request=" + number);
    }

    private String run(String... words) throws IOException, InterruptedException {
        // A daemon keeps the pipe that it is started with: what is said goes to a file.
        Path said = folder.resolve("ovs.said");
        ProcessBuilder builder = new ProcessBuilder(words);
        for (String name : List.of("OVS_RUNDIR", "OVS_DBDIR", "OVS_LOGDIR")) {
            builder.environment().put(name, folder.toString());
        }
        Process process = builder.redirectErrorStream(true).redirectOutput(said.toFile()).start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(Arrays.toString(words) + " did not end");
        }
        String text = Files.readString(said, StandardCharsets.UTF_8);
        if (process.exitValue() != 0) {
            throw new IOException(words[0] + " failed: " + text.strip());
        }
        return text;
    }

    @Override
    public String datapath() {
        return "ovs-system";
    }

    @Override
    public long pid() {
        return pid("ovs-vswitchd");
    }

    private long pid(String daemon) {
        try {
            return Long.parseLong(Files.readString(folder.resolve(daemon + ".pid")).strip());
        } catch (IOException e) {
            return 0;
        }
    }

    @Override
    public void purge() throws IOException {
        ControlSocket.run(folder.resolve("ovs-vswitchd." + pid() + ".ctl"), "revalidator/purge");
    }

    @Override
    public void close() throws IOException {
        if (!started) {
            return;
        }
        try {
            run("ovs-vsctl", "del-br", BRIDGE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (String daemon : List.of("ovs-vswitchd", "ovsdb-server")) {
            ProcessHandle.of(pid(daemon)).ifPresent(ProcessHandle::destroy);
        }
    }
}
