package io.odp4j.upcall.appctl;

import io.odp4j.upcall.control.CommandTable;
import io.odp4j.upcall.control.ControlCommand;
import io.odp4j.upcall.control.ControlException;
import io.odp4j.upcall.counter.Counter;
import java.util.List;
import java.util.Locale;

/** {@code coverage/show} and {@code coverage/read-counter}: what was counted. */
final class CoverageCommands {
    private final CoverageRates rates;

    CoverageCommands(CoverageRates rates) {
        this.rates = rates;
    }

    void addTo(CommandTable table) {
        table.add(new ControlCommand("coverage/show", "", 0, 0, arguments -> show()));
        table.add(new ControlCommand("coverage/read-counter", "COUNTER", 1, 1, this::read));
    }

    private String show() {
        long[] totals = rates.now();
        double[][] perSecond = rates.perSecond();
        StringBuilder text =
                new StringBuilder(
                        "Event coverage, avg rate over last: 5 seconds, last minute, last hour:\n");
        int never = 0;
        for (Counter counter : Counter.values()) {
            int i = counter.ordinal();
            if (totals[i] == 0) {
                never++;
                continue;
            }
            text.append(
                    String.format(
                            Locale.ROOT,
                            "%-24s %10.1f/sec %10.3f/sec %12.4f/sec   total: %d%n",
                            counter.label(),
                            perSecond[0][i],
                            perSecond[1][i],
                            perSecond[2][i],
                            totals[i]));
        }
        return text.append(never).append(" events never hit\n").toString();
    }

    private String read(List<String> arguments) throws ControlException {
        for (Counter counter : Counter.values()) {
            if (counter.label().equals(arguments.get(0))) {
                return Long.toString(rates.now()[counter.ordinal()]);
            }
        }
        throw new ControlException("No such counter");
    }
}
