package io.odp4j.bench.jmh;

import io.odp4j.datapath.flow.FlowKey;
import java.util.List;

/**
 * What policy lookups are measured with.
 *
 * @param rules flows of {@code ovs-ofctl}
 * @param packets a power of two of them, in the order in which they are looked up
 */
public record LookupSet(List<String> rules, List<FlowKey> packets) {
    /**
     * A set by its name.
     *
     * @param name rules and masks ({@code 10000/20}), or a kind of {@link ClassBench} and how many
     *     filters ({@code acl/1000})
     */
    public static LookupSet named(String name) {
        String[] parts = name.split("/");
        int second = Integer.parseInt(parts[1]);
        if (Character.isDigit(parts[0].charAt(0))) {
            RuleSets sets = RuleSets.withMasks(Integer.parseInt(parts[0]), second);
            return new LookupSet(sets.rules(), sets.packets(PacketStream.PACKETS));
        }
        ClassBench sets = new ClassBench(parts[0], second);
        return new LookupSet(sets.rules(), sets.packets());
    }
}
