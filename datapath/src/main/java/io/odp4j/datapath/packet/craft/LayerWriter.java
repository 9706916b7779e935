package io.odp4j.datapath.packet.craft;

import io.odp4j.datapath.flow.Literal;
import io.odp4j.datapath.flow.Protocol;
import io.odp4j.datapath.packet.FrameBuilder;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Writes headers one after the other. What stands behind a tunnel's header is a packet of its own,
 * and the payload of the one before.
 */
final class LayerWriter {
    private static final int SHORTEST = 60;
    private static final int NONE = -1;
    private static final long USUAL_SRC = 0x0200_0000_0001L;
    private static final long USUAL_DST = 0x0200_0000_0002L;
    private static final int USUAL_IPV4_SRC = 0x0a000001;
    private static final int USUAL_IPV4_DST = 0x0a000002;
    private static final int BOTTOM_OF_STACK = 0x100;
    private static final int DROP_ELIGIBLE = 0x1000;

    /** Tunnels in tunnels: more would only exhaust the stack. */
    private static final int MOST_TUNNELS = 8;

    private final List<PacketHeader> headers;
    private final int depth;
    private FrameBuilder frame;

    /** An Ethernet type that the text gave, for the next header to take. */
    private int type;

    private boolean typed;
    private IpLayer ip;
    private boolean stacked;

    LayerWriter(List<PacketHeader> headers) {
        this(headers, 0);
    }

    private LayerWriter(List<PacketHeader> headers, int depth) {
        this.headers = headers;
        this.depth = depth;
    }

    /** The whole frame. */
    byte[] frame() {
        begin(headers.isEmpty() || !headers.get(0).is("eth"), true);
        return write().padTo(SHORTEST).build();
    }

    /** What is inside a tunnel: with an Ethernet header if it is written, or always. */
    private byte[] inner(PacketHeader tunnel, List<PacketHeader> rest, boolean ethernet) {
        if (depth == MOST_TUNNELS) {
            throw tunnel.error("at most " + MOST_TUNNELS + " tunnels");
        }
        LayerWriter inner = new LayerWriter(rest, depth + 1);
        boolean written = !rest.isEmpty() && rest.get(0).is("eth");
        inner.begin(!written, written || ethernet);
        return inner.write().build();
    }

    private void begin(boolean usual, boolean ethernet) {
        frame = null;
        type = NONE;
        typed = false;
        ip = null;
        stacked = false;
        if (!ethernet) {
            frame = FrameBuilder.l3();
            typed = true;
        } else if (usual) {
            ethernet(PacketHeader.usual("eth"));
        }
    }

    private FrameBuilder write() {
        for (int i = 0; i < headers.size(); i++) {
            PacketHeader header = headers.get(i);
            List<PacketHeader> rest = headers.subList(i + 1, headers.size());
            boolean ended = header(header, rest);
            header.finish();
            if (frame.length() > PacketCrafter.LONGEST) {
                throw header.error("a packet of at most " + PacketCrafter.LONGEST + " bytes");
            }
            if (ended) {
                return frame;
            }
        }
        end();
        return frame;
    }

    /** Writes one; true if it took all that stands behind it too. */
    private boolean header(PacketHeader header, List<PacketHeader> rest) {
        switch (header.name()) {
            case "eth" -> ethernet(header);
            case "eth_type" -> type = header.number("", 16, 0);
            case "packet_type" -> {
                // A frame begins with its Ethernet header, whatever a key says.
                header.has("ns");
                header.has("id");
            }
            case "vlan" -> vlan(header);
            case "mpls" -> mpls(header, rest);
            case "arp" -> arp(header, Protocol.ETH_ARP);
            case "rarp" -> arp(header, Protocol.ETH_RARP);
            case "nsh" -> {
                return nsh(header, rest);
            }
            case "ipv4" -> ipv4(header);
            case "ipv6" -> ipv6(header);
            case "payload" -> {
                if (ip != null) {
                    ip.end(true);
                }
                frame.payload(payload(header));
            }
            case "vxlan", "geneve", "gre" -> {
                return tunnel(header, rest);
            }
            default -> transport(header, rest);
        }
        return false;
    }

