package io.odp4j.upcall.cli.dpctl;

import io.odp4j.datapath.ovs.CtLimitAttributes;
import io.odp4j.datapath.ovs.CtLimits;
import io.odp4j.datapath.ovs.CtLimits.ZoneLimit;
import io.odp4j.upcall.cli.Output;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

/** Commands for the limits of tracked connections. */
final class CtLimitCommands {
    private static final int ZONES = 1 << 16;

    private CtLimitCommands() {}

    private abstract static class LimitTask extends KernelTask {
        private boolean namesDatapath() {
            return !words.isEmpty() && !words.get(0).contains("=");
        }

        /** The words behind the datapath's name. */
        final List<String> rest() {
            return namesDatapath() ? words.subList(1, words.size()) : words;
        }

        final CtLimits limits(Session session) throws IOException, DpctlException {
            return new CtLimits(
                    session.channel(),
                    namesDatapath() ? session.datapath(words.get(0)) : session.onlyDatapath());
        }

        /** The zones of {@code zone=1,2,3}; none without a word. */
        final int[] zones() throws DpctlException {
            if (rest().isEmpty()) {
                return new int[0];
            }
            String word = rest().get(0);
            if (!word.startsWith("zone=") || rest().size() > 1) {
                throw new DpctlException(
                        "zone=N[,N...] is wanted, not " + String.join(" ", rest()));
            }
            String[] numbers = word.substring("zone=".length()).split(",");
            int[] zones = new int[numbers.length];
            for (int i = 0; i < zones.length; i++) {
                zones[i] = (int) number(numbers[i], ZONES - 1);
            }
            return zones;
        }

        static long number(String word, long most) throws DpctlException {
            try {
                long number = Long.parseLong(word);
                if (number >= 0 && number <= most) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // Said below.
            }
            throw new DpctlException("a number of 0 to " + most + " is wanted, not " + word);
        }
    }

    /** {@code ct-set-limits}. */
    @Command(
            name = "ct-set-limits",
            customSynopsis = "odp4j dpctl ct-set-limits [dp] [default=L] [zone=N,limit=L]...",
            description = "Sets how many connections zones may track; 0 for no limit.")
    static final class Set extends LimitTask {
        private static final long MOST = 0xffffffffL;

        @Override
        boolean changes() {
            return true;
        }

        @Override
        void check() {
            requireWords(1, Integer.MAX_VALUE);
        }

        @Override
        int run(Session session, Output out) throws Exception {
            List<ZoneLimit> wanted = new ArrayList<>();
            for (String word : rest()) {
                wanted.add(limit(word));
            }
            limits(session).set(wanted);
            return 0;
        }

        private static ZoneLimit limit(String word) throws DpctlException {
            if (word.startsWith("default=")) {
                long limit = number(word.substring("default=".length()), MOST);
                return ZoneLimit.of(CtLimitAttributes.DEFAULT_ZONE, limit);
            }
            String[] parts = word.split(",");
            if (parts.length != 2
                    || !parts[0].startsWith("zone=")
                    || !parts[1].startsWith("limit=")) {
                throw new DpctlException("default=L or zone=N,limit=L is wanted, not " + word);
            }
            int zone = (int) number(parts[0].substring("zone=".length()), ZONES - 1);
            return ZoneLimit.of(zone, number(parts[1].substring("limit=".length()), MOST));
        }
    }

    /** {@code ct-del-limits}. */
    @Command(
            name = "ct-del-limits",
            customSynopsis = "odp4j dpctl ct-del-limits [dp] zone=N1[,N2]...",
            description = "Takes the limits of zones away.")
    static final class Delete extends LimitTask {
        @Override
        boolean changes() {
            return true;
        }

        @Override
        void check() {
            requireWords(1, 2);
        }

        @Override
        int run(Session session, Output out) throws Exception {
            int[] zones = zones();
            if (zones.length == 0) {
                throw new DpctlException("zone=N[,N...] is missing");
            }
            limits(session).delete(zones);
            return 0;
        }
    }

    /** {@code ct-get-limits}. */
    @Command(
            name = "ct-get-limits",
            customSynopsis = "odp4j dpctl ct-get-limits [dp] [zone=N1[,N2]...]",
            description = "Prints the default limit, and those of the zones given or of all.")
    static final class Get extends LimitTask {
        @Override
        void check() {
            requireWords(0, 2);
        }

        @Override
        int run(Session session, Output out) throws Exception {
            int[] zones = zones();
            if (zones.length > 0) {
                // Asked for nothing, the kernel tells all; asked for zones, no more than these.
                int[] withDefault = new int[zones.length + 1];
                withDefault[0] = CtLimitAttributes.DEFAULT_ZONE;
                System.arraycopy(zones, 0, withDefault, 1, zones.length);
                zones = withDefault;
            }
            for (ZoneLimit limit : limits(session).get(zones)) {
                print(limit, out);
            }
            return 0;
        }

        private void print(ZoneLimit limit, Output out) throws IOException {
            if (options.json) {
                out.object(
                        json -> {
                            if (limit.isDefault()) {
                                json.writeBooleanField("default", true);
                            } else {
                                json.writeNumberField("zone", limit.zone());
                            }
                            json.writeNumberField("limit", limit.limit());
                            if (!limit.isDefault()) {
                                json.writeNumberField("count", limit.count());
                            }
                        });
            } else if (limit.isDefault()) {
                out.line("default limit=" + limit.limit());
            } else {
                out.format("zone=%d,limit=%d,count=%d", limit.zone(), limit.limit(), limit.count());
            }
        }
    }
}
