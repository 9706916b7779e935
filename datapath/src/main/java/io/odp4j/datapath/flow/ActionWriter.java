package io.odp4j.datapath.flow;

import io.odp4j.datapath.netlink.AttributeHeader;
import io.odp4j.datapath.netlink.DirectBuffer;
import io.odp4j.datapath.netlink.MessageWriter;
import java.nio.ByteBuffer;

/**
 * A list of actions being written in its binary form, the payload of OVS_FLOW_ATTR_ACTIONS. Used
 * over and over; nothing is allocated.
 */
public final class ActionWriter {
    private static final int OUTPUT = ActionAttributes.OUTPUT.number();
    private static final int USERSPACE = ActionAttributes.USERSPACE.number();
    private static final int USERSPACE_PID = ActionAttributes.USERSPACE_PID.number();
    private static final int USERSPACE_USERDATA = ActionAttributes.USERSPACE_USERDATA.number();
    private static final int PSAMPLE = ActionAttributes.PSAMPLE.number();
    private static final int PSAMPLE_GROUP = ActionAttributes.PSAMPLE_GROUP.number();
    private static final int PSAMPLE_COOKIE = ActionAttributes.PSAMPLE_COOKIE.number();
    private static final int PUSH_VLAN = ActionAttributes.PUSH_VLAN.number();
    private static final int POP_VLAN = ActionAttributes.POP_VLAN.number();

    private final DirectBuffer memory = new DirectBuffer(AttributeHeader.MAX_PAYLOAD);
    private final MessageWriter writer = new MessageWriter();

    public ActionWriter() {
        clear();
    }

    /** Takes every action away: what is left drops the packet. */
    public ActionWriter clear() {
        writer.wrap(memory.buffer(), 0, memory.capacity());
        return this;
    }

    /** The bytes, from 0 to {@link #length}. */
    public ByteBuffer buffer() {
        return memory.buffer();
    }

    public int length() {
        return writer.written();
    }

    /** Whether the packet is dropped. */
    public boolean isEmpty() {
        return length() == 0;
    }

    /** Sends the packet out of a port. */
    public ActionWriter output(int port) {
        writer.putU32(OUTPUT, port);
        return this;
    }

    /** Sends the packet up to a socket, with a cookie that comes back with it. */
    public ActionWriter userspace(int portId, byte[] userdata) {
        int nest = writer.beginPlainNest(USERSPACE);
        writer.putU32(USERSPACE_PID, portId);
        if (userdata.length > 0) {
            writer.putBytes(USERSPACE_USERDATA, userdata);
        }
        writer.endNest(nest);
        return this;
    }

    /**
     * Has the kernel sample the packet for a group of the family psample; from Linux 6.11.
     *
     * @param cookie comes with the sample; 16 bytes at most, none for no cookie
     */
    public ActionWriter psample(int group, byte[] cookie) {
        int nest = writer.beginNest(PSAMPLE);
        writer.putU32(PSAMPLE_GROUP, group);
        if (cookie.length > 0) {
            writer.putBytes(PSAMPLE_COOKIE, cookie);
        }
        writer.endNest(nest);
        return this;
    }

    /**
     * Adds an outer VLAN tag.
     *
     * @param tpid 0x8100 or 0x88a8
     * @param tci priority and VLAN id; the bit that marks a tag is set by itself
     */
    public ActionWriter pushVlan(int tpid, int tci) {
        int at = writer.header(PUSH_VLAN, 4);
        ByteBuffer b = memory.buffer();
        b.put(at, (byte) (tpid >> 8)).put(at + 1, (byte) tpid);
        b.put(at + 2, (byte) (tci >> 8 | 0x10)).put(at + 3, (byte) tci);
        return this;
    }

    /** Removes the outer VLAN tag. */
    public ActionWriter popVlan() {
        writer.putFlag(POP_VLAN);
        return this;
    }

    /** The writer itself, for an action that has no method here. */
    public MessageWriter writer() {
        return writer;
    }
}
