package io.odp4j.upcall.cli.dpctl;

import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowKeyDecoder;
import io.odp4j.datapath.flow.FlowMask;
import io.odp4j.datapath.flow.text.FlowParser;
import io.odp4j.datapath.flow.text.PortNames;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.ovs.FlowMessage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * {@code filter=}: which flows are of interest. It is a match as in OpenFlow ({@code
 * tcp,nw_src=10.0.0.1}), or a flow key with its mask ({@code in_port(1),ipv4(src=10.0.0.0/8)}).
 *
 * <p>A flow is of interest if it may match a packet that the filter matches: if the two agree in
 * every bit that both look at.
 */
final class FlowFilter {
    private static final int LONGEST = 1 << 16;
    private static final Pattern KEY_TEXT = Pattern.compile("\\s*[a-z0-9_]+\\(.*");

    private final FlowKey wanted = new FlowKey();
    private final FlowMask wantedBits = new FlowMask();
    private final FlowKey key = new FlowKey();
    private final FlowMask mask = new FlowMask();

    /**
     * Reads a filter.
     *
     * @throws io.odp4j.datapath.flow.text.FlowSyntaxException if a key or a value is malformed
     * @throws DpctlException if a field is unknown, or makes no sense for the protocol
     */
    static FlowFilter parse(String text, PortNames names) throws DpctlException {
        FlowParser parser = new FlowParser(names);
        String keyText =
                KEY_TEXT.matcher(text).matches() ? text : new OpenFlowMatch(parser).toKey(text);
        FlowFilter filter = new FlowFilter();
        MessageWriter keys = writer();
        MessageWriter masks = writer();
        parser.parse(keyText, keys, masks);
        FlowKeyDecoder.decodeKey(keys.buffer(), 0, keys.written(), filter.wanted);
        FlowKeyDecoder.decodeMask(masks.buffer(), 0, masks.written(), filter.wantedBits);
        return filter;
    }

    private static MessageWriter writer() {
        ByteBuffer buffer = ByteBuffer.allocate(LONGEST).order(ByteOrder.nativeOrder());
        return new MessageWriter().wrap(buffer, 0, LONGEST);
    }

    /** Whether a flow is of interest. */
    boolean matches(FlowMessage flow) {
        if (!flow.hasKey()) {
            return false;
        }
        FlowKeyDecoder.decodeKey(flow.buffer(), flow.keyOffset(), flow.keyLength(), key);
        if (flow.hasMask()) {
            FlowKeyDecoder.decodeMask(flow.buffer(), flow.maskOffset(), flow.maskLength(), mask);
            mask.addAbsentTags();
        } else {
            Arrays.fill(mask.words(), -1);
        }
        for (int i = 0; i < FlowKey.WORDS; i++) {
            long both = mask.words()[i] & wantedBits.words()[i];
            boolean record = i == FlowKey.ATTRIBUTES || i == FlowKey.NESTED_ATTRIBUTES;
            if (!record && ((key.words()[i] ^ wanted.words()[i]) & both) != 0) {
                return false;
            }
        }
        return true;
    }
}
