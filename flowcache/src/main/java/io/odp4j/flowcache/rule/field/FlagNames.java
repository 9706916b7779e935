package io.odp4j.flowcache.rule.field;

import java.util.List;

/** Names of the bits of ct_state, tcp_flags and tun_flags, the lowest bit's first. */
enum FlagNames {
    CT_STATE("new", "est", "rel", "rpl", "inv", "trk", "snat", "dnat"),
    TCP("fin", "syn", "rst", "psh", "ack", "urg", "ece", "cwr", "ns"),
    TUNNEL("oam");

    private final List<String> names;

    FlagNames(String... names) {
        this.names = List.of(names);
    }

    /** Those of a format, or null if it has no names. */
    static FlagNames of(ValueFormat format) {
        return switch (format) {
            case CT_STATE -> CT_STATE;
            case TCP_FLAGS -> TCP;
            case TUN_FLAGS -> TUNNEL;
            default -> null;
        };
    }

    private long bit(String name) {
        int bit = names.indexOf(name);
        if (bit < 0) {
            throw new NumberFormatException("no flag: " + name);
        }
        return 1L << bit;
    }

    /** Reads {@code +set-clear}: the bits named count. */
    ValueParser.Masked signed(String text) {
        long value = 0;
        long mask = 0;
        int at = 0;
        while (at < text.length()) {
            char sign = text.charAt(at++);
            int from = at;
            while (at < text.length() && text.charAt(at) != '+' && text.charAt(at) != '-') {
                at++;
            }
            long bit = bit(text.substring(from, at));
            if (sign != '+' && sign != '-') {
                throw new NumberFormatException("no flag: " + text);
            }
            mask |= bit;
            value |= sign == '+' ? bit : 0;
        }
        return new ValueParser.Masked(WideValue.of(value), WideValue.of(mask));
    }

    /** Reads {@code one|other}: every bit counts. */
    WideValue set(String text) {
        long value = 0;
        for (String name : text.split("\\|", -1)) {
            value |= bit(name);
        }
        return WideValue.of(value);
    }

    /** What {@link #signed} reads, or null if a bit without a name counts. */
    String format(long value, long mask) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < names.size(); i++) {
            if ((mask >> i & 1) != 0) {
                text.append((value >> i & 1) != 0 ? '+' : '-').append(names.get(i));
            }
        }
        return mask >> names.size() == 0 ? text.toString() : null;
    }

    /** What {@link #set} reads, or null if there is a bit without a name, or none. */
    String format(long value) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < names.size(); i++) {
            if ((value >> i & 1) != 0) {
                text.append(text.isEmpty() ? "" : "|").append(names.get(i));
            }
        }
        return value == 0 || value >> names.size() != 0 ? null : text.toString();
    }
}
