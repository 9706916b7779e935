package io.odp4j.datapath.embedded.packet;

import io.odp4j.datapath.embedded.conntrack.TrackedPacket;
import io.odp4j.datapath.embedded.fragment.Pieces;
import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.Protocol;
import io.odp4j.datapath.netlink.AttributeReader;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.packet.FlowExtractor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A packet on its way through the switch: a copy of its bytes with room for headers in front, its
 * flow key, and what actions have noted about it. Used over and over.
 */
public final class Packet {
    public static final int ETHERNET = 14;

    /** The longest frame, an Ethernet header and tags more than an IP packet can have. */
    public static final int LONGEST = 0xffff + 64;

    /** What push actions may add in front. */
    private static final int HEADROOM = 512;

    /** In PACKET_TYPE: there is no Ethernet header (OFPHTN_ETHERTYPE). */
    private static final long WITHOUT_ETHERNET = 1 << 16;

    /** The probability of what always happens. */
    private static final long ALWAYS = 0xffff_ffffL;

    private static final FlowExtractor EXTRACTOR = new FlowExtractor();

    public final ByteBuffer bytes =
            ByteBuffer.allocateDirect(HEADROOM + LONGEST + 8).order(ByteOrder.nativeOrder());
    public final FlowKey key = new FlowKey();

    /** What connection tracking knows of it. */
    public final TrackedPacket tracked = new TrackedPacket();

    private final Headers headers = new Headers();
    private boolean headersFound;
    private boolean ethernet;

    /** The TPID and tag of a packet whose Ethernet header was taken away from under them. */
    private int heldTag;

    public int offset;
    public int length;

    /** How many bytes the next output or upcall sends at most; 0 for all. */
    public int longest;

    /** How likely it was to be sampled so far, of 2^32 - 1; 0 if nothing has sampled it. */
    public int probability;

    /** The hash that the packet came with, as in OVS_PACKET_ATTR_HASH; 0 for none. */
    public long hash;

    /** Longest fragment, if the packet is reassembled; or 0. */
    public int mru;

    /** Of a packet that was put together here: how it was cut. A copy does not know. */
    public final Pieces pieces = new Pieces();

    /** Where its upcalls go, whatever else says so; 0 for nothing. */
    public int upcallPid;

    /**
     * Whether headers came or went since the key was extracted. The key then still has what it had,
     * and goes into upcalls like that, as a kernel's does.
     */
    public boolean keyStale;

    /** Holds the key of the tunnel that an action has set; null if none has. */
    private ByteBuffer tunnel;

    private int tunnelOffset;
    private int tunnelLength;

    /** Whether a frame of that length can be taken. */
    public static boolean fits(int length) {
        return length >= ETHERNET && length <= LONGEST;
    }

    /** Takes a copy of a frame; everything noted before is forgotten. */
    public void load(ByteBuffer from, int at, int bytesOfFrame) {
        offset = HEADROOM;
        length = bytesOfFrame;
        bytes.put(offset, from, at, length);
        headersFound = false;
        ethernet = true;
        heldTag = 0;
        longest = 0;
        probability = 0;
        hash = 0;
        mru = 0;
        pieces.clear();
        upcallPid = 0;
        tunnel = null;
        keyStale = false;
        tracked.forget();
    }

    /** Becomes a copy of another. */
    public void copyFrom(Packet other) {
        offset = other.offset;
        length = other.length;
        bytes.put(offset, other.bytes, offset, length);
        key.copyFrom(other.key);
        headersFound = other.headersFound;
        headers.copyFrom(other.headers, bytes);
        ethernet = other.ethernet;
        heldTag = other.heldTag;
        longest = other.longest;
        probability = other.probability;
        hash = other.hash;
        mru = other.mru;
        pieces.clear();
        upcallPid = other.upcallPid;
        setTunnel(other.tunnel, other.tunnelOffset, other.tunnelLength);
        keyStale = other.keyStale;
        tracked.copyFrom(other.tracked);
    }

