package io.odp4j.datapath.embedded.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Runs a sequence of steps on both, and finds where they differ. */
final class Comparison {
    /** How long the kernel may take to let a frame come out. */
    private static final int PATIENCE_MILLIS = 60;

    private final Subject kernel;
    private final Subject ours;

    /** Takes out of a line what may differ. */
    private final UnaryOperator<String> essence;

    Comparison(Subject kernel, Subject ours) {
        this(kernel, ours, UnaryOperator.identity());
    }

    Comparison(Subject kernel, Subject ours, UnaryOperator<String> essence) {
        this.kernel = kernel;
        this.ours = ours;
        this.essence = essence;
    }

    /** How the two differ in a sequence, or null if they do not. */
    String difference(List<Step> steps) throws Exception {
        kernel.begin();
        ours.begin();
        for (int i = 0; i < steps.size(); i++) {
            kernel.run(steps.get(i));
            ours.run(steps.get(i));
            List<String> actual = outcome(ours);
            List<String> expected = outcome(kernel);
            for (int n = 0; n < PATIENCE_MILLIS && !same(expected, actual); n++) {
                Thread.sleep(1);
                expected.addAll(outcome(kernel));
                actual.addAll(outcome(ours));
            }
            if (!same(expected, actual)) {
                return "step " + i + "\n" + sideBySide(expected, actual);
            }
        }
        List<String> expected = kernel.state();
        List<String> actual = ours.state();
        return same(expected, actual) ? null : "state\n" + sideBySide(expected, actual);
    }

    private List<String> outcome(Subject subject) throws Exception {
        List<String> lines = subject.outcome();
        lines.replaceAll(essence);
        return lines;
    }

    /**
     * The order counts on each socket and at each device; which of them is heard first does not.
     */
    private static boolean same(List<String> expected, List<String> actual) {
        if (expected.equals(actual)) {
            return true;
        }
        List<String> a = new ArrayList<>(expected);
        List<String> b = new ArrayList<>(actual);
        for (List<String> list : List.of(a, b)) {
            list.sort((x, y) -> x.substring(0, 4).compareTo(y.substring(0, 4)));
        }
        return a.equals(b);
    }

    private static String sideBySide(List<String> expected, List<String> actual) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.max(expected.size(), actual.size()); i++) {
            String a = i < expected.size() ? expected.get(i) : "nothing";
            String b = i < actual.size() ? actual.get(i) : "nothing";
            if (!a.equals(b)) {
                text.append("  kernel: ").append(a).append("\n  ours:   ").append(b).append('\n');
            }
        }
        return text.toString();
    }

    /** The fewest steps found that still differ, as a script. */
    String shrunk(List<Step> steps) throws Exception {
        List<Step> left = new ArrayList<>(steps);
        for (int i = left.size() - 1; i >= 0; i--) {
            List<Step> fewer = new ArrayList<>(left);
            fewer.remove(i);
            if (difference(fewer) != null) {
                left = fewer;
            }
        }
        StringBuilder text = new StringBuilder("differs in\n");
        for (int i = 0; i < left.size(); i++) {
            text.append("  ").append(i).append(' ').append(left.get(i)).append('\n');
        }
        String difference = difference(left);
        return text.append(difference == null ? "no longer when run again" : difference).toString();
    }
}
