package io.odp4j.upcall.cli.trace;

import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowKeyDecoder;
import io.odp4j.datapath.flow.FlowMask;
import io.odp4j.datapath.flow.text.ActionFormatter;
import io.odp4j.datapath.flow.text.FlowStatsText;
import io.odp4j.datapath.flow.text.FlowTextOptions;
import io.odp4j.datapath.flow.text.PortNames;
import io.odp4j.datapath.flow.text.Ufid;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.RequestChannel;
import io.odp4j.datapath.ovs.Datapath;
import io.odp4j.datapath.ovs.Datapaths;
import io.odp4j.datapath.ovs.FlowMessage;
import io.odp4j.datapath.ovs.Flows;
import io.odp4j.datapath.ovs.OvsFamilies;
import io.odp4j.upcall.Agent;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Looks for the flow that catches a packet in the datapath, whoever installed it. */
final class InstalledFlow {
    private final Agent agent;
    private final ActionFormatter actionLists;
    private final FlowKey key = new FlowKey();
    private final FlowMask mask = new FlowMask();

    InstalledFlow(Agent agent, PortNames names) {
        this.agent = agent;
        this.actionLists = new ActionFormatter(FlowTextOptions.PLAIN.withNames(names));
    }

    /**
     * The flow with its counters, and whether it does what is decided now.
     *
     * @param decided the actions that are
     */
    String describe(FlowKey packet, byte[] decided) throws NetlinkException {
        try (RequestChannel channel = RequestChannel.open(agent.endpoint())) {
            OvsFamilies families = OvsFamilies.resolve(channel);
            Datapath datapath = new Datapaths(channel, families).get(agent.name());
            StringBuilder found = new StringBuilder();
            new Flows(channel, families, datapath)
                    .dump(
                            0,
                            flow -> {
                                if (found.length() == 0 && catches(flow, packet)) {
                                    describe(flow, decided, found);
                                }
                            });
            return found.length() == 0 ? "none" : found.toString();
        }
    }

    private boolean catches(FlowMessage flow, FlowKey packet) {
        if (!flow.hasKey()) {
            return false;
        }
        FlowKeyDecoder.decodeKey(flow.buffer(), flow.keyOffset(), flow.keyLength(), key);
        if (!flow.hasMask()) {
            return key.equals(packet);
        }
        FlowKeyDecoder.decodeMask(flow.buffer(), flow.maskOffset(), flow.maskLength(), mask);
        return mask.addAbsentTags().matches(key, packet);
    }

    private void describe(FlowMessage flow, byte[] decided, StringBuilder out) {
        if (flow.ufidLength() == Ufid.LENGTH) {
            Ufid.format(out, flow.buffer(), flow.ufidOffset());
            out.append(", ");
        }
        long now = System.nanoTime() / 1_000_000L;
        long idle =
                flow.usedMillis() == 0 ? FlowStatsText.NEVER : Math.max(0, now - flow.usedMillis());
        FlowStatsText.format(out, flow.packets(), flow.bytes(), idle, flow.tcpFlags());
        out.append(", actions:");
        int from = out.length();
        if (flow.hasActions()) {
            actionLists.format(out, flow.buffer(), flow.actionsOffset(), flow.actionsLength());
        }
        StringBuilder wanted = new StringBuilder();
        ByteBuffer bytes = ByteBuffer.wrap(decided).order(ByteOrder.nativeOrder());
        actionLists.format(wanted, bytes, 0, decided.length);
        if (!out.substring(from).contentEquals(wanted)) {
            out.append(" - not what is decided now: ").append(wanted);
        }
    }
}
