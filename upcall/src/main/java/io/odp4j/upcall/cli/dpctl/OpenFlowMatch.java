package io.odp4j.upcall.cli.dpctl;

import io.odp4j.datapath.flow.text.FlowParser;
import io.odp4j.datapath.flow.text.FlowSyntaxException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A match as ovs-ofctl(8) writes it, {@code tcp,nw_src=10.0.0.1,tp_dst=80}, turned into a flow
 * key's text, which has a reader already. Names are those of ovs-fields(7); a field of an upper
 * layer needs the name or number of its protocol before it.
 */
final class OpenFlowMatch {
    private static final Map<String, String> PLAIN =
            Map.ofEntries(
                    Map.entry("in_port", "in_port(%s)"),
                    Map.entry("recirc_id", "recirc_id(%s)"),
                    Map.entry("dp_hash", "dp_hash(%s)"),
                    Map.entry("skb_priority", "skb_priority(%s)"),
                    Map.entry("pkt_mark", "skb_mark(%s)"),
                    Map.entry("ct_state", "ct_state(%s)"),
                    Map.entry("ct_zone", "ct_zone(%s)"),
                    Map.entry("ct_mark", "ct_mark(%s)"),
                    Map.entry("ct_label", "ct_label(%s)"));

    /** Ethernet type and IP protocol (or -1) of a protocol's name. */
    private static final Map<String, int[]> PROTOCOLS =
            Map.ofEntries(
                    Map.entry("ip", new int[] {0x0800, -1}),
                    Map.entry("icmp", new int[] {0x0800, 1}),
                    Map.entry("tcp", new int[] {0x0800, 6}),
                    Map.entry("udp", new int[] {0x0800, 17}),
                    Map.entry("sctp", new int[] {0x0800, 132}),
                    Map.entry("ipv6", new int[] {0x86dd, -1}),
                    Map.entry("ip6", new int[] {0x86dd, -1}),
                    Map.entry("icmp6", new int[] {0x86dd, 58}),
                    Map.entry("tcp6", new int[] {0x86dd, 6}),
                    Map.entry("udp6", new int[] {0x86dd, 17}),
                    Map.entry("sctp6", new int[] {0x86dd, 132}),
                    Map.entry("arp", new int[] {0x0806, -1}),
                    Map.entry("rarp", new int[] {0x8035, -1}),
                    Map.entry("mpls", new int[] {0x8847, -1}),
                    Map.entry("mplsm", new int[] {0x8848, -1}));

    private final FlowParser checker;
    private final Map<String, StringBuilder> structures = new LinkedHashMap<>();
    private final StringBuilder metadata = new StringBuilder();
    private int etherType = -1;
    private int protocol = -1;

    /**
     * @param checker tells whether a value is one of its field
     */
    OpenFlowMatch(FlowParser checker) {
        this.checker = checker;
    }

    /** The key's text. */
    String toKey(String match) throws DpctlException {
        for (String term : match.split("[,\\s]+")) {
            if (!term.isEmpty()) {
                term(term);
            }
        }
        StringBuilder text = new StringBuilder(metadata);
        take(text, "tunnel");
        take(text, "eth");
        boolean tagged = take(text, "vlan");
        text.append(tagged ? "encap(" : "");
        if (etherType >= 0) {
            text.append("eth_type(0x").append(Integer.toHexString(etherType)).append("),");
        }
        for (String structure : structures.keySet().toArray(String[]::new)) {
            take(text, structure);
        }
        return text.append(tagged ? ")" : "").toString();
    }

    private boolean take(StringBuilder text, String structure) {
        StringBuilder fields = structures.remove(structure);
        if (fields == null) {
            return false;
        }
        text.append(structure).append('(').append(fields).append("),");
        return true;
    }

    private void term(String term) throws DpctlException {
        int equals = term.indexOf('=');
        if (equals < 0) {
            int[] numbers = PROTOCOLS.get(term);
            if (numbers == null) {
                throw new DpctlException("filter: unknown protocol or field without value " + term);
            }
            etherType = numbers[0];
            ipProtocol(numbers[1]);
            return;
        }
        String name = term.substring(0, equals);
        String value = term.substring(equals + 1);
        try {
            field(name, value);
        } catch (FlowSyntaxException | NumberFormatException e) {
            throw new DpctlException("filter: bad value for " + name + ": " + value);
        }
    }

    private void ipProtocol(int number) {
        protocol = number;
        if (number >= 0) {
            add(isIpv6() ? "ipv6" : "ipv4", "proto=" + number);
        }
    }

