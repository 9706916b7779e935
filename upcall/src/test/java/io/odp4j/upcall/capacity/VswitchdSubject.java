package io.odp4j.upcall.capacity;

import io.odp4j.upcall.demo.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Debian's ovs-vswitchd with a bridge of its own. */
final class VswitchdSubject implements Subject {
    // One that starts earlier counts no CPUs, and loses every upcall.
    private static final double UPTIME = 11;

    private final Path directory;

    private VswitchdSubject(Path directory) {
        this.directory = directory;
    }

    static VswitchdSubject start(List<String> ports, String rules, int idleSeconds)
            throws Exception {
        while (Double.parseDouble(Files.readString(Path.of("/proc/uptime")).split(" ")[0])
                < UPTIME) {
            Thread.sleep(200);
        }
        Path directory = Files.createTempDirectory("vswitchd");
        Files.writeString(directory.resolve("rules"), rules);
        VswitchdSubject subject = new VswitchdSubject(directory);
        StringBuilder add = new StringBuilder("ovs-vsctl --timeout=30 add-br br0");
        int number = 1;
        for (String port : ports) {
            add.append(" -- add-port br0 ").append(port);
            add.append(" -- set interface ").append(port).append(" ofport_request=" + number++);
        }
        subject.run(
                """
                ovsdb-tool create conf.db /usr/share/openvswitch/vswitch.ovsschema
                { ovsdb-server --detach --pidfile --no-chdir --remote=punix:$OVS_RUNDIR/db.sock conf.db
                  ovs-vsctl --no-wait init
                  ovs-vsctl --no-wait set open . other_config:max-idle=IDLE other_config:flow-limit=200000
                  ovs-vswitchd --detach --pidfile; } >log 2>&1
                """
                                .replace("IDLE", "" + 1000 * idleSeconds)
                        + add
                        + "\novs-ofctl del-flows br0\novs-ofctl add-flows br0 rules\n");
        return subject;
    }

    /** Runs a script among its files. */
    String run(String script) throws IOException, InterruptedException {
        String prelude =
                "set -e; cd "
                        + directory
                        + "; export OVS_RUNDIR=$PWD OVS_DBDIR=$PWD OVS_LOGDIR=$PWD\n";
        Shell.Result result = Shell.run(List.of("bash", "-c", prelude + script));
        if (!result.ok()) {
            throw new IOException(script + " failed: " + result.output());
        }
        return result.output();
    }

    @Override
    public String name() {
        return "ovs-vswitchd";
    }

    @Override
    public String datapath() {
        return "ovs-system";
    }

    @Override
    public long pid() {
        try {
            return Long.parseLong(Files.readString(directory.resolve("ovs-vswitchd.pid")).strip());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            run(
                    "ovs-vsctl del-br br0; kill $(cat ovs-vswitchd.pid ovsdb-server.pid); sleep 1;"
                            + " ovs-dpctl del-dp ovs-system || true");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
