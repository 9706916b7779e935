package io.odp4j.datapath.packet;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * The blocks of a pcapng file.
 *
 * <pre>
 *   type 4 │ total length 4 │ body, padded to 4 │ total length 4
 * </pre>
 *
 * A section header says the byte order of its section; the interfaces that it describes give each
 * packet its link type and the unit of its time. Blocks of other kinds are skipped.
 */
final class PcapBlocks {
    static final int SECTION_HEADER = 0x0a0d0d0a;
    static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;
    static final int INTERFACE = 1;
    private static final int SIMPLE_PACKET = 3;
    static final int ENHANCED_PACKET = 6;
    static final int OPTION_RESOLUTION = 9;
    private static final int MAX_INTERFACES = 65_536;
    private static final BigInteger BILLION = BigInteger.valueOf(1_000_000_000);

    /** What a packet needs to know of its interface; units of time are 10 or 2 to a power. */
    private record Interface(int linkType, int snapLength, int resolution) {}

    private final PcapInput in;
    private final List<Interface> interfaces = new ArrayList<>();
    private long timestamp;
    private int length;
    private int originalLength;
    private int linkType;

    /** The type of the first block has been read. */
    PcapBlocks(PcapInput in) throws IOException {
        this.in = in;
        section();
    }

    /** Goes to the next packet; false at the end of the file. */
    boolean next() throws IOException {
        while (in.read(4)) {
            int type = in.intAt(0);
            if (type == SECTION_HEADER) {
                section();
                continue;
            }
            in.require(4);
            long total = in.intAt(0) & 0xffff_ffffL;
            if (total < 12 || total % 4 != 0) {
                throw bad("block length " + total);
            }
            if (block(type, total - 12)) {
                return true;
            }
        }
        return false;
    }

    private boolean block(int type, long body) throws IOException {
        switch (type) {
            case INTERFACE -> anInterface(body);
            case ENHANCED_PACKET -> {
                enhanced(body);
                return true;
            }
            case SIMPLE_PACKET -> {
                simple(body);
                return true;
            }
            default -> in.skip(body + 4);
        }
        return false;
    }

    private void section() throws IOException {
        in.require(8);
        if (!in.orderFrom(bigEndian(4), BYTE_ORDER_MAGIC)) {
            throw bad("no byte order");
        }
        long total = in.intAt(0) & 0xffff_ffffL;
        if (total < 28 || total % 4 != 0) {
            throw bad("section header length " + total);
        }
        in.skip(total - 12);
        interfaces.clear();
    }

    private int bigEndian(int at) {
        return in.byteAt(at) << 24
                | in.byteAt(at + 1) << 16
                | in.byteAt(at + 2) << 8
                | in.byteAt(at + 3);
    }

    private void anInterface(long body) throws IOException {
        if (body < 8 || body > PcapWriter.MAX_PACKET || interfaces.size() == MAX_INTERFACES) {
            throw bad("interface description of " + body + " bytes");
        }
        in.require((int) body);
        int resolution = 6;
        int at = 8;
        while (body - at >= 4) {
            int option = in.shortAt(at);
            int size = in.shortAt(at + 2);
            if (option == 0) {
                break;
            }
            if (size > body - at - 4) {
                throw bad("option of " + size + " bytes");
            }
            if (option == OPTION_RESOLUTION && size == 1) {
                resolution = in.byteAt(at + 4);
            }
            at += 4 + (size + 3 & ~3);
        }
        interfaces.add(new Interface(in.shortAt(0), in.intAt(4), resolution));
        in.skip(4);
    }

    private void enhanced(long body) throws IOException {
        if (body < 20) {
            throw bad("packet block of " + body + " bytes");
        }
        in.require(20);
        Interface from = from(in.intAt(0));
        timestamp = nanos((long) in.intAt(4) << 32 | in.intAt(8) & 0xffff_ffffL, from.resolution());
        length = in.intAt(12);
        originalLength = in.intAt(16);
        linkType = from.linkType();
        packet(body - 20);
    }

    private void simple(long body) throws IOException {
        if (body < 4) {
            throw bad("packet block of " + body + " bytes");
        }
        in.require(4);
        Interface from = from(0);
        originalLength = in.intAt(0);
        long limit = from.snapLength() == 0 ? body - 4 : from.snapLength() & 0xffff_ffffL;
        limit = Math.min(limit, body - 4);
        length = (int) Math.min(originalLength & 0xffff_ffffL, limit);
        timestamp = 0;
        linkType = from.linkType();
        packet(body - 4);
    }

    private Interface from(int number) throws PcapFormatException {
        if (number < 0 || number >= interfaces.size()) {
            throw bad("packet of interface " + Integer.toUnsignedString(number));
        }
        return interfaces.get(number);
    }

    private void packet(long left) throws IOException {
        if (length < 0 || length > left || length > PcapWriter.MAX_PACKET) {
            throw bad("a packet of " + Integer.toUnsignedString(length) + " bytes");
        }
        in.packet(length, left - length + 4);
    }

    /** Nanoseconds of a time whose unit is 10, or with the top bit 2, to minus the resolution. */
    static long nanos(long time, int resolution) {
        int power = resolution & 0x7f;
        if (resolution == 6) {
            return time * 1000;
        }
        if (resolution == 9) {
            return time;
        }
        BigInteger units = new BigInteger(Long.toUnsignedString(time)).multiply(BILLION);
        return (resolution & 0x80) != 0
                ? units.shiftRight(power).longValue()
                : units.divide(BigInteger.TEN.pow(power)).longValue();
    }

    private PcapFormatException bad(String what) {
        return new PcapFormatException(what, in.offset());
    }

    long timestamp() {
        return timestamp;
    }

    int length() {
        return length;
    }

    int originalLength() {
        return originalLength;
    }

    int linkType() {
        return linkType;
    }
}
