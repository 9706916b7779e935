package io.odp4j.flowcache.policy;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.flowcache.rule.field.Prerequisite;
import java.util.List;

/** The MPLS label stack of a packet in mid-pipeline; three entries are all that a key holds. */
final class Labels {
    private static final FlowField[] ENTRIES = {
        FlowField.MPLS_LSE0, FlowField.MPLS_LSE1, FlowField.MPLS_LSE2,
    };
    private static final int BOTTOM = 0x100;
    private static final int TTL = 0xff;
    private static final int MPLS = 0x8847;
    private static final int IPV6 = 0x86dd;
    private static final int EXPLICIT_NULL_V6 = 2;
    private static final int DEFAULT_TTL = 64;

    /** Words of a key that hold what lies above Ethernet, but for MPLS. */
    private static final FlowField[] ABOVE = {
        FlowField.NW_PROTO, FlowField.NW_FRAG, FlowField.NW_SRC, FlowField.NW_DST,
        FlowField.IPV6_SRC, FlowField.IPV6_DST, FlowField.TP_SRC, FlowField.TP_DST,
        FlowField.TCP_FLAGS, FlowField.NW_TOS, FlowField.NW_TTL, FlowField.IPV6_LABEL,
        FlowField.IPV6_EXTHDRS, FlowField.ARP_OP, FlowField.ARP_SHA, FlowField.ARP_THA,
        FlowField.ND_TARGET, FlowField.ND_SLL, FlowField.ND_TLL, FlowField.ND_RESERVED,
        FlowField.ND_OPTIONS_TYPE,
    };

    private Labels() {}

    /** How many entries there are; {@code wildcards}, which may be null, gets what tells so. */
    static int count(long[] key, long[] wildcards) {
        if (!Prerequisite.MPLS.isMet(key)) {
            return 0;
        }
        for (int i = 0; i < ENTRIES.length; i++) {
            if (wildcards != null) {
                ENTRIES[i].set(wildcards, ENTRIES[i].get(wildcards) | BOTTOM);
            }
            if ((ENTRIES[i].get(key) & BOTTOM) != 0) {
                return i + 1;
            }
        }
        return ENTRIES.length;
    }

    /** Adds an entry, all changes being committed; false if there is no room for it. */
    static boolean push(PacketState packet, int ethertype) {
        long[] flow = packet.flow;
        int n = count(flow, packet.wildcards);
        if (n == ENTRIES.length) {
            return false;
        }
        if (n > 0) {
            for (int i = 0; i < n; i++) {
                packet.look(ENTRIES[i]);
            }
            for (int i = n; i > 0; i--) {
                ENTRIES[i].set(flow, ENTRIES[i - 1].get(flow));
            }
            ENTRIES[0].set(flow, ENTRIES[1].get(flow) & ~BOTTOM);
        } else {
            ENTRIES[0].set(flow, first(packet));
            // Neither has it to be written, whatever comes to light below the labels.
            clearAbove(flow);
            clearAbove(packet.base);
        }
        FlowField.DL_TYPE.set(flow, ethertype);
        return true;
    }

    private static long first(PacketState packet) {
        long[] flow = packet.flow;
        long label = 0;
        long tc = 0;
        long ttl = DEFAULT_TTL;
        if (Prerequisite.IP.isMet(flow)) {
            label = FlowField.DL_TYPE.get(flow) == IPV6 ? EXPLICIT_NULL_V6 : 0;
            tc = FlowField.NW_TOS.get(flow) >> 2 & 7;
            long wild = packet.wildcards[FlowField.NW_TOS.word()];
            packet.wildcards[FlowField.NW_TOS.word()] = wild | 0xfcL << FlowField.NW_TOS.shift();
            packet.look(FlowField.NW_TTL);
            long own = FlowField.NW_TTL.get(flow);
            ttl = own == 0 ? DEFAULT_TTL : own;
        }
        return label << 12 | tc << 9 | BOTTOM | ttl;
    }

    private static void clearAbove(long[] flow) {
        for (FlowField field : ABOVE) {
            for (int w = 0; w < field.words(); w++) {
                flow[field.word() + w] &= ~field.wordMask();
            }
        }
    }

    /** Removes the outer entry; false if that is not possible. */
    static boolean pop(PacketState packet, int ethertype) {
        long[] flow = packet.flow;
        int n = count(flow, packet.wildcards);
        boolean cut = n == ENTRIES.length && (ENTRIES[n - 1].get(flow) & BOTTOM) == 0;
        if (n == 0 || cut) {
            return false;
        }
        for (int i = 1; i < n; i++) {
            packet.look(ENTRIES[i]);
            ENTRIES[i - 1].set(flow, ENTRIES[i].get(flow));
        }
        ENTRIES[n - 1].set(flow, 0);
        FlowField.DL_TYPE.set(flow, ethertype);
        return true;
    }

    /** Decrements the outer entry's TTL; false if it runs out. */
    static boolean decrement(PacketState packet) {
        long entry = FlowField.MPLS_LSE0.get(packet.flow);
        long wild = FlowField.MPLS_LSE0.get(packet.wildcards);
        FlowField.MPLS_LSE0.set(packet.wildcards, wild | TTL);
        if ((entry & TTL) <= 1) {
            return false;
        }
        FlowField.MPLS_LSE0.set(packet.flow, entry - 1);
        return true;
    }

    /** Adds the actions that make the stack of {@code base} that of {@code flow}. */
    static void commit(long[] base, long[] flow, List<DatapathAction> out) {
        int before = count(base, null);
        int after = count(flow, null);
        int same = 0;
        while (same < before
                && same < after
                && ENTRIES[before - 1 - same].get(base) == ENTRIES[after - 1 - same].get(flow)) {
            same++;
        }
        int now = before;
        while (now > same) {
            if (now - 1 == same && after > same) {
                out.add(new DatapathAction.SetMpls((int) ENTRIES[after - now].get(flow)));
                same++;
            } else {
                long type = now == 1 ? FlowField.DL_TYPE.get(flow) : MPLS;
                out.add(new DatapathAction.PopMpls((int) type));
                now--;
            }
        }
        for (; now < after; now++) {
            out.add(
                    new DatapathAction.PushMpls(
                            (int) FlowField.DL_TYPE.get(flow),
                            (int) ENTRIES[after - now - 1].get(flow)));
        }
        for (FlowField entry : ENTRIES) {
            entry.set(base, entry.get(flow));
        }
        if (before > 0 || after > 0) {
            FlowField.DL_TYPE.set(base, FlowField.DL_TYPE.get(flow));
        }
    }
}
