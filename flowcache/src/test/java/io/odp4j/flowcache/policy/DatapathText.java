package io.odp4j.flowcache.policy;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import java.util.Locale;

/** A packet in the datapath's syntax, all fields of its headers. */
final class DatapathText {
    private static final String[] FRAGMENTS = {"no", "first", "later"};

    private DatapathText() {}

    static String of(FlowKey key) {
        StringBuilder text = new StringBuilder("in_port(" + key.inPort() + "),");
        text.append("eth(src=").append(VswitchOracle.mac(key.dlSrc()));
        text.append(",dst=").append(VswitchOracle.mac(key.dlDst())).append("),");
        boolean tagged = key.vlanTci() != 0;
        if (tagged) {
            text.append("eth_type(0x8100),vlan(vid=").append(key.vlanTci() & 0xfff);
            text.append(",pcp=").append(key.vlanTci() >> 13).append("),encap(");
        }
        text.append(String.format("eth_type(0x%04x),", key.dlType()));
        switch (key.dlType()) {
            case 0x806 -> arp(key, text);
            case 0x86dd -> ipv6(key, text);
            default -> ipv4(key, text);
        }
        return text.append(tagged ? ")" : "").toString();
    }

    private static void arp(FlowKey key, StringBuilder text) {
        text.append("arp(sip=").append(ip(key.get(FlowField.NW_SRC)));
        text.append(",tip=").append(ip(key.get(FlowField.NW_DST)));
        text.append(",op=").append(key.get(FlowField.ARP_OP));
        text.append(",sha=00:00:00:00:00:00,tha=00:00:00:00:00:00)");
    }

    private static void ipv4(FlowKey key, StringBuilder text) {
        text.append("ipv4(src=").append(ip(key.get(FlowField.NW_SRC)));
        text.append(",dst=").append(ip(key.get(FlowField.NW_DST)));
        text.append(",proto=").append(key.get(FlowField.NW_PROTO));
        text.append(",tos=").append(key.get(FlowField.NW_TOS));
        text.append(",ttl=").append(key.get(FlowField.NW_TTL));
        text.append(",frag=").append(FRAGMENTS[(int) key.get(FlowField.NW_FRAG)]).append(')');
        transport(key, text);
    }

    private static void ipv6(FlowKey key, StringBuilder text) {
        text.append("ipv6(src=::,dst=");
        for (int i = 0; i < 8; i++) {
            long half = key.words()[FlowField.IPV6_DST.word() + i / 4];
            text.append(i > 0 ? ":" : "");
            text.append(Long.toHexString(half >>> 48 - i % 4 * 16 & 0xffff));
        }
        text.append(",label=0,proto=").append(key.get(FlowField.NW_PROTO));
        text.append(",tclass=").append(key.get(FlowField.NW_TOS));
        text.append(",hlimit=").append(key.get(FlowField.NW_TTL)).append(",frag=no)");
        transport(key, text);
    }

    private static void transport(FlowKey key, StringBuilder text) {
        if (key.get(FlowField.NW_FRAG) == 2) {
            return;
        }
        int proto = (int) key.get(FlowField.NW_PROTO);
        String form =
                switch (proto) {
                    case 6 -> ",tcp(src=%d,dst=%d),tcp_flags(0)";
                    case 17 -> ",udp(src=%d,dst=%d)";
                    case 1 -> ",icmp(type=%d,code=%d)";
                    default -> ",icmpv6(type=%d,code=%d)";
                };
        text.append(
                String.format(
                        Locale.ROOT, form, key.get(FlowField.TP_SRC), key.get(FlowField.TP_DST)));
    }

    private static String ip(long a) {
        return (a >> 24 & 255) + "." + (a >> 16 & 255) + "." + (a >> 8 & 255) + "." + (a & 255);
    }
}
