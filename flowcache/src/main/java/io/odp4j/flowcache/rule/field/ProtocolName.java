package io.odp4j.flowcache.rule.field;

import java.util.LinkedHashMap;
import java.util.Map;

/** Words that stand for an Ethernet type and, maybe, an IP protocol. */
public final class ProtocolName {
    /** No protocol: the Ethernet type alone. */
    public static final int ANY = -1;

    private static final Map<String, int[]> NUMBERS = new LinkedHashMap<>();

    static {
        // Of two names for the same, the one that is printed comes first.
        put("ip", 0x800, ANY);
        put("ipv4", 0x800, ANY);
        put("icmp", 0x800, 1);
        put("tcp", 0x800, 6);
        put("udp", 0x800, 17);
        put("sctp", 0x800, 132);
        put("ipv6", 0x86dd, ANY);
        put("ip6", 0x86dd, ANY);
        put("icmp6", 0x86dd, 58);
        put("icmpv6", 0x86dd, 58);
        put("tcp6", 0x86dd, 6);
        put("udp6", 0x86dd, 17);
        put("sctp6", 0x86dd, 132);
        put("arp", 0x806, ANY);
        put("rarp", 0x8035, ANY);
        put("mpls", 0x8847, ANY);
        put("mplsm", 0x8848, ANY);
    }

    private ProtocolName() {}

    private static void put(String name, int type, int protocol) {
        NUMBERS.put(name, new int[] {type, protocol});
    }

    /** Ethernet type and protocol of a name, or null. */
    public static int[] numbers(String name) {
        return NUMBERS.get(name);
    }

    /** The name that says most of a type and a protocol, or null. */
    public static String of(int type, int protocol) {
        String found = null;
        for (Map.Entry<String, int[]> entry : NUMBERS.entrySet()) {
            int[] numbers = entry.getValue();
            if (numbers[0] == type && numbers[1] == protocol) {
                return entry.getKey();
            }
            if (numbers[0] == type && numbers[1] == ANY && found == null) {
                found = entry.getKey();
            }
        }
        return found;
    }
}
