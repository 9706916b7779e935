package io.odp4j.bench.upcall;

import java.util.Locale;

/**
 * What one round gave.
 *
 * @param subject who answered
 * @param frames how many were sent, each of a flow of its own
 * @param nanos from the first frame in to the last frame out
 * @param lost frames that did not come out
 * @param flows that were installed at the end
 */
record Result(String subject, long frames, long nanos, long lost, long flows) {
    /** Frames that went the whole way, a second. */
    double perSecond() {
        return (frames - lost) * 1e9 / nanos;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%-18s %9.0f upcalls/s  %d frames, %d lost, %d flows",
                subject,
                perSecond(),
                frames,
                lost,
                flows);
    }
}
