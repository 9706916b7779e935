package io.odp4j.datapath.embedded.conntrack;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowKeyDecoder;
import io.odp4j.datapath.flow.Protocol;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Addresses and ports of a packet, as an end sees them after what was done to it on its way. */
record View(boolean ipv6, long srcHigh, long srcLow, long dstHigh, long dstLow, int src, int dst) {
    /** What the other end sees of an answer to this. */
    View inverse() {
        return new View(ipv6, dstHigh, dstLow, srcHigh, srcLow, dst, src);
    }

    /** A view of what came up. */
    static View of(TrackingRig.Outcome outcome) {
        FlowKey key = key(outcome);
        boolean six = key.dlType() == Protocol.ETH_IPV6;
        long proto = key.get(FlowField.NW_PROTO);
        int src = (int) key.get(FlowField.TP_SRC);
        int dst = (int) key.get(FlowField.TP_DST);
        if (proto == Protocol.IP_ICMP || proto == Protocol.IP_ICMPV6) {
            int id = new FrameParts(outcome.packet()).icmpId();
            src = id;
            dst = id;
        }
        long[] w = key.words();
        int s = FlowField.IPV6_SRC.word();
        int d = FlowField.IPV6_DST.word();
        return six
                ? new View(true, w[s], w[s + 1], w[d], w[d + 1], src, dst)
                : new View(
                        false,
                        0,
                        key.get(FlowField.NW_SRC),
                        0,
                        key.get(FlowField.NW_DST),
                        src,
                        dst);
    }

    static FlowKey key(TrackingRig.Outcome outcome) {
        byte[] bytes = outcome.key();
        ByteBuffer b = ByteBuffer.allocateDirect(bytes.length).order(ByteOrder.nativeOrder());
        b.put(0, bytes);
        FlowKey key = new FlowKey();
        FlowKeyDecoder.decodeKey(b, 0, bytes.length, key);
        return key;
    }
}
