package io.odp4j.datapath.ovs;

import io.odp4j.datapath.netlink.GenericHeader;
import io.odp4j.datapath.netlink.MessageReader;

/**
 * The fixed header of every Open vSwitch message ({@code struct ovs_header}): the interface index
 * of the datapath's local port, which names the datapath; host byte order.
 */
public final class OvsHeader {
    /** Bytes of the header. */
    public static final int LENGTH = 4;

    public static final int DP_IFINDEX_OFFSET = GenericHeader.PAYLOAD_OFFSET;

    /** Where the attributes start, from the start of the message. */
    public static final int PAYLOAD_OFFSET = DP_IFINDEX_OFFSET + LENGTH;

    private OvsHeader() {}

    public static int dpIfindex(MessageReader message) {
        return message.intAt(DP_IFINDEX_OFFSET);
    }
}
