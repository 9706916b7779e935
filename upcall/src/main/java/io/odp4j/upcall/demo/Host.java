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
        Shell.must("ip netns add " + name);
        try {
            Shell.must("ip link add " + name + "-eth0 type veth peer name " + host.port());
            Shell.must("ip link set " + name + "-eth0 netns " + name + " name eth0");
            Shell.must("ip link set " + host.port() + " up");
            host.ip("link set lo up");
            host.ip("link set eth0 up");
            host.ip("addr add 10.0.0." + n + "/24 dev eth0");
            host.ip("addr add fd00::" + n + "/64 dev eth0 nodad");
            return host;
        } catch (IOException e) {
            host.close();
            throw e;
        }
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
        return run("ping", "-c", "" + count, "-i", "0.2", "-W", "2", "-s", "" + bytes, address);
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
            Shell.run(List.of("ip", "netns", "del", name));
            Shell.run(List.of("ip", "link", "del", port()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