    private void field(String name, String value) throws DpctlException {
        String plain = PLAIN.get(name);
        if (plain != null) {
            String text = String.format(plain, value);
            checker.parse(text);
            metadata.append(text).append(',');
            return;
        }
        switch (name) {
            case "dl_type", "eth_type" -> etherType = Integer.decode(value);
            case "nw_proto", "ip_proto" -> {
                require(name, etherType == 0x0800 || isIpv6() || isArp(), "ip, ipv6 or arp");
                if (isArp()) {
                    add("arp", "op=" + value);
                } else {
                    ipProtocol(Integer.decode(value));
                }
            }
            default -> {
                String structure = structure(name);
                int slash = structure.indexOf('(');
                add(structure.substring(0, slash), structure.substring(slash + 1) + value);
            }
        }
    }

    private void add(String structure, String field) {
        checker.parse(structure + "(" + field + ")");
        StringBuilder fields = structures.computeIfAbsent(structure, s -> new StringBuilder());
        fields.append(fields.isEmpty() ? "" : ",").append(field);
    }

    /** The structure and its field that a name means, as {@code ipv4(src=}. */
    private String structure(String name) throws DpctlException {
        return switch (name) {
            case "dl_src", "eth_src" -> "eth(src=";
            case "dl_dst", "eth_dst" -> "eth(dst=";
            case "dl_vlan", "vlan_vid" -> "vlan(vid=";
            case "dl_vlan_pcp", "vlan_pcp" -> "vlan(pcp=";
            case "tun_id", "tunnel_id" -> "tunnel(tun_id=";
            case "tun_src", "tun_dst", "tun_tos", "tun_ttl" ->
                    "tunnel(" + name.substring("tun_".length()) + "=";
            case "nw_src", "ip_src", "nw_dst", "ip_dst" -> address(name);
            case "nw_tos", "ip_tos" -> ip(name, "tos", "tclass");
            case "nw_ttl", "ip_ttl" -> ip(name, "ttl", "hlimit");
            case "nw_frag", "ip_frag" -> ip(name, "frag", "frag");
            case "ipv6_src", "ipv6_dst", "ipv6_label" -> {
                require(name, isIpv6(), "ipv6");
                yield "ipv6(" + name.substring("ipv6_".length()) + "=";
            }
            case "arp_spa", "arp_tpa", "arp_sha", "arp_tha", "arp_op" -> {
                require(name, isArp(), "arp or rarp");
                yield "arp(" + name.substring("arp_".length()).replace("pa", "ip") + "=";
            }
            case "nd_target", "nd_sll", "nd_tll" -> {
                require(name, isIpv6() && protocol == 58, "icmp6");
                yield "nd(" + name.substring("nd_".length()) + "=";
            }
            case "mpls_label", "mpls_tc", "mpls_ttl", "mpls_bos" -> {
                require(name, etherType == 0x8847 || etherType == 0x8848, "mpls");
                yield "mpls(" + name.substring("mpls_".length()) + "=";
            }
            case "tcp_flags" -> {
                require(name, protocol == 6, "tcp or tcp6");
                yield "tcp_flags(";
            }
            default -> transport(name);
        };
    }

    private String address(String name) throws DpctlException {
        require(name, etherType == 0x0800 || isArp(), "ip, arp or rarp");
        String end = name.substring(name.length() - "src".length());
        if (isArp()) {
            return end.equals("src") ? "arp(sip=" : "arp(tip=";
        }
        return "ipv4(" + end + "=";
    }

    private String ip(String name, String ofIpv4, String ofIpv6) throws DpctlException {
        require(name, etherType == 0x0800 || isIpv6(), "ip or ipv6");
        return isIpv6() ? "ipv6(" + ofIpv6 + "=" : "ipv4(" + ofIpv4 + "=";
    }

    private String transport(String name) throws DpctlException {
        String structure =
                switch (protocol) {
                    case 1 -> "icmp";
                    case 6 -> "tcp";
                    case 17 -> "udp";
                    case 58 -> "icmpv6";
                    case 132 -> "sctp";
                    default -> "none";
                };
        boolean icmp = structure.startsWith("icmp");
        String field =
                switch (name.replaceFirst("^(tcp|udp|sctp|tp|icmp|icmpv6)_", "")) {
                    case "src" -> icmp ? "type" : "src";
                    case "dst" -> icmp ? "code" : "dst";
                    case "type" -> "type";
                    case "code" -> "code";
                    default -> throw new DpctlException("filter: unknown field " + name);
                };
        boolean own = name.startsWith("tp_") || name.startsWith(structure + "_");
        require(name, own, "its protocol");
        return structure + "(" + field + "=";
    }

    private boolean isIpv6() {
        return etherType == 0x86dd;
    }

    private boolean isArp() {
        return etherType == 0x0806 || etherType == 0x8035;
    }

    private static void require(String name, boolean met, String what) throws DpctlException {
        if (!met) {
            throw new DpctlException("filter: " + name + " needs " + what + " before it");
        }
    }
}
