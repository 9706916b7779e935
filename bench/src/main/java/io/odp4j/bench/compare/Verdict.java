package io.odp4j.bench.compare;

import java.util.Locale;

/** What a comparison shows. */
public enum Verdict {
    BETTER("better"),
    WORSE("worse"),
    /** The interval has "the same" in it: there may be a difference, but this does not show it. */
    NO_DIFFERENCE("no difference shown"),
    /** One sample on either side says nothing of how much another would differ. */
    TOO_FEW("too few samples");

    private final String text;

    Verdict(String text) {
        this.text = text;
    }

    /** As in JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return text;
    }
}
