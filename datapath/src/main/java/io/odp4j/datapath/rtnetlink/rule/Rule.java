package io.odp4j.datapath.rtnetlink.rule;

import io.odp4j.datapath.netlink.table.AttributeList;

/**
 * A rule as the kernel describes it.
 *
 * @param attributes all that was said, by {@link RuleAttributes}
 */
public record Rule(AttributeList attributes) {
    // FR_ACT_*
    public static final int TO_TABLE = 1;
    public static final int GOTO = 2;
    public static final int BLACKHOLE = 6;
    public static final int UNREACHABLE = 7;
    public static final int PROHIBIT = 8;

    /** Rules are tried by rising priority. */
    public long priority() {
        return attributes.number(RuleAttributes.PRIORITY, 0);
    }

    /** AF_INET or AF_INET6. */
    public int family() {
        return (int) attributes.header("family");
    }

    /** One of {@code FR_ACT_*}. */
    public int action() {
        return (int) attributes.header("action");
    }

    /** Routing table that is asked. */
    public long table() {
        return attributes.number(RuleAttributes.ROUTING_TABLE, attributes.header("table"));
    }

    /** Source prefix, 4 or 16 bytes; null: any. */
    public byte[] source() {
        return attributes.bytes(RuleAttributes.SRC);
    }

    public int sourceLength() {
        return (int) attributes.header("src_len");
    }

    /** Destination prefix, 4 or 16 bytes; null: any. */
    public byte[] destination() {
        return attributes.bytes(RuleAttributes.DST);
    }

    public int destinationLength() {
        return (int) attributes.header("dst_len");
    }

    /** Mark that packets have; 0 with a mask of 0: any. */
    public long mark() {
        return attributes.number(RuleAttributes.FWMARK, 0);
    }

    /** Interface that packets come by; null: any. */
    public String inInterface() {
        return attributes.string(RuleAttributes.IIFNAME);
    }

    /** Interface that the sender is bound to; null: any. */
    public String outInterface() {
        return attributes.string(RuleAttributes.OIFNAME);
    }
}
