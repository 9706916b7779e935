package io.odp4j.datapath.flow.text;

import io.odp4j.datapath.netlink.AttributeReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Values with an optional mask, {@code value/mask}, read straight into the payload of a key
 * attribute and of its mask. A missing mask is all ones.
 */
final class FieldScanner {
    private static final boolean SWAP = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

    private final TextScanner in;
    private final AddressScanner addresses;

    FieldScanner(TextScanner in) {
        this.in = in;
        this.addresses = new AddressScanner(in);
    }

    AddressScanner addresses() {
        return addresses;
    }

    void value(KeyForm.Kind kind, ByteBuffer key, int keyAt, ByteBuffer mask, int maskAt) {
        switch (kind) {
            case U8 -> {
                key.put(keyAt, (byte) in.number(0));
                mask.put(maskAt, (byte) slashNumber());
            }
            case U16 -> {
                key.putShort(keyAt, (short) in.number(0));
                mask.putShort(maskAt, (short) slashNumber());
            }
            case BE16 -> {
                putBe16(key, keyAt, (int) in.number(0));
                putBe16(mask, maskAt, (int) slashNumber());
            }
            case BE32 -> {
                putBe32(key, keyAt, (int) in.number(0));
                putBe32(mask, maskAt, (int) slashNumber());
            }
            case ETHERNET -> ethernet(key, keyAt, mask, maskAt);
            case IPV4 -> ipv4(key, keyAt, mask, maskAt);
            case IPV6 -> ipv6(key, keyAt, mask, maskAt);
            case LABEL -> label(key, keyAt, mask, maskAt);
            case FRAG -> {
                key.put(keyAt, (byte) frag());
                mask.put(maskAt, (byte) -1);
            }
            case VID -> bits(key, keyAt, mask, maskAt, 12, 0);
            case PCP -> bits(key, keyAt, mask, maskAt, 3, 13);
            case CFI -> bits(key, keyAt, mask, maskAt, 1, 12);
            default -> throw new AssertionError(kind);
        }
    }

    /** The mask behind a number: all ones if there is none. */
    long slashNumber() {
        return in.take('/') ? in.number(0) : -1;
    }

    void ethernet(ByteBuffer key, int keyAt, ByteBuffer mask, int maskAt) {
        addresses.ethernet(key, keyAt);
        if (in.take('/')) {
            addresses.ethernet(mask, maskAt);
        } else {
            ones(mask, maskAt, 6);
        }
    }

    void ipv4(ByteBuffer key, int keyAt, ByteBuffer mask, int maskAt) {
        ipv4(key, keyAt);
        if (in.take('/')) {
            ipv4(mask, maskAt);
        } else {
            mask.putInt(maskAt, -1);
        }
    }

    private void ipv4(ByteBuffer to, int at) {
        if (!addresses.ipv4(to, at)) {
            throw in.error("an IPv4 address");
        }
    }

    void ipv6(ByteBuffer key, int keyAt, ByteBuffer mask, int maskAt) {
        ipv6(key, keyAt);
        if (in.take('/')) {
            ipv6(mask, maskAt);
        } else {
            ones(mask, maskAt, 16);
        }
    }

    private void ipv6(ByteBuffer to, int at) {
        if (!addresses.ipv6(to, at)) {
            throw in.error("an IPv6 address");
        }
    }

    private void label(ByteBuffer key, int keyAt, ByteBuffer mask, int maskAt) {
        putBe32(key, keyAt, within(20));
        putBe32(mask, maskAt, in.take('/') ? within(20) : 0xfffff);
    }

    /** A number that must fit into so many bits. */
    private int within(int bits) {
        int start = in.position();
        int value = (int) in.number(0);
        if (value >>> bits != 0) {
            throw in.error(start, "a number of at most " + bits + " bits");
        }
        return value;
    }

    private int frag() {
        int start = in.position();
        int end = start;
        while (end - start < 7 && in.peek(end - start) >= 'a' && in.peek(end - start) <= 'z') {
            end++;
        }
        int length = end - start;
        String name = length == 2 ? "no" : length == 5 && in.peek() == 'f' ? "first" : "later";
        if (length != name.length() || !in.take(name)) {
            throw in.error("no, first or later");
        }
        return name.equals("no") ? 0 : name.equals("first") ? 1 : 2;
    }

    /** A part of a 16-bit word in network byte order; the rest of it stays. */
    private void bits(ByteBuffer key, int keyAt, ByteBuffer mask, int maskAt, int bits, int shift) {
        int ones = (1 << bits) - 1;
        setBits(key, keyAt, ones, shift, narrow(bits));
        if (in.take('/')) {
            setBits(mask, maskAt, ones, shift, narrow(bits));
        } else {
            putBe16(mask, maskAt, AttributeReader.be16(mask, maskAt) | ones << shift);
        }
    }

    /** A 16-bit number that must fit into so many bits. */
    private int narrow(int bits) {
        int start = in.position();
        int value = (int) in.number(0) & 0xffff;
        if (value >>> bits != 0) {
            throw in.error(start, "a number of at most " + bits + " bits");
        }
        return value;
    }

    private static void setBits(ByteBuffer b, int at, int ones, int shift, int value) {
        putBe16(b, at, AttributeReader.be16(b, at) & ~(ones << shift) | value << shift);
    }

    /** One field of a label stack entry; the rest of the entry stays. */
    void labelBits(ByteBuffer key, int keyAt, ByteBuffer mask, int maskAt, int bits, int shift) {
        int ones = (1 << bits) - 1 << shift;
        putBe32(key, keyAt, AttributeReader.be32(key, keyAt) & ~ones | within(bits) << shift);
        int old = AttributeReader.be32(mask, maskAt);
        putBe32(mask, maskAt, in.take('/') ? old & ~ones | within(bits) << shift : old | ones);
    }

    static void putBe16(ByteBuffer b, int at, int value) {
        b.putShort(at, SWAP ? Short.reverseBytes((short) value) : (short) value);
    }

    static void putBe32(ByteBuffer b, int at, int value) {
        b.putInt(at, SWAP ? Integer.reverseBytes(value) : value);
    }

    static void putBe64(ByteBuffer b, int at, long value) {
        b.putLong(at, SWAP ? Long.reverseBytes(value) : value);
    }

    static void ones(ByteBuffer b, int at, int length) {
        fill(b, at, length, -1);
    }

    static void zeros(ByteBuffer b, int at, int length) {
        fill(b, at, length, 0);
    }

    private static void fill(ByteBuffer b, int at, int length, long value) {
        int i = 0;
        for (; i + 8 <= length; i += 8) {
            b.putLong(at + i, value);
        }
        for (; i < length; i++) {
            b.put(at + i, (byte) value);
        }
    }
}
