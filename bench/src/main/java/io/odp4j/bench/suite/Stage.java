package io.odp4j.bench.suite;

import java.util.List;
import java.util.Map;

/**
 * A stage of an upcall's way, in the order of the way, and the benchmarks that measure it.
 *
 * <p>A benchmark is named by a regular expression of JMH's, looked for in its full name.
 */
public enum Stage {
    SYSTEM_CALLS(
            "native calls, receiving and sending",
            "\\.jmh\\.syscall\\.",
            "\\.jmh\\.syscall\\..*\\.(inJava|callThatSavesErrno|systemCall|recv|recvmmsg|sendmsgGathered)$",
            Map.of("batch", List.of("1", "64"))),
    DECODE(
            "an upcall's attributes to a flow key",
            "\\.(missToKeyAndPacket|attributesToKey|view)$",
            "\\.missToKeyAndPacket$",
            Map.of()),
    EXTRACT("a frame to a flow key", "\\.frameToKey$", "\\.frameToKey$", Map.of()),
    HASH("a flow key's hash", "\\.KeyHashBenchmark\\.", "\\.KeyHashBenchmark\\.", Map.of()),
    FLOW_CACHE(
            "megaflow cache",
            "\\.(Megaflow|Explosion|ReadWhileWriting)\\w*Benchmark\\.",
            "\\.MegaflowLookupBenchmark\\.megaflow(Batched)?$",
            Map.of("size", List.of("100000/64"), "hits", List.of("even", "fresh"))),
    POLICY(
            "rule tables, with and without the megaflow mask",
            "\\.Policy\\w*Benchmark\\.",
            "\\.PolicyLookupBenchmark\\.with(out)?Mask$",
            Map.of("set", List.of("1000/100"))),
    ENCODE(
            "flow install and packet execute",
            "\\.(CommandBenchmark\\.(install|execute)|FlowKeyBenchmark\\.key\\w+)$",
            "\\.CommandBenchmark\\.(install|execute)$",
            Map.of()),
    RING(
            "from the reader's thread to the classifier's",
            "\\.RingHopBenchmark\\.",
            "\\.RingHopBenchmark\\.",
            Map.of("wait", List.of("BLOCKING", "SPIN"), "batch", List.of("64"))),
    PIPELINE(
            "a classifier's whole work, in one thread",
            "\\.PipelineBenchmark\\.",
            "\\.PipelineBenchmark\\.",
            Map.of()),
    RING_PIPELINE(
            "the same across the ring",
            "\\.RingPipelineBenchmark\\.",
            "\\.RingPipelineBenchmark\\.",
            Map.of("flows", List.of("new"), "wait", List.of("BLOCKING", "SPIN"))),
    TEXT("flows and actions as text", "\\.FlowTextBenchmark\\.", null, Map.of()),
    FORWARDING(
            "the embedded datapath's fast path",
            "\\.ForwardingBenchmark\\.",
            "\\.ForwardingBenchmark\\.",
            Map.of("table", List.of("cached")));

    private final String text;
    private final String full;
    private final String quick;
    private final Map<String, List<String>> quickParameters;

    Stage(String text, String full, String quick, Map<String, List<String>> quickParameters) {
        this.text = text;
        this.full = full;
        this.quick = quick;
        this.quickParameters = quickParameters;
    }

    /** What it is, in a few words. */
    public String text() {
        return text;
    }

    /** Which benchmarks a suite runs; null for none. */
    String include(Suite suite) {
        return suite == Suite.FULL ? full : quick;
    }

    /** The values of parameters in a suite; a parameter that is not named has all its values. */
    Map<String, List<String>> parameters(Suite suite) {
        return suite == Suite.FULL ? Map.of() : quickParameters;
    }
}
