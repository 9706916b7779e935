package io.odp4j.upcall.appctl;

import io.odp4j.upcall.Agent;
import io.odp4j.upcall.control.CommandTable;
import io.odp4j.upcall.control.ControlCommand;
import io.odp4j.upcall.port.PortStatus;
import io.odp4j.upcall.tunnel.TunnelStatus;

/** {@code port/show}, {@code tunnel/show}: the ports' links, and where tunnels lead. */
final class PortCommands {
    private final Agent agent;

    PortCommands(Agent agent) {
        this.agent = agent;
    }

    void addTo(CommandTable table) {
        table.add(new ControlCommand("port/show", "", 0, 0, arguments -> ports()));
        table.add(new ControlCommand("tunnel/show", "", 0, 0, arguments -> tunnels()));
    }

    private String ports() {
        StringBuilder text = new StringBuilder();
        for (PortStatus port : agent.portStatuses()) {
            text.append(port.number()).append(": ").append(port.name());
            if (port.mtu() > 0) {
                text.append(port.up() ? port.carrier() ? " up" : " no carrier" : " down");
                text.append(" mtu ").append(port.mtu());
            }
            if (port.tunnel() != null) {
                text.append(" tunnel ").append(port.tunnel());
            }
            text.append('\n');
        }
        return text.toString();
    }

    private String tunnels() {
        StringBuilder text = new StringBuilder();
        for (TunnelStatus tunnel : agent.tunnels()) {
            text.append(tunnel).append('\n');
        }
        return text.toString();
    }
}