    /**
     * Was the last missing fragment, and becomes the whole packet. What was noted about it stays.
     *
     * @param longestFragment from the IP header on
     */
    public void become(ByteBuffer whole, int bytesOfFrame, int longestFragment, Pieces cut) {
        offset = HEADROOM;
        length = bytesOfFrame;
        bytes.put(offset, whole, 0, length);
        hash = 0;
        pieces.copyFrom(cut);
        readAsWhole(longestFragment);
    }

    /** Extracts its key anew, which says that it is no fragment, whatever its headers say. */
    public void readAsWhole(int longestFragment) {
        mru = longestFragment;
        headersFound &= !ethernet;
        extractAgain(ethernet ? 0 : headers().protocol);
        key.set(FlowField.NW_FRAG, 0);
        carryFromContents();
    }

    /** Takes over the key of a copy whose bytes are the same, but may have been read again. */
    public void shareKeyOf(Packet copy) {
        if (keyStale && !copy.keyStale) {
            key.copyFrom(copy.key);
            keyStale = false;
        }
    }

    /** Extracts the key of a packet that came in at a port. */
    public boolean extract(int inPort) {
        return EXTRACTOR.extract(bytes, offset, length, inPort, key);
    }

    /** Extracts the key anew, if headers came or went; metadata stays. */
    public boolean refreshKey() {
        return !keyStale || extractAgain(ethernet ? 0 : headers().protocol);
    }

    /**
     * Extracts the key of a packet into the metadata that its key has already.
     *
     * @param type the Ethernet type of a packet without an Ethernet header; otherwise 0
     */
    public boolean extractIntoMetadata(int type) {
        ethernet = type == 0;
        return extractAgain(type);
    }

    private boolean extractAgain(int type) {
        if (ethernet) {
            headersFound = false;
            keyStale = !EXTRACTOR.extract(bytes, offset, length, key);
        } else {
            // A kernel reads no addresses into the key of such a packet, and clears none either.
            long destination = key.dlDst();
            long source = key.dlSrc();
            headers.layer3(bytes, offset, length, type);
            headersFound = true;
            keyStale = !EXTRACTOR.extractL3(bytes, offset, length, type, key);
            key.set(FlowField.PACKET_TYPE, WITHOUT_ETHERNET | type);
            key.set(FlowField.DL_DST, destination);
            key.set(FlowField.DL_SRC, source);
        }
        return !keyStale;
    }

    /** Whether it has an Ethernet header. */
    public boolean isEthernet() {
        return ethernet;
    }

    /** Headers came or went; with them, maybe, the Ethernet header. */
    public void changed(boolean hasEthernet) {
        if (hasEthernet != ethernet) {
            ethernet = hasEthernet;
            key.set(FlowField.PACKET_TYPE, hasEthernet ? 0 : WITHOUT_ETHERNET);
            // A kernel's number for an 802.2 frame shows as soon as there is no Ethernet header.
            int untyped = hasEthernet ? Headers.WITHOUT_TYPE : FlowKey.DL_TYPE_NONE;
            if (key.dlType() == untyped) {
                key.set(
                        FlowField.DL_TYPE,
                        hasEthernet ? FlowKey.DL_TYPE_NONE : Headers.WITHOUT_TYPE);
            }
            carryFromContents();
        }
        keyStale = true;
    }

    /**
     * Says that the key carries what a kernel would send; labels that were read stay as they were.
     */
    public void carryFromContents() {
        int labels = key.mplsCount();
        key.carryFromContents().setMplsCount(labels);
    }

    /** Whether there is room for more bytes in front; the packet moves if there must be. */
    public boolean hasHeadroom(int more) {
        if (length + more > LONGEST) {
            return false;
        }
        if (offset < more) {
            int by = HEADROOM + LONGEST - length - offset;
            bytes.put(offset + by, bytes, offset, length);
            offset += by;
            headers.move(by);
        }
        return true;
    }

    /** Where its headers lie now. */
    public Headers headers() {
        if (!headersFound) {
            headers.ethernet(bytes, offset, length);
            headersFound = true;
        }
        headers.end = offset + length;
        return headers;
    }

