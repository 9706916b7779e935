package io.odp4j.datapath.packet.craft;

import io.odp4j.datapath.flow.Literal;
import io.odp4j.datapath.flow.Protocol;
import io.odp4j.datapath.flow.text.FlagNames;
import io.odp4j.datapath.packet.FrameBuilder;
import java.util.List;
import java.util.Set;

/** What stands behind an IP header: its fragment, its protocol, and the protocol's header. */
final class IpLayer {
    static final int GRE = 47;
    static final Set<String> PROTOCOLS =
            Set.of(
                    "tcp",
                    "tcp_flags",
                    "udp",
                    "sctp",
                    "icmp",
                    "icmpv6",
                    "nd",
                    "nd_ext",
                    "ipv6_exthdrs");
    static final Literal USUAL_IPV6_SRC = linkLocal(1);
    static final Literal USUAL_IPV6_DST = linkLocal(2);

    private static final int USUAL_SRC = 49_152;
    private static final int USUAL_DST = 9;
    private static final int SYN = 2;
    private static final int ECHO = 8;
    private static final int ECHO6 = 128;
    private static final int LATER_OFFSET = 8;

    /** A protocol that means nothing (RFC 3692). */
    private static final int EXPERIMENT = 253;

    private static final int MOST_TCP_FLAGS = 0xfff;

    private final FrameBuilder frame;
    private final boolean six;

    /** What the header said follows, or -1. */
    private final int announced;

    private final boolean later;
    private boolean ended;

    /** Takes what an IP header says of what follows it. */
    IpLayer(FrameBuilder frame, PacketHeader header, boolean six) {
        this.frame = frame;
        this.six = six;
        this.announced = header.number("proto", 8, -1);
        String fragment = header.has("frag") ? header.word("frag") : "no";
        int offset = header.number("offset", 13, fragment.equals("later") ? LATER_OFFSET : 0);
        this.later = offset > 0;
        switch (fragment) {
            case "no", "later" -> {
                if (later) {
                    frame.fragment(offset, false);
                }
            }
            case "first" -> frame.fragment(0, true);
            default -> throw header.wrong("frag", "no, first or later");
        }
    }

    private static Literal linkLocal(int host) {
        return new Literal(Literal.Kind.IPV6, 0xfe80L << 48, host);
    }

    /** Whether the protocol's header, or its number, is written. */
    boolean ended() {
        return ended;
    }

    /** A protocol without a header of its own here. */
    void proto(int number) {
        frame.proto(number);
        ended = true;
    }

    /** Writes a header of the transport layer. */
    void header(PacketHeader header, List<PacketHeader> rest) {
        switch (header.name()) {
            case "tcp" -> tcp(header, rest);
            case "udp" -> {
                PacketHeader next = rest.isEmpty() ? header : rest.get(0);
                int usual =
                        next.is("vxlan")
                                ? TunnelHeader.VXLAN_PORT
                                : next.is("geneve") ? TunnelHeader.GENEVE_PORT : USUAL_DST;
                frame.udp(header.number("src", 16, USUAL_SRC), header.number("dst", 16, usual));
            }
            case "sctp" ->
                    frame.sctp(
                            header.number("src", 16, USUAL_SRC),
                            header.number("dst", 16, USUAL_DST));
            case "icmp" -> {
                frame.icmp(header.number("type", 8, ECHO), header.number("code", 8, 0));
                frame.echo(header.number("id", 16, 0), header.number("seq", 16, 0));
            }
            case "icmpv6" -> icmpv6(header, rest);
            case "nd" -> neighbour(header);
            case "tcp_flags" -> {
                if (!ended && announced == Protocol.IP_TCP) {
                    tcp(PacketHeader.usual("tcp"), List.of(header));
                }
            }
            default -> onlyZeros(header);
        }
        ended |= !header.is("nd_ext") && !header.is("ipv6_exthdrs");
    }

