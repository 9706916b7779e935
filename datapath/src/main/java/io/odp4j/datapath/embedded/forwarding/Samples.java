package io.odp4j.datapath.embedded.forwarding;

import io.odp4j.datapath.embedded.message.Family;
import io.odp4j.datapath.embedded.message.Wire;
import io.odp4j.datapath.embedded.packet.Packet;
import io.odp4j.datapath.flow.ActionAttributes;
import io.odp4j.datapath.netlink.MessageHeader;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.psample.PsampleAttributes;
import java.nio.ByteBuffer;

/**
 * Sends samples of packets to the group "packets" of the family psample, as {@code
 * psample_sample_packet} in {@code net/psample/psample.c} does. As there, an outer tag is none of
 * the sample's bytes.
 */
public final class Samples {
    private static final int PACKETS = Family.PSAMPLE.groups.get(Family.PACKETS);
    private static final int COOKIE = ActionAttributes.PSAMPLE_COOKIE.number();
    private static final int ADDRESSES = 12;
    private static final int TAG = 4;

    /** Bytes of a message at most, and of its attributes beside cookie and data. */
    private static final int LONGEST = 0xffff;

    private static final int METADATA = 72;
    private static final long NANOS_A_MILLI = 1_000_000;

    private final Wire wire;

    public Samples(Wire wire) {
        this.wire = wire;
    }

    /**
     * Does a psample action.
     *
     * @param b holds the action, its payload from {@code start} on
     * @return false if nobody listens
     */
    boolean send(SwitchPort port, Packet packet, ByteBuffer b, int start, int size) {
        if (!wire.hasMembers(PACKETS)) {
            return false;
        }
        int group = 0;
        int cookie = -1;
        int cookieLength = 0;
        for (int at = start; at < start + size; ) {
            int total = b.getShort(at) & 0xffff;
            if ((b.getShort(at + 2) & 0x3fff) == COOKIE) {
                cookie = at + 4;
                cookieLength = total - 4;
            } else {
                group = b.getInt(at + 4);
            }
            at += MessageHeader.align(total);
        }
        MessageWriter w = wire.begin();
        w.beginGeneric(
                Family.PSAMPLE.id, 0, 0, PsampleAttributes.CMD_SAMPLE, Family.PSAMPLE.version);
        int length = packet.untaggedLength();
        w.putU16(PsampleAttributes.IIFINDEX.number(), port.ifindex & 0xffff)
                .putU32(PsampleAttributes.SAMPLE_RATE.number(), packet.sampleRate())
                .putU32(PsampleAttributes.ORIGSIZE.number(), length)
                .putU32(PsampleAttributes.SAMPLE_GROUP.number(), group)
                .putU32(PsampleAttributes.GROUP_SEQ.number(), 0)
                .putU64(
                        PsampleAttributes.TIMESTAMP.number(),
                        System.currentTimeMillis() * NANOS_A_MILLI)
                .putU16(PsampleAttributes.PROTO.number(), packet.headers().protocol);
        int kept = packet.longest == 0 ? length : Math.min(length, packet.longest);
        data(w, packet, Math.min(kept, LONGEST - METADATA - MessageHeader.align(cookieLength)));
        packet.putTunnel(w, PsampleAttributes.TUNNEL.number());
        if (cookieLength > 0) {
            w.putBytes(PsampleAttributes.USER_COOKIE.number(), b, cookie, cookieLength);
        }
        w.putFlag(PsampleAttributes.SAMPLE_PROBABILITY.number());
        w.end();
        wire.sendToGroup(PACKETS, 0);
        return true;
    }

    private static void data(MessageWriter w, Packet packet, int length) {
        int at = w.header(PsampleAttributes.DATA.number(), length);
        int first = packet.headers().tagged ? Math.min(length, ADDRESSES) : length;
        w.buffer().put(at, packet.bytes, packet.offset, first);
        w.buffer().put(at + first, packet.bytes, packet.offset + first + TAG, length - first);
    }
}
