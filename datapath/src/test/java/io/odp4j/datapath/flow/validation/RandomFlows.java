package io.odp4j.datapath.flow.validation;

import io.odp4j.datapath.flow.ActionAttributes;
import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowMask;
import io.odp4j.datapath.flow.KeyAttributes;
import io.odp4j.datapath.flow.NshAttributes;
import io.odp4j.datapath.flow.TunnelAttributes;
import io.odp4j.datapath.netlink.table.Attribute;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.AttributeTable;
import io.odp4j.datapath.netlink.table.AttributeType;
import io.odp4j.datapath.netlink.table.StructValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Random masks and actions for a key, and lists of attributes with something wrong in them. */
final class RandomFlows {
    private static final int[] NUMBERS = {0, 1, 2, 3, 6, 17, 58, 132, 135, 255, 0x1000, 0xffff};
    private static final int[] TYPES = {
        0x0800, 0x0806, 0x8035, 0x86dd, 0x8847, 0x8848, 0x894f, 0x8100, 0x88a8, 0x88cc, 0x5ff, 0
    };

    /** What a kernel without connection tracking zones knows too. */
    private static final List<AttributeSpec> KEYS =
            KeyAttributes.TABLE.specs().stream().filter(s -> s != KeyAttributes.CT_ZONE).toList();

    private final Random random;

    RandomFlows(Random random) {
        this.random = random;
    }

    /** Metadata for an EXECUTE: sometimes a tunnel. */
    AttributeList metadata() {
        AttributeList key = new AttributeList(KeyAttributes.TABLE);
        key.put(KeyAttributes.IN_PORT, random.nextInt(65_535));
        if (random.nextInt(4) == 0) {
            key.put(KeyAttributes.TUNNEL, tunnel());
        }
        return key;
    }

    private AttributeList tunnel() {
        AttributeList tunnel = new AttributeList(TunnelAttributes.TABLE);
        if (random.nextBoolean()) {
            tunnel.put(TunnelAttributes.ID, random.nextLong());
        }
        if (random.nextBoolean()) {
            tunnel.put(TunnelAttributes.IPV4_SRC, random.nextInt() & 0xffff_ffffL);
            tunnel.put(TunnelAttributes.IPV4_DST, random.nextInt() & 0xffff_ffffL | 1);
        } else {
            byte[] address = new byte[16];
            random.nextBytes(address);
            tunnel.put(TunnelAttributes.IPV6_DST, address);
        }
        tunnel.put(TunnelAttributes.TTL, 64);
        tunnel.putFlag(TunnelAttributes.CSUM, random.nextBoolean());
        switch (random.nextInt(4)) {
            case 0 -> tunnel.put(TunnelAttributes.GENEVE_OPTS, new byte[] {1, 2, 3, 1, 5, 6, 7, 8});
            case 1 ->
                    tunnel.put(
                            TunnelAttributes.VXLAN_OPTS,
                            new AttributeList(TunnelAttributes.VXLAN_TABLE)
                                    .put(TunnelAttributes.VXLAN_GBP, 7));
            case 2 -> tunnel.put(TunnelAttributes.ERSPAN_OPTS, new byte[12]);
            default -> {
                // No options.
            }
        }
        return tunnel;
    }

    /** Bits on any fields: those that the key does not carry too. */
    FlowMask mask(FlowKey key) {
        FlowMask mask = new FlowMask();
        int density = 1 + random.nextInt(12);
        for (FlowField field : FlowField.values()) {
            boolean userspace =
                    field == FlowField.PACKET_TYPE
                            || field == FlowField.ND_RESERVED
                            || field == FlowField.ND_OPTIONS_TYPE;
            if (userspace || random.nextInt(density) > 0) {
                continue;
            }
            if (random.nextBoolean()) {
                mask.exact(field);
            } else {
                mask.prefix(field, random.nextInt(field.bits() + 1));
            }
        }
        return mask;
    }

