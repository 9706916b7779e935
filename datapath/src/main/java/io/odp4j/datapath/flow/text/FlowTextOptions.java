package io.odp4j.datapath.flow.text;

/**
 * How flows are printed.
 *
 * @param verbose wildcarded fields too, as {@code ovs-dpctl -m}
 * @param complete also what Open vSwitch leaves out of its text, so that the text reads back as the
 *     very same attributes: event mask and zone 0 of {@code ct}, the reason of {@code drop}, the
 *     mask of {@code nd_ext}, the exact probability of {@code sample}; unknown attributes stand as
 *     {@code attr41(0a0b)} instead of {@code key41(0a 0b)}
 * @param names names to print instead of port numbers, as {@code ovs-dpctl --names}
 */
public record FlowTextOptions(boolean verbose, boolean complete, PortNames names) {
    /** As {@code ovs-dpctl dump-flows} prints. */
    public static final FlowTextOptions PLAIN = new FlowTextOptions(false, false, PortNames.NONE);

    /** As {@code ovs-dpctl -m dump-flows} prints, which also gives the ports their names. */
    public static final FlowTextOptions MORE = PLAIN.withVerbose(true);

    /** Nothing left out. */
    public static final FlowTextOptions COMPLETE = MORE.withComplete(true);

    public FlowTextOptions withVerbose(boolean on) {
        return new FlowTextOptions(on, complete, names);
    }

    public FlowTextOptions withComplete(boolean on) {
        return new FlowTextOptions(verbose, on, names);
    }

    public FlowTextOptions withNames(PortNames portNames) {
        return new FlowTextOptions(verbose, complete, portNames);
    }
}
