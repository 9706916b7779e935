package io.odp4j.upcall.demo;

import io.odp4j.datapath.flow.text.FlowTextOptions;
import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.RequestChannel;
import io.odp4j.datapath.ovs.Datapath;
import io.odp4j.datapath.ovs.DatapathAttributes;
import io.odp4j.datapath.ovs.Datapaths;
import io.odp4j.datapath.ovs.FlowText;
import io.odp4j.datapath.ovs.Flows;
import io.odp4j.datapath.ovs.OvsFamilies;
import java.io.PrintStream;

/** A look at a datapath from beside the agent, as any other program could have it. */
final class DatapathView implements AutoCloseable {
    private final RequestChannel channel;
    private final OvsFamilies families;
    private final Datapaths datapaths;
    private final String name;

    DatapathView(NetlinkEndpoint endpoint, String name) throws NetlinkException {
        this.channel = RequestChannel.open(endpoint);
        this.name = name;
        try {
            families = OvsFamilies.resolve(channel);
        } catch (NetlinkException e) {
            channel.close();
            throw e;
        }
        datapaths = new Datapaths(channel, families);
    }

    /** One of n_hit, n_missed, n_lost, n_flows. */
    long stat(String field) throws NetlinkException {
        return datapaths.get(name).stat(field);
    }

    /** How many different masks the flows have. */
    long masks() throws NetlinkException {
        Datapath datapath = datapaths.get(name);
        return datapath.attributes().struct(DatapathAttributes.MEGAFLOW_STATS).number("n_masks");
    }

    /** Prints the flows, a line each. */
    void printFlows(PrintStream out) throws NetlinkException {
        FlowText text = new FlowText(FlowTextOptions.PLAIN);
        long now = System.nanoTime() / 1_000_000L;
        new Flows(channel, families, datapaths.get(name))
                .dump(
                        0,
                        flow -> {
                            StringBuilder line = new StringBuilder("    ");
                            text.format(line, flow, now);
                            out.println(line);
                        });
    }

    @Override
    public void close() {
        channel.close();
    }
}
