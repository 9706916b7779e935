package io.odp4j.bench.upcall;

import io.odp4j.bench.upcall.result.Load;
import io.odp4j.bench.upcall.traffic.Traffic;
import io.odp4j.upcall.ring.WaitMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What is to be measured.
 *
 * @param datapath {@code embedded}, or the kernel datapath's name
 * @param embedded whether it is in this process
 * @param peer the subject to compare with, {@code ovs}; null for none
 * @param limit whether to measure the C program that only moves messages
 * @param bare whether to measure the same on a JVM
 * @param loads in their order
 * @param shards of odp4j's agent
 * @param waitMode how its classifiers wait for upcalls
 * @param rounds how often each load is measured with each subject
 * @param millis how long each of those measurements lasts
 * @param warmUpSeconds how long what compiles itself warms up, at least
 * @param tolerance how far warm-up runs may be apart, as a share of their median
 */
public record UpcallOptions(
        String datapath,
        boolean embedded,
        String peer,
        boolean limit,
        boolean bare,
        List<Load> loads,
        Traffic traffic,
        int shards,
        WaitMode waitMode,
        int rounds,
        long millis,
        double warmUpSeconds,
        double tolerance) {

    /** As strings by the option's name. */
    public Map<String, String> asMap() {
        Map<String, String> map = new LinkedHashMap<>();
        map.put("datapath", embedded ? datapath : "system:" + datapath);
        if (peer != null) {
            map.put("peer", peer);
        }
        map.put("traffic", traffic.name());
        map.put("shards", "" + shards);
        map.put("wait", waitMode.name().toLowerCase(Locale.ROOT));
        map.put("rounds", "" + rounds);
        map.put("seconds", "" + millis / 1000.0);
        map.put("warm_up", "" + warmUpSeconds);
        map.put("tolerance", "" + tolerance);
        return map;
    }
}
