package io.odp4j.bench.jmh;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Filters in the manner of ClassBench, and packet headers that meet them.
 *
 * <p>Drawn per filter: protocol and port classes together; the pair of prefix lengths, given the
 * kind, with lengths scattered by a binomial; addresses from a tree whose nodes have two children
 * with a probability per level, one of them heavier. A filter is kept if it is new. A filter with
 * port ranges becomes one rule per pair of prefixes that cover them; all of these have the filter's
 * priority, a number of its own. Headers: a filter drawn evenly, a header within it, repeated as
 * often as a Pareto distribution says (a = 1, b = 0.1: little locality).
 */
final class ClassBench {
    private static final int MAX_PORT = 0xfe00;
    private static final double PARETO_SHAPE = 1;
    private static final double PARETO_SCALE = 0.1;

    private final Random random = new Random(17);
    private final Kind kind;
    private final long[] treeSecret = {random.nextLong(), random.nextLong()};

    /** The filters, the first of highest priority. */
    final List<Filter> filters = new ArrayList<>();

    /** One filter: values and lengths of two prefixes, two port ranges, a protocol or -1. */
    record Filter(
            long source,
            int sourceLength,
            long destination,
            int destinationLength,
            int fromLow,
            int fromHigh,
            int toLow,
            int toHigh,
            int protocol) {}

    /**
     * What is known of a seed.
     *
     * @param ports weight, protocol, class of the source port and of the destination port
     * @param lengths weight, length of the source prefix and of the destination prefix
     * @param branching probability that a node of the address tree has two children, per kind of
     *     address: at the top eight levels, the next sixteen, the last eight
     */
    private record Kind(Object[][] ports, int[][] lengths, double[][] branching, double scatter) {}

    private static Kind kind(String name) {
        return switch (name) {
            case "acl" ->
                    new Kind(
                            new Object[][] {
                                {8, -1, "WC", "WC"},
                                {3, 1, "WC", "WC"},
                                {19, 6, "WC", "WC"},
                                {12, 6, "WC", "AR"},
                                {57, 6, "WC", "EM"},
                                {1, 17, "WC", "EM"},
                            },
                            new int[][] {
                                {62, 32, 32},
                                {5, 31, 32},
                                {9, 32, 24},
                                {6, 23, 32},
                                {4, 32, 22},
                                {3, 30, 32},
                                {3, 23, 16},
                                {2, 0, 24},
                                {2, 23, 28},
                                {2, 31, 22},
                                {1, 0, 8},
                                {1, 0, 0},
                            },
                            new double[][] {{0.05, 0.05, 0.75}, {0.7, 0.15, 0.1}},
                            0.12);
            case "fw" ->
                    new Kind(
                            new Object[][] {
                                {12, -1, "WC", "WC"}, {7, 1, "WC", "WC"}, {10, 6, "WC", "WC"},
                                {28, 6, "WC", "EM"}, {6, 6, "EM", "WC"}, {6, 6, "HI", "EM"},
                                {3, 6, "EM", "HI"}, {3, 6, "WC", "AR"}, {2, 6, "WC", "HI"},
                                {1, 6, "HI", "HI"}, {14, 17, "WC", "EM"}, {3, 17, "EM", "WC"},
                                {3, 17, "EM", "EM"}, {2, 17, "HI", "EM"}, {1, 47, "WC", "WC"},
                                {1, 50, "WC", "WC"},
                            },
                            new int[][] {
                                {24, 0, 32},
                                {12, 32, 0},
                                {20, 32, 32},
                                {8, 0, 24},
                                {6, 24, 0},
                                {6, 16, 32},
                                {5, 24, 32},
                                {5, 32, 24},
                                {4, 24, 24},
                                {4, 0, 0},
                                {3, 28, 32},
                                {3, 32, 28},
                            },
                            new double[][] {{0.5, 0.12, 0.2}, {0.5, 0.12, 0.2}},
                            0.02);
            case "ipc" ->
                    new Kind(
                            new Object[][] {
                                {12, -1, "WC", "WC"}, {4, 1, "WC", "WC"}, {25, 6, "WC", "WC"},
                                {28, 6, "WC", "EM"}, {7, 6, "EM", "WC"}, {2, 6, "HI", "EM"},
                                {2, 6, "WC", "AR"}, {1, 6, "WC", "HI"}, {10, 17, "WC", "EM"},
                                {4, 17, "EM", "EM"}, {4, 17, "WC", "WC"}, {1, 17, "AR", "WC"},
                            },
                            new int[][] {
                                {30, 32, 32}, {12, 24, 32}, {10, 32, 24}, {8, 24, 24}, {6, 0, 32},
                                {6, 32, 0}, {6, 16, 24}, {5, 27, 32}, {5, 32, 27}, {4, 16, 32},
                                {3, 22, 28}, {3, 28, 20}, {1, 8, 16}, {1, 0, 0},
                            },
                            new double[][] {{0.6, 0.15, 0.2}, {0.6, 0.15, 0.2}},
                            0.12);
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** That many filters of a kind: acl, fw or ipc. */
    ClassBench(String name, int count) {
        kind = kind(name);
        Set<Filter> known = new HashSet<>();
        while (filters.size() < count) {
            Filter filter = filter();
            if (known.add(filter)) {
                filters.add(filter);
            }
        }
    }

    private Filter filter() {
        Object[] ports = kind.ports[draw(weights(kind.ports))];
        int[] lengths = kind.lengths[draw(weights(kind.lengths))];
        int source = scattered(lengths[1]);
        int destination = scattered(lengths[2]);
        int[] from = range((String) ports[2], 0);
        int[] to = range((String) ports[3], 1);
        return new Filter(
                address(0, source),
                source,
                address(1, destination),
                destination,
                from[0],
                from[1],
                to[0],
                to[1],
                (int) ports[1]);
    }

    private static int[] weights(Object[][] rows) {
        int[] weights = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            weights[i] = (int) rows[i][0];
        }
        return weights;
    }

    private static int[] weights(int[][] rows) {
        int[] weights = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            weights[i] = rows[i][0];
        }
        return weights;
    }

