package io.odp4j.datapath.flow.filter;

import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowMask;
import io.odp4j.datapath.flow.text.FlowSyntaxException;
import io.odp4j.datapath.flow.text.PortNames;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A choice of packets or flows, read from text; the package's description has the grammar.
 *
 * <pre>{@code
 * Filter filter = Filter.parse("in_port=vm3 and tcp and not dst=443", names, List.of());
 * if (filter.matches(key)) …
 * }</pre>
 *
 * A filter may be asked by several threads; asking allocates nothing but a list of measures where
 * one is given.
 */
public final class Filter {
    private static final long[] EXACT = ones();
    private static final long[] NOTHING_MEASURED = {};
    private static final List<String> WORDS =
            List.of("and", "or", "not", "in", "src", "dst", "host");

    private final String text;
    private final Expression expression;

    private Filter(String text, Expression expression) {
        this.text = text;
        this.expression = expression;
    }

    private static long[] ones() {
        long[] ones = new long[FlowKey.WORDS];
        Arrays.fill(ones, -1);
        return ones;
    }

    /**
     * Reads a filter; an empty one lets everything through.
     *
     * @param ports names that in_port may be given by
     * @param measures what the filter may ask for beside the key's fields
     * @throws FlowSyntaxException if it cannot be read: with the place, and what could stand there
     */
    public static Filter parse(String text, PortNames ports, List<Measure> measures) {
        return new Filter(text, new FilterParser(text, ports, measures).parse());
    }

    /** Whether a packet is let through. */
    public boolean matches(FlowKey packet) {
        return matches(packet, NOTHING_MEASURED);
    }

    /**
     * Whether a packet is let through.
     *
     * @param measures a value for each measure, in the order in which they were given
     */
    public boolean matches(FlowKey packet, long[] measures) {
        return expression.test(packet.words(), EXACT, measures) == Truth.YES;
    }

    /**
     * What it says of the packets that a flow matches.
     *
     * @param mask where a tag that must not be there is matched too ({@link
     *     FlowMask#addAbsentTags})
     */
    public Truth test(FlowKey key, FlowMask mask, long[] measures) {
        return expression.test(key.words(), mask.words(), measures);
    }

    /** Every word that a filter may have besides values and measures, for completion. */
    public static SortedSet<String> vocabulary() {
        SortedSet<String> words = new TreeSet<>(Guard.PROTOCOLS.keySet());
        FilterField.names().forEach(words::add);
        words.addAll(WORDS);
        return words;
    }

    /** The text that it was read from. */
    @Override
    public String toString() {
        return text;
    }
}
