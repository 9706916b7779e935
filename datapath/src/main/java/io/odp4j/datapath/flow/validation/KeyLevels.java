package io.odp4j.datapath.flow.validation;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowKeyDecoder;
import io.odp4j.datapath.flow.FlowMask;
import io.odp4j.datapath.flow.KeyAttributes;
import io.odp4j.datapath.flow.Protocol;
import io.odp4j.datapath.netlink.MessageOverflowException;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.netlink.NetlinkFormatException;
import io.odp4j.datapath.netlink.table.Attribute;
import io.odp4j.datapath.netlink.table.AttributeCodec;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.netlink.table.AttributeSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A key or mask as the kernel flattens it: the tags taken out level by level, everything else in
 * one set. In a mask, attributes of zeros alone count as absent.
 */
final class KeyLevels {
    private static final int TCI_PRESENT = 0x1000;
    private static final int MAX_BYTES = 1 << 16;

    private final boolean isMask;
    private final ByteBuffer buffer = ByteBuffer.allocate(MAX_BYTES).order(ByteOrder.nativeOrder());
    private final Map<Integer, Attribute> flat = new LinkedHashMap<>();
    private final List<Attribute> zeros = new ArrayList<>();
    private final FlowKey fields;

    /**
     * The last VLAN and ETHERTYPE that were read. The kernel looks at these for a tag's mask, even
     * if they are left from an outer tag or from the key.
     */
    private Attribute lastVlan;

    private Attribute lastType;

    private KeyLevels(AttributeList list, KeyLevels before, Problems problems) {
        this.isMask = before != null;
        if (before != null) {
            lastVlan = before.lastVlan;
            lastType = before.lastType;
        }
        this.fields = decode(isMask ? withoutZeros(list) : list, problems);
        collect(list, problems);
    }

    static KeyLevels ofKey(AttributeList key, Problems problems) {
        KeyLevels levels = new KeyLevels(key, null, problems);
        if (levels.keyTag(problems)) {
            levels.keyTag(problems.in("encap"));
        }
        return levels;
    }

    static KeyLevels ofMask(AttributeList mask, KeyLevels key, Problems problems) {
        KeyLevels levels = new KeyLevels(mask, key, problems);
        boolean outer = (key.fields.vlanTci() & TCI_PRESENT) != 0;
        boolean inner = (key.fields.get(FlowField.CVLAN_TCI) & TCI_PRESENT) != 0;
        if (levels.maskTag(outer, problems) && outer) {
            levels.maskTag(inner, problems.in("encap"));
        }
        return levels;
    }

    /** Whether the attribute stands on some level, tags aside. */
    boolean has(AttributeSpec spec) {
        return flat.containsKey(spec.number());
    }

    /** The attribute, or null. */
    Attribute get(AttributeSpec spec) {
        return flat.get(spec.number());
    }

    Iterable<Attribute> attributes() {
        return flat.values();
    }

    /** Those of a mask that count as absent; only their form is looked at. */
    Iterable<Attribute> zeros() {
        return zeros;
    }

    FlowKey fields() {
        return fields;
    }

    // Attributes that exclude each other share a place in the kernel's key; the last one it reads
    // stays there.

    /** The IP protocol; of an ARP packet its operation. */
    long proto() {
        if (has(KeyAttributes.ARP)) {
            return get(KeyAttributes.ARP).asStruct().number("arp_op") & 0xff;
        } else if (has(KeyAttributes.IPV6)) {
            return get(KeyAttributes.IPV6).asStruct().number("ipv6_proto");
        }
        return has(KeyAttributes.IPV4)
                ? get(KeyAttributes.IPV4).asStruct().number("ipv4_proto")
                : 0;
    }

    long fragment() {
        if (has(KeyAttributes.IPV6)) {
            return get(KeyAttributes.IPV6).asStruct().number("ipv6_frag");
        }
        return has(KeyAttributes.IPV4) ? get(KeyAttributes.IPV4).asStruct().number("ipv4_frag") : 0;
    }

    /** The source port, or the ICMP type. */
    long source() {
        if (has(KeyAttributes.ICMPV6)) {
            return get(KeyAttributes.ICMPV6).asStruct().number("icmpv6_type");
        } else if (has(KeyAttributes.ICMP)) {
            return get(KeyAttributes.ICMP).asStruct().number("icmp_type");
        }
        for (AttributeSpec spec :
                List.of(KeyAttributes.SCTP, KeyAttributes.UDP, KeyAttributes.TCP)) {
            if (has(spec)) {
                return get(spec).asStruct().number(spec.fieldName() + "_src");
            }
        }
        return 0;
    }