    private void ethernet(PacketHeader header) {
        if (frame != null) {
            throw header.error("eth() at the beginning, or behind a tunnel's header");
        }
        frame =
                FrameBuilder.ethernet(
                        header.ethernet("dst", USUAL_DST), header.ethernet("src", USUAL_SRC));
    }

    private void vlan(PacketHeader header) {
        int tpid = header.number("tpid", 16, Protocol.isTag(type) ? type : Protocol.ETH_VLAN);
        int tci = header.number("vid", 12, 0) | header.number("pcp", 3, 0) << 13;
        header.has("cfi");
        frame.tag(tpid, tci | (header.number("dei", 1, 0) == 1 ? DROP_ELIGIBLE : 0));
        type = NONE;
    }

    /** Says what follows the Ethernet header, if nothing was said yet. */
    private void next(int etherType) {
        frame.type(type == NONE ? etherType : type);
        type = NONE;
        typed = true;
    }

    private void mpls(PacketHeader header, List<PacketHeader> rest) {
        next(Protocol.ETH_MPLS);
        boolean last = rest.isEmpty() || !rest.get(0).is("mpls");
        int[] entry = null;
        for (PacketHeader.Argument argument : header.arguments()) {
            if (argument.name().equals("label") && entry != null) {
                entry(entry, false);
                entry = null;
            }
            entry = entry == null ? new int[] {0, 0, NONE, 64} : entry;
            switch (argument.name()) {
                case "label" -> entry[0] = header.number(argument, 20);
                case "tc" -> entry[1] = header.number(argument, 3);
                case "bos" -> entry[2] = header.number(argument, 1);
                case "ttl" -> entry[3] = header.number(argument, 8);
                default -> {
                    // The end tells of it.
                }
            }
        }
        List.of("label", "tc", "bos", "ttl").forEach(header::has);
        entry(entry == null ? new int[] {0, 0, NONE, 64} : entry, last);
        if (last && entry != null && entry[2] == 0) {
            // A key has the topmost entries; a stack without an end has none.
            entry(new int[] {0, 0, 1, 0}, true);
        }
        stacked = true;
    }

    /** Label, class, bottom of stack and time to live. */
    private void entry(int[] entry, boolean last) {
        boolean bottom = entry[2] == NONE ? last : entry[2] == 1;
        int lse = entry[0] << 12 | entry[1] << 9 | (bottom ? BOTTOM_OF_STACK : 0) | entry[3];
        frame.payload(ByteBuffer.allocate(4).putInt(lse).array());
    }

    private void arp(PacketHeader header, int etherType) {
        next(etherType);
        frame.arp(
                header.number("op", 16, 1),
                header.ethernet("sha", USUAL_SRC),
                header.ipv4("sip", USUAL_IPV4_SRC),
                header.ethernet("tha", 0),
                header.ipv4("tip", USUAL_IPV4_DST));
    }

    private boolean nsh(PacketHeader header, List<PacketHeader> rest) {
        next(Protocol.ETH_NSH);
        if (header.number("mdtype", 8, 1) != 1) {
            throw header.wrong("mdtype", "1");
        }
        boolean ethernet = !rest.isEmpty() && rest.get(0).is("eth");
        boolean six = !rest.isEmpty() && rest.get(0).is("ipv6");
        frame.nsh(
                header.number("flags", 4, 0),
                header.number("ttl", 6, 63),
                header.number("np", 8, ethernet ? 3 : six ? 2 : 1),
                header.number("spi", 24, 0) << 8 | header.number("si", 8, 255),
                header.number("c1", 32, 0),
                header.number("c2", 32, 0),
                header.number("c3", 32, 0),
                header.number("c4", 32, 0));
        if (!rest.isEmpty()) {
            frame.payload(inner(header, rest, false));
        }
        return true;
    }

