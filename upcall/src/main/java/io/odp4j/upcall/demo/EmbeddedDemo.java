package io.odp4j.upcall.demo;

import io.odp4j.datapath.embedded.EmbeddedDatapath;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.upcall.Agent;
import io.odp4j.upcall.AgentConfig;
import io.odp4j.upcall.AgentException;
import io.odp4j.upcall.policy.LearningSwitch;
import java.io.PrintStream;
import java.util.List;

/**
 * Two hosts in memory on an embedded datapath that odp4j controls: pings and UDP, with the upcalls
 * and flows that they cause. Needs no privilege.
 */
public final class EmbeddedDemo {
    private static final String DATAPATH = "demo";
    private static final int MILLIS = 2000;
    private static final int MORE_PINGS = 1000;

    private final PrintStream out;
    private int failures;

    public EmbeddedDemo(PrintStream out) {
        this.out = out;
    }

    /** Runs the demonstration; true if everything went through. */
    public boolean run() throws NetlinkException, AgentException, InterruptedException {
        try (EmbeddedDatapath embedded = EmbeddedDatapath.open();
                MemoryHost h1 = MemoryHost.plug(embedded, "h1p", 1);
                MemoryHost h2 = MemoryHost.plug(embedded, "h2p", 2)) {
            say("A datapath in userspace: it speaks the kernel's messages on a netlink socket.");
            say("Two hosts in memory, h1 (10.0.0.1) and h2 (10.0.0.2).");
            AgentConfig config =
                    AgentConfig.of(DATAPATH)
                            .endpoint(embedded.endpoint())
                            .ports(List.of(h1.name(), h2.name()))
                            .policy(new NarratingPolicy(new LearningSwitch(), out))
                            .build();
            try (Agent agent = Agent.start(config);
                    DatapathView view = new DatapathView(embedded.endpoint(), DATAPATH)) {
                say(
                        "odp4j made datapath %s with %d ports: its own, %s and %s.",
                        DATAPATH, agent.ports(), h1.name(), h2.name());
                traffic(h1, h2, view);
            }
        }
        say(
                failures == 0 ? "Everything went through." : "%d of the checks above failed.",
                failures);
        return failures == 0;
    }

    private void traffic(MemoryHost h1, MemoryHost h2, DatapathView view)
            throws NetlinkException, InterruptedException {
        say("The first packets of each kind come up, the rest stay in the datapath:");
        for (int bytes : new int[] {56, 1400}) {
            check("pings with " + bytes + " bytes", 3, h1.ping(h2.address(), 3, bytes, MILLIS));
        }
        check("UDP echoes", 3, h2.udp(h1.address(), 5000, 3, MILLIS));
        long hits = view.stat("n_hit");
        long misses = view.stat("n_missed");
        long start = System.nanoTime();
        check("more pings", MORE_PINGS, h1.ping(h2.address(), MORE_PINGS, 56, MILLIS));
        long millis = (System.nanoTime() - start) / 1_000_000L;
        say(
                "  in %d ms the datapath counts %d hits more, and %d misses more",
                millis, view.stat("n_hit") - hits, view.stat("n_missed") - misses);
        say("The flows that odp4j installed, as the datapath lists them:");
        view.printFlows(out);
    }

    private void check(String what, int sent, int answered) {
        boolean ok = sent == answered;
        failures += ok ? 0 : 1;
        say("  %-22s %-6s %d sent, %d answered", what, ok ? "ok" : "FAILED", sent, answered);
    }

    private void say(String format, Object... arguments) {
        out.printf(format + "%n", arguments);
        out.flush();
    }
}
