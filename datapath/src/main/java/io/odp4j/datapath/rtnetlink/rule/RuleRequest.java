package io.odp4j.datapath.rtnetlink.rule;

import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.netlink.table.AttributeSpec;

/**
 * What a rule is to be.
 *
 * <pre>{@code
 * RuleRequest.ipv4(1000).from(net, 24).table(100);
 * }</pre>
 */
public final class RuleRequest {
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int LAST_SHORT_TABLE = 255;

    private final AttributeList attributes = new AttributeList(RuleAttributes.TABLE);

    private RuleRequest(int family, long priority) {
        attributes.header("family", family).header("action", Rule.TO_TABLE);
        put(RuleAttributes.PRIORITY, priority);
    }

    /** A rule for IPv4. */
    public static RuleRequest ipv4(long priority) {
        return new RuleRequest(AF_INET, priority);
    }

    /** A rule for IPv6. */
    public static RuleRequest ipv6(long priority) {
        return new RuleRequest(AF_INET6, priority);
    }

    /** For packets of a source prefix. */
    public RuleRequest from(byte[] prefix, int length) {
        attributes.header("src_len", length);
        return put(RuleAttributes.SRC, prefix);
    }

    /** For packets to a destination prefix. */
    public RuleRequest to(byte[] prefix, int length) {
        attributes.header("dst_len", length);
        return put(RuleAttributes.DST, prefix);
    }

    /** For packets with a mark. */
    public RuleRequest mark(long mark, long mask) {
        return put(RuleAttributes.FWMARK, mark).put(RuleAttributes.FWMASK, mask);
    }

    /** For packets that come by an interface. */
    public RuleRequest in(String device) {
        return put(RuleAttributes.IIFNAME, device);
    }

    /** Asks a routing table. */
    public RuleRequest table(long table) {
        attributes.header("table", table <= LAST_SHORT_TABLE ? table : 0);
        return put(RuleAttributes.ROUTING_TABLE, table);
    }

    /** One of {@code FR_ACT_*}. */
    public RuleRequest action(int action) {
        attributes.header("action", action);
        return this;
    }

    /** Any other attribute of {@link RuleAttributes}. */
    public RuleRequest put(AttributeSpec attribute, Object value) {
        attributes.put(attribute, value);
        return this;
    }

    AttributeList attributes() {
        return attributes;
    }
}
