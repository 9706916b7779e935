package io.odp4j.datapath.embedded.table;

import io.odp4j.datapath.embedded.message.Refusal;
import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowKeyDecoder;
import io.odp4j.datapath.flow.FlowMask;
import io.odp4j.datapath.flow.KeyAttributes;
import io.odp4j.datapath.flow.Protocol;
import io.odp4j.datapath.flow.TunnelAttributes;
import io.odp4j.datapath.netlink.Errno;
import io.odp4j.datapath.netlink.NetlinkFormatException;
import io.odp4j.datapath.ovs.Vport;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;

/**
 * A key and its mask as a request brings them, checked as the kernel does ({@code
 * ovs_nla_get_match} in {@code net/openvswitch/flow_netlink.c}): lengths, values, and whether the
 * mask asks only for what the key says is there. Used over and over.
 */
public final class FlowMatch {
    /** Stands for the place of a mask where there is to be none. */
    public static final int KEY_ALONE = -2;

    private static final int CT_STATES = 0xff;
    private static final int FRAG_LATER = 2;

    /** In PACKET_TYPE: there is no Ethernet header (OFPHTN_ETHERTYPE). */
    private static final long WITHOUT_ETHERNET = 1 << 16;

    private final KeyShape shape = new KeyShape();
    private final FlowKey key = new FlowKey();
    private final FlowMask mask = new FlowMask();
    private final FlowKey masked = new FlowKey();
    private boolean foreign;

    public FlowKey key() {
        return key;
    }

    public FlowMask mask() {
        return mask;
    }

    /** The key with the bits alone that the mask has, with the attributes that it stands for. */
    public FlowKey maskedKey() {
        return masked;
    }

    /** Whether the key is that of packets with an Ethernet header. */
    public boolean isEthernet() {
        return key.carries(KeyAttributes.ETHERNET.number());
    }

    /**
     * Whether key or mask has what is not looked at closely here: something of a tunnel, of a
     * service header, or of one that does not go with the key's Ethernet type and protocol. {@link
     * io.odp4j.datapath.flow.validation.FlowValidator} then says whether it is right.
     */
    public boolean isUnusual() {
        int tunnel = KeyAttributes.TUNNEL.number();
        int nsh = KeyAttributes.NSH.number();
        return foreign
                || key.carries(tunnel)
                || mask.bits().carries(tunnel)
                || key.carries(nsh)
                || mask.bits().carries(nsh);
    }

    /** What names a flow that has no ufid. */
    public Object id() {
        long[] words = key.words().clone();
        words[FlowKey.ATTRIBUTES] = 0;
        words[FlowKey.NESTED_ATTRIBUTES] = 0;
        return LongBuffer.wrap(words);
    }

    /** Whether two keys are the same, whatever attributes they came with. */
    public static boolean same(FlowKey a, FlowKey b) {
        for (int i = 0; i < FlowKey.WORDS; i++) {
            boolean counts = i != FlowKey.ATTRIBUTES && i != FlowKey.NESTED_ATTRIBUTES;
            if (counts && a.words()[i] != b.words()[i]) {
                return false;
            }
        }
        return true;
    }

    /**
     * Reads the key of an EXECUTE, of which the metadata alone counts.
     *
     * @return the Ethernet type of a packet without an Ethernet header; otherwise 0
     */
    public int readMetadata(ByteBuffer b, int offset, int length, FlowKey into) throws Refusal {
        try {
            shape.metadata(b, offset, length);
            FlowKeyDecoder.decodeKey(shape.noted(), 0, shape.notedLength(), into);
        } catch (NetlinkFormatException e) {
            throw new Refusal(Errno.EINVAL);
        }
        checkMetadata(into);
        boolean ethernet = into.carries(KeyAttributes.ETHERNET.number());
        if (ethernet || !into.carries(KeyAttributes.ETHERTYPE.number())) {
            return 0;
        }
        Refusal.require(into.dlType() >= Protocol.ETH_MIN);
        return into.dlType();
    }

