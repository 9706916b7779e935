package io.odp4j.flowcache.policy;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.flowcache.rule.ControllerReason;
import io.odp4j.flowcache.rule.OpenFlowAction;
import io.odp4j.flowcache.rule.field.OpenFlowPort;

/** Where a packet goes: ports, all of them, or where its destination was seen. */
final class Outputs {
    private static final int WHOLE = 0xffff;
    private static final int KNOWN = 1024;
    private static final long NO_PORT = 0xffff_ffffL;
    private static final int TAG = 0x1000;
    private static final int VID = 0xfff;
    private static final long RESERVED_MULTICAST = 0x0180_c200_0000L;
    private static final long RESERVED_BITS = 0xffff_ffff_fff0L;

    private final Translation translation;
    private final PacketState packet;
    private final long[] flow;
    private final SwitchPorts ports;
    private final MacTable macs;
    private boolean learns;

    /** The packet's own in_port; a resubmit may look up with another. */
    private int inPort;

    /** By the datapath's number, once it was needed. */
    private final DatapathAction.Output[] known = new DatapathAction.Output[KNOWN];

    Outputs(Translation translation, PacketState packet, Pipeline pipeline) {
        this.translation = translation;
        this.packet = packet;
        this.flow = packet.flow;
        this.ports = pipeline.ports();
        this.macs = pipeline.macs();
    }

    /** The next packet, whose words are in place. */
    void begin(boolean mayLearn) {
        learns = mayLearn;
        inPort = (int) FlowField.IN_PORT.get(flow);
    }

    private void emit(int port) {
        translation.commit();
        translation.add(action(ports.toDatapath(port)));
    }

    private DatapathAction.Output action(int number) {
        if (number < 0 || number >= KNOWN) {
            return new DatapathAction.Output(number);
        }
        if (known[number] == null) {
            known[number] = new DatapathAction.Output(number);
        }
        return known[number];
    }

    void output(int port) {
        switch (port) {
            case OpenFlowPort.IN_PORT -> emit(inPort);
            case OpenFlowPort.NORMAL -> normal();
            case OpenFlowPort.FLOOD, OpenFlowPort.ALL -> flood();
            case OpenFlowPort.TABLE -> translation.lookup(0);
            case OpenFlowPort.CONTROLLER -> {
                translation.commit();
                translation.toController(WHOLE, ControllerReason.ACTION, 0);
            }
            default -> {
                if (isOther(port)) {
                    emit(port);
                }
            }
        }
    }

    private boolean isOther(int port) {
        return port != FlowField.IN_PORT.get(flow) && ports.exists(port);
    }

    /** To one port, cut; other than a port of the switch there is nothing that it goes to. */
    void truncated(OpenFlowAction.OutputTruncated action) {
        boolean back = action.port() == OpenFlowPort.IN_PORT;
        if (back || isOther(action.port())) {
            translation.add(new DatapathAction.Truncate(action.maxLength()));
            emit(back ? inPort : action.port());
        }
    }

    DatapathAction sample(OpenFlowAction.Sample sample) {
        int port = sample.samplingPort();
        return new DatapathAction.Sample(
                sample.probability(),
                sample.collectorSet(),
                sample.obsDomain(),
                sample.obsPoint(),
                port == OpenFlowPort.NONE ? NO_PORT : ports.toDatapath(port),
                sample.direction());
    }

    private void flood() {
        for (int i = 0; i < ports.all().size(); i++) {
            int port = ports.all().get(i);
            if (port != FlowField.IN_PORT.get(flow)) {
                emit(port);
            }
        }
    }

    /** Learns where the packet came from, and sends it where its destination was seen. */
    private void normal() {
        packet.look(FlowField.DL_SRC);
        packet.look(FlowField.DL_DST);
        long[] wildcards = packet.wildcards;
        FlowField.VLAN_TCI.set(wildcards, FlowField.VLAN_TCI.get(wildcards) | TAG | VID);
        long destination = FlowField.DL_DST.get(flow);
        if ((destination & RESERVED_BITS) == RESERVED_MULTICAST) {
            return;
        }
        int vlan = (int) FlowField.VLAN_TCI.get(flow) & VID;
        long source = FlowField.DL_SRC.get(flow);
        if (learns && !isMulticast(source)) {
            macs.learn(vlan, source, inPort);
        }
        int port = isMulticast(destination) ? MacTable.UNKNOWN : macs.port(vlan, destination);
        if (port == MacTable.UNKNOWN) {
            flood();
        } else if (port != inPort && ports.exists(port)) {
            emit(port);
        }
    }

    private static boolean isMulticast(long mac) {
        return (mac >> 40 & 1) != 0;
    }
}
