package io.odp4j.upcall.metrics;

import java.util.Locale;

/**
 * Where the time of an upcall goes, from the moment that it is read. How long it lay in the
 * kernel's queue before, netlink does not tell: its messages carry no time.
 */
public enum Stage {
    RING_WAIT("From the read of an upcall to its classifier's batch."),
    DECIDE("To decide about an upcall and write its requests, a batch's mean."),
    SEND("To send a batch's requests and read the errors.");

    private final String meaning;

    Stage(String meaning) {
        this.meaning = meaning;
    }

    /** One sentence: what is timed. */
    public String meaning() {
        return meaning;
    }

    /** The name as it is printed: {@code ring_wait}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
