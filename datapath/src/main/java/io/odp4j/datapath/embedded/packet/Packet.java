package io.odp4j.datapath.embedded.packet;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.Protocol;
import io.odp4j.datapath.netlink.AttributeReader;
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

    private static final FlowExtractor EXTRACTOR = new FlowExtractor();

    public final ByteBuffer bytes =
            ByteBuffer.allocateDirect(HEADROOM + LONGEST + 8).order(ByteOrder.nativeOrder());
    public final FlowKey key = new FlowKey();
    private final Headers headers = new Headers();
    public int offset;
    public int length;

    /** What the next output or upcall leaves out at the end. */
    public int cut;

    /** The hash that the packet came with, as in OVS_PACKET_ATTR_HASH; 0 for none. */
    public long hash;

    /** Longest fragment, if the packet is reassembled; or 0. */
    public int mru;

    /** Whether actions changed headers since the key was extracted. */
    public boolean keyStale;

    /** Whether a frame of that length can be taken. */
    public static boolean fits(int length) {
        return length >= ETHERNET && length <= LONGEST;
    }

    /** Takes a copy of a frame; everything noted before is forgotten. */
    public void load(ByteBuffer from, int at, int bytesOfFrame) {
        offset = HEADROOM;
        length = bytesOfFrame;
        bytes.put(offset, from, at, length);
        cut = 0;
        hash = 0;
        mru = 0;
        keyStale = false;
    }

    /** Becomes a copy of another. */
    public void copyFrom(Packet other) {
        load(other.bytes, other.offset, other.length);
        key.copyFrom(other.key);
        cut = other.cut;
        hash = other.hash;
        mru = other.mru;
        keyStale = other.keyStale;
    }

    /** Extracts the key of a packet that came in at a port. */
    public boolean extract(int inPort) {
        return EXTRACTOR.extract(bytes, offset, length, inPort, key);
    }

    /** Extracts the key anew, if actions changed the packet; metadata stays. */
    public boolean refreshKey() {
        if (!keyStale) {
            return true;
        }
        keyStale = false;
        return EXTRACTOR.extract(bytes, offset, length, key);
    }

    /** Extracts the key of a packet into the metadata that its key has already. */
    public boolean extractIntoMetadata() {
        keyStale = true;
        return refreshKey();
    }

    /** Whether there is room for more bytes in front. */
    public boolean hasHeadroom(int more) {
        return offset >= more && length + more <= LONGEST;
    }

    /** The Ethernet type or TPID of the frame's first tag. */
    public int outerType() {
        return AttributeReader.be16(bytes, offset + 12);
    }

    /** Where its headers lie now. */
    public Headers headers() {
        headers.wrap(bytes, offset, length);
        return headers;
    }

    /** The length that a kernel counts, which holds the outer tag beside the packet. */
    public int untaggedLength() {
        return Protocol.isTag(outerType()) ? length - 4 : length;
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
