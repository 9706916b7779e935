package io.odp4j.datapath.embedded.server;

import static io.odp4j.datapath.ovs.FlowAttributes.ACTIONS;
import static io.odp4j.datapath.ovs.FlowAttributes.CLEAR;
import static io.odp4j.datapath.ovs.FlowAttributes.KEY;
import static io.odp4j.datapath.ovs.FlowAttributes.MASK;
import static io.odp4j.datapath.ovs.FlowAttributes.UFID;
import static io.odp4j.datapath.ovs.FlowAttributes.UFID_FLAGS;

import io.odp4j.datapath.embedded.action.ActionValidator;
import io.odp4j.datapath.embedded.forwarding.Switch;
import io.odp4j.datapath.embedded.forwarding.World;
import io.odp4j.datapath.embedded.message.Dump;
import io.odp4j.datapath.embedded.message.Family;
import io.odp4j.datapath.embedded.message.Handler;
import io.odp4j.datapath.embedded.message.Policy;
import io.odp4j.datapath.embedded.message.Refusal;
import io.odp4j.datapath.embedded.message.Request;
import io.odp4j.datapath.embedded.message.Wire;
import io.odp4j.datapath.embedded.table.FlowEntry;
import io.odp4j.datapath.embedded.table.FlowMatch;
import io.odp4j.datapath.embedded.table.FlowName;
import io.odp4j.datapath.flow.ActionAttributes;
import io.odp4j.datapath.flow.KeyAttributes;
import io.odp4j.datapath.flow.validation.FlowValidator;
import io.odp4j.datapath.netlink.AttributeReader;
import io.odp4j.datapath.netlink.Errno;
import io.odp4j.datapath.netlink.MessageHeader;
import io.odp4j.datapath.netlink.NetlinkFormatException;
import io.odp4j.datapath.netlink.table.AttributeCodec;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.ovs.FlowAttributes;

/** The family ovs_flow, in the order of the kernel's checks. */
final class FlowRequests implements Handler {
    private static final Policy POLICY =
            new Policy(UFID_FLAGS.number())
                    .nested(KEY.number(), MASK.number(), ACTIONS.number())
                    .flag(CLEAR.number(), FlowAttributes.PROBE.number())
                    .bytes(1, UFID.number())
                    .u32(UFID_FLAGS.number());
    private static final int LONGEST_UFID = 16;

    private final World world;
    private final Wire wire;
    private final FlowMatch match = new FlowMatch();
    private final ActionValidator validator = new ActionValidator();
    private final FlowWriter writer = new FlowWriter();

    FlowRequests(World world) {
        this.world = world;
        this.wire = world.wire();
    }

    @Override
    public Policy policy(int command) {
        return POLICY;
    }

    @Override
    public void handle(Request request) throws Refusal {
        request.parse(POLICY);
        switch (request.command()) {
            case FlowAttributes.CMD_NEW -> create(request);
            case FlowAttributes.CMD_SET -> set(request);
            case FlowAttributes.CMD_DEL -> delete(request);
            default -> get(request);
        }
    }

    @Override
    public Dump<?> dump(Request request) throws Refusal {
        request.parse(POLICY);
        Switch datapath = world.datapath(request.dpIfindex());
        int sequence = request.sequence();
        int portId = request.sender();
        int omit = request.u32(UFID_FLAGS, 0);
        return new Dump<>(
                request,
                datapath.flows(),
                (w, flow, flags, brief) ->
                        writer.write(
                                Handler.begin(
                                        w,
                                        Family.FLOW,
                                        flags,
                                        sequence,
                                        portId,
                                        FlowAttributes.CMD_GET,
                                        datapath.ifindex()),
                                flow,
                                brief ? omit | FlowAttributes.UFID_F_OMIT_ACTIONS : omit));
    }

    private void create(Request request) throws Refusal {
        Refusal.require(request.has(KEY) && request.has(ACTIONS));
        readMatch(request, true);
        checkActions(request);
        byte[] ufid = ufid(request);
        Object id = ufid == null ? match.id() : new FlowName(ufid);
        Switch datapath = world.datapath(request.dpIfindex());
        FlowEntry there = ufid == null ? null : datapath.flow(id);
        if (there == null) {
            there = datapath.table(match.isEthernet()).lookup(match.key());
        }
        if (there == null) {
            FlowEntry flow = new FlowEntry(match, ufid, id, validator.acceptedBytes());
            datapath.add(flow);
            tell(request, datapath, flow, FlowAttributes.CMD_NEW);
            return;
        }
        int exclusive = MessageHeader.CREATE | MessageHeader.EXCL;
        Refusal.require((request.flags() & exclusive) == 0, Errno.EEXIST);
        if (!isSame(there)) {
            // The flow found only overlaps; one of this very key may still be there.
            there = there.ufid == null ? datapath.flow(match.id()) : null;
            Refusal.require(there != null, Errno.ENOENT);
        }
        there.setActions(validator.acceptedBytes());
        tell(request, datapath, there, FlowAttributes.CMD_NEW);
    }

