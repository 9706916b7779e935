package io.odp4j.upcall;

import io.odp4j.datapath.flow.text.FlowTextOptions;
import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.RequestChannel;
import io.odp4j.datapath.ovs.Datapath;
import io.odp4j.datapath.ovs.Datapaths;
import io.odp4j.datapath.ovs.FlowText;
import io.odp4j.datapath.ovs.Flows;
import io.odp4j.datapath.ovs.OvsFamilies;
import io.odp4j.upcall.counter.Counter;
import io.odp4j.upcall.demo.Host;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Two hosts for each test, and a look at the datapath {@link #DATAPATH} beside the agent. */
public final class TwoHosts implements BeforeEachCallback, AfterEachCallback {
    public static final String DATAPATH = "ovst";
    private static final Pattern STATISTICS =
            Pattern.compile("packets:\\d+, bytes:\\d+, used:[^,]+(, flags:[^,]+)?");

    Host h1;
    Host h2;
    RequestChannel channel;
    private OvsFamilies families;
    private Datapaths datapaths;

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        channel = RequestChannel.open(NetlinkEndpoint.KERNEL_GENERIC);
        families = OvsFamilies.resolve(channel);
        datapaths = new Datapaths(channel, families);
        deleteDatapath();
        h1 = Host.create("h1", 1);
        h2 = Host.create("h2", 2);
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        h1.close();
        h2.close();
        deleteDatapath();
        channel.close();
    }

    public void deleteDatapath() throws NetlinkException {
        Datapath there = datapaths.find(DATAPATH).orElse(null);
        if (there != null) {
            datapaths.delete(there);
        }
    }

    public AgentConfig.Builder config() {
        return AgentConfig.of(DATAPATH).ports(List.of(h1.port(), h2.port()));
    }

    /** One of n_hit, n_missed, n_lost, n_flows. */
    public long stat(String name) throws NetlinkException {
        return datapaths.get(DATAPATH).stat(name);
    }

    /** The flows as odp4j prints them, their statistics left out, sorted. */
    public List<String> flows() throws NetlinkException {
        List<String> lines = new ArrayList<>();
        FlowText text = new FlowText(FlowTextOptions.PLAIN);
        new Flows(channel, families, datapaths.get(DATAPATH))
                .dump(
                        0,
                        flow -> {
                            StringBuilder line = new StringBuilder();
                            text.format(line, flow, 0);
                            lines.add(withoutStatistics(line.toString()));
                        });
        lines.sort(null);
        return lines;
    }

    public static String withoutStatistics(String flow) {
        return STATISTICS.matcher(flow).replaceAll("");
    }

    public static long count(Agent agent, Counter counter) {
        return agent.counters()[counter.ordinal()];
    }

    /** Waits until something is so, at most ten seconds; false if it does not come to be. */
    public static boolean eventually(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 200; i++) {
            if (condition.getAsBoolean()) {
                return true;
            }
            Thread.sleep(50);
        }
        return false;
    }
}
