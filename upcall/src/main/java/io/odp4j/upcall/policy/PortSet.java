package io.odp4j.upcall.policy;

import io.odp4j.datapath.flow.ActionWriter;
import java.util.Arrays;

/** Port numbers, sorted. Immutable. */
public final class PortSet {
    /** No port. */
    public static final PortSet EMPTY = new PortSet(new int[0]);

    private final int[] numbers;

    private PortSet(int[] sorted) {
        this.numbers = sorted;
    }

    /** The set of these numbers. */
    public static PortSet of(int... numbers) {
        int[] sorted = numbers.clone();
        Arrays.sort(sorted);
        return new PortSet(sorted);
    }

    /** The numbers, ascending. */
    public int[] toArray() {
        return numbers.clone();
    }

    /** Adds an output to every port but one. */
    public void flood(int except, ActionWriter actions) {
        for (int number : numbers) {
            if (number != except) {
                actions.output(number);
            }
        }
    }

    public boolean contains(int number) {
        return Arrays.binarySearch(numbers, number) >= 0;
    }
}