    private int draw(int[] weights) {
        int sum = 0;
        for (int weight : weights) {
            sum += weight;
        }
        int left = random.nextInt(sum);
        int i = 0;
        while (left >= weights[i]) {
            left -= weights[i++];
        }
        return i;
    }

    /** Lengths near by, as the smoothness of ClassBench makes them. */
    private int scattered(int length) {
        if (length == 0 || random.nextDouble() >= kind.scatter) {
            return length;
        }
        return Math.max(1, Math.min(32, length + random.nextInt(5) - 2));
    }

    private long address(int which, int length) {
        double[] branching = kind.branching[which];
        long address = 0;
        for (int level = 0; level < length; level++) {
            long node = mix(address | 1L << 32 + level % 24, treeSecret[which] + level);
            double two = branching[level < 8 ? 0 : level < 24 ? 1 : 2];
            boolean heavy = (node & 1) != 0;
            boolean branches = (node >>> 11) * 0x1p-53 < two;
            // The heavier child has, over all nodes, three quarters of the addresses.
            boolean bit = branches && random.nextInt(4) == 0 ? !heavy : heavy;
            address |= bit ? 1L << 31 - level : 0;
        }
        return address;
    }

    private static long mix(long a, long b) {
        long x = (a ^ b) * 0x9e3779b97f4a7c15L;
        x = (x ^ x >>> 32) * 0xbf58476d1ce4e5b9L;
        return x ^ x >>> 29;
    }

    private int[] range(String portClass, int which) {
        return switch (portClass) {
            case "WC" -> new int[] {0, 65535};
            case "HI" -> new int[] {1024, 65535};
            case "LO" -> new int[] {0, 1023};
            case "AR" -> {
                int width = new int[] {9, 10, 20, 49, 50, 99, 100, 1000}[random.nextInt(8)];
                int low = 1000 + 100 * random.nextInt(300);
                yield new int[] {low, low + width};
            }
            default -> {
                // A few services are asked for most of the time.
                int service = (int) (400 * Math.pow(random.nextDouble(), 3));
                int port = 1 + (int) ((mix(service, which) >>> 40) % 9000);
                yield new int[] {port, port};
            }
        };
    }

