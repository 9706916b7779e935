package io.odp4j.upcall.tunnel;

import io.odp4j.datapath.rtnetlink.link.GeneveAttributes;
import io.odp4j.datapath.rtnetlink.link.GreAttributes;
import io.odp4j.datapath.rtnetlink.link.LinkRequest;
import io.odp4j.datapath.rtnetlink.link.VxlanAttributes;
import java.util.Locale;
import java.util.Optional;

/** What carries a tunnel's packets. */
public enum TunnelKind {
    VXLAN("vxlan", "vxlan", 4789, 24),
    GENEVE("gen", "geneve", 6081, 24),
    GRE("gre", "gretap", 0, 32),
    IP6GRE("ip6gre", "ip6gretap", 0, 32);

    private final String prefix;
    private final String linkKind;
    private final int port;
    private final int keyBits;

    TunnelKind(String prefix, String linkKind, int port, int keyBits) {
        this.prefix = prefix;
        this.linkKind = linkKind;
        this.port = port;
        this.keyBits = keyBits;
    }

    /** The kind that a device's name starts with: {@code vxlan0}, {@code genev_sys_6081}. */
    static Optional<TunnelKind> ofDevice(String name) {
        for (TunnelKind kind : values()) {
            if (name.startsWith(kind.prefix)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    static Optional<TunnelKind> named(String word) {
        for (TunnelKind kind : values()) {
            if (kind.label().equals(word)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /** The name: {@code vxlan}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Kind of the link, as rtnetlink has it. */
    String linkKind() {
        return linkKind;
    }

    /** UDP destination port unless another is asked for; 0 for what does not stand on UDP. */
    int port() {
        return port;
    }

    /** Bits of a tunnel id. */
    int keyBits() {
        return keyBits;
    }

    /**
     * Whether the remote end has an IPv6 address, rather than either; GRE devices have one kind.
     */
    boolean admits(byte[] address) {
        return switch (this) {
            case GRE -> address.length == 4;
            case IP6GRE -> address.length == 16;
            default -> true;
        };
    }

    /** A device whose packets each say what tunnel they belong to. */
    LinkRequest external(int udpPort) {
        LinkRequest request = LinkRequest.of(linkKind);
        return switch (this) {
            case VXLAN ->
                    request.data(VxlanAttributes.TABLE, VxlanAttributes.COLLECT_METADATA, 1)
                            .data(VxlanAttributes.TABLE, VxlanAttributes.LEARNING, 0)
                            .data(VxlanAttributes.TABLE, VxlanAttributes.PORT, udpPort)
                            .data(VxlanAttributes.TABLE, VxlanAttributes.UDP_ZERO_CSUM6_RX, 1);
            case GENEVE ->
                    request.data(
                                    GeneveAttributes.TABLE,
                                    GeneveAttributes.COLLECT_METADATA,
                                    Boolean.TRUE)
                            .data(GeneveAttributes.TABLE, GeneveAttributes.PORT, udpPort)
                            .data(GeneveAttributes.TABLE, GeneveAttributes.UDP_ZERO_CSUM6_RX, 1);
            case GRE, IP6GRE ->
                    request.data(GreAttributes.TABLE, GreAttributes.COLLECT_METADATA, Boolean.TRUE);
        };
    }
}
