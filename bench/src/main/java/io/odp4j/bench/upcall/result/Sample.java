package io.odp4j.bench.upcall.result;

import org.HdrHistogram.Histogram;

/**
 * What one subject did with one load in one round.
 *
 * @param sent frames that were sent in
 * @param arrived how many of them came out
 * @param setups how many of those were the first of a flow, and had to be decided
 * @param upcalls misses that the datapath counted: more than setups where a flow's packets come up
 *     before it is installed
 * @param overtaken frames that came out behind a later one of their flow
 * @param nanos from the first frame in to the last frame out
 * @param cpuNanos processor time that the subject's process used meanwhile; -1 if it has no process
 *     of its own
 * @param flows that the datapath had at the end
 * @param residentBytes memory of the subject's process then; -1 if it is not known
 * @param latency from when a frame was sent, in an open loop was to be sent, to when it came out;
 *     ns
 */
public record Sample(
        long sent,
        long arrived,
        long setups,
        long upcalls,
        long overtaken,
        long nanos,
        long cpuNanos,
        long flows,
        long residentBytes,
        Histogram latency) {
    /** Flows decided, and their first packets brought to where they were to go, a second. */
    public double setupsPerSecond() {
        return setups * 1e9 / nanos;
    }

    /** Frames that came out a second. */
    public double packetsPerSecond() {
        return arrived * 1e9 / nanos;
    }

    /** Frames that did not come out. */
    public long lost() {
        return sent - arrived;
    }

    /** Upcalls of a flow, those of lost frames left out; NaN if there was no flow. */
    public double upcallsPerSetup() {
        return setups == 0 ? Double.NaN : (double) Math.max(setups, upcalls - lost()) / setups;
    }

    /** Processor time of a setup, ns; NaN if it is not known. */
    public double cpuNanosPerSetup() {
        return cpuNanos < 0 || setups == 0 ? Double.NaN : (double) cpuNanos / setups;
    }

    /** Memory of the subject's process, bytes; NaN if it is not known. */
    public double memory() {
        return residentBytes < 0 ? Double.NaN : residentBytes;
    }

    /** Nanoseconds that so many percent of the frames took at most; 0 if none came out. */
    public double latency(double percentile) {
        return latency.getTotalCount() == 0 ? 0 : latency.getValueAtPercentile(percentile);
    }
}
