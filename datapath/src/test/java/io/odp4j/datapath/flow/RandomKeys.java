package io.odp4j.datapath.flow;

import io.odp4j.datapath.netlink.AttributeReader;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.netlink.table.Attribute;
import io.odp4j.datapath.netlink.table.AttributeCodec;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.AttributeTable;
import io.odp4j.datapath.netlink.table.AttributeType;
import io.odp4j.datapath.netlink.table.StructLayout;
import io.odp4j.datapath.netlink.table.StructValue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Random key attributes, made from the tables, and their bytes. */
final class RandomKeys {
    /** The order in which the kernel writes a key; tags come between ETHERNET and ETHERTYPE. */
    static final List<AttributeSpec> METADATA =
            List.of(
                    KeyAttributes.RECIRC_ID,
                    KeyAttributes.DP_HASH,
                    KeyAttributes.PRIORITY,
                    KeyAttributes.TUNNEL,
                    KeyAttributes.IN_PORT,
                    KeyAttributes.SKB_MARK,
                    KeyAttributes.CT_STATE,
                    KeyAttributes.CT_ZONE,
                    KeyAttributes.CT_MARK,
                    KeyAttributes.CT_LABELS,
                    KeyAttributes.CT_ORIG_TUPLE_IPV4,
                    KeyAttributes.CT_ORIG_TUPLE_IPV6,
                    KeyAttributes.PACKET_TYPE,
                    KeyAttributes.ETHERNET);

    static final List<AttributeSpec> NETWORK =
            List.of(
                    KeyAttributes.ETHERTYPE,
                    KeyAttributes.IPV4,
                    KeyAttributes.IPV6,
                    KeyAttributes.IPV6_EXTHDRS,
                    KeyAttributes.NSH,
                    KeyAttributes.ARP,
                    KeyAttributes.MPLS,
                    KeyAttributes.TCP,
                    KeyAttributes.TCP_FLAGS,
                    KeyAttributes.UDP,
                    KeyAttributes.SCTP,
                    KeyAttributes.ICMP,
                    KeyAttributes.ICMPV6,
                    KeyAttributes.ND,
                    KeyAttributes.ND_EXTENSIONS);

    /** Attributes that share fields, because no packet has two of them. */
    private static final List<Set<AttributeSpec>> EXCLUSIVE =
            List.of(
                    Set.of(KeyAttributes.IPV4, KeyAttributes.IPV6, KeyAttributes.ARP),
                    Set.of(
                            KeyAttributes.TCP,
                            KeyAttributes.UDP,
                            KeyAttributes.SCTP,
                            KeyAttributes.ICMP,
                            KeyAttributes.ICMPV6),
                    Set.of(KeyAttributes.CT_ORIG_TUPLE_IPV4, KeyAttributes.CT_ORIG_TUPLE_IPV6));

    private static final List<AttributeSpec> TUNNEL =
            List.of(
                    TunnelAttributes.ID,
                    TunnelAttributes.IPV4_INFO_BRIDGE,
                    TunnelAttributes.IPV4_SRC,
                    TunnelAttributes.IPV4_DST,
                    TunnelAttributes.IPV6_SRC,
                    TunnelAttributes.IPV6_DST,
                    TunnelAttributes.TOS,
                    TunnelAttributes.TTL,
                    TunnelAttributes.DONT_FRAGMENT,
                    TunnelAttributes.CSUM,
                    TunnelAttributes.TP_SRC,
                    TunnelAttributes.TP_DST,
                    TunnelAttributes.OAM);

    private final Random random;

    RandomKeys(long seed) {
        random = new Random(seed);
    }

    Random random() {
        return random;
    }

    /** Any subset of the attributes, with up to two tags, in the kernel's order. */
    AttributeList key() {
        AttributeList outer = new AttributeList(KeyAttributes.TABLE);
        some(outer, METADATA);
        AttributeList level = outer;
        for (int tags = random.nextInt(3); tags > 0; tags--) {
            if (random.nextBoolean()) {
                put(level, KeyAttributes.ETHERTYPE);
            }
            if (random.nextInt(4) > 0) {
                put(level, KeyAttributes.VLAN);
            }
            AttributeList inner = new AttributeList(KeyAttributes.TABLE);
            level.add(new Attribute(KeyAttributes.ENCAP, KeyAttributes.ENCAP.number(), 0, inner));
            // The nest is filled later: the list is kept by reference.
            level = inner;
        }
        some(level, NETWORK);
        return outer;
    }

    /** The same attributes in another order, on every level. */
    AttributeList shuffled(AttributeList list) {
        List<Attribute> attributes = new ArrayList<>();
        list.forEach(
                a ->
                        attributes.add(
                                a.value() instanceof AttributeList nest
                                        ? new Attribute(
                                                a.spec(), a.number(), a.flags(), shuffled(nest))
                                        : a));
        Collections.shuffle(attributes, random);
        AttributeList result = new AttributeList(list.table());
        attributes.forEach(result::add);
        return result;
    }

