package io.odp4j.datapath.flow.text;

import io.odp4j.datapath.flow.KeyAttributes;
import io.odp4j.datapath.netlink.table.AttributeList;
import java.nio.ByteBuffer;

/**
 * Flow keys and masks as {@code ovs-dpctl dump-flows} prints them.
 *
 * <pre>{@code
 * recirc_id(0),in_port(1),eth(src=aa:bb:cc:dd:ee:ff),eth_type(0x0800),ipv4(frag=no)
 * }</pre>
 *
 * Input is the payload of OVS_FLOW_ATTR_KEY and OVS_FLOW_ATTR_MASK (or OVS_PACKET_ATTR_KEY) in a
 * buffer of native byte order. Any bytes are printed, never an exception: an attribute of a wrong
 * length with its length, what cannot be read as an attribute as leftover bytes.
 *
 * <p>One instance serves one thread at a time. Defined by {@code odp_flow_format()} of Open vSwitch
 * 3.1.
 */
public final class FlowFormatter {
    /** ENCAP deeper than this is printed as bytes; a packet has two. */
    private static final int MAX_DEPTH = 32;

    private final FlowTextOptions options;
    private final FlowTextOptions withinEncap;
    private final KeyFormatter formatter = new KeyFormatter();
    private final ViewStack views = new ViewStack();

    public FlowFormatter(FlowTextOptions options) {
        this.options = options;
        this.withinEncap = options.withNames(PortNames.NONE);
    }

    /** Appends a key without a mask. */
    public void format(StringBuilder out, ByteBuffer buffer, int offset, int length) {
        format(out, buffer, offset, length, buffer, 0, 0);
    }

    /** Appends a key and its mask; a {@code maskLength} of 0 means that there is none. */
    public void format(
            StringBuilder out,
            ByteBuffer key,
            int keyOffset,
            int keyLength,
            ByteBuffer mask,
            int maskOffset,
            int maskLength) {
        views.clear();
        AttributeView keys = views.take().wrap(key, keyOffset, keyLength);
        AttributeView masks = views.take().wrap(mask, maskOffset, maskLength);
        run(out, keys, keyLength, masks, maskLength > 0, 0);
    }

    /** A key and its mask, which may be null. */
    public String format(AttributeList key, AttributeList mask) {
        ByteBuffer keys = AttributeBytes.of(key);
        ByteBuffer masks =
                AttributeBytes.of(mask == null ? new AttributeList(KeyAttributes.TABLE) : mask);
        StringBuilder out = new StringBuilder();
        format(out, keys, 0, keys.limit(), masks, 0, masks.limit());
        return out.toString();
    }

    private void run(
            StringBuilder out,
            AttributeView key,
            int keyLength,
            AttributeView mask,
            boolean hasMask,
            int depth) {
        if (keyLength == 0) {
            out.append("<empty>");
            return;
        }
        boolean first = true;
        boolean ethType = false;
        boolean packetType = false;
        while (key.next()) {
            int type = key.type();
            boolean masked = hasMask && mask.find(type);
            if (!PayloadLengths.KEY.check(out, key, mask, masked, false)) {
                continue;
            }
            ethType |= type == KeyAttributes.ETHERTYPE.number();
            packetType |= type == KeyAttributes.PACKET_TYPE.number();
            boolean wildcard = hasMask && (!masked || KeyFormatter.isWildcard(mask));
            boolean nested = PayloadLengths.KEY.of(type) == PayloadLengths.NESTED;
            if (options.verbose() || !wildcard || nested) {
                if (!first) {
                    out.append(',');
                }
                attribute(out, key, mask, masked, hasMask, depth);
                first = false;
            } else if (type == KeyAttributes.ETHERNET.number() && !packetType) {
                // That the attribute is there says that the packet is an Ethernet frame.
                out.append(first ? "eth()" : ",eth()");
            } else if (type == KeyAttributes.PACKET_TYPE.number()) {
                packetType = false;
            }
        }
        ending(out, key, keyLength, mask, hasMask && !ethType);
    }

    private void attribute(
            StringBuilder out,
            AttributeView key,
            AttributeView mask,
            boolean masked,
            boolean hasMask,
            int depth) {
        if (!masked && hasMask) {
            mask.wildcard(key.type(), key.length());
        } else if (!masked) {
            mask.exact();
        }
        if (key.type() != KeyFormatter.ENCAP || depth == MAX_DEPTH) {
            formatter.format(out, key, mask, hasMask, depth == 0 ? options : withinEncap);
            return;
        }
        out.append("encap(");
        if (key.length() > 0) {
            AttributeView inner = views.take().wrap(key);
            AttributeView innerMask = views.take().wrap(mask);
            boolean innerHasMask = masked && mask.length() > 0;
            run(out, inner, key.length(), innerMask, innerHasMask, depth + 1);
            views.giveBack(2);
        }
        out.append(')');
    }

    private static void ending(
            StringBuilder out,
            AttributeView key,
            int keyLength,
            AttributeView mask,
            boolean maskOfEthTypeAlone) {
        if (key.left() > 0) {
            leftover(out, key, keyLength);
        }
        if (maskOfEthTypeAlone && mask.find(KeyAttributes.ETHERTYPE.number())) {
            if (mask.length() >= 2) {
                out.append(",eth_type(0/0x");
                Digits.hex(out, mask.be16(0), 4);
                out.append(')');
            }
        }
    }

    static void leftover(StringBuilder out, AttributeView run, int length) {
        int left = run.left();
        if (left == length) {
            out.append("<empty>");
        }
        out.append(",***").append(left).append(" leftover bytes*** (");
        Digits.bytes(out, run.run(), run.leftOffset(), left, (char) 0);
        out.append(')');
    }
}
