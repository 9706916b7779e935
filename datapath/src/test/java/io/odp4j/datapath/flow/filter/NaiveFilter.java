package io.odp4j.datapath.flow.filter;

import io.odp4j.datapath.flow.EthernetAddress;
import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/** A filter as text and as plain Java, made together at random: one is held against the other. */
record NaiveFilter(String text, Predicate<FlowKey> means) {
    /** A field: when a packet has it, its number, and how many bits it has. */
    private record Field(
            String name, Predicate<FlowKey> has, ToLongFunction<FlowKey> number, int bits) {}

    private static final List<Field> FIELDS =
            List.of(
                    field("in_port", k -> true, FlowField.IN_PORT, 32),
                    field("dl_src", k -> true, FlowField.DL_SRC, 48),
                    field("dl_type", k -> true, FlowField.DL_TYPE, 16),
                    new Field("dl_vlan", k -> k.vlanTci() != 0, k -> k.vlanTci() & 0xfff, 12),
                    new Field("vlan_pcp", k -> k.vlanTci() != 0, k -> k.vlanTci() >> 13, 3),
                    field("nw_src", k -> k.dlType() == 0x800, FlowField.NW_SRC, 32),
                    field("arp_tpa", NaiveFilter::arp, FlowField.NW_DST, 32),
                    field("nw_proto", NaiveFilter::ip, FlowField.NW_PROTO, 8),
                    field("nw_ttl", NaiveFilter::ip, FlowField.NW_TTL, 8),
                    field("tp_dst", NaiveFilter::ports, FlowField.TP_DST, 16),
                    field("udp_src", k -> ports(k) && proto(k) == 17, FlowField.TP_SRC, 16),
                    field("tcp_flags", k -> ports(k) && proto(k) == 6, FlowField.TCP_FLAGS, 16));

    private static Field field(String name, Predicate<FlowKey> has, FlowField field, int bits) {
        return new Field(name, has, k -> k.get(field), bits);
    }

    private static boolean arp(FlowKey key) {
        return key.dlType() == 0x806 || key.dlType() == 0x8035;
    }

    private static boolean ip(FlowKey key) {
        return key.dlType() == 0x800 || key.dlType() == 0x86dd;
    }

    private static long proto(FlowKey key) {
        return key.get(FlowField.NW_PROTO);
    }

    private static boolean ports(FlowKey key) {
        long proto = proto(key);
        return ip(key)
                && (proto == 6 || proto == 17 || proto == 132)
                && key.get(FlowField.NW_FRAG) != 2;
    }

    /**
     * Makes one.
     *
     * @param near a key whose values it uses now and then, so that tests are met
     */
    static NaiveFilter random(Random random, FlowKey near, int depth) {
        int kind = depth == 0 ? 0 : random.nextInt(6);
        if (kind < 2) {
            return random.nextInt(6) == 0 ? protocol(random) : test(random, near);
        }
        NaiveFilter one = random(random, near, depth - 1);
        if (kind == 2) {
            String not = random.nextBoolean() ? "not " : "! ";
            return new NaiveFilter(not + "(" + one.text + ")", one.means.negate());
        }
        NaiveFilter other = random(random, near, depth - 1);
        boolean and = kind < 5;
        String[] words = and ? new String[] {" and ", ",", " && "} : new String[] {" or ", "||"};
        String word = words[random.nextInt(words.length)];
        return new NaiveFilter(
                "(" + one.text + ")" + word + "( " + other.text + ")",
                and ? one.means.and(other.means) : one.means.or(other.means));
    }

    private static NaiveFilter protocol(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> new NaiveFilter("tcp", k -> ip(k) && proto(k) == 6);
            case 1 -> new NaiveFilter("udp6", k -> k.dlType() == 0x86dd && proto(k) == 17);
            case 2 -> new NaiveFilter("vlan", k -> k.vlanTci() != 0);
            case 3 -> new NaiveFilter("ip", k -> k.dlType() == 0x800);
            default -> new NaiveFilter("frag", k -> ip(k) && k.get(FlowField.NW_FRAG) != 0);
        };
    }

    private static NaiveFilter test(Random random, FlowKey near) {
        Field field = FIELDS.get(random.nextInt(FIELDS.size()));
        long ones = (1L << field.bits) - 1;
        long value =
                (random.nextInt(3) > 0 ? field.number.applyAsLong(near) : random.nextLong()) & ones;
        Predicate<FlowKey> has = field.has;
        ToLongFunction<FlowKey> number = field.number;
        String[] operators = {"=", "==", "!=", "<", "<=", ">", ">=", "/", "in"};
        String operator = operators[random.nextInt(operators.length)];
        Predicate<FlowKey> means =
                switch (operator) {
                    case "<" -> k -> has.test(k) && number.applyAsLong(k) < value;
                    case "<=" -> k -> has.test(k) && number.applyAsLong(k) <= value;
                    case ">" -> k -> has.test(k) && number.applyAsLong(k) > value;
                    case ">=" -> k -> has.test(k) && number.applyAsLong(k) >= value;
                    case "!=" -> k -> !(has.test(k) && number.applyAsLong(k) == value);
                    default -> k -> has.test(k) && number.applyAsLong(k) == value;
                };
        if (operator.equals("/")) {
            long mask = random.nextLong() & ones;
            return new NaiveFilter(
                    field.name + "=" + value + "/0x" + Long.toHexString(mask),
                    k -> has.test(k) && ((number.applyAsLong(k) ^ value) & mask) == 0);
        }
        if (operator.equals("in")) {
            long other = random.nextLong() & ones;
            return new NaiveFilter(
                    field.name + " in (" + other + ", " + text(field, value, random) + ")",
                    means.or(k -> has.test(k) && number.applyAsLong(k) == other));
        }
        String blank = random.nextBoolean() ? " " : "";
        return new NaiveFilter(
                field.name + blank + operator + blank + text(field, value, random), means);
    }

    private static String text(Field field, long value, Random random) {
        if (field.name.equals("dl_src") && random.nextBoolean()) {
            return EthernetAddress.format(value);
        }
        return random.nextBoolean() ? "0x" + Long.toHexString(value) : Long.toString(value);
    }
}
