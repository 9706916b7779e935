package io.odp4j.flowcache.policy;

import java.util.TreeSet;

/** The mask of a megaflow as ofproto/trace prints it: what is left when values are taken away. */
final class MegaflowText {
    private MegaflowText() {}

    static String mask(String megaflow) {
        TreeSet<String> parts = new TreeSet<>();
        for (String part : megaflow.split(",")) {
            int equals = part.indexOf('=');
            int slash = part.indexOf('/');
            if (equals < 0) {
                // A protocol's name stands for dl_type and perhaps nw_proto.
                parts.add(part.matches("eth|ip|ipv6|arp") ? "" : "nw_proto");
            } else if (part.startsWith("dl_type")) {
                parts.add("");
            } else {
                parts.add(
                        part.substring(0, equals).replaceAll("tcp_|udp_|icmp_type", "tp_")
                                + (slash < 0 ? "" : part.substring(slash)));
            }
        }
        return String.join(",", parts);
    }
}
