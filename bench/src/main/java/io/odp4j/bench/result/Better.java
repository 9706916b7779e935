package io.odp4j.bench.result;

import java.util.Locale;

/** Which way a metric is good. */
public enum Better {
    HIGHER,
    LOWER;

    /** As in JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
