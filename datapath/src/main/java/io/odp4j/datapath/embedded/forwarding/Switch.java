package io.odp4j.datapath.embedded.forwarding;

import io.odp4j.datapath.embedded.conntrack.Conntrack;
import io.odp4j.datapath.embedded.meter.Meters;
import io.odp4j.datapath.embedded.packet.Packet;
import io.odp4j.datapath.embedded.table.FlowEntry;
import io.odp4j.datapath.embedded.table.FlowTable;
import io.odp4j.datapath.ovs.DatapathAttributes;
import io.odp4j.datapath.ovs.Vport;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * One datapath: its ports, flows and counters, and the way of a packet through them. Under the
 * world's lock.
 */
public final class Switch {
    private final int ifindex;
    private final Upcalls upcalls;
    private final SwitchPort[] byNumber = new SwitchPort[Vport.MAX_PORTS];
    private final Map<Integer, SwitchPort> ports = new TreeMap<>();
    private final Map<Object, FlowEntry> flows = new LinkedHashMap<>();
    private final FlowTable table;

    /** Flows of packets without an Ethernet header, which no other flow matches. */
    private final FlowTable layer3Table;

    private final Conntrack conntrack;
    private final Meters meters = new Meters();
    private final ActionExecutor executor;
    private final Packet packet = new Packet();
    private final long[] counts = new long[PacketCounter.values().length];
    private long fates;

    public int features;
    public int[] cpuPids = {};
    public int masksCacheSize = 256;
    public long hits;
    public long misses;
    public long lost;

    public Switch(
            int ifindex,
            int features,
            Supplier<FlowTable> tables,
            Upcalls upcalls,
            Samples samples,
            Conntrack conntrack) {
        this.conntrack = conntrack;
        this.table = tables.get();
        this.layer3Table = tables.get();
        this.ifindex = ifindex;
        this.features = features;
        this.upcalls = upcalls;
        this.executor = new ActionExecutor(this, upcalls, samples, conntrack);
    }

    public int ifindex() {
        return ifindex;
    }

    public String name() {
        return byNumber[0].name;
    }

    public boolean hasFeature(int feature) {
        return (features & feature) != 0;
    }

    // --- ports ---

    public List<SwitchPort> ports() {
        return new ArrayList<>(ports.values());
    }

    /** The port of that number, or null. */
    public SwitchPort port(int number) {
        return number >= 0 && number < Vport.MAX_PORTS ? byNumber[number] : null;
    }

    /** The port of that name, or null. */
    public SwitchPort port(String name) {
        for (SwitchPort port : ports.values()) {
            if (port.name.equals(name)) {
                return port;
            }
        }
        return null;
    }

    public void add(SwitchPort port) {
        byNumber[port.number] = port;
        ports.put(port.number, port);
    }

    public void remove(SwitchPort port) {
        byNumber[port.number] = null;
        ports.remove(port.number);
    }

    // --- flows ---

    /** The table for packets with an Ethernet header, or for those without. */
    public FlowTable table(boolean ethernet) {
        return ethernet ? table : layer3Table;
    }

    /** How many different masks the flows have. */
    public int masks() {
        return table.masks() + layer3Table.masks();
    }

    /** How many masks were tried. */
    public long masksTried() {
        return table.masksTried() + layer3Table.masksTried();
    }

    public Meters meters() {
        return meters;
    }

    public List<FlowEntry> flows() {
        return new ArrayList<>(flows.values());
    }

    public int flowCount() {
        return flows.size();
    }

    /** The flow of that ufid or given key, or null. */
    public FlowEntry flow(Object id) {
        return flows.get(id);
    }

    public void add(FlowEntry flow) {
        flows.put(flow.id, flow);
        table(flow.isEthernet()).insert(flow);
    }

    public void remove(FlowEntry flow) {
        flows.remove(flow.id);
        table(flow.isEthernet()).remove(flow);
    }

    public void flush() {
        flows.clear();
        table.clear();
        layer3Table.clear();
    }

    // --- packets ---

    /** Counts what became of a packet. */
    void count(PacketCounter counter) {
        counts[counter.ordinal()]++;
        fates++;
    }

    /** How often what has happened, by {@link PacketCounter#ordinal}. */
    public long[] counts() {
        return counts.clone();
    }

    /** Runs actions that a request brought; 0, or the number of the error that ended them. */
    public int execute(Packet brought, SwitchPort port, ByteBuffer b, int start, int length) {
        count(PacketCounter.EXECUTED);
        long before = fates;
        int error = executor.execute(brought, port, b, start, length);
        account(before, error);
        return error;
    }

    /** Whatever has happened, it is counted: a packet of which nothing was, was dropped. */
    private void account(long fatesBefore, int error) {
        if (error != 0) {
            count(PacketCounter.ACTION_FAILED);
        } else if (fates == fatesBefore) {
            count(PacketCounter.DROPPED_BY_ACTION);
        }
    }

    /** Takes a frame from outside. */
    public void receive(SwitchPort port, ByteBuffer frame, int offset, int length) {
        conntrack.begin();
        packet.load(frame, offset, length);
        port.stats.rxPackets++;
        port.stats.rxBytes += length;
        count(PacketCounter.RECEIVED);
        if (packet.extract(port.number)) {
            long before = fates;
            account(before, process(packet, port));
        } else {
            count(PacketCounter.MALFORMED);
            port.stats.rxErrors++;
        }
    }

    /**
     * Looks a packet up and acts.
     *
     * @return 0, or the number of the error that ended the actions
     */
    public int process(Packet looked, SwitchPort port) {
        FlowEntry flow = table(looked.isEthernet()).lookup(looked.key);
        if (flow == null) {
            misses++;
            upcalls.miss(this, port, looked);
            return 0;
        }
        hits++;
        flow.count(looked);
        ByteBuffer actions = flow.actions;
        return executor.execute(looked, port, actions, 0, actions.capacity());
    }

    /** The port id for upcalls with per-CPU dispatch: every port is taken for a CPU. */
    public int cpuPid(SwitchPort port) {
        return cpuPids.length == 0 ? 0 : cpuPids[port.number % cpuPids.length];
    }

    public boolean isPerCpu() {
        return hasFeature(DatapathAttributes.F_DISPATCH_UPCALL_PER_CPU);
    }
}
