package io.odp4j.datapath.rtnetlink.addr;

import io.odp4j.datapath.netlink.table.AttributeList;
import java.util.Arrays;

/**
 * An address of a link as the kernel describes it.
 *
 * @param attributes all that was said, by {@link AddressAttributes}
 */
public record Address(AttributeList attributes) {
    /** A lifetime without end. */
    public static final long FOREVER = 0xffff_ffffL;

    /** The address itself, 4 or 16 bytes. */
    public byte[] address() {
        // Of a point-to-point link ADDRESS is the other end; of most IPv6 addresses LOCAL is
        // absent.
        byte[] local = attributes.bytes(AddressAttributes.LOCAL);
        return local == null ? attributes.bytes(AddressAttributes.ADDRESS) : local;
    }

    /** The other end of a point-to-point link; null if there is none. */
    public byte[] peer() {
        byte[] local = attributes.bytes(AddressAttributes.LOCAL);
        byte[] address = attributes.bytes(AddressAttributes.ADDRESS);
        return local == null || Arrays.equals(local, address) ? null : address;
    }

    public int prefixLength() {
        return (int) attributes.header("ifa_prefixlen");
    }

    public int interfaceIndex() {
        return (int) attributes.header("ifa_index");
    }

    /** One of {@code RT_SCOPE_*}. */
    public int scope() {
        return (int) attributes.header("ifa_scope");
    }

    /** Flags {@code IFA_F_*}. */
    public long flags() {
        return attributes.number(AddressAttributes.FLAGS, attributes.header("ifa_flags"));
    }

    /** Name of an IPv4 address, or null. */
    public String label() {
        return attributes.string(AddressAttributes.LABEL);
    }

    /** Seconds until it goes; {@link #FOREVER} if it stays. */
    public long validSeconds() {
        var times = attributes.struct(AddressAttributes.CACHEINFO);
        return times == null ? FOREVER : times.number("ifa_valid");
    }
}
