package io.odp4j.upcall.cli.dpctl;

import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.ovs.Vport;
import io.odp4j.datapath.ovs.VportAttributes;
import io.odp4j.datapath.ovs.Vports;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An interface on the command line: {@code NAME[,type=TYPE][,port_no=N][,KEY=VALUE...]}.
 *
 * @param number the port's number, or {@link Vports#ANY_NUMBER}
 * @param others what is left: the options of a tunnel
 */
record PortOptions(String name, String type, int number, Map<String, String> others) {
    private static final Map<String, Integer> TYPES =
            Map.of(
                    PortKind.SYSTEM,
                    Vport.TYPE_NETDEV,
                    "netdev",
                    Vport.TYPE_NETDEV,
                    "tap",
                    Vport.TYPE_NETDEV,
                    PortKind.INTERNAL,
                    Vport.TYPE_INTERNAL,
                    "gre",
                    Vport.TYPE_GRE,
                    "vxlan",
                    Vport.TYPE_VXLAN,
                    "geneve",
                    Vport.TYPE_GENEVE);
    private static final Map<String, Integer> UDP_PORTS = Map.of("vxlan", 4789, "geneve", 6081);
    private static final int MOST = 65534;

    static PortOptions parse(String word) throws DpctlException {
        String[] parts = word.split(",");
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            if (equals < 0) {
                throw new DpctlException(parts[0] + ": the option " + parts[i] + " has no value");
            }
            values.put(parts[i].substring(0, equals), parts[i].substring(equals + 1));
        }
        if (parts.length == 0 || parts[0].isEmpty()) {
            throw new DpctlException("an interface without a name: " + word);
        }
        String type = values.remove("type");
        String number = values.remove("port_no");
        return new PortOptions(
                parts[0],
                type,
                number == null ? Vports.ANY_NUMBER : number(parts[0] + ": port_no", number, MOST),
                values);
    }

    /** The kernel's number for the type; system if none was said. */
    int vportType() throws DpctlException {
        Integer known = TYPES.get(type == null ? PortKind.SYSTEM : type);
        if (known == null) {
            throw new DpctlException(name + ": the kernel has no port type " + type);
        }
        return known;
    }

    /** The options of a tunnel by {@link VportAttributes#OPTIONS_TABLE}; null if it has none. */
    AttributeList tunnelOptions() throws DpctlException {
        Integer usual = type == null ? null : UDP_PORTS.get(type);
        AttributeList list = null;
        if (usual != null) {
            String port = others.get("dst_port");
            int chosen = port == null ? usual : number(name + ": dst_port", port, 65535);
            list =
                    new AttributeList(VportAttributes.OPTIONS_TABLE)
                            .put(VportAttributes.DST_PORT, chosen);
        }
        for (Map.Entry<String, String> other : others.entrySet()) {
            boolean known =
                    usual != null && other.getKey().equals("dst_port")
                            // The kernel's tunnel ports take every packet's tunnel from its flow.
                            || vportType() >= Vport.TYPE_GRE
                                    && other.getKey().endsWith("_ip")
                                    && other.getValue().equals("flow");
            if (!known) {
                throw new DpctlException(
                        name + ": the kernel has no option " + other + " for such a port");
            }
        }
        return list;
    }

    /**
     * How iproute2 makes a device that does the same as a port of this type; null if it has none.
     */
    String tunnelDevice() throws DpctlException {
        return switch (type == null ? PortKind.SYSTEM : type) {
            case "vxlan" -> device("vxlan dstport " + tunnelPort());
            case "geneve" -> device("geneve dstport " + tunnelPort());
            case "gre" -> device("gretap");
            default -> null;
        };
    }

    private String device(String kind) {
        return "ip link add " + name + " type " + kind + " external";
    }

    private long tunnelPort() throws DpctlException {
        return tunnelOptions().number(VportAttributes.DST_PORT, 0);
    }

    private static int number(String what, String value, int most) throws DpctlException {
        try {
            int number = Integer.parseInt(value);
            if (number >= 0 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new DpctlException(what + " is a number of 0 to " + most + ", not " + value);
    }
}
