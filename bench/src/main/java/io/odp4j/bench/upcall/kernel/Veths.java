package io.odp4j.bench.upcall.kernel;

import io.odp4j.upcall.demo.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Two veth pairs: frames that the generator sends into {@code genIn} come to the port {@code in};
 * what goes out of the port {@code out} it gets from {@code genOut}. IPv6 is off, so that the
 * kernel sends nothing of its own.
 *
 * @param subject whose they are; up to six letters
 */
record Veths(String subject) implements AutoCloseable {
    String in() {
        return "ob-" + subject + "-pi";
    }

    String out() {
        return "ob-" + subject + "-po";
    }

    String genIn() {
        return "ob-" + subject + "-gi";
    }

    String genOut() {
        return "ob-" + subject + "-go";
    }

    static Veths make(String subject) throws IOException, InterruptedException {
        Veths veths = new Veths(subject);
        veths.close(); // what a killed run left
        veths.pair(veths.genIn(), veths.in());
        veths.pair(veths.genOut(), veths.out());
        return veths;
    }

    private void pair(String one, String other) throws IOException, InterruptedException {
        Shell.must("ip link add " + one + " type veth peer name " + other);
        for (String name : new String[] {one, other}) {
            Path ipv6 = Path.of("/proc/sys/net/ipv6/conf", name, "disable_ipv6");
            if (Files.exists(ipv6)) {
                Files.writeString(ipv6, "1");
            }
            Shell.must("ip link set " + name + " up");
        }
    }

    @Override
    public void close() throws IOException {
        try {
            for (String name : new String[] {genIn(), genOut()}) {
                if (Files.exists(Path.of("/sys/class/net", name))) {
                    Shell.must("ip link del " + name);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
