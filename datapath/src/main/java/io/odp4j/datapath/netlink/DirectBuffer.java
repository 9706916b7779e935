package io.odp4j.datapath.netlink;

import java.nio.ByteBuffer;

/**
 * Memory outside the heap together with its address, taken once: what the kernel reads from and
 * writes to. The buffer is in native byte order, eight-byte aligned and zeroed, and lives as long
 * as this object.
 */
public final class DirectBuffer {
    private final ByteBuffer buffer;
    private final long address;

    public DirectBuffer(int bytes) {
        this.buffer = LibC.allocate(bytes);
        this.address = LibC.address(buffer);
    }

    public ByteBuffer buffer() {
        return buffer;
    }

    public long address() {
        return address;
    }

    public int capacity() {
        return buffer.capacity();
    }
}
