package io.odp4j.datapath.rtnetlink.nexthop;

import io.odp4j.datapath.netlink.table.Attribute;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.netlink.table.StructValue;
import java.util.List;

/**
 * A next hop, or a group of them, as the kernel describes it.
 *
 * @param attributes all that was said, by {@link NextHopAttributes}
 */
public record NextHop(AttributeList attributes) {
    // enum of NHA_GROUP_TYPE
    public static final int MULTIPATH = 0;
    public static final int RESILIENT = 1;

    /**
     * A member of a group.
     *
     * @param id number of the next hop
     * @param weight its part of the traffic, 1 to 65536
     */
    public record Member(int id, int weight) {
        static Member of(StructValue value) {
            return new Member(
                    (int) value.number("id"),
                    (int) (value.number("weight_high") << 8 | value.number("weight")) + 1);
        }

        StructValue encode() {
            return StructValue.zero(NextHopAttributes.MEMBER)
                    .with("id", id)
                    .with("weight", weight - 1 & 0xff)
                    .with("weight_high", weight - 1 >> 8);
        }
    }

    public int id() {
        return (int) attributes.number(NextHopAttributes.ID, 0);
    }

    /** Address of the next hop, 4 or 16 bytes; null if destinations are on the link itself. */
    public byte[] gateway() {
        return attributes.bytes(NextHopAttributes.GATEWAY);
    }

    /** Interface that packets leave by; 0 if there is none. */
    public int outInterface() {
        return (int) attributes.number(NextHopAttributes.OIF, 0);
    }

    /** Whether packets are dropped. */
    public boolean isBlackhole() {
        return attributes.has(NextHopAttributes.BLACKHOLE);
    }

    /** Whether it is for forwarding entries of VXLAN links. */
    public boolean isForwarding() {
        return attributes.has(NextHopAttributes.FDB);
    }

    /** Members of a group; empty if it is none. */
    public List<Member> members() {
        return attributes
                .find(NextHopAttributes.GROUP)
                .map(Attribute::value)
                .map(all -> ((List<?>) all).stream().map(m -> Member.of((StructValue) m)).toList())
                .orElse(List.of());
    }

    /** {@link #MULTIPATH} or {@link #RESILIENT}, of a group. */
    public int groupType() {
        return (int) attributes.number(NextHopAttributes.GROUP_TYPE, MULTIPATH);
    }

    /** How many buckets a resilient group has; 0 for others. */
    public int buckets() {
        AttributeList group = attributes.list(NextHopAttributes.RES_GROUP);
        return group == null ? 0 : (int) group.number(NextHopAttributes.RESILIENT_BUCKETS, 0);
    }
}
