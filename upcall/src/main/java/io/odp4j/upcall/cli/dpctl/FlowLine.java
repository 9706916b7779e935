package io.odp4j.upcall.cli.dpctl;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of a file of flows.
 *
 * @param actions null if there are none
 * @param dumped whether it is a line that dump-flows printed
 */
record FlowLine(String flow, String actions, boolean dumped) {
    private static final Pattern DUMPED =
            Pattern.compile("(.*?),?\\s*packets:.*?actions:(.*)", Pattern.DOTALL);

    /** Splits {@code FLOW ACTIONS}, or a line of a dump. */
    static FlowLine of(String line) {
        Matcher dumped = DUMPED.matcher(line);
        if (dumped.matches()) {
            return new FlowLine(dumped.group(1), dumped.group(2), true);
        }
        String[] halves = line.split("\\s+", 2);
        return new FlowLine(halves[0], halves.length < 2 ? null : halves[1], false);
    }
}
