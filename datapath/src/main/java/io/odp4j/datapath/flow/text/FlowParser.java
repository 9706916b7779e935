package io.odp4j.datapath.flow.text;

import io.odp4j.datapath.flow.KeyAttributes;
import io.odp4j.datapath.netlink.AttributeHeader;
import io.odp4j.datapath.netlink.MessageOverflowException;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.netlink.NetlinkFormatException;
import io.odp4j.datapath.netlink.table.AttributeList;

/**
 * Flow keys and masks from text: what {@code ovs-dpctl add-flow} takes, and what {@link
 * FlowFormatter} prints.
 *
 * <pre>{@code
 * ufid:01234567-89ab-cdef-0123-456789abcdef, in_port(1),eth(dst=01:00:00:00:00:00/01:00:00:00:00:00)
 * }</pre>
 *
 * Attributes are written in the order of the text; a missing mask is exact, a missing field
 * wildcarded. They are valid one by one, which does not make them a flow that a kernel accepts.
 *
 * <p>One instance serves one thread at a time. Every method that reads throws {@link
 * FlowSyntaxException} and nothing else. Defined by {@code odp_flow_from_string()} of Open vSwitch
 * 3.1, and reads besides what that prints but cannot read: nsh, unknown attributes.
 */
public final class FlowParser {
    private final TextScanner in = new TextScanner();
    private final KeyParser keys;
    private final Scratch keyScratch = new Scratch();
    private final Scratch maskScratch = new Scratch();
    private final Ufid.Reader ufid = new Ufid.Reader(in);

    /** A parser that takes port numbers alone. */
    public FlowParser() {
        this(PortNames.NONE);
    }

    public FlowParser(PortNames names) {
        keys = new KeyParser(in, names);
    }

    /**
     * A flow as attributes.
     *
     * @param ufid 16 bytes, or null if the text has none
     */
    public record Flow(byte[] ufid, AttributeList key, AttributeList mask) {}

    /** Reads a flow. */
    public Flow parse(CharSequence text) {
        parse(text, keyScratch.clear(), maskScratch.clear());
        try {
            return new Flow(
                    ufid(),
                    keyScratch.attributes(KeyAttributes.TABLE),
                    maskScratch.attributes(KeyAttributes.TABLE));
        } catch (NetlinkFormatException e) {
            throw in.error(0, "attributes of their right length (" + e.getMessage() + ")");
        }
    }

    /**
     * Reads a flow and appends its attributes, the payload of OVS_FLOW_ATTR_KEY and _MASK.
     *
     * <p>If this throws, part of the attributes may have been appended: {@link
     * MessageWriter#rollback()}.
     *
     * @param mask null if the mask is not wanted
     */
    public void parse(CharSequence text, MessageWriter key, MessageWriter mask) {
        MessageWriter toMask = mask == null ? maskScratch.clear() : mask;
        int start = key.position();
        in.reset(text);
        ufid.clear();
        try {
            for (in.skipDelimiters(); !in.atEnd(); in.skipDelimiters()) {
                if (!ufid.read()) {
                    keys.attribute(key, toMask, 0);
                }
            }
        } catch (MessageOverflowException e) {
            throw tooLong();
        }
        if (key.position() - start > AttributeHeader.MAX_PAYLOAD) {
            throw tooLong();
        }
    }

    private FlowSyntaxException tooLong() {
        return in.error("an end: the attributes are too long for their buffer");
    }

    /** The ufid that stood in the text which was read last: 16 bytes, or null. */
    public byte[] ufid() {
        return ufid.bytes();
    }
}
