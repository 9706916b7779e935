package io.odp4j.upcall.cli.dpctl;

import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.ovs.Vport;
import io.odp4j.datapath.ovs.VportAttributes;
import java.util.List;

/**
 * What a port is, as Open vSwitch tells it: for the kernel a tunnel that Open vSwitch made is a
 * plain device, whose name alone says what it is for.
 *
 * @param type system, internal or the tunnel's type
 * @param port UDP port of a tunnel, 0 if it has the type's own or none
 */
record PortKind(String type, int port) {
    static final String SYSTEM = "system";
    static final String INTERNAL = "internal";

    private record Tunnel(String type, String prefix, int defaultPort) {}

    /** The names that Open vSwitch gives its tunnel devices; one with a port ends in its number. */
    private static final List<Tunnel> TUNNELS =
            List.of(
                    new Tunnel("vxlan", "vxlan_sys", 4789),
                    new Tunnel("geneve", "genev_sys", 6081),
                    new Tunnel("gre", "gre_sys", 0),
                    new Tunnel("ip6gre", "ip6gre_sys", 0),
                    new Tunnel("erspan", "erspan_sys", 0),
                    new Tunnel("ip6erspan", "ip6erspan_sys", 0),
                    new Tunnel("gtpu", "gtpu_sys", 2152),
                    new Tunnel("bareudp", "bareudp_sys", 0),
                    new Tunnel("stt", "stt_sys", 7471),
                    new Tunnel("lisp", "lisp_sys", 4341));

    static PortKind of(Vport port) {
        return switch (port.type()) {
            case Vport.TYPE_NETDEV -> ofDevice(port.name());
            case Vport.TYPE_INTERNAL -> new PortKind(INTERNAL, 0);
            default -> ofVport(port);
        };
    }

    private static PortKind ofDevice(String name) {
        for (Tunnel tunnel : TUNNELS) {
            if (name.startsWith(tunnel.prefix())) {
                String number = name.substring(tunnel.prefix().length()).replaceFirst("^_", "");
                boolean digits = number.matches("[0-9]{1,5}");
                int port = digits ? Integer.parseInt(number) : 0;
                return new PortKind(tunnel.type(), port == tunnel.defaultPort() ? 0 : port);
            }
        }
        return new PortKind(SYSTEM, 0);
    }

    private static PortKind ofVport(Vport port) {
        String type = VportAttributes.TYPES.nameOf(port.type());
        AttributeList options = port.attributes().list(VportAttributes.OPTIONS);
        int number = options == null ? 0 : (int) options.number(VportAttributes.DST_PORT, 0);
        boolean usual =
                TUNNELS.stream().anyMatch(t -> t.type().equals(type) && t.defaultPort() == number);
        return new PortKind(type, usual ? 0 : number);
    }

    boolean isTunnel() {
        return !type.equals(SYSTEM) && !type.equals(INTERNAL);
    }

    /** What stands behind the port's name: its type unless system, and a tunnel's settings. */
    String suffix() {
        if (!isTunnel()) {
            return type.equals(SYSTEM) ? "" : " (" + type + ")";
        }
        return " ("
                + type
                + ": "
                + (port == 0 ? "" : "dst_port=" + port + ", ")
                + "packet_type=ptap)";
    }
}