    private void some(AttributeList list, List<AttributeSpec> specs) {
        Set<AttributeSpec> left = new HashSet<>(specs);
        for (Set<AttributeSpec> rivals : EXCLUSIVE) {
            List<AttributeSpec> here = specs.stream().filter(rivals::contains).toList();
            if (!here.isEmpty()) {
                left.removeAll(here);
                left.add(here.get(random.nextInt(here.size())));
            }
        }
        for (AttributeSpec spec : specs) {
            if (left.contains(spec) && random.nextInt(4) > 0) {
                put(list, spec);
            }
        }
    }

    private void put(AttributeList list, AttributeSpec spec) {
        // As the kernel has it: nests of a key do not carry the NESTED flag.
        list.add(new Attribute(spec, spec.number(), 0, value(spec)));
    }

    private Object value(AttributeSpec spec) {
        return switch (spec.type()) {
            case STRUCT -> struct(spec.struct());
            case STRUCT_ARRAY -> {
                List<StructValue> entries = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    entries.add(struct(spec.struct()));
                }
                yield entries;
            }
            case NESTED -> nest(spec.nested().get());
            case FLAG -> Boolean.TRUE;
            case BINARY -> {
                byte[] bytes = new byte[16];
                random.nextBytes(bytes);
                yield bytes;
            }
            default -> {
                int bits = spec.type().size() * 8;
                yield random.nextLong() & (bits == 64 ? -1L : (1L << bits) - 1);
            }
        };
    }

    private AttributeList nest(AttributeTable table) {
        AttributeList list = new AttributeList(table);
        if (table == TunnelAttributes.TABLE) {
            some(list, TUNNEL);
            int kind = random.nextInt(4);
            if (kind == 1) {
                byte[] options = new byte[4 * random.nextInt(64)];
                random.nextBytes(options);
                list.put(TunnelAttributes.GENEVE_OPTS, options);
            } else if (kind == 2) {
                AttributeList vxlan = new AttributeList(TunnelAttributes.VXLAN_TABLE);
                some(vxlan, List.of(TunnelAttributes.VXLAN_GBP));
                list.add(
                        new Attribute(
                                TunnelAttributes.VXLAN_OPTS,
                                TunnelAttributes.VXLAN_OPTS.number(),
                                0,
                                vxlan));
            } else if (kind == 3) {
                byte[] metadata = new byte[random.nextInt(20)];
                random.nextBytes(metadata);
                list.put(TunnelAttributes.ERSPAN_OPTS, metadata);
            }
        } else {
            some(list, List.of(NshAttributes.BASE, NshAttributes.MD1));
        }
        return list;
    }

    private StructValue struct(StructLayout layout) {
        StructValue value = StructValue.zero(layout);
        for (StructLayout.Field field : layout.fields()) {
            byte[] bytes = new byte[field.size()];
            random.nextBytes(bytes);
            value =
                    field.type() == AttributeType.BINARY
                            ? value.with(field.name(), bytes)
                            : value.with(
                                    field.name(), random.nextLong() & (1L << 8 * field.size()) - 1);
        }
        return value;
    }

    static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    /** The attributes' bytes, at offset 0. */
    static byte[] bytes(AttributeList list) {
        ByteBuffer buffer = buffer(4096);
        MessageWriter writer = new MessageWriter().wrap(buffer, 0, buffer.capacity());
        AttributeCodec.encode(list, writer);
        return bytes(writer);
    }

    static byte[] bytes(MessageWriter writer) {
        byte[] bytes = new byte[writer.written()];
        writer.buffer().get(0, bytes);
        return bytes;
    }

    static ByteBuffer direct(byte[] bytes) {
        return buffer(bytes.length).put(0, bytes);
    }

    static AttributeList decode(byte[] bytes) {
        return AttributeCodec.decode(
                KeyAttributes.TABLE, new AttributeReader().wrap(direct(bytes), 0, bytes.length));
    }

    static FlowKey flowKey(byte[] bytes) {
        FlowKey key = new FlowKey();
        FlowKeyDecoder.decodeKey(direct(bytes), 0, bytes.length, key);
        return key;
    }

    static byte[] encoded(FlowKey key) {
        ByteBuffer buffer = buffer(4096);
        MessageWriter writer = new MessageWriter().wrap(buffer, 0, buffer.capacity());
        FlowKeyEncoder.encodeKey(key, writer);
        return bytes(writer);
    }

    static byte[] encoded(FlowKey key, FlowMask mask) {
        ByteBuffer buffer = buffer(4096);
        MessageWriter writer = new MessageWriter().wrap(buffer, 0, buffer.capacity());
        FlowKeyEncoder.encodeMask(key, mask, writer);
        return bytes(writer);
    }
}