    /** The length that a kernel counts, which holds the outer tag beside the packet. */
    public int untaggedLength() {
        if (headersFound) {
            return headers.tagged ? length - 4 : length;
        }
        int type = AttributeReader.be16(bytes, offset + 12);
        return type == Protocol.ETH_VLAN || type == Protocol.ETH_QINQ ? length - 4 : length;
    }

    /** Remembers the key of a tunnel, the attributes OVS_TUNNEL_KEY_ATTR_* that lie there. */
    public void setTunnel(ByteBuffer b, int at, int bytesOfKey) {
        tunnel = b;
        tunnelOffset = at;
        tunnelLength = bytesOfKey;
    }

    /** Writes the tunnel's key, if an action has set one, as an attribute. */
    public void putTunnel(MessageWriter w, int number) {
        if (tunnel != null) {
            w.putBytes(number, tunnel, tunnelOffset, tunnelLength);
        }
    }

    /** What a sample of the packet stands for, of 2^32 - 1. */
    public int sampleRate() {
        return probability == 0 ? -1 : probability;
    }

    /** Goes through a sample action of that probability, within those that it went through. */
    public void sampledWith(int more) {
        long product = (probability & ALWAYS) * (more & ALWAYS);
        probability = probability == 0 ? more : (int) Long.divideUnsigned(product, ALWAYS);
    }

    /** Moves the first bytes of the packet, and its start with them; negative is towards 0. */
    public void shift(int by, int count) {
        int from = offset;
        offset += by;
        length -= by;
        if (by < 0) {
            for (int i = 0; i < count; i++) {
                bytes.put(offset + i, bytes.get(from + i));
            }
        } else {
            for (int i = count - 1; i >= 0; i--) {
                bytes.put(offset + i, bytes.get(from + i));
            }
        }
    }

    /** Takes the outer tag away to hold it beside the packet, as a kernel does with all. */
    public void holdTag() {
        if (headers().tagged) {
            heldTag = AttributeReader.be32(bytes, offset + 12);
            shift(4, 12);
            headers.tagged = false;
        }
    }

    /** Whether there is an outer tag, in the frame or beside it. */
    public boolean hasTag() {
        return heldTag != 0 || headers().tagged;
    }

    /**
     * Holds another tag, in front of the one that is held already, which goes into the packet.
     *
     * @return false if none is held
     */
    public boolean holdAnotherTag(int tpid, int tci) {
        if (heldTag == 0) {
            return false;
        }
        showHeldTag(true);
        heldTag = tpid << 16 | tci;
        return true;
    }

    /** The TPID of the tag that is held beside the packet; 0 for none. */
    public int heldTpid() {
        return heldTag >>> 16;
    }

    /** Forgets a tag that is held beside the packet. */
    public void dropHeldTag() {
        heldTag = 0;
    }

    /**
     * Writes a tag that is held beside the packet into it, for a message; or takes it out again.
     */
    public void showHeldTag(boolean show) {
        if (heldTag == 0) {
            return;
        }
        shift(show ? -4 : 4, 12);
        if (show) {
            bytes.putShort(offset + 12, wire(heldTag >>> 16));
            bytes.putShort(offset + 14, wire(heldTag));
        }
    }

    private static short wire(int value) {
        boolean swap = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
        return swap ? Short.reverseBytes((short) value) : (short) value;
    }

    /** A hash of addresses, protocol and ports, the same in both directions. */
    public int flowHash() {
        long[] w = key.words();
        long ports = FlowField.TP_SRC.get(w) + FlowField.TP_DST.get(w);
        long ends = FlowField.NW_SRC.get(w) + FlowField.NW_DST.get(w);
        int source = FlowField.IPV6_SRC.word();
        int destination = FlowField.IPV6_DST.word();
        ends += w[source] + w[destination] + w[source + 1] + w[destination + 1];
        ends += FlowField.DL_SRC.get(w) + FlowField.DL_DST.get(w);
        long mixed = (ends * 31 + ports) * 31 + FlowField.NW_PROTO.get(w);
        mixed *= 0x9e37_79b9_7f4a_7c15L;
        return (int) (mixed >>> 32);
    }
}
