package io.odp4j.datapath.rtnetlink.addr;

import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.StructValue;

/**
 * What an address is to be.
 *
 * <pre>{@code
 * AddressRequest.of(ifindex, address, 24).broadcast(all);
 * }</pre>
 */
public final class AddressRequest {
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;

    private final AttributeList attributes = new AttributeList(AddressAttributes.TABLE);

    private AddressRequest() {}

    /**
     * An address of a link.
     *
     * @param address 4 or 16 bytes
     */
    public static AddressRequest of(int index, byte[] address, int prefixLength) {
        AddressRequest request = new AddressRequest();
        request.attributes
                .header("ifa_family", address.length == 4 ? AF_INET : AF_INET6)
                .header("ifa_prefixlen", prefixLength)
                .header("ifa_index", index);
        return request.put(AddressAttributes.LOCAL, address)
                .put(AddressAttributes.ADDRESS, address);
    }

    /** The other end of a point-to-point link. */
    public AddressRequest peer(byte[] address) {
        attributes.replace(AddressAttributes.ADDRESS, address);
        return this;
    }

    public AddressRequest broadcast(byte[] address) {
        return put(AddressAttributes.BROADCAST, address);
    }

    /** Name of an IPv4 address; it starts with the link's. */
    public AddressRequest label(String label) {
        return put(AddressAttributes.LABEL, label);
    }

    /** One of {@code RT_SCOPE_*}. */
    public AddressRequest scope(int scope) {
        attributes.header("ifa_scope", scope);
        return this;
    }

    /** Flags {@code IFA_F_*}: 2 is nodad, for example. */
    public AddressRequest flags(long flags) {
        return put(AddressAttributes.FLAGS, flags);
    }

    /**
     * How long it lasts.
     *
     * @param valid seconds until it goes, {@link Address#FOREVER} to stay
     * @param preferred seconds for which new connections use it
     */
    public AddressRequest lifetime(long valid, long preferred) {
        return put(
                AddressAttributes.CACHEINFO,
                StructValue.zero(AddressAttributes.CACHE_INFO)
                        .with("ifa_valid", valid)
                        .with("ifa_prefered", preferred));
    }

    /** Any other attribute of {@link AddressAttributes}. */
    public AddressRequest put(AttributeSpec attribute, Object value) {
        attributes.put(attribute, value);
        return this;
    }

    AttributeList attributes() {
        return attributes;
    }
}
