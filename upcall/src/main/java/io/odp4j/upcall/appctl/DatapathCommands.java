package io.odp4j.upcall.appctl;

import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.RequestChannel;
import io.odp4j.datapath.ovs.Datapath;
import io.odp4j.datapath.ovs.Datapaths;
import io.odp4j.datapath.ovs.OvsFamilies;
import io.odp4j.datapath.ovs.Vport;
import io.odp4j.datapath.ovs.Vports;
import io.odp4j.upcall.Agent;
import io.odp4j.upcall.AgentException;
import io.odp4j.upcall.control.CommandTable;
import io.odp4j.upcall.control.ControlCommand;
import io.odp4j.upcall.control.ControlException;
import io.odp4j.upcall.port.DispatchMode;
import io.odp4j.upcall.revalidator.RoundReport;
import java.util.List;

/** {@code dpif/*}, {@code upcall/show}: about the datapath and its flows. */
final class DatapathCommands {
    private final Agent agent;

    DatapathCommands(Agent agent) {
        this.agent = agent;
    }

    void addTo(CommandTable table) {
        table.add(new ControlCommand("dpif/show", "", 0, 0, arguments -> show()));
        table.add(
                new ControlCommand(
                        "dpif/show-dp-features",
                        "[dp]",
                        0,
                        1,
                        arguments -> table.run("dpctl/features", List.of(agent.name()))));
        table.add(
                new ControlCommand(
                        "dpif-netlink/dispatch-mode", "", 0, 0, arguments -> dispatchMode()));
        table.add(new ControlCommand("upcall/show", "", 0, 0, arguments -> upcalls()));
    }

    private String name() {
        return (agent.endpoint().isKernel() ? "system@" : "embedded@") + agent.name();
    }

    private String show() throws ControlException {
        try (RequestChannel channel = RequestChannel.open(agent.endpoint())) {
            OvsFamilies families = OvsFamilies.resolve(channel);
            Datapath datapath = new Datapaths(channel, families).get(agent.name());
            StringBuilder text =
                    new StringBuilder(
                            String.format(
                                    "%s: hit:%s missed:%s%n",
                                    name(),
                                    Long.toUnsignedString(datapath.stat("n_hit")),
                                    Long.toUnsignedString(datapath.stat("n_missed"))));
            text.append("  ").append(agent.name()).append(":\n");
            for (Vport port : new Vports(channel, families).list(datapath.ifindex())) {
                text.append(
                        String.format(
                                "    %s %s/%d: (%s)%n",
                                port.name(),
                                port.number() == 0 ? "65534" : port.number(),
                                port.number(),
                                port.number() == 0 ? "internal" : "system"));
            }
            return text.toString();
        } catch (NetlinkException e) {
            throw new ControlException(e.getMessage(), e);
        }
    }

    private String dispatchMode() {
        return name()
                + ": "
                + (agent.dispatch() == DispatchMode.CPU ? "per-cpu" : "per-vport")
                + " dispatch mode";
    }

    private String upcalls() throws ControlException, InterruptedException {
        RoundReport last = agent.lastRound();
        try {
            return String.format(
                    "%s:%n  flows         : (current %d) (limit %d)%n"
                            + "  dump duration : %dms%n  ufid enabled : true%n",
                    name(), agent.flows(), last.flowLimit(), last.workMillis());
        } catch (AgentException e) {
            throw new ControlException(e.getMessage(), e);
        }
    }
}