    /** The same attributes with one or two changes. */
    AttributeList mutated(AttributeList list) {
        List<Attribute> attributes = new ArrayList<>();
        list.forEach(attributes::add);
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            mutate(attributes, list.table());
        }
        AttributeList result = new AttributeList(list.table());
        attributes.forEach(result::add);
        return result;
    }

    private void mutate(List<Attribute> attributes, AttributeTable table) {
        if (attributes.isEmpty() || random.nextInt(6) == 0) {
            Attribute other = attribute(table);
            // Within a nest the kernel lets the last one win; that is not asked for here.
            if (table == KeyAttributes.TABLE && random.nextInt(3) == 0
                    || attributes.stream().noneMatch(a -> a.number() == other.number())) {
                attributes.add(random.nextInt(attributes.size() + 1), other);
            }
            return;
        }
        int at = random.nextInt(attributes.size());
        Attribute old = attributes.get(at);
        switch (random.nextInt(4)) {
            case 0 -> attributes.remove(at);
            case 1 -> attributes.set(at, with(old, value(old.spec())));
            default -> {
                if (old.value() instanceof AttributeList nested) {
                    attributes.set(at, with(old, mutated(nested)));
                } else if (old.value() instanceof StructValue struct) {
                    attributes.set(at, with(old, changed(struct)));
                } else if (old.value() instanceof Long) {
                    attributes.set(at, with(old, number(old.spec())));
                }
            }
        }
    }

    private static Attribute with(Attribute attribute, Object value) {
        return new Attribute(attribute.spec(), attribute.number(), attribute.flags(), value);
    }

    private Attribute attribute(AttributeTable table) {
        List<AttributeSpec> specs =
                table == KeyAttributes.TABLE
                        ? KEYS
                        : table.specs().stream()
                                .filter(s -> s.type() != AttributeType.PAD)
                                .toList();
        AttributeSpec spec = specs.get(random.nextInt(specs.size()));
        return new Attribute(spec, spec.number(), 0, value(spec));
    }

    private Object value(AttributeSpec spec) {
        return switch (spec.type()) {
            case STRUCT -> changed(changed(StructValue.zero(spec.struct())));
            case STRUCT_ARRAY -> {
                List<StructValue> structs = new ArrayList<>();
                for (int i = random.nextInt(5); i > 0; i--) {
                    structs.add(changed(StructValue.zero(spec.struct())));
                }
                yield structs;
            }
            case FLAG -> Boolean.TRUE;
            case BINARY -> {
                int[] lengths = {0, 4, 7, 8, 12, 16, 16, 16};
                byte[] bytes = new byte[lengths[random.nextInt(lengths.length)]];
                random.nextBytes(bytes);
                yield bytes;
            }
            case NESTED -> nest(spec);
            default -> number(spec);
        };
    }

    private AttributeList nest(AttributeSpec spec) {
        if (spec == KeyAttributes.TUNNEL) {
            return tunnel();
        }
        AttributeList list = new AttributeList(spec.nested().get());
        if (spec == TunnelAttributes.VXLAN_OPTS) {
            list.put(TunnelAttributes.VXLAN_GBP, random.nextInt(3));
        }
        if (spec == KeyAttributes.ENCAP) {
            for (int i = random.nextInt(3); i > 0; i--) {
                list.add(attribute(KeyAttributes.TABLE));
            }
        } else if (spec == KeyAttributes.NSH) {
            StructValue base = StructValue.zero(NshAttributes.BASE_STRUCT);
            list.put(NshAttributes.BASE, base.with("mdtype", random.nextInt(3)));
            if (random.nextBoolean()) {
                list.put(NshAttributes.MD1, changed(StructValue.zero(NshAttributes.MD1_STRUCT)));
            }
            if (random.nextInt(5) == 0) {
                list.put(NshAttributes.MD2, new byte[4 * random.nextInt(4)]);
            }
        }
        return list;
    }

    private Object number(AttributeSpec spec) {
        int bits = spec.type().size() * 8;
        boolean type = spec == KeyAttributes.ETHERTYPE || spec == ActionAttributes.POP_MPLS;
        long value =
                type && random.nextInt(4) > 0
                        ? TYPES[random.nextInt(TYPES.length)]
                        : random.nextInt(3) == 0
                                ? random.nextLong()
                                : NUMBERS[random.nextInt(NUMBERS.length)];
        return value & (bits == 64 ? -1L : (1L << bits) - 1);
    }

    private StructValue changed(StructValue struct) {
        var fields = struct.layout().fields();
        var field = fields.get(random.nextInt(fields.size()));
        byte[] bytes = new byte[field.size()];
        random.nextBytes(bytes);
        return field.type().isNumber()
                ? struct.with(
                        field.name(),
                        NUMBERS[random.nextInt(NUMBERS.length)] & (1L << 8 * field.size()) - 1)
                : struct.with(field.name(), bytes);
    }

    // --- actions ---

    /** A few actions, such as fit the key and such as do not. */
    AttributeList actions(FlowKey key, int portId) {
        return actions(key, portId, 0);
    }

    private AttributeList actions(FlowKey key, int portId, int depth) {
        AttributeList actions = new AttributeList(ActionAttributes.TABLE);
        for (int i = random.nextInt(depth == 0 ? 5 : 3); i > 0; i--) {
            action(actions, key, portId, depth);
        }
        return actions;
    }

    private void action(AttributeList actions, FlowKey key, int portId, int depth) {
        switch (random.nextInt(20)) {
            case 0 -> actions.put(ActionAttributes.OUTPUT, random.nextInt(20) == 0 ? 65_535 : 1);
            case 1 ->
                    actions.put(
                            ActionAttributes.USERSPACE,
                            new AttributeList(ActionAttributes.USERSPACE_TABLE)
                                    .put(
                                            ActionAttributes.USERSPACE_PID,
                                            random.nextInt(5) == 0 ? 0 : portId & 0xffff_ffffL));
            case 2 ->
                    actions.put(
                            ActionAttributes.PUSH_VLAN,
                            StructValue.zero(ActionAttributes.PUSH_VLAN_STRUCT)
                                    .with("vlan_tpid", random.nextInt(4) == 0 ? type() : 0x8100)
                                    .with("vlan_tci", random.nextInt(4) == 0 ? 5 : 0x1005));
            case 3 -> actions.put(ActionAttributes.POP_VLAN, Boolean.TRUE);
            case 4 ->
                    actions.put(
                            ActionAttributes.PUSH_MPLS,
                            StructValue.zero(ActionAttributes.PUSH_MPLS_STRUCT)
                                    .with("mpls_lse", random.nextInt() & 0xffff_ffffL)
                                    .with("mpls_ethertype", mplsType()));
            case 5 -> actions.put(ActionAttributes.POP_MPLS, type());
            case 6 ->
                    actions.put(
                            ActionAttributes.ADD_MPLS,
                            StructValue.zero(ActionAttributes.ADD_MPLS_STRUCT)
                                    .with("mpls_ethertype", mplsType())
                                    .with("tun_flags", random.nextInt(2)));
            case 7 -> actions.put(ActionAttributes.POP_ETH, Boolean.TRUE);
            case 8 ->
                    actions.put(
                            ActionAttributes.PUSH_ETH,
                            StructValue.zero(ActionAttributes.PUSH_ETH_STRUCT));
            case 9 -> actions.put(ActionAttributes.RECIRC, random.nextInt(100));
            case 10 ->
                    actions.put(
                            ActionAttributes.TRUNC,
                            StructValue.zero(ActionAttributes.TRUNC_STRUCT)
                                    .with("max_len", 10 + random.nextInt(50)));
            case 11 -> actions.put(ActionAttributes.CT, ct());
            case 12 -> actions.put(ActionAttributes.CT_CLEAR, Boolean.TRUE);
            case 13 -> pushNsh(actions);
            case 14 -> actions.put(ActionAttributes.POP_NSH, Boolean.TRUE);
            case 15 -> branch(actions, key, portId, depth);
            case 16 -> setMasked(actions, key);
            default -> set(actions, key);
        }
    }

    private void pushNsh(AttributeList actions) {
        AttributeList push = new AttributeList(KeyAttributes.TABLE);
        AttributeSpec spec = KeyAttributes.NSH;
        push.add(new Attribute(spec, spec.number(), 0, nest(spec)));
        actions.put(ActionAttributes.PUSH_NSH, push);
    }

    private void branch(AttributeList actions, FlowKey key, int portId, int depth) {
        if (depth > 3) {
            return;
        }
        switch (random.nextInt(4)) {
            case 0 -> actions.put(ActionAttributes.CLONE, actions(key, portId, depth + 1));
            case 1 -> {
                AttributeList sample = new AttributeList(ActionAttributes.SAMPLE_TABLE);
                if (random.nextInt(5) > 0) {
                    sample.put(ActionAttributes.SAMPLE_PROBABILITY, 7);
                }
                if (random.nextInt(5) > 0) {
                    sample.put(ActionAttributes.SAMPLE_ACTIONS, actions(key, portId, depth + 1));
                }
                actions.put(ActionAttributes.SAMPLE, sample);
            }
            case 2 -> {
                AttributeList check = new AttributeList(ActionAttributes.CHECK_PKT_LEN_TABLE);
                if (random.nextInt(5) > 0) {
                    check.put(ActionAttributes.CHECK_PKT_LEN_PKT_LEN, random.nextInt(3));
                }
                check.put(
                        ActionAttributes.CHECK_PKT_LEN_IF_GREATER, actions(key, portId, depth + 1));
                if (random.nextInt(5) > 0) {
                    check.put(
                            ActionAttributes.CHECK_PKT_LEN_IF_LESS_EQUAL,
                            actions(key, portId, depth + 1));
                }
                actions.put(ActionAttributes.CHECK_PKT_LEN, check);
            }
            default ->
                    actions.put(
                            ActionAttributes.DEC_TTL,
                            new AttributeList(ActionAttributes.DEC_TTL_TABLE)
                                    .put(
                                            ActionAttributes.DEC_TTL_ACTION,
                                            actions(key, portId, depth + 1)));
        }
    }

    private AttributeList ct() {
        AttributeList ct = new AttributeList(ActionAttributes.CT_TABLE);
        ct.putFlag(ActionAttributes.CT_COMMIT, random.nextBoolean());
        if (random.nextInt(4) == 0) {
            ct.put(
                    ActionAttributes.CT_MARK,
                    StructValue.zero(ActionAttributes.CT_MARK_STRUCT)
                            .with("value", 1)
                            .with("mask", random.nextInt(3)));
        }
        if (random.nextInt(4) == 0) {
            AttributeList nat = new AttributeList(ActionAttributes.NAT_TABLE);
            nat.putFlag(ActionAttributes.NAT_SRC, random.nextBoolean());
            nat.putFlag(ActionAttributes.NAT_DST, random.nextInt(4) == 0);
            if (random.nextInt(3) == 0) {
                nat.put(ActionAttributes.NAT_IP_MIN, new byte[] {10, 0, 0, 1});
            }
            nat.putFlag(ActionAttributes.NAT_PERSISTENT, random.nextInt(3) == 0);
            ct.put(ActionAttributes.CT_NAT, nat);
        }
        ct.putFlag(ActionAttributes.CT_FORCE_COMMIT, random.nextInt(5) == 0);
        return ct;
    }

    private void set(AttributeList actions, FlowKey key) {
        AttributeSpec spec = settable();
        Object value = value(spec);
        if (value instanceof StructValue struct && random.nextInt(3) > 0) {
            // Make it likely that what cannot be set is as it was.
            if (spec == KeyAttributes.IPV4) {
                value =
                        struct.with("ipv4_proto", key.get(FlowField.NW_PROTO))
                                .with("ipv4_frag", key.get(FlowField.NW_FRAG));
            } else if (spec == KeyAttributes.IPV6) {
                value =
                        struct.with("ipv6_proto", key.get(FlowField.NW_PROTO))
                                .with("ipv6_frag", key.get(FlowField.NW_FRAG));
            }
        }
        AttributeList set = new AttributeList(KeyAttributes.TABLE);
        set.add(new Attribute(spec, spec.number(), 0, value));
        if (random.nextInt(20) == 0) {
            set.add(attribute(KeyAttributes.TABLE));
        }
        actions.put(ActionAttributes.SET, set);
    }

    private void setMasked(AttributeList actions, FlowKey key) {
        AttributeSpec spec = settable();
        if (spec.type() == AttributeType.NESTED) {
            return;
        }
        int size =
                switch (spec.type()) {
                    case STRUCT, STRUCT_ARRAY -> spec.struct().size();
                    case BINARY -> 16;
                    default -> spec.type().size();
                };
        byte[] both = new byte[2 * size];
        for (int i = 0; i < size; i++) {
            if (random.nextInt(4) == 0) {
                both[size + i] = (byte) random.nextInt();
                both[i] = (byte) (random.nextInt() & both[size + i]);
            }
        }
        if (random.nextInt(6) == 0) {
            both[random.nextInt(size)] |= 1;
        }
        AttributeList set = new AttributeList(ActionAttributes.SET_MASKED.nested().get());
        AttributeSpec pair = set.table().spec(spec.number());
        StructValue value = new StructValue(pair.struct(), Arrays.copyOf(both, size));
        byte[] mask = Arrays.copyOfRange(both, size, 2 * size);
        set.put(pair, List.of(value, new StructValue(pair.struct(), mask)));
        actions.put(ActionAttributes.SET_MASKED, set);
    }

    /** Anything but NSH, which older kernels let through and newer ones do not. */
    private AttributeSpec settable() {
        while (true) {
            AttributeSpec spec = KEYS.get(random.nextInt(KEYS.size()));
            boolean empty = spec == KeyAttributes.MPLS || spec == KeyAttributes.CT_LABELS;
            if (spec != KeyAttributes.NSH && !(empty && random.nextBoolean())) {
                return spec;
            }
        }
    }

    private int type() {
        return TYPES[random.nextInt(TYPES.length)];
    }

    private int mplsType() {
        return random.nextInt(6) == 0 ? type() : 0x8847 + random.nextInt(2);
    }
}
