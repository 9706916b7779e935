package io.odp4j.datapath.flow.validation;

import io.odp4j.datapath.flow.TunnelAttributes;
import io.odp4j.datapath.netlink.table.Attribute;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.AttributeType;
import java.util.List;

/** The rules for a tunnel key, in a key, a mask or a set action. */
final class TunnelRules {
    private static final int ADDRESS_LENGTH = 16;
    private static final int MAX_OPTIONS = 255;
    private static final List<AttributeSpec> OPTIONS =
            List.of(
                    TunnelAttributes.GENEVE_OPTS,
                    TunnelAttributes.VXLAN_OPTS,
                    TunnelAttributes.ERSPAN_OPTS);

    private TunnelRules() {}

    static void check(AttributeList tunnel, boolean isMask, Problems problems) {
        int options = 0;
        for (Attribute attribute : tunnel) {
            AttributeSpec spec = attribute.spec();
            if (spec == TunnelAttributes.IPV6_SRC || spec == TunnelAttributes.IPV6_DST) {
                problems.require(
                        attribute.asBytes().length == ADDRESS_LENGTH,
                        spec.fieldName(),
                        "must have 16 bytes");
            } else if (spec == TunnelAttributes.GENEVE_OPTS
                    || spec == TunnelAttributes.ERSPAN_OPTS) {
                int length = attribute.asBytes().length;
                problems.require(
                        length <= MAX_OPTIONS, spec.fieldName(), "is longer than 255 bytes");
                problems.require(
                        spec != TunnelAttributes.GENEVE_OPTS || length % 4 == 0,
                        spec.fieldName(),
                        "must be a multiple of 4 bytes long");
            }
            options += spec != null && OPTIONS.contains(spec) ? 1 : 0;
            problems.require(
                    spec == null
                            || spec.type() != AttributeType.FLAG
                            || attribute.value() instanceof Boolean,
                    attribute.fieldName(),
                    "is a flag and has no value");
        }
        if (options > 1) {
            problems.add("has options of more than one kind");
        }
        boolean bridge = tunnel.has(TunnelAttributes.IPV4_INFO_BRIDGE);
        boolean ipv4 =
                bridge
                        || tunnel.has(TunnelAttributes.IPV4_SRC)
                        || tunnel.has(TunnelAttributes.IPV4_DST);
        boolean ipv6 =
                tunnel.has(TunnelAttributes.IPV6_SRC) || tunnel.has(TunnelAttributes.IPV6_DST);
        if (ipv4 && ipv6) {
            problems.add("mixes IPv4 and IPv6");
        }
        if (!isMask) {
            addresses(tunnel, ipv4, ipv6, bridge, problems);
        }
    }

    private static void addresses(
            AttributeList tunnel, boolean ipv4, boolean ipv6, boolean bridge, Problems problems) {
        if (!ipv4 && !ipv6) {
            problems.add("has no address");
        } else if (bridge) {
            boolean alone = true;
            for (Attribute attribute : tunnel) {
                AttributeSpec spec = attribute.spec();
                alone &=
                        spec == TunnelAttributes.ID
                                || spec == TunnelAttributes.IPV4_INFO_BRIDGE
                                || attribute.value() instanceof Long zero && zero == 0;
            }
            problems.require(
                    alone, "ipv4_info_bridge", "goes together with nothing but the tunnel's id");
        } else {
            if (ipv4) {
                problems.require(
                        tunnel.number(TunnelAttributes.IPV4_DST, 0) != 0,
                        "ipv4_dst",
                        "must be there and not be zero");
            }
            if (ipv6) {
                problems.require(
                        !isZero(tunnel.bytes(TunnelAttributes.IPV6_DST)),
                        "ipv6_dst",
                        "must be there and not be zero");
            }
            problems.require(tunnel.has(TunnelAttributes.TTL), "ttl", "must be there");
        }
    }

    private static boolean isZero(byte[] bytes) {
        int bits = 0;
        for (int i = 0; bytes != null && i < bytes.length; i++) {
            bits |= bytes[i];
        }
        return bits == 0;
    }
}
