package io.odp4j.datapath.ovs;

import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowKeyEncoder;
import io.odp4j.datapath.netlink.MessageHeader;
import io.odp4j.datapath.netlink.MessageWriter;
import java.nio.ByteBuffer;

/**
 * Writes the flow requests of the packet's way: install, change of actions, deletion, each by a
 * ufid of 16 bytes and without acknowledgement. Nothing is allocated.
 */
public final class FlowCommand {
    /** What a request takes at most, beside its actions. */
    public static final int MAX_LENGTH = 128 + 2 * FlowKeyEncoder.MAX_LENGTH;

    private static final int KEY = FlowAttributes.KEY.number();
    private static final int MASK = FlowAttributes.MASK.number();
    private static final int ACTIONS = FlowAttributes.ACTIONS.number();
    private static final int UFID = FlowAttributes.UFID.number();
    private static final int UFID_FLAGS = FlowAttributes.UFID_FLAGS.number();
    private static final int OMIT_ALL =
            FlowAttributes.UFID_F_OMIT_KEY
                    | FlowAttributes.UFID_F_OMIT_MASK
                    | FlowAttributes.UFID_F_OMIT_ACTIONS;

    private final int family;
    private final int version;
    private final int dpIfindex;

    /** Requests for the datapath of that local interface index. */
    public FlowCommand(OvsFamilies families, int dpIfindex) {
        this.family = families.flow().id();
        this.version = families.flow().version();
        this.dpIfindex = dpIfindex;
    }

    /**
     * Installs a flow; EEXIST if there is one of that key or ufid.
     *
     * @param mask key attributes as {@link FlowKeyEncoder#encodeMask} writes them, from 0 on
     */
    public void install(
            MessageWriter writer,
            int sequence,
            long ufidFirst,
            long ufidSecond,
            FlowKey key,
            ByteBuffer mask,
            int maskLength,
            byte[] actions) {
        int flags = MessageHeader.CREATE | MessageHeader.EXCL;
        begin(writer, sequence, FlowAttributes.CMD_NEW, flags, ufidFirst, ufidSecond);
        end(writer, key, mask, maskLength, actions);
    }

    /** Changes a flow's actions, for which the kernel wants its key; its statistics stay. */
    public void modify(
            MessageWriter writer,
            int sequence,
            long ufidFirst,
            long ufidSecond,
            FlowKey key,
            ByteBuffer mask,
            int maskLength,
            byte[] actions) {
        begin(writer, sequence, FlowAttributes.CMD_SET, 0, ufidFirst, ufidSecond);
        end(writer, key, mask, maskLength, actions);
    }

    /** Deletes a flow; the answer is the flow with its final counters alone. */
    public void delete(MessageWriter writer, int sequence, long ufidFirst, long ufidSecond) {
        begin(writer, sequence, FlowAttributes.CMD_DEL, MessageHeader.ECHO, ufidFirst, ufidSecond);
        writer.putU32(UFID_FLAGS, OMIT_ALL);
        writer.end();
    }

    private void begin(
            MessageWriter writer,
            int sequence,
            int command,
            int flags,
            long ufidFirst,
            long ufidSecond) {
        writer.beginGeneric(family, MessageHeader.REQUEST | flags, sequence, command, version);
        writer.putRawU32(dpIfindex);
        int ufid = writer.header(UFID, 16);
        writer.buffer().putLong(ufid, ufidFirst).putLong(ufid + 8, ufidSecond);
    }

    private static void end(
            MessageWriter writer, FlowKey key, ByteBuffer mask, int maskLength, byte[] actions) {
        int nest = writer.beginPlainNest(KEY);
        FlowKeyEncoder.encodeKey(key, writer);
        writer.endNest(nest);
        writer.putBytes(MASK, mask, 0, maskLength);
        writer.putBytes(ACTIONS, actions);
        writer.end();
    }
}