    /** Whether the ICMPv6 type is one of neighbour discovery. */
    boolean isNeighbour() {
        long type = source();
        return type == Protocol.NEIGHBOUR_SOLICITATION || type == Protocol.NEIGHBOUR_ADVERTISEMENT;
    }

    private void collect(AttributeList list, Problems problems) {
        for (Attribute attribute : list) {
            if (flat.containsKey(attribute.number())) {
                problems.add(attribute.fieldName(), "stands twice");
            } else if (isMask && isZero(attribute)) {
                zeros.add(attribute);
                continue;
            }
            flat.put(attribute.number(), attribute);
            lastVlan = attribute.spec() == KeyAttributes.VLAN ? attribute : lastVlan;
            lastType = attribute.spec() == KeyAttributes.ETHERTYPE ? attribute : lastType;
        }
    }

    /** Takes a tag out of a key; whether there was one, with something in it. */
    private boolean keyTag(Problems problems) {
        Attribute type = get(KeyAttributes.ETHERTYPE);
        if (!has(KeyAttributes.ETHERNET) || type == null || !Protocol.isTag((int) type.asLong())) {
            return false;
        }
        Attribute vlan = get(KeyAttributes.VLAN);
        Attribute encap = get(KeyAttributes.ENCAP);
        if (vlan == null || encap == null) {
            problems.add("ethertype", "is a tag's, so that vlan and encap must be there");
            return false;
        }
        boolean present = (vlan.asLong() & TCI_PRESENT) != 0;
        if (!present && vlan.asLong() != 0) {
            problems.add("vlan", "lacks bit 0x1000, which says that there is a tag");
        } else if (!present && !encap.asList().isEmpty()) {
            problems.add("encap", "must be empty for a tag that is cut off (vlan 0)");
        }
        open(encap, problems);
        return present;
    }

    private boolean maskTag(boolean keyHasTag, Problems problems) {
        Attribute encap = get(KeyAttributes.ENCAP);
        if (encap == null) {
            return false;
        }
        if (!keyHasTag) {
            problems.add("encap", "the key has no tag here");
            return false;
        }
        if (lastType == null || lastType.asLong() != 0xffff) {
            problems.add("ethertype", "a tag's TPID must be matched exactly (0xffff)");
        }
        if (lastVlan == null || (lastVlan.asLong() & TCI_PRESENT) == 0) {
            problems.add("vlan", "bit 0x1000, that there is a tag, must be matched");
        }
        open(encap, problems);
        return true;
    }

    private void open(Attribute encap, Problems problems) {
        flat.remove(KeyAttributes.ENCAP.number());
        flat.remove(KeyAttributes.VLAN.number());
        flat.remove(KeyAttributes.ETHERTYPE.number());
        collect(encap.asList(), problems.in("encap"));
    }

    private AttributeList withoutZeros(AttributeList list) {
        AttributeList result = new AttributeList(list.table());
        for (Attribute a : list) {
            if (a.spec() == KeyAttributes.ENCAP && !a.asList().isEmpty()) {
                AttributeList inner = withoutZeros(a.asList());
                result.add(new Attribute(a.spec(), a.number(), a.flags(), inner));
            } else if (!isZero(a)) {
                result.add(a);
            }
        }
        return result;
    }

    private boolean isZero(Attribute attribute) {
        MessageWriter writer = new MessageWriter().wrap(buffer, 0, MAX_BYTES);
        AttributeCodec.encode(new AttributeList(KeyAttributes.TABLE).add(attribute), writer);
        for (int i = 4; i < writer.written(); i++) {
            if (buffer.get(i) != 0) {
                return false;
            }
        }
        return true;
    }

    private FlowKey decode(AttributeList list, Problems problems) {
        MessageWriter writer = new MessageWriter().wrap(buffer, 0, MAX_BYTES);
        FlowMask mask = new FlowMask();
        FlowKey key = new FlowKey();
        try {
            AttributeCodec.encode(list, writer);
            if (isMask) {
                FlowKeyDecoder.decodeRequestMask(buffer, 0, writer.written(), mask);
                return mask.bits();
            }
            FlowKeyDecoder.decodeKey(buffer, 0, writer.written(), key);
        } catch (NetlinkFormatException | MessageOverflowException e) {
            problems.add(e.getMessage());
        }
        return key;
    }
}