    private void ipv4(PacketHeader header) {
        onlyOne(header);
        next(Protocol.ETH_IPV4);
        frame.ipv4(header.ipv4("src", USUAL_IPV4_SRC), header.ipv4("dst", USUAL_IPV4_DST))
                .tos(header.number("tos", 8, 0))
                .ttl(header.number("ttl", 8, 64));
        ip = new IpLayer(frame, header, false);
    }

    private void ipv6(PacketHeader header) {
        onlyOne(header);
        next(Protocol.ETH_IPV6);
        Literal src = header.ipv6("src", IpLayer.USUAL_IPV6_SRC);
        Literal dst = header.ipv6("dst", IpLayer.USUAL_IPV6_DST);
        frame.ipv6(src.high(), src.low(), dst.high(), dst.low())
                .tos(header.number("tclass", 8, 0))
                .ttl(header.number("hlimit", 8, 64))
                .flowLabel(header.number("label", 20, 0));
        ip = new IpLayer(frame, header, true);
    }

    private void onlyOne(PacketHeader header) {
        if (ip != null) {
            throw header.error("one IP header; a second one behind vxlan(), geneve() or gre()");
        }
    }

    private void transport(PacketHeader header, List<PacketHeader> rest) {
        if (!IpLayer.PROTOCOLS.contains(header.name())) {
            throw header.error("one of " + String.join(", ", PacketCrafter.headers().keySet()));
        }
        if (ip == null) {
            if (header.is("icmpv6") || header.is("nd") || type == Protocol.ETH_IPV6) {
                ipv6(PacketHeader.usual("ipv6"));
            } else {
                ipv4(PacketHeader.usual("ipv4"));
            }
        }
        ip.header(header, rest);
    }

    private boolean tunnel(PacketHeader header, List<PacketHeader> rest) {
        boolean gre = header.is("gre");
        if (!gre && (ip == null || !ip.ended())) {
            transport(PacketHeader.usual("udp"), List.of(header));
        } else if (gre) {
            if (ip == null) {
                ipv4(PacketHeader.usual("ipv4"));
            }
            ip.proto(IpLayer.GRE);
        }
        boolean network =
                gre && !rest.isEmpty() && (rest.get(0).is("ipv4") || rest.get(0).is("ipv6"));
        frame.payload(TunnelHeader.of(header, rest, network));
        frame.payload(inner(header, rest, !network));
        return true;
    }

    /** Adds what a type or a protocol number announced, and nothing brought. */
    private void end() {
        if (ip != null) {
            ip.end(false);
        } else if (type == Protocol.ETH_IPV4) {
            ipv4(PacketHeader.usual("ipv4"));
            ip.end(false);
        } else if (type == Protocol.ETH_IPV6) {
            ipv6(PacketHeader.usual("ipv6"));
            ip.end(false);
        } else if (type == Protocol.ETH_ARP || type == Protocol.ETH_RARP) {
            arp(PacketHeader.usual("arp"), type);
        } else if (type != NONE) {
            next(type);
        } else if (!typed && !stacked) {
            frame.llc(0x42, 0x42, 3);
        }
    }

    private static byte[] payload(PacketHeader header) {
        String length = header.word("length");
        if (length != null) {
            int bytes = header.number("length", 16, 0);
            byte[] counted = new byte[bytes];
            for (int i = 0; i < bytes; i++) {
                counted[i] = (byte) i;
            }
            return counted;
        }
        String word = header.word("");
        byte[] bytes = word == null ? new byte[0] : PayloadText.bytes(word);
        if (bytes == null) {
            throw header.wrong("", "\"text\", pairs of hexadecimal digits, or length=");
        }
        return bytes;
    }
}
