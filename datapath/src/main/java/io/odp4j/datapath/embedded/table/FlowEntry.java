package io.odp4j.datapath.embedded.table;

import io.odp4j.datapath.embedded.packet.Packet;
import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowMask;
import io.odp4j.datapath.flow.KeyAttributes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A flow: what it matches, what it does, and what was counted. */
public final class FlowEntry {
    private final FlowKey key = new FlowKey();
    private final FlowMask mask = new FlowMask();

    /** The ufid, or the words of the unmasked key where there is none: what names the flow. */
    public final Object id;

    /** Null if the flow is named by its key. */
    public final byte[] ufid;

    /** The key as it was given, if that names the flow; otherwise null. */
    public final FlowKey givenKey;

    public ByteBuffer actions;
    public long packets;
    public long octets;
    public long usedMillis;
    public int tcpFlags;

    /** For the flow table's own use, as long as the flow is in it. */
    public long tableHandle;

    public FlowEntry(FlowMatch match, byte[] ufid, Object id, byte[] actions) {
        key.copyFrom(match.maskedKey());
        mask.bits().copyFrom(match.mask().bits());
        this.ufid = ufid;
        this.id = id;
        this.givenKey = ufid == null ? new FlowKey().copyFrom(match.key()) : null;
        setActions(actions);
    }

    /** Whether it is about packets with an Ethernet header. */
    public boolean isEthernet() {
        return key.carries(KeyAttributes.ETHERNET.number());
    }

    /** What it matches, masked. */
    public FlowKey key() {
        return key;
    }

    /** Which bits count. */
    public FlowMask mask() {
        return mask;
    }

    public void setActions(byte[] list) {
        actions = ByteBuffer.wrap(list).order(ByteOrder.nativeOrder());
    }

    /** Counts a packet. */
    public void count(Packet packet) {
        packets++;
        octets += packet.length;
        usedMillis = System.nanoTime() / 1_000_000L;
        long[] w = packet.key.words();
        tcpFlags |= (int) FlowField.TCP_FLAGS.get(w);
    }

    public void clearStatistics() {
        packets = 0;
        octets = 0;
        usedMillis = 0;
        tcpFlags = 0;
    }
}
