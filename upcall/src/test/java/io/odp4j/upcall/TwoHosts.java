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
import io.odp4j.datapath.ovs.Vport;
import io.odp4j.datapath.ovs.Vports;
import io.odp4j.upcall.counter.Counter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Two hosts for each test, whichever datapath they are joined by, and a look at the datapath {@link
 * #DATAPATH} beside the agent.
 */
public abstract class TwoHosts implements BeforeEachCallback, AfterEachCallback {
    /** How a ping goes: the hosts have an address in each of these. */
    enum Net {
        IPV4,
        IPV6,
        VLAN_100
    }

    public static final String DATAPATH = "ovst";
    private static final Pattern STATISTICS =
            Pattern.compile("packets:\\d+, bytes:\\d+, used:[^,]+(, flags:[^,]+)?");

    static final String PORT_1 = "h1p";
    static final String PORT_2 = "h2p";

    RequestChannel channel;
    private NetlinkEndpoint endpoint;
    OvsFamilies families;
    Datapaths datapaths;

    /** Opens what answers for datapaths. */
    abstract NetlinkEndpoint open() throws Exception;

    abstract void shut() throws Exception;

    /**
     * Sends pings from host 1 or 2 to the other one.
     *
     * @return whether each was answered
     */
    abstract boolean ping(int from, Net net, int count, int bytes) throws Exception;

    /** Whether host 2 takes a connection from host 1 at that port, at which it waits for one. */
    abstract boolean connects(int port) throws Exception;

    /** Has both hosts take part in VLAN 100, with addresses of their own. */
    abstract void addVlan() throws Exception;

    /** Takes host 2 away with its device. */
    abstract void unplugSecond() throws Exception;

    /** Plugs a host 2 in again, with another hardware address. */
    abstract void plugSecondAgain() throws Exception;

    /** Has host 1 forget the hardware addresses that it knows. */
    abstract void forgetNeighbours() throws Exception;

    /**
     * What {@code ovs-dpctl show} and {@code del-flows} do to a datapath: features of their own,
     * and every flow deleted.
     */
    abstract void disturb() throws Exception;

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        endpoint = open();
        channel = RequestChannel.open(endpoint);
        families = OvsFamilies.resolve(channel);
        datapaths = new Datapaths(channel, families);
        deleteDatapath();
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        deleteDatapath();
        channel.close();
        shut();
    }

    public void deleteDatapath() throws NetlinkException {
        Datapath there = datapaths.find(DATAPATH).orElse(null);
        if (there != null) {
            datapaths.delete(there);
        }
    }

    public AgentConfig.Builder config() {
        return AgentConfig.of(DATAPATH).endpoint(endpoint).ports(List.of(PORT_1, PORT_2));
    }

    /** Attaches host 2, as another program might. */
    void addSecondPort() throws NetlinkException {
        new Vports(channel, families)
                .add(
                        datapaths.get(DATAPATH).ifindex(),
                        PORT_2,
                        Vport.TYPE_NETDEV,
                        new int[] {0},
                        null);
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