    /** What is behind tcp() as tcp_flags() is already written when its turn comes. */
    private void tcp(PacketHeader header, List<PacketHeader> rest) {
        int flags = header.has("flags") ? flags(header, "flags") : SYN;
        if (!rest.isEmpty() && rest.get(0).is("tcp_flags")) {
            flags = flags(rest.get(0), "");
        }
        frame.tcp(header.number("src", 16, USUAL_SRC), header.number("dst", 16, USUAL_DST), flags)
                .numbers(
                        header.number("seq", 32, 1),
                        header.number("ack", 32, 0),
                        header.number("window", 16, 0xffff));
    }

    /** Flags by number or as {@code syn|ack}; of {@code +syn-ack} those that are set. */
    private static int flags(PacketHeader header, String field) {
        String word = header.word(field);
        if (word == null) {
            return 0;
        }
        Literal number = Literal.parse(word.replaceFirst("/.*", ""));
        if (number != null) {
            return header.number(field, 12, 0);
        }
        int flags = 0;
        for (String name : word.replaceAll("-[a-z]+", "").replace('+', '|').split("\\|")) {
            int bit = FlagNames.TCP.bitOf(name);
            if (bit == 0 && !name.isEmpty()) {
                throw header.wrong(field, FlagNames.TCP.list(MOST_TCP_FLAGS));
            }
            flags |= bit;
        }
        return flags;
    }

    private void icmpv6(PacketHeader header, List<PacketHeader> rest) {
        boolean discovery = !rest.isEmpty() && rest.get(0).is("nd");
        int type = header.number("type", 8, discovery ? Protocol.NEIGHBOUR_SOLICITATION : ECHO6);
        int code = header.number("code", 8, 0);
        // A key has nd() too where another code says that it is no discovery.
        if (discovery && code == 0) {
            header.has("id");
            header.has("seq");
            discovery(rest.get(0), type);
        } else {
            frame.icmpv6(type, code);
            frame.echo(header.number("id", 16, 0), header.number("seq", 16, 0));
        }
    }

    /** A header that stands alone; behind icmpv6() it is already written. */
    private void neighbour(PacketHeader header) {
        List.of("type", "target", "sll", "tll").forEach(header::has);
        if (!ended) {
            discovery(header, header.number("type", 8, Protocol.NEIGHBOUR_SOLICITATION));
        }
    }

    private void discovery(PacketHeader header, int type) {
        Literal target = header.ipv6("target", USUAL_IPV6_DST);
        frame.neighbour(type, target.high(), target.low());
        option(1, header.ethernet("sll", 0));
        option(2, header.ethernet("tll", 0));
    }

    private void option(int type, long address) {
        if (address != 0) {
            frame.neighbourOption(type, address);
        }
    }

    /** Parts of a flow's key that no frame is made of. */
    private void onlyZeros(PacketHeader header) {
        if (!header.arguments().stream().allMatch(this::no)) {
            throw header.error("another header");
        }
        header.arguments().forEach(argument -> header.has(argument.name()));
    }

    private boolean no(PacketHeader.Argument argument) {
        return argument.value().matches("0(x0+)?(/.*)?");
    }

    /**
     * Adds what the protocol's number announced, and nothing brought.
     *
     * @param loaded whether a payload follows
     */
    void end(boolean loaded) {
        if (ended) {
            return;
        }
        String name =
                later
                        ? ""
                        : switch (announced) {
                            case Protocol.IP_TCP -> "tcp";
                            case Protocol.IP_UDP -> "udp";
                            case Protocol.IP_SCTP -> "sctp";
                            case Protocol.IP_ICMP -> six ? "" : "icmp";
                            case Protocol.IP_ICMPV6 -> six ? "icmpv6" : "";
                            default -> "";
                        };
        if (name.isEmpty()) {
            proto(announced < 0 ? EXPERIMENT : announced);
            frame.payload(later && !loaded ? 8 : 0);
        } else {
            header(PacketHeader.usual(name), List.of());
        }
    }
}