    /**
     * Reads a key and its mask.
     *
     * @param maskOffset -1 for none, which means exact in all that the key carries; {@link
     *     #KEY_ALONE} for a key that only names a flow, of which no mask is looked at
     */
    public void read(ByteBuffer b, int keyOffset, int keyLength, int maskOffset, int maskLength)
            throws Refusal {
        try {
            long present = shape.key(b, keyOffset, keyLength);
            FlowKeyDecoder.decodeKey(b, keyOffset, keyLength, key);
            boolean ethernet = key.carries(KeyAttributes.ETHERNET.number());
            key.set(FlowField.PACKET_TYPE, ethernet ? 0 : WITHOUT_ETHERNET | key.dlType());
            Refusal.require(!key.carriesUnknown());
            checkMetadata(key);
            // Two that share fields are no packet's: the decoder has put the bits of both there.
            foreign = KeyShape.sharesFields(present);
            if (!foreign) {
                checkKey();
            }
            long maskPresent;
            if (maskOffset == KEY_ALONE) {
                mask.clear();
                maskPresent = 0;
            } else {
                maskPresent =
                        maskOffset < 0
                                ? shape.mask(shape.allOnes(b, keyOffset, keyLength), 0, keyLength)
                                : shape.mask(b, maskOffset, maskLength);
                FlowKeyDecoder.decodeRequestMask(shape.noted(), 0, shape.notedLength(), mask);
                Refusal.require(maskOffset < 0 || !mask.bits().carriesUnknown());
            }
            Refusal.require((mask.bits().get(FlowField.CT_STATE) & ~CT_STATES) == 0);
            // The kernel keeps the operation in the eight bits of an IP protocol.
            mask.bits().set(FlowField.ARP_OP, mask.bits().get(FlowField.ARP_OP) & 0xff);
            if (!foreign) {
                check(present, maskPresent);
            }
        } catch (NetlinkFormatException e) {
            throw new Refusal(Errno.EINVAL);
        }
        maskKey();
    }

    private void maskKey() {
        if (key.carries(KeyAttributes.TUNNEL.number())) {
            mask.exact(FlowField.TUN_OPTS_LEN);
        }
        long[] k = key.words();
        long[] m = mask.words();
        long[] to = masked.words();
        for (int i = 0; i < FlowKey.WORDS; i++) {
            to[i] = k[i] & m[i];
        }
        // What says that there is no Ethernet header is no part of the match.
        to[FlowField.PACKET_TYPE.word()] |=
                k[FlowField.PACKET_TYPE.word()] & FlowField.PACKET_TYPE.wordMask();
        masked.carryFromContents();
        masked.setMplsCount(Math.min(key.mplsCount(), mask.bits().mplsCount()));
        if (masked.dlType() == 0) {
            masked.carry(KeyAttributes.ETHERTYPE.number());
        }
    }

    private static void checkMetadata(FlowKey read) throws Refusal {
        if (read.carries(KeyAttributes.IN_PORT.number())) {
            Refusal.require(read.inPort() >= 0 && read.inPort() < Vport.MAX_PORTS);
        }
        Refusal.require((read.get(FlowField.CT_STATE) & ~CT_STATES) == 0);
        if (read.carries(KeyAttributes.TUNNEL.number())) {
            boolean to =
                    read.get(FlowField.TUN_DST) != 0
                            || read.carriesTunnel(TunnelAttributes.IPV6_DST.number());
            Refusal.require(to && read.carriesTunnel(TunnelAttributes.TTL.number()));
        }
    }

    private void checkKey() throws Refusal {
        boolean ethernet = key.carries(KeyAttributes.ETHERNET.number());
        boolean typed = key.carries(KeyAttributes.ETHERTYPE.number());
        Refusal.require(ethernet || typed);
        if (typed) {
            Refusal.require(key.dlType() >= Protocol.ETH_MIN);
        }
        boolean mpls = key.carries(KeyAttributes.MPLS.number());
        Refusal.require(!mpls || key.mplsCount() >= 1 && key.mplsCount() <= 3);
        Refusal.require(key.get(FlowField.NW_FRAG) <= FRAG_LATER);
        Refusal.require(key.get(FlowField.IPV6_LABEL) >>> 20 == 0);
        Refusal.require(key.get(FlowField.ARP_OP) <= 0xff);
    }

