package io.odp4j.bench.jmh;

import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowKeyEncoder;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.ovs.PacketAttributes;
import io.odp4j.datapath.packet.FlowExtractor;
import io.odp4j.datapath.packet.FrameBuilder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;

/**
 * What the suites work on: frames of 128 bytes (Ethernet, IPv4, TCP) of different flows, and the
 * MISS upcalls in which a 6.x kernel would send them, one per slot of a direct buffer.
 */
public final class Messages {
    /** Slots; a power of two. */
    public static final int COUNT = 4096;

    /** Bytes of a slot. */
    public static final int SLOT = 512;

    public static final int FRAME_LENGTH = 128;
    public static final int FAMILY = 0x1c;

    /** The interface index of the datapath that sends them. */
    public static final int DATAPATH = 7;

    private final ByteBuffer frames = buffer(COUNT * SLOT);
    private final ByteBuffer upcalls = buffer(COUNT * SLOT);
    private final int[] upcallLengths = new int[COUNT];
    private final FlowKey[] keys = new FlowKey[COUNT];
    private final byte[][] packets = new byte[COUNT][];
    private final MessageWriter writer = new MessageWriter();

    public Messages(long seed) {
        Random random = new Random(seed);
        FlowExtractor extractor = new FlowExtractor();
        for (int i = 0; i < COUNT; i++) {
            byte[] frame = frame(random);
            packets[i] = frame;
            frames.put(i * SLOT, frame);
            keys[i] = new FlowKey();
            extractor.extract(frames, i * SLOT, frame.length, random.nextInt(64), keys[i]);
            upcallLengths[i] = write(i, upcalls, i * SLOT);
        }
    }

    private static byte[] frame(Random random) {
        return FrameBuilder.ethernet(0x0200_0000_0000L | random.nextInt(256), random.nextInt())
                .ipv4(0x0a00_0000 | random.nextInt(1 << 24), 0x0a00_0000 | random.nextInt(1 << 16))
                .ttl(64)
                .tcp(1024 + random.nextInt(60_000), 80, 2)
                .payload(FRAME_LENGTH - 54)
                .build();
    }

    /**
     * Writes a slot's upcall elsewhere, with what its key is at the moment.
     *
     * @return the message's length, at most {@link #SLOT}
     */
    public int write(int slot, ByteBuffer to, int offset) {
        writer.wrap(to, offset, SLOT);
        writer.beginGeneric(FAMILY, 0, 0, PacketAttributes.CMD_MISS, 1).putRawU32(DATAPATH);
        int key = writer.beginPlainNest(PacketAttributes.KEY.number());
        FlowKeyEncoder.encodeKey(keys[slot], writer);
        writer.endNest(key);
        writer.putU64(PacketAttributes.HASH.number(), slot);
        writer.putBytes(PacketAttributes.PACKET.number(), packets[slot]);
        return writer.end();
    }

    /** A direct buffer in native byte order. */
    public static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    public ByteBuffer frames() {
        return frames;
    }

    public ByteBuffer upcalls() {
        return upcalls;
    }

    public int upcallLength(int slot) {
        return upcallLengths[slot];
    }

    /** The key of a slot's frame, as an upcall carries it. */
    public FlowKey key(int slot) {
        return keys[slot];
    }
}
