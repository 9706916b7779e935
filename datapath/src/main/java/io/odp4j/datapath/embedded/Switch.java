package io.odp4j.datapath.embedded;

import io.odp4j.datapath.ovs.DatapathAttributes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One datapath: its ports, flows and counters, and the way of a packet through them. Under the
 * world's lock.
 */
final class Switch {
    private final int ifindex;
    private final Upcalls upcalls;
    private final SwitchPort[] byNumber = new SwitchPort[World.MOST_PORTS];
    private final Map<Integer, SwitchPort> ports = new TreeMap<>();
    private final Map<Object, FlowEntry> flows = new LinkedHashMap<>();
    private final FlowTable table = new MaskedFlowTable();
    private final ActionExecutor executor;
    private final Packet packet = new Packet();

    int features;
    int[] cpuPids = {};
    int masksCacheSize = 256;
    long hits;
    long misses;
    long lost;

    Switch(int ifindex, int features, Upcalls upcalls) {
        this.ifindex = ifindex;
        this.features = features;
        this.upcalls = upcalls;
        this.executor = new ActionExecutor(this, upcalls);
    }

    int ifindex() {
        return ifindex;
    }

    String name() {
        return byNumber[0].name;
    }

    boolean hasFeature(int feature) {
        return (features & feature) != 0;
    }

    // --- ports ---

    List<SwitchPort> ports() {
        return new ArrayList<>(ports.values());
    }

    /** The port of that number, or null. */
    SwitchPort port(int number) {
        return number >= 0 && number < World.MOST_PORTS ? byNumber[number] : null;
    }

    /** The port of that name, or null. */
    SwitchPort port(String name) {
        for (SwitchPort port : ports.values()) {
            if (port.name.equals(name)) {
                return port;
            }
        }
        return null;
    }

    void add(SwitchPort port) {
        byNumber[port.number] = port;
        ports.put(port.number, port);
    }

    void remove(SwitchPort port) {
        byNumber[port.number] = null;
        ports.remove(port.number);
    }

    // --- flows ---

    FlowTable table() {
        return table;
    }

    List<FlowEntry> flows() {
        return new ArrayList<>(flows.values());
    }

    int flowCount() {
        return flows.size();
    }

    /** The flow of that ufid or given key, or null. */
    FlowEntry flow(Object id) {
        return flows.get(id);
    }

    void add(FlowEntry flow) {
        flows.put(flow.id, flow);
        table.insert(flow);
    }

    void remove(FlowEntry flow) {
        flows.remove(flow.id);
        table.remove(flow);
    }

    void flush() {
        flows.clear();
        table.clear();
    }

    // --- packets ---

    /** Takes a frame from outside. */
    void receive(SwitchPort port, ByteBuffer frame, int offset, int length) {
        packet.load(frame, offset, length);
        port.stats.rxPackets++;
        port.stats.rxBytes += length;
        if (packet.extract(port.number)) {
            process(packet, port, 0);
        } else {
            port.stats.rxErrors++;
        }
    }

    /** Looks a packet up and acts; {@code depth} counts recirculations and clones. */
    void process(Packet looked, SwitchPort port, int depth) {
        FlowEntry flow = table.lookup(looked.key);
        if (flow == null) {
            misses++;
            upcalls.miss(this, port, looked);
            return;
        }
        hits++;
        flow.count(looked);
        ByteBuffer actions = flow.actions;
        executor.run(looked, port, actions, 0, actions.capacity(), depth);
    }

    ActionExecutor executor() {
        return executor;
    }

    /** The port id for upcalls of this thread with per-CPU dispatch. */
    int cpuPid() {
        return cpuPids.length == 0 ? 0 : cpuPids[0];
    }

    boolean isPerCpu() {
        return hasFeature(DatapathAttributes.F_DISPATCH_UPCALL_PER_CPU);
    }
}
