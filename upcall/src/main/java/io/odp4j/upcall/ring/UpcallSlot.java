package io.odp4j.upcall.ring;

/**
 * One place of the ring: a piece of the slab that a datagram is received into, and what the reader
 * knows about it.
 */
public final class UpcallSlot {
    private final int offset;
    private final long address;
    private int length;
    private int portId;
    private long receivedNanos;
    private boolean command;
    private boolean muting;

    UpcallSlot(int offset, long address) {
        this.offset = offset;
        this.address = address;
    }

    /** Where the datagram starts in the ring's slab. */
    public int offset() {
        return offset;
    }

    /** The memory address of the same place. */
    public long address() {
        return address;
    }

    /** Bytes of the datagram. */
    public int length() {
        return length;
    }

    /** The port id of the socket that it came through, unsigned. */
    public int portId() {
        return portId;
    }

    /** When it was read, by {@link System#nanoTime}. */
    public long receivedNanos() {
        return receivedNanos;
    }

    /** Whether this is no datagram but a knock: commands wait for the classifier. */
    public boolean isCommand() {
        return command;
    }

    /** Says what was received into the slot. */
    public void received(int portId, int length, long nanos) {
        this.receivedNanos = nanos;
        this.portId = portId;
        this.length = length;
        this.command = false;
        this.muting = false;
    }

    /** Has the classifier drop the packet and mute its port. */
    public void mute() {
        this.muting = true;
    }

    /** Whether the packet is to be dropped and its port muted. */
    public boolean isMuting() {
        return muting;
    }

    /** Makes the slot a knock. */
    public void knock() {
        this.command = true;
        this.length = 0;
    }
}
