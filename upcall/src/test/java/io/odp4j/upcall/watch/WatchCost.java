package io.odp4j.upcall.watch;

import io.odp4j.datapath.embedded.EmbeddedDatapath;
import io.odp4j.upcall.Agent;
import io.odp4j.upcall.Generator;
import io.odp4j.upcall.appctl.AgentCommands;
import io.odp4j.upcall.control.CommandTable;
import io.odp4j.upcall.control.ControlClient;
import io.odp4j.upcall.control.ControlServer;
import io.odp4j.upcall.counter.Counter;
import io.odp4j.upcall.counter.Counters;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What looking on costs: flow setups per second of an agent on an embedded datapath, with a client
 * on its control socket that shows 100 upcalls a second and without, in turns. Every frame has UDP
 * ports of its own, is sent up, decided, executed, and has a flow of its own installed.
 *
 * <p>Arguments: pairs of rounds (9), seconds of a round (2).
 */
public final class WatchCost implements AutoCloseable {
    private static final int WINDOW = 256;
    private static final int WARM_UP = 2;

    private final EmbeddedDatapath embedded = EmbeddedDatapath.open();
    private final Generator from = Generator.plug(embedded, "from", 1);
    private final Generator to = Generator.plug(embedded, "to", 2);
    private final Agent agent;
    private final ControlServer server;
    private final AgentCommands commands;
    private int sent;
    private volatile long shown;

    private WatchCost() throws Exception {
        agent =
                Agent.builder("cost")
                        .endpoint(embedded.endpoint())
                        .ports(List.of(from.name(), to.name()))
                        .flowLimit(1_000_000)
                        .start();
        CommandTable table = new CommandTable();
        commands = AgentCommands.addTo(table, agent, "cost", new Counters());
        Path folder = Files.createTempDirectory("odp4j-cost");
        server = ControlServer.open(folder.resolve("ctl"), table);
        agent.setMegaflows(false);
        to.send(0); // so that the switch knows where frames go
    }

    /** Measures and prints. */
    public static void main(String[] arguments) throws Exception {
        int pairs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 9;
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2;
        double[] alone = new double[pairs];
        double[] watched = new double[pairs];
        double[] rates = new double[pairs];
        try (WatchCost cost = new WatchCost()) {
            for (int i = -WARM_UP; i < pairs; i++) {
                // Whichever comes first has no advantage.
                boolean aloneFirst = i % 2 == 0;
                double first = cost.round(seconds, !aloneFirst);
                double second = cost.round(seconds, aloneFirst);
                if (i >= 0) {
                    alone[i] = aloneFirst ? first : second;
                    watched[i] = aloneFirst ? second : first;
                    rates[i] = cost.shown / (double) seconds;
                }
            }
            System.out.printf(
                    Locale.ROOT,
                    "flow setups/s, medians of %d rounds of %d s each: alone %.0f, watched %.0f"
                            + " (%.0f upcalls/s shown): %.1f %% less%n",
                    pairs,
                    seconds,
                    median(alone),
                    median(watched),
                    median(rates),
                    100 * (1 - median(watched) / median(alone)));
            System.out.println("alone:   " + Arrays.toString(alone));
            System.out.println("watched: " + Arrays.toString(watched));
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private double round(int seconds, boolean watching) throws Exception {
        agent.rounds().purge(10_000);
        while (agent.flows() > 0) {
            Thread.sleep(20);
        }
        Thread client = new Thread(() -> watch(seconds), "client");
        if (watching) {
            client.start();
            Thread.sleep(300);
        }
        long before = agent.counters()[Counter.FLOWS_INSTALLED.ordinal()];
        long start = System.nanoTime();
        long end = start + seconds * 1_000_000_000L;
        long base = to.received();
        int first = sent;
        while (System.nanoTime() < end) {
            if (sent - first - (to.received() - base) < WINDOW) {
                from.send(++sent);
            } else {
                Thread.onSpinWait();
            }
        }
        long made = agent.counters()[Counter.FLOWS_INSTALLED.ordinal()] - before;
        double perSecond = made * 1e9 / (System.nanoTime() - start);
        if (watching) {
            client.join();
        }
        return perSecond;
    }

    /** Shows up to 30 upcalls every 200 ms. */
    private void watch(int seconds) {
        try (ControlClient client = ControlClient.connect(server.path())) {
            long until = System.nanoTime() + seconds * 1_000_000_000L;
            long lines = 0;
            List<String> words = new ArrayList<>(List.of("--json", "--for", "200", "--most", "30"));
            while (System.nanoTime() < until) {
                String answer = client.run("upcall/watch", words);
                lines += answer.lines().count() - 1;
                String cursor = answer.replaceAll("(?s).*\"cursor\":\"([^\"]*)\".*", "$1");
                words.subList(5, words.size()).clear();
                words.addAll(List.of("--after", cursor));
            }
            shown = lines;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.close();
        commands.close();
        agent.close();
        from.close();
        to.close();
        embedded.close();
    }
}
