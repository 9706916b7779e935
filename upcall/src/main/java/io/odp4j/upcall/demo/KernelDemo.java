package io.odp4j.upcall.demo;

import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.upcall.Agent;
import io.odp4j.upcall.AgentConfig;
import io.odp4j.upcall.AgentException;
import io.odp4j.upcall.policy.LearningSwitch;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/**
 * Two hosts on a kernel datapath that odp4j controls: pings of three sizes, over IPv6, through a
 * VLAN, and TCP, with the upcalls and flows that they cause. Needs root and openvswitch.ko: the lab
 * has both.
 */
public final class KernelDemo {
    private static final String DATAPATH = "demo";
    private static final int VLAN = 100;

    private final PrintStream out;
    private int failures;

    public KernelDemo(PrintStream out) {
        this.out = out;
    }

    /** Runs the demonstration; true if everything went through. */
    public boolean run() throws IOException, AgentException, InterruptedException {
        say("Linux %s, with an Open vSwitch datapath in it.", Shell.must("uname -r").strip());
        say("Two hosts, h1 (10.0.0.1) and h2 (10.0.0.2), each a network namespace.");
        try (Host h1 = Host.create("h1", 1);
                Host h2 = Host.create("h2", 2)) {
            h1.addVlan(VLAN, 1);
            h2.addVlan(VLAN, 2);
            AgentConfig config =
                    AgentConfig.of(DATAPATH)
                            .ports(List.of(h1.port(), h2.port()))
                            .policy(new NarratingPolicy(new LearningSwitch(), out))
                            .build();
            try (Agent agent = Agent.start(config);
                    DatapathView view =
                            new DatapathView(NetlinkEndpoint.KERNEL_GENERIC, DATAPATH)) {
                say(
                        "odp4j made datapath %s with %d ports: its own, %s and %s.",
                        DATAPATH, agent.ports(), h1.port(), h2.port());
                traffic(h1, h2, view);
            }
        }
        say(
                failures == 0 ? "Everything went through." : "%d of the checks above failed.",
                failures);
        return failures == 0;
    }

    private void traffic(Host h1, Host h2, DatapathView view)
            throws IOException, InterruptedException {
        say("The first packets of each kind come up, the rest stay in the kernel:");
        for (int bytes : new int[] {56, 1600, 3200}) {
            check("ping with " + bytes + " bytes", h1.ping("10.0.0.2", 3, bytes));
        }
        check("ping over IPv6", h1.ping("fd00::2", 3, 56));
        check("ping through VLAN " + VLAN, h1.ping("10.0." + VLAN + ".2", 3, 56));

        long hits = view.stat("n_hit");
        long misses = view.stat("n_missed");
        check("100 more pings", h1.run("ping", "-q", "-c", "100", "-i", "0.01", "10.0.0.2"));
        say(
                "  the kernel counts %d hits more, and %d misses more",
                view.stat("n_hit") - hits, view.stat("n_missed") - misses);

        Process server = h2.start("iperf3", "-s", "-1");
        try {
            Thread.sleep(500);
            check("TCP for 5 s", h1.run("iperf3", "-c", "10.0.0.2", "-t", "5", "-f", "m"));
        } finally {
            server.destroy();
        }
        say("The flows that odp4j installed, as the kernel lists them:");
        view.printFlows(out);
    }

    private void check(String what, Shell.Result result) {
        if (result.ok()) {
            say("  %-24s ok   %s", what, lastLine(result.output()));
        } else {
            failures++;
            say("  %-24s FAILED%n%s", what, result.output());
        }
    }

    private static String lastLine(String output) {
        return output.lines()
                .filter(l -> l.contains("packet loss") || l.contains("receiver"))
                .reduce((a, b) -> b)
                .orElse("")
                .strip();
    }

    private void say(String format, Object... arguments) {
        out.printf(format + "%n", arguments);
        out.flush();
    }
}
