package io.odp4j.upcall.cli.dpctl;

import io.odp4j.datapath.flow.text.ActionParser;
import io.odp4j.datapath.flow.text.FlowParser;
import io.odp4j.datapath.flow.text.PortNames;
import io.odp4j.datapath.flow.text.Ufid;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.ovs.FlowAttributes;
import io.odp4j.datapath.ovs.FlowMessage;

/** The attributes of flow requests, from a command's words or from a flow that was received. */
final class FlowRequests {
    private final FlowParser flows;
    private final ActionParser actions;

    FlowRequests(PortNames names) {
        flows = new FlowParser(names);
        actions = new ActionParser(names);
    }

    /** What names a flow: its ufid if it has one, else its key. */
    static AttributeList identity(FlowMessage flow) {
        AttributeList request = new AttributeList(FlowAttributes.TABLE);
        byte[] ufid = ufid(flow);
        return ufid == null
                ? request.put(FlowAttributes.KEY, flow.key())
                : request.put(FlowAttributes.UFID, ufid);
    }

    /** A copy of a flow's ufid; null if it has none of the usual length. */
    static byte[] ufid(FlowMessage flow) {
        if (flow.ufidLength() != Ufid.LENGTH) {
            return null;
        }
        byte[] ufid = new byte[Ufid.LENGTH];
        flow.buffer().get(flow.ufidOffset(), ufid);
        return ufid;
    }

    /** Ufid and key of a flow's text, and its mask if that is wanted. */
    AttributeList flow(String text, boolean masked) {
        FlowParser.Flow flow = flows.parse(text);
        AttributeList request = new AttributeList(FlowAttributes.TABLE);
        if (flow.ufid() != null) {
            request.put(FlowAttributes.UFID, flow.ufid());
        }
        if (!flow.key().isEmpty()) {
            request.put(FlowAttributes.KEY, flow.key());
            if (masked) {
                request.put(FlowAttributes.MASK, flow.mask());
            }
        }
        return request;
    }

    /** Ufid, key, mask and actions. */
    AttributeList flow(String text, String actionText) {
        return flow(text, true).put(FlowAttributes.ACTIONS, actions.parse(actionText));
    }
}
