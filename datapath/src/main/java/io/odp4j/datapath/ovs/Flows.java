package io.odp4j.datapath.ovs;

import io.odp4j.datapath.netlink.DumpVisitor;
import io.odp4j.datapath.netlink.MessageHeader;
import io.odp4j.datapath.netlink.MessageReader;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.RequestChannel;
import io.odp4j.datapath.netlink.table.AttributeCodec;
import io.odp4j.datapath.netlink.table.AttributeList;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Requests of the ovs_flow family for tools and set-up, each acknowledged. Not thread safe: it
 * belongs to its channel's owner.
 */
public final class Flows {
    private final RequestChannel channel;
    private final OvsFamilies families;
    private final int dpIfindex;

    public Flows(RequestChannel channel, OvsFamilies families, Datapath datapath) {
        this.channel = channel;
        this.families = families;
        this.dpIfindex = datapath.ifindex();
    }

    /**
     * Sends a flow request with attributes by {@link FlowAttributes}, and hands the echoed flow on.
     *
     * @param command one of {@code FlowAttributes.CMD_*}
     * @param flags such as {@link MessageHeader#CREATE}
     * @return what {@code decoder} made of the echo
     */
    public <T> T request(
            String operation,
            int command,
            int flags,
            AttributeList attributes,
            Function<FlowMessage, T> decoder)
            throws NetlinkException {
        FlowMessage flow = new FlowMessage();
        return requestMessage(
                operation,
                command,
                flags,
                attributes,
                message -> decoder.apply(flow.wrap(message)));
    }

    private <T> T requestMessage(
            String operation,
            int command,
            int flags,
            AttributeList attributes,
            Function<MessageReader, T> decoder)
            throws NetlinkException {
        MessageWriter writer =
                channel.begin(families.flow(), flags | MessageHeader.ECHO, command)
                        .putRawU32(dpIfindex);
        AttributeCodec.encode(attributes, writer);
        return channel.query(operation, decoder);
    }

    /** Adds a flow; EEXIST if there is one of that key or ufid. */
    public void add(String operation, AttributeList attributes) throws NetlinkException {
        request(
                operation,
                FlowAttributes.CMD_NEW,
                MessageHeader.CREATE | MessageHeader.EXCL,
                attributes,
                flow -> null);
    }

    /**
     * Gets a flow by its ufid or key.
     *
     * @return what {@code decoder} made of it
     * @throws NetlinkException ENOENT if there is none
     */
    public <T> T get(String operation, AttributeList identity, Function<FlowMessage, T> decoder)
            throws NetlinkException {
        return request(operation, FlowAttributes.CMD_GET, 0, identity, decoder);
    }

    /** As {@link #get}, the message as it is. */
    public void getMessage(String operation, AttributeList identity, DumpVisitor visitor)
            throws NetlinkException {
        requestMessage(
                operation,
                FlowAttributes.CMD_GET,
                0,
                identity,
                message -> {
                    visitor.message(message);
                    return null;
                });
    }

    /** Deletes every flow of the datapath. */
    public void flush() throws NetlinkException {
        channel.begin(families.flow(), 0, FlowAttributes.CMD_DEL).putRawU32(dpIfindex);
        channel.execute("flow flush");
    }

    /**
     * Hands on every flow, one by one as they come; the view is valid during the call alone.
     *
     * @param ufidFlags bits {@code FlowAttributes.UFID_F_*}: what need not be listed
     * @return whether the list is consistent
     */
    public boolean dump(int ufidFlags, Consumer<FlowMessage> visitor) throws NetlinkException {
        FlowMessage flow = new FlowMessage();
        return dumpMessages(ufidFlags, message -> visitor.accept(flow.wrap(message)));
    }

    /** As {@link #dump}, the messages as they are. */
    public boolean dumpMessages(int ufidFlags, DumpVisitor visitor) throws NetlinkException {
        MessageWriter writer =
                channel.begin(families.flow(), 0, FlowAttributes.CMD_GET).putRawU32(dpIfindex);
        if (ufidFlags != 0) {
            writer.putU32(FlowAttributes.UFID_FLAGS.number(), ufidFlags);
        }
        return channel.dump("flow dump", visitor);
    }
}
