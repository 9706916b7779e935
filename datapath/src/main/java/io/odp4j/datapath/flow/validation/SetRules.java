package io.odp4j.datapath.flow.validation;

import io.odp4j.datapath.flow.ActionAttributes;
import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.KeyAttributes;
import io.odp4j.datapath.flow.Protocol;
import io.odp4j.datapath.flow.TunnelAttributes;
import io.odp4j.datapath.netlink.table.Attribute;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.StructValue;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** The rules for SET and SET_MASKED ({@code validate_set} in the kernel). */
final class SetRules {
    private static final int LABELS_LENGTH = 16;

    /** What can be set; IPV4, IPV6, TUNNEL and the transports have rules of their own. */
    private static final Set<AttributeSpec> SETTABLE =
            Set.of(
                    KeyAttributes.PRIORITY,
                    KeyAttributes.SKB_MARK,
                    KeyAttributes.CT_MARK,
                    KeyAttributes.CT_LABELS,
                    KeyAttributes.ETHERNET,
                    KeyAttributes.TUNNEL,
                    KeyAttributes.IPV4,
                    KeyAttributes.IPV6,
                    KeyAttributes.TCP,
                    KeyAttributes.UDP,
                    KeyAttributes.SCTP,
                    KeyAttributes.MPLS);

    private SetRules() {}

    static void check(
            Attribute action, FlowKey known, int type, boolean ethernet, Problems problems) {
        boolean masked = action.spec() == ActionAttributes.SET_MASKED;
        if (action.asList().size() != 1) {
            problems.add("must have one attribute");
            return;
        }
        Attribute attribute = action.asList().iterator().next();
        AttributeSpec spec = KeyAttributes.TABLE.spec(attribute.number());
        if (spec == null) {
            return;
        }
        Problems inner = problems.in(spec.fieldName());
        if (!SETTABLE.contains(spec)) {
            inner.add("cannot be set");
        } else if (spec == KeyAttributes.TUNNEL) {
            tunnel(attribute, masked, inner);
        } else {
            requireLayer(spec, known, type, ethernet, inner);
            if (masked) {
                masked(spec, payload(attribute), inner);
            } else {
                plain(attribute, known, inner);
            }
        }
    }

    private static void requireLayer(
            AttributeSpec spec, FlowKey known, int type, boolean ethernet, Problems problems) {
        boolean ip = type == Protocol.ETH_IPV4 || type == Protocol.ETH_IPV6;
        int proto = (int) known.get(FlowField.NW_PROTO);
        if (spec == KeyAttributes.ETHERNET && !ethernet) {
            problems.add("there is no Ethernet header");
        } else if (spec == KeyAttributes.IPV4 && type != Protocol.ETH_IPV4
                || spec == KeyAttributes.IPV6 && type != Protocol.ETH_IPV6) {
            problems.add("the packet is not known to have this Ethernet type");
        } else if (spec == KeyAttributes.MPLS
                && type != Protocol.ETH_MPLS
                && type != Protocol.ETH_MPLS_MULTICAST) {
            problems.add("the packet is not known to be MPLS");
        } else if (spec == KeyAttributes.TCP && !(ip && proto == Protocol.IP_TCP)
                || spec == KeyAttributes.UDP && !(ip && proto == Protocol.IP_UDP)
                || spec == KeyAttributes.SCTP && !(ip && proto == Protocol.IP_SCTP)) {
            problems.add("the packet is not known to have this IP protocol");
        }
    }

    private static void tunnel(Attribute attribute, boolean masked, Problems problems) {
        if (masked) {
            problems.add("cannot be set with a mask");
            return;
        }
        AttributeList tunnel = attribute.asList();
        TunnelRules.check(tunnel, false, problems);
        byte[] options = tunnel.bytes(TunnelAttributes.GENEVE_OPTS);
        if (options != null && !isWellFormed(options)) {
            problems.add("geneve_opts", "an option is longer than what is left");
        }
    }

    /** Each option: class 2, type 1, length in words 1 (its lower five bits), then the data. */
    private static boolean isWellFormed(byte[] options) {
        int at = 0;
        while (at < options.length) {
            if (options.length - at < 4) {
                return false;
            }
            at += 4 + 4 * (options[at + 3] & 0x1f);
        }
        return at == options.length;
    }

    private static void plain(Attribute attribute, FlowKey known, Problems problems) {
        if (attribute.spec() == KeyAttributes.CT_LABELS) {
            requireLength(attribute.asBytes().length, LABELS_LENGTH, problems);
        }
        if (attribute.value() instanceof List<?> entries && entries.size() != 1) {
            problems.add("must have one entry, the outermost label's");
        }
        if (!(attribute.value() instanceof StructValue struct)) {
            return;
        }
        requireLength(struct.bytes().length, attribute.spec().struct().size(), problems);
        boolean ipv4 = attribute.spec() == KeyAttributes.IPV4;
        if (ipv4 || attribute.spec() == KeyAttributes.IPV6) {
            String name = ipv4 ? "ipv4" : "ipv6";
            if (struct.number(name + "_proto") != known.get(FlowField.NW_PROTO)) {
                problems.add("the protocol cannot be set: it must be the one that is matched");
            }
            if (struct.number(name + "_frag") != known.get(FlowField.NW_FRAG)) {
                problems.add("the fragment cannot be set: it must be the one that is matched");
            }
            if (!ipv4 && struct.number("ipv6_label") >>> 20 != 0) {
                problems.add("ipv6_label has more than 20 bits");
            }
        }
    }

    /** The payload is the value followed by its mask. */
    private static void masked(AttributeSpec spec, byte[] both, Problems problems) {
        int size = size(spec);
        if (both.length != 2 * size) {
            problems.add("must have twice " + size + " bytes, value and mask");
            return;
        }
        byte[] value = Arrays.copyOf(both, size);
        byte[] mask = Arrays.copyOfRange(both, size, both.length);
        for (int i = 0; i < size; i++) {
            if ((value[i] & ~mask[i]) != 0) {
                problems.add("has a bit at byte " + i + " that its mask has not");
                return;
            }
        }
        boolean ipv4 = spec == KeyAttributes.IPV4;
        if (ipv4 || spec == KeyAttributes.IPV6) {
            String name = ipv4 ? "ipv4" : "ipv6";
            StructValue bits = new StructValue(spec.struct(), mask);
            if (bits.number(name + "_proto") != 0 || bits.number(name + "_frag") != 0) {
                problems.add("protocol and fragment cannot be set: their mask must be 0");
            }
            if (!ipv4 && bits.number("ipv6_label") >>> 20 != 0) {
                problems.add("the mask of ipv6_label has more than 20 bits");
            }
        }
    }

    /** Value and mask, as they follow each other. */
    private static byte[] payload(Attribute attribute) {
        if (!(attribute.value() instanceof List<?> halves)) {
            return attribute.asBytes();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Object half : halves) {
            bytes.writeBytes(((StructValue) half).bytes());
        }
        return bytes.toByteArray();
    }

    /** Bytes of a value. */
    private static int size(AttributeSpec spec) {
        if (spec == KeyAttributes.CT_LABELS) {
            return LABELS_LENGTH;
        }
        return spec.struct() != null ? spec.struct().size() : spec.type().size();
    }

    private static void requireLength(int length, int expected, Problems problems) {
        if (length != expected) {
            problems.add("must have " + expected + " bytes");
        }
    }
}
