package io.odp4j.datapath.netlink.table;

import io.odp4j.datapath.netlink.AttributeReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads and writes the number types at an offset of a buffer in native byte order. */
final class Numbers {
    private Numbers() {}

    static long get(ByteBuffer b, int at, AttributeType type) {
        return switch (type) {
            case U8 -> b.get(at) & 0xffL;
            case S8 -> b.get(at);
            case U16 -> b.getShort(at) & 0xffffL;
            case S16 -> b.getShort(at);
            case U32 -> b.getInt(at) & 0xffffffffL;
            case S32 -> b.getInt(at);
            case U64, S64 -> b.getLong(at);
            case BE16 -> AttributeReader.be16(b, at);
            case BE32 -> AttributeReader.be32(b, at) & 0xffffffffL;
            case BE64 -> AttributeReader.be64(b, at);
            default -> throw new IllegalArgumentException(type + " is no number of fixed size");
        };
    }

    static void put(ByteBuffer b, int at, AttributeType type, long value) {
        ByteOrder native0 = b.order();
        if (type.isBigEndian()) {
            b.order(ByteOrder.BIG_ENDIAN);
        }
        switch (type.size()) {
            case 1 -> b.put(at, (byte) value);
            case 2 -> b.putShort(at, (short) value);
            case 4 -> b.putInt(at, (int) value);
            case 8 -> b.putLong(at, value);
            default -> throw new IllegalArgumentException(type + " is no number of fixed size");
        }
        b.order(native0);
    }

    /** Whether {@code value} can be said in the type. */
    static boolean fits(long value, AttributeType type) {
        int bits = type.size() * 8;
        if (bits <= 0 || bits == 64) {
            return true;
        }
        long min = type.isSigned() ? -(1L << bits - 1) : 0;
        long max = type.isSigned() ? (1L << bits - 1) - 1 : (1L << bits) - 1;
        return value >= min && value <= max;
    }
}
