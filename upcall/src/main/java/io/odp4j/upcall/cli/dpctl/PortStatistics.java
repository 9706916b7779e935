package io.odp4j.upcall.cli.dpctl;

import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.RequestChannel;
import io.odp4j.datapath.ovs.Vport;
import io.odp4j.upcall.cli.Output;
import java.io.IOException;
import java.util.Locale;

/**
 * A port's counters, four lines of {@code show -s}. The datapath counts packets, bytes, errors and
 * drops; the rest is its device's. Open vSwitch does not ask for a tunnel's errors: they read "?".
 */
record PortStatistics(Vport port, boolean tunnel, LinkCounters link) {
    private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB"};

    /**
     * @param links a channel to rtnetlink; null if the port's device is not the kernel's
     */
    static PortStatistics of(Vport port, PortKind kind, RequestChannel links) {
        LinkCounters link = LinkCounters.NONE;
        if (links != null && kind.type().equals(PortKind.SYSTEM)) {
            try {
                link = LinkCounters.read(links, port.name());
            } catch (NetlinkException e) {
                // A device of another network namespace: the datapath's own counters remain.
                link = LinkCounters.NONE;
            }
        }
        return new PortStatistics(port, kind.isTunnel(), link);
    }

    void print(Output out) throws IOException {
        out.format(
                "    RX packets:%s errors:%s dropped:%s overruns:%s frame:%s",
                counter("rx_packets"),
                known(counter("rx_errors")),
                known(counter("rx_dropped")),
                known(number(link.overErrors())),
                known(number(link.frameErrors())));
        out.format(
                "    TX packets:%s errors:%s dropped:%s aborted:%s carrier:%s",
                counter("tx_packets"),
                known(counter("tx_errors")),
                known(counter("tx_dropped")),
                known(number(link.abortedErrors())),
                known(number(link.carrierErrors())));
        out.line("    collisions:" + known(number(link.collisions())));
        long rx = port.stat("rx_bytes");
        long tx = port.stat("tx_bytes");
        out.format("    RX bytes:%s%s  TX bytes:%s%s", number(rx), size(rx), number(tx), size(tx));
    }

    private String known(String value) {
        return tunnel ? "?" : value;
    }

    private String counter(String name) {
        return number(port.stat(name));
    }

    private static String number(long unsigned) {
        return Long.toUnsignedString(unsigned);
    }

    private static String size(long bytes) {
        if (bytes >= 0 && bytes < 1024) {
            return "";
        }
        double value = Double.parseDouble(number(bytes)) / 1024;
        int unit = 0;
        while (value >= 1024 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, " (%.1f %s)", value, UNITS[unit]);
    }
}