    /** The filters as flows of {@code ovs-ofctl}. */
    List<String> rules() {
        List<String> rules = new ArrayList<>();
        for (int i = 0; i < filters.size(); i++) {
            Filter f = filters.get(i);
            // 65,536 priorities are fewer than the largest set has filters.
            long priority = 65535 - i * 65000L / Math.max(65000, filters.size());
            for (String from : prefixes("tp_src", f.fromLow, f.fromHigh)) {
                for (String to : prefixes("tp_dst", f.toLow, f.toHigh)) {
                    // Nor has a port more than 16 bits.
                    int port = 1 + i % MAX_PORT;
                    rules.add("priority=" + priority + text(f) + from + to + ",actions=" + port);
                }
            }
        }
        return rules;
    }

    private static String text(Filter f) {
        String protocol =
                switch (f.protocol) {
                    case -1 -> ",ip";
                    case 1 -> ",icmp";
                    case 6 -> ",tcp";
                    case 17 -> ",udp";
                    default -> ",ip,nw_proto=" + f.protocol;
                };
        return protocol
                + prefix("nw_src", f.source, f.sourceLength)
                + prefix("nw_dst", f.destination, f.destinationLength);
    }

    private static String prefix(String field, long address, int length) {
        return length == 0 ? "" : "," + field + "=" + RuleSets.ip(address) + "/" + length;
    }

    /** The fewest masked values that cover a range of ports. */
    private static List<String> prefixes(String field, int low, int high) {
        List<String> prefixes = new ArrayList<>();
        if (low == 0 && high == 65535) {
            return List.of("");
        }
        int at = low;
        while (at <= high) {
            int size = at == 0 ? 1 << 16 : Integer.lowestOneBit(at);
            while (at + size - 1 > high) {
                size >>= 1;
            }
            prefixes.add(String.format(",%s=0x%x/0x%x", field, at, 0xffff & -size));
            at += size;
        }
        return prefixes;
    }

    /** Twice 65,536 headers, at least 65,536 of them distinct. */
    List<FlowKey> packets() {
        List<FlowKey> packets = new ArrayList<>();
        int count = 2 * PacketStream.PACKETS;
        while (packets.size() < count) {
            FlowKey key = within(filters.get(random.nextInt(filters.size())));
            double copies = PARETO_SCALE / Math.pow(1 - random.nextDouble(), 1 / PARETO_SHAPE);
            for (int i = 0; i < Math.max(1, Math.min(100, copies)); i++) {
                if (packets.size() < count) {
                    packets.add(key);
                }
            }
        }
        if (packets.stream().distinct().count() < PacketStream.PACKETS) {
            throw new IllegalStateException("too few distinct headers");
        }
        return packets;
    }

    private FlowKey within(Filter f) {
        int[] protocols = {6, 17};
        return new FlowKey()
                .set(FlowField.IN_PORT, 1 + random.nextInt(16))
                .set(FlowField.DL_TYPE, 0x800)
                .set(FlowField.DL_SRC, 0x0200_0000_0000L + random.nextInt(64))
                .set(FlowField.DL_DST, 0x0200_0000_0000L + random.nextInt(64))
                .set(FlowField.NW_TTL, 64)
                .set(FlowField.NW_PROTO, f.protocol < 0 ? protocols[random.nextInt(2)] : f.protocol)
                .set(FlowField.NW_SRC, f.source | open(f.sourceLength))
                .set(FlowField.NW_DST, f.destination | open(f.destinationLength))
                .set(FlowField.TP_SRC, f.fromLow + random.nextInt(f.fromHigh - f.fromLow + 1))
                .set(FlowField.TP_DST, f.toLow + random.nextInt(f.toHigh - f.toLow + 1));
    }

    private long open(int length) {
        return random.nextInt() & (1L << 32 - length) - 1;
    }
}
