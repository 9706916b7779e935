package io.odp4j.datapath.psample;

import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.NetlinkSocket;
import io.odp4j.datapath.netlink.family.FamilyEvents;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The packets that the kernel samples, as they come: those of tc's sample action, of devices, and
 * of Open vSwitch's psample action. The owner waits on {@link #socket} and calls {@link #poll}; not
 * thread safe.
 */
public final class PsampleEvents implements AutoCloseable {
    private static final String PACKETS = "packets";

    /** Takes the samples. */
    @FunctionalInterface
    public interface Listener {
        /** A packet was sampled. */
        void sample(Sample sample);

        /** Samples of a group were lost on the way, by the numbers that they have. */
        default void lost(long group, long count) {}

        /** The socket's queue ran over: samples were lost, nobody knows how many. */
        default void overrun() {}
    }

    private final FamilyEvents events;
    private final Map<Long, Long> next = new TreeMap<>();

    private PsampleEvents(FamilyEvents events) {
        this.events = events;
    }

    /**
     * Joins the group of packets; needs CAP_NET_ADMIN.
     *
     * @throws io.odp4j.datapath.netlink.FamilyNotFoundException if the kernel lacks psample
     */
    public static PsampleEvents open() throws NetlinkException {
        return new PsampleEvents(
                FamilyEvents.open(List.of(PsampleFamily.SPEC), List.of(PACKETS), false));
    }

    /** Readable when there is something to {@link #poll}. */
    public NetlinkSocket socket() {
        return events.socket();
    }

    /** Hands on every sample that has come, without waiting. */
    public void poll(Listener listener) throws NetlinkException {
        events.poll(
                new FamilyEvents.Listener() {
                    @Override
                    public void event(FamilyEvents.Event event) {
                        if (event.operation().reply() == PsampleAttributes.CMD_SAMPLE) {
                            take(new Sample(event.attributes()), listener);
                        }
                    }

                    @Override
                    public void lost() {
                        listener.overrun();
                    }
                });
    }

    private void take(Sample sample, Listener listener) {
        long expected = next.getOrDefault(sample.group(), sample.sequence());
        long missing = sample.sequence() - expected & 0xffff_ffffL;
        // Who does not number samples, as Open vSwitch's psample action, has them all be 0.
        boolean repeated = missing == 0xffff_ffffL;
        if (missing != 0 && !repeated) {
            listener.lost(sample.group(), missing);
        }
        next.put(sample.group(), sample.sequence() + 1 & 0xffff_ffffL);
        listener.sample(sample);
    }

    @Override
    public void close() {
        events.close();
    }
}
