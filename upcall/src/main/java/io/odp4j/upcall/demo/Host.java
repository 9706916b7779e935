package io.odp4j.upcall.demo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A host of its own: a network namespace with one end of a veth pair. The other end, {@link #port},
 * stays outside to be a switch's port.
 */
public final class Host implements AutoCloseable {
    private final String name;

    private Host(String name) {
        this.name = name;
    }

    /** Makes a host with the addresses 10.0.0.N/24 and fd00::N/64. */
    public static Host create(String name, int n) throws IOException, InterruptedException {
        Host host = new Host(name);
        // Two programs for all of it: to start one costs tens of milliseconds in the lab.
        String script =
                String.format(
                        """
                        ip -batch - <<END && ip -n %1$s -batch - <<END
                        netns add %1$s
                        link add %1$s-eth0 type veth peer name %2$s
                        link set %1$s-eth0 netns %1$s name eth0
                        link set %2$s up
                        END
                        link set lo up
                        link set eth0 up
                        addr add 10.0.0.%3$d/24 dev eth0
                        addr add fd00::%3$d/64 dev eth0 nodad
                        END
                        """,
                        name, host.port(), n);
        Shell.Result made = Shell.run(List.of("sh", "-c", script));
        if (!made.ok()) {
            host.close();
            throw new IOException("making host " + name + " failed: " + made.output().strip());
        }
        return host;
    }

    /** Adds a VLAN subinterface with the addresses 10.0.VLAN.N/24. */
    public void addVlan(int vlan, int n) throws IOException, InterruptedException {
        ip("link add link eth0 name eth0." + vlan + " type vlan id " + vlan);
        ip("link set eth0." + vlan + " up");
        ip("addr add 10.0." + vlan + "." + n + "/24 dev eth0." + vlan);
    }

    /** The name of the device outside. */
    public String port() {
        return name + "p";
    }

    /** Changes the host's network: the words follow {@code ip -n HOST}. */
    public void ip(String words) throws IOException, InterruptedException {
        Shell.must("ip -n " + name + " " + words);
    }

    /** Runs a program in the host. */
    public Shell.Result run(String... command) throws IOException, InterruptedException {
        return Shell.run(inside(command));
    }

    /** Starts a program in the host and leaves it running. */
    public Process start(String... command) throws IOException {
        return new ProcessBuilder(inside(command)).redirectErrorStream(true).start();
    }

    /** Sends {@code count} pings of {@code bytes} payload each; ok if none was lost. */
    public Shell.Result ping(String address, int count, int bytes)
            throws IOException, InterruptedException {
        return run("ping", "-c", "" + count, "-i", "0.05", "-W", "3", "-s", "" + bytes, address);
    }

    /** The command as run from outside. */
    public List<String> inside(String... command) {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", name));
        all.addAll(List.of(command));
        return all;
    }

    @Override
    public void close() throws IOException {
        try {
            Shell.run(List.of("sh", "-c", "ip netns del " + name + "; ip link del " + port()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
