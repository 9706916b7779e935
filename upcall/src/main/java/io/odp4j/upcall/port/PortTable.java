package io.odp4j.upcall.port;

import io.odp4j.datapath.ovs.Vport;
import io.odp4j.upcall.reader.UpcallSource;
import io.odp4j.upcall.tunnel.TunnelPorts;
import io.odp4j.upcall.tunnel.TunnelSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The datapath's ports with their sockets. One thread's, but for {@link #statuses}. */
final class PortTable {
    /**
     * One port.
     *
     * @param sources the sockets that its upcalls come to
     */
    record Port(Vport vport, UpcallSource[] sources) {}

    private final Map<Integer, Port> ports = new TreeMap<>();
    private final Set<Integer> attached = new TreeSet<>();
    private volatile List<PortStatus> statuses = List.of();

    /**
     * Adds a port.
     *
     * @param own whether this agent attached it
     */
    void put(Port port, boolean own) {
        int number = port.vport().number();
        ports.put(number, port);
        if (own) {
            attached.add(number);
        }
    }

    /** Takes a port out; null if there is none. */
    Port remove(int number) {
        attached.remove(number);
        return ports.remove(number);
    }

    boolean contains(int number) {
        return ports.containsKey(number);
    }

    /** Whether a device is one of the ports. */
    boolean isPort(int index) {
        return ports.values().stream().anyMatch(p -> p.vport().ifindex() == index);
    }

    /**
     * Whether a device is one of the ports.
     *
     * @param link the device as it is now; null if only its name is known
     */
    boolean has(String name, LinkBook.Entry link) {
        return link == null
                ? ports.values().stream().anyMatch(p -> p.vport().name().equals(name))
                : isPort(link.index());
    }

    /** The numbers, ascending. */
    int[] numbers() {
        return ports.keySet().stream().mapToInt(Integer::intValue).toArray();
    }

    /** The ports that this agent attached. */
    List<Vport> attached() {
        return attached.stream().map(number -> ports.get(number).vport()).toList();
    }

    /**
     * Makes the picture for others.
     *
     * @param links null where the datapath has devices of its own
     */
    void publish(LinkBook links, TunnelKeeper tunnels) {
        List<PortStatus> all = new ArrayList<>();
        for (Port port : ports.values()) {
            Vport vport = port.vport();
            LinkBook.Entry link = links == null ? null : links.find(vport.ifindex()).orElse(null);
            String name = link == null ? vport.name() : link.name();
            all.add(
                    new PortStatus(
                            vport.number(),
                            name,
                            vport.ifindex(),
                            link != null && link.up(),
                            link != null && link.carrier(),
                            link == null ? 0 : link.mtu(),
                            tunnels.named(name)));
        }
        statuses = List.copyOf(all);
    }

    /** The ports and their links, as they were published last; for any thread. */
    List<PortStatus> statuses() {
        return statuses;
    }

    /** Which of the ports are tunnels, as they were published last. */
    TunnelPorts tunnels() {
        Map<Integer, TunnelSpec> byNumber = new TreeMap<>();
        for (PortStatus port : statuses) {
            if (port.tunnel() != null) {
                byNumber.put(port.number(), port.tunnel());
            }
        }
        return new TunnelPorts(byNumber);
    }
}
