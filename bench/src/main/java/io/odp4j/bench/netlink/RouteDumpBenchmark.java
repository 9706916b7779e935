package io.odp4j.bench.netlink;

import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.rtnetlink.link.LinkRequest;
import io.odp4j.datapath.rtnetlink.link.Links;
import io.odp4j.datapath.rtnetlink.route.Route;
import io.odp4j.datapath.rtnetlink.route.RouteAttributes;
import io.odp4j.datapath.rtnetlink.route.RouteRequest;
import io.odp4j.datapath.rtnetlink.route.Routes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Many routes: how long {@code ip -4 route show} and odp4j take to list them, what odp4j's heap
 * does meanwhile, and how soon a notification arrives.
 *
 * <p>Changes the namespace that it runs in: for the lab alone.
 */
public final class RouteDumpBenchmark {
    private static final String DEVICE = "dump0";
    private static final int AF_INET = 2;

    private final int count;
    private long seen;
    private long characters;

    private RouteDumpBenchmark(int count) {
        this.count = count;
    }

    /**
     * Measures and prints.
     *
     * @param arguments how many routes, and how often each side lists them
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int rounds = Integer.parseInt(arguments[1]);
        new RouteDumpBenchmark(Integer.parseInt(arguments[0])).run(rounds);
    }

    private void run(int rounds) throws IOException, InterruptedException {
        try (Links links = Links.open();
                Routes routes = Routes.open()) {
            links.add(LinkRequest.of("dummy").name(DEVICE).up());
            int index = links.find(DEVICE).orElseThrow().index();
            fill(routes, index);
            List<Long> start = new ArrayList<>();
            List<Long> ip = new ArrayList<>();
            List<Long> read = new ArrayList<>();
            List<Long> shown = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                start.add(time(() -> process("ip", "-V")));
                ip.add(time(() -> process("ip", "-4", "route", "show")));
                read.add(time(() -> list(routes, route -> {})));
                shown.add(time(() -> list(routes, r -> characters += r.toString().length())));
            }
            print("starting ip (ip -V)", start);
            print("ip -4 route show >/dev/null", ip);
            print("odp4j, every route as an object", read);
            print("odp4j, every route as text", shown);
            heap(routes);
            NotificationDelay.measure(index);
            links.delete(index);
        }
    }

    private void fill(Routes routes, int index) throws NetlinkException {
        long before = System.nanoTime();
        for (int i = 0; i < count; i++) {
            byte[] to = {10, (byte) (i >> 16), (byte) (i >> 8), (byte) i};
            routes.add(RouteRequest.to(to, 32).out(index));
        }
        System.out.printf(
                "%d routes made, %.1f us each%n",
                count, (System.nanoTime() - before) / 1e3 / count);
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private static long time(Work work) throws IOException, InterruptedException {
        long before = System.nanoTime();
        work.run();
        return System.nanoTime() - before;
    }

    private static void process(String... command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(command)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed");
        }
    }

    private interface Each {
        void take(AttributeList route);
    }

    private void list(Routes routes, Each each) throws IOException {
        seen = 0;
        AttributeList filter =
                new AttributeList(RouteAttributes.TABLE)
                        .header("rtm_family", AF_INET)
                        .put(RouteAttributes.ROUTING_TABLE, Route.TABLE_MAIN);
        routes.forEach(
                filter,
                route -> {
                    seen++;
                    each.take(route.attributes());
                });
        if (seen < count) {
            throw new IOException("only " + seen + " routes were listed");
        }
    }

    private static void print(String what, List<Long> nanos) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        System.out.printf(
                "%-34s median %8.1f ms, best %8.1f ms%n",
                what, sorted[sorted.length / 2] / 1e6, sorted[0] / 1e6);
    }

    /** The live heap at every quarter of a listing. */
    private void heap(Routes routes) throws IOException {
        List<String> kilobytes = new ArrayList<>();
        list(
                routes,
                route -> {
                    if (seen % (count / 4) == 1) {
                        System.gc();
                        Runtime r = Runtime.getRuntime();
                        kilobytes.add("" + (r.totalMemory() - r.freeMemory()) / 1024);
                    }
                });
        System.out.println("live heap while listing, KB: " + String.join(", ", kilobytes));
    }
}
