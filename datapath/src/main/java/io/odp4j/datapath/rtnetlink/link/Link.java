package io.odp4j.datapath.rtnetlink.link;

import io.odp4j.datapath.netlink.table.Attribute;
import io.odp4j.datapath.netlink.table.AttributeList;
import java.util.ArrayList;
import java.util.List;

/**
 * A link as the kernel describes it.
 *
 * @param attributes all that was said, by {@link LinkAttributes}
 */
public record Link(AttributeList attributes) {
    /** The interface is up: {@code IFF_UP}. */
    public static final int UP = 1;

    /** It has a carrier, as far as its driver tells: {@code IFF_LOWER_UP}. */
    public static final int LOWER_UP = 1 << 16;

    /** Interface index. */
    public int index() {
        return (int) attributes.header("ifi_index");
    }

    public String name() {
        return attributes.string(LinkAttributes.IFNAME);
    }

    /** Kind, {@code vxlan} for example; null for a device that has none. */
    public String kind() {
        AttributeList info = attributes.list(LinkAttributes.LINKINFO);
        return info == null ? null : info.string(LinkInfoAttributes.KIND);
    }

    /** What belongs to the kind, by the kind's table; null if there is nothing. */
    public AttributeList data() {
        AttributeList info = attributes.list(LinkAttributes.LINKINFO);
        boolean known =
                info != null
                        && info.find(LinkInfoAttributes.DATA)
                                .filter(d -> d.value() instanceof AttributeList)
                                .isPresent();
        return known ? info.list(LinkInfoAttributes.DATA) : null;
    }

    /** Flags {@code IFF_*}. */
    public long flags() {
        return attributes.header("ifi_flags");
    }

    public boolean isUp() {
        return (flags() & UP) != 0;
    }

    public boolean hasCarrier() {
        return (flags() & LOWER_UP) != 0;
    }

    public int mtu() {
        return (int) attributes.number(LinkAttributes.MTU, 0);
    }

    /** Interface index of the link that this one is a port of; 0: none. */
    public int master() {
        return (int) attributes.number(LinkAttributes.MASTER, 0);
    }

    /** Interface index of the link below, in its own namespace; 0: none. */
    public int lower() {
        return (int) attributes.number(LinkAttributes.LINK, 0);
    }

    /** Link-layer address; empty if there is none. */
    public byte[] address() {
        byte[] address = attributes.bytes(LinkAttributes.ADDRESS);
        return address == null ? new byte[0] : address;
    }

    public List<String> alternativeNames() {
        List<String> names = new ArrayList<>();
        AttributeList properties = attributes.list(LinkAttributes.PROP_LIST);
        if (properties != null) {
            for (Attribute one : properties) {
                if (one.number() == LinkAttributes.NAMES_ALT_IFNAME.number()) {
                    names.add(one.asString());
                }
            }
        }
        return names;
    }

    /** One of the counters of {@code rtnl_link_stats64}: rx_packets and so on. */
    public long counter(String field) {
        var counters = attributes.struct(LinkAttributes.STATS64);
        return counters == null ? 0 : counters.number(field);
    }
}
