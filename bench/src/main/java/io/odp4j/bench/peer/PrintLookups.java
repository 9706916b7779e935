package io.odp4j.bench.peer;

import io.odp4j.bench.jmh.LookupSet;
import io.odp4j.datapath.flow.EthernetAddress;
import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Writes what policy lookups are measured with, for another program to be measured with the same:
 * the rules as {@code ovs-ofctl add-flows} takes them, the packets as flow keys of {@code
 * ovs-dpctl}.
 */
public final class PrintLookups {
    private static final int ICMP = 1;
    private static final int TCP = 6;
    private static final int UDP = 17;

    private PrintLookups() {}

    /** Arguments: the set's name, the file for rules, the file for packets. */
    public static void main(String[] args) throws IOException {
        LookupSet set = LookupSet.named(args[0]);
        Files.write(Path.of(args[1]), set.rules());
        Files.write(
                Path.of(args[2]),
                (Iterable<String>) set.packets().stream().map(PrintLookups::text)::iterator);
    }

    private static String text(FlowKey key) {
        return String.format(
                Locale.ROOT,
                "in_port(%d),eth(src=%s,dst=%s),eth_type(0x0800),"
                        + "ipv4(src=%s,dst=%s,proto=%d,tos=0,ttl=%d,frag=no)%s",
                key.inPort(),
                EthernetAddress.format(key.get(FlowField.DL_SRC)),
                EthernetAddress.format(key.dlDst()),
                address(key.get(FlowField.NW_SRC)),
                address(key.get(FlowField.NW_DST)),
                key.get(FlowField.NW_PROTO),
                key.get(FlowField.NW_TTL),
                transport(key));
    }

    private static String transport(FlowKey key) {
        long from = key.get(FlowField.TP_SRC);
        long to = key.get(FlowField.TP_DST);
        return switch ((int) key.get(FlowField.NW_PROTO)) {
            case TCP -> ",tcp(src=" + from + ",dst=" + to + ")";
            case UDP -> ",udp(src=" + from + ",dst=" + to + ")";
            case ICMP -> ",icmp(type=" + (from & 0xff) + ",code=" + (to & 0xff) + ")";
            default -> "";
        };
    }

    private static String address(long ip) {
        return (ip >> 24) + "." + (ip >> 16 & 255) + "." + (ip >> 8 & 255) + "." + (ip & 255);
    }
}
