package io.odp4j.flowcache.policy;

import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowKeyDecoder;
import io.odp4j.datapath.flow.FlowKeyEncoder;
import io.odp4j.datapath.flow.FlowMask;
import io.odp4j.datapath.flow.text.FlowParser;
import io.odp4j.datapath.netlink.MessageWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A flow as dpctl/dump-flows prints it. */
record DumpedFlow(FlowKey key, FlowMask mask, String actions) {
    private static final int BYTES = 4096;

    /** What a kernel matches that is asked for a key under a mask. */
    static FlowMask inKernel(FlowKey key, FlowMask mask) {
        MessageWriter bytes = writer();
        FlowKeyEncoder.encodeMask(key, mask, bytes);
        FlowMask read = new FlowMask();
        FlowKeyDecoder.decodeRequestMask(bytes.buffer(), 0, bytes.written(), read);
        return read;
    }

    private static MessageWriter writer() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BYTES).order(ByteOrder.nativeOrder());
        return new MessageWriter().wrap(buffer, 0, BYTES);
    }

    boolean matches(FlowKey packet) {
        for (int w = 0; w < FlowKey.MATCH_WORDS; w++) {
            if (((packet.words()[w] ^ key.words()[w]) & mask.words()[w]) != 0) {
                return false;
            }
        }
        return true;
    }

    static DumpedFlow parse(String line) {
        String flow = line.substring(0, line.indexOf(", packets:"));
        String actions = line.substring(line.indexOf("actions:") + "actions:".length());
        MessageWriter keyBytes = writer();
        MessageWriter maskBytes = writer();
        new FlowParser().parse(flow.replace("packet_type(ns=0,id=0),", ""), keyBytes, maskBytes);
        FlowKey key = new FlowKey();
        FlowMask mask = new FlowMask();
        FlowKeyDecoder.decodeKey(keyBytes.buffer(), 0, keyBytes.written(), key);
        FlowKeyDecoder.decodeMask(maskBytes.buffer(), 0, maskBytes.written(), mask);
        return new DumpedFlow(key, mask.addAbsentTags(), actions.strip());
    }
}