    /** Whether a flow has the request's key: with a ufid, masked already. */
    private boolean isSame(FlowEntry flow) {
        return flow.ufid == null
                ? match.id().equals(flow.id)
                : FlowMatch.same(match.key(), flow.key());
    }

    private void set(Request request) throws Refusal {
        byte[] ufid = ufid(request);
        Refusal.require(request.has(KEY) || ufid != null && !request.has(ACTIONS));
        if (request.has(KEY)) {
            readMatch(request, true);
        }
        if (request.has(ACTIONS)) {
            checkActions(request);
        }
        Switch datapath = world.datapath(request.dpIfindex());
        FlowEntry flow = find(datapath, ufid);
        if (request.has(ACTIONS)) {
            flow.setActions(validator.acceptedBytes());
        }
        // What is told still has the statistics that are cleared.
        tell(request, datapath, flow, FlowAttributes.CMD_SET);
        if (request.has(CLEAR)) {
            flow.clearStatistics();
        }
    }

    private void get(Request request) throws Refusal {
        byte[] ufid = ufid(request);
        Refusal.require(request.has(KEY) || ufid != null);
        if (request.has(KEY)) {
            readMatch(request, false);
        }
        Switch datapath = world.datapath(request.dpIfindex());
        write(request, datapath, find(datapath, ufid), FlowAttributes.CMD_GET);
        wire.send(request.sender());
    }

    private void delete(Request request) throws Refusal {
        byte[] ufid = ufid(request);
        if (request.has(KEY)) {
            readMatch(request, false);
        }
        Switch datapath = world.datapath(request.dpIfindex());
        if (!request.has(KEY) && ufid == null) {
            datapath.flush();
            return;
        }
        FlowEntry flow = find(datapath, ufid);
        datapath.remove(flow);
        tell(request, datapath, flow, FlowAttributes.CMD_DEL);
    }

    private FlowEntry find(Switch datapath, byte[] ufid) throws Refusal {
        FlowEntry flow = datapath.flow(ufid == null ? match.id() : new FlowName(ufid));
        Refusal.require(flow != null, Errno.ENOENT);
        return flow;
    }

    private void readMatch(Request request, boolean withMask) throws Refusal {
        int none = withMask ? -1 : FlowMatch.KEY_ALONE;
        boolean masked = withMask && request.has(MASK);
        match.read(
                request.buffer(),
                request.offset(KEY),
                request.length(KEY),
                masked ? request.offset(MASK) : none,
                masked ? request.length(MASK) : 0);
        if (match.isUnusual()) {
            validate(request, withMask, masked);
        }
    }

    /** The rarer rules are the validator's: it is slower, and knows them all. */
    private static void validate(Request request, boolean withMask, boolean masked) throws Refusal {
        AttributeList none = new AttributeList(ActionAttributes.TABLE);
        try {
            AttributeList key = list(request, KEY);
            AttributeList mask = masked ? list(request, MASK) : null;
            Refusal.require(
                    withMask
                            ? FlowValidator.flow(key, mask, none).isEmpty()
                            : FlowValidator.key(key).isEmpty());
        } catch (NetlinkFormatException e) {
            throw new Refusal(Errno.EINVAL);
        }
    }

    private static AttributeList list(Request request, AttributeSpec attribute) {
        return AttributeCodec.decode(
                KeyAttributes.TABLE,
                new AttributeReader()
                        .wrap(
                                request.buffer(),
                                request.offset(attribute),
                                request.length(attribute)));
    }

    private void checkActions(Request request) throws Refusal {
        validator.check(
                request.buffer(),
                request.offset(ACTIONS),
                request.length(ACTIONS),
                match.maskedKey());
    }

    /** The ufid; one that is too long counts as none, as in a kernel. */
    private static byte[] ufid(Request request) {
        boolean there = request.has(UFID) && request.length(UFID) <= LONGEST_UFID;
        return there ? request.bytes(UFID) : null;
    }

    private void tell(Request request, Switch datapath, FlowEntry flow, int command) {
        if (Handler.mustNotify(wire, request)) {
            write(request, datapath, flow, command);
            Handler.notify(wire, request);
        }
    }

    private void write(Request request, Switch datapath, FlowEntry flow, int command) {
        writer.write(
                Handler.begin(
                        wire.begin(),
                        Family.FLOW,
                        0,
                        request.sequence(),
                        request.sender(),
                        command,
                        datapath.ifindex()),
                flow,
                request.u32(UFID_FLAGS, 0));
    }
}