    /** What the key must have, and the mask may ask for, by Ethernet type and protocol. */
    private void check(long have, long asked) throws Refusal {
        long needed = 0;
        long allowed =
                have & ~KeyShape.UPPER_LAYERS
                        | KeyShape.bit(KeyAttributes.TUNNEL)
                        | KeyShape.bit(KeyAttributes.IN_PORT)
                        | KeyShape.bit(KeyAttributes.ETHERTYPE);
        boolean exactType = mask.bits().dlType() == 0xffff;
        long network =
                switch (key.dlType()) {
                    case Protocol.ETH_IPV4 -> KeyShape.bit(KeyAttributes.IPV4);
                    case Protocol.ETH_IPV6 -> KeyShape.bit(KeyAttributes.IPV6);
                    case Protocol.ETH_ARP, Protocol.ETH_RARP -> KeyShape.bit(KeyAttributes.ARP);
                    case Protocol.ETH_MPLS, Protocol.ETH_MPLS_MULTICAST ->
                            KeyShape.bit(KeyAttributes.MPLS);
                    case Protocol.ETH_NSH -> KeyShape.bit(KeyAttributes.NSH);
                    default -> 0;
                };
        needed |= network;
        allowed |= exactType ? network | optional(key.dlType()) : 0;
        boolean ip = key.dlType() == Protocol.ETH_IPV4 || key.dlType() == Protocol.ETH_IPV6;
        if (ip && key.get(FlowField.NW_FRAG) != FRAG_LATER) {
            long transport = transport();
            needed |= transport;
            allowed |= mask.bits().get(FlowField.NW_PROTO) == 0xff ? transport : 0;
            if ((transport & KeyShape.bit(KeyAttributes.ICMPV6)) != 0 && isNeighbour()) {
                needed |= KeyShape.bit(KeyAttributes.ND);
                // They lie in the same place.
                allowed &= ~KeyShape.bit(KeyAttributes.CT_ORIG_TUPLE_IPV6);
                boolean exact = (mask.bits().get(FlowField.TP_SRC) & 0xff) == 0xff;
                allowed |= exact ? KeyShape.bit(KeyAttributes.ND) : 0;
            }
        }
        foreign = (have & KeyShape.UPPER_LAYERS & ~(needed | optional(key.dlType()))) != 0;
        Refusal.require((have & needed) == needed);
        Refusal.require((asked & ~allowed) == 0);
    }

    /** What a mask may have that the key has not. */
    private static long optional(int type) {
        return switch (type) {
            case Protocol.ETH_IPV4 -> KeyShape.bit(KeyAttributes.CT_ORIG_TUPLE_IPV4);
            case Protocol.ETH_IPV6 -> KeyShape.bit(KeyAttributes.CT_ORIG_TUPLE_IPV6);
            default -> 0;
        };
    }

    private long transport() {
        boolean ipv6 = key.dlType() == Protocol.ETH_IPV6;
        return switch ((int) key.get(FlowField.NW_PROTO)) {
            case Protocol.IP_TCP ->
                    KeyShape.bit(KeyAttributes.TCP) | KeyShape.bit(KeyAttributes.TCP_FLAGS);
            case Protocol.IP_UDP -> KeyShape.bit(KeyAttributes.UDP);
            case Protocol.IP_SCTP -> KeyShape.bit(KeyAttributes.SCTP);
            case Protocol.IP_ICMP -> ipv6 ? 0 : KeyShape.bit(KeyAttributes.ICMP);
            case Protocol.IP_ICMPV6 -> ipv6 ? KeyShape.bit(KeyAttributes.ICMPV6) : 0;
            default -> 0;
        };
    }

    private boolean isNeighbour() {
        long type = key.get(FlowField.TP_SRC);
        return type == Protocol.NEIGHBOUR_SOLICITATION || type == Protocol.NEIGHBOUR_ADVERTISEMENT;
    }
}
