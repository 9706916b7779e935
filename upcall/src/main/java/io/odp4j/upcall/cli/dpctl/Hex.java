package io.odp4j.upcall.cli.dpctl;

import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.netlink.table.AttributeCodec;
import io.odp4j.datapath.netlink.table.AttributeList;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;

/** Bytes as hexadecimal digits, and back. */
final class Hex {
    private static final int LONGEST = 1 << 17;

    private Hex() {}

    /** The bytes of attributes. */
    static String of(AttributeList attributes) {
        ByteBuffer buffer = ByteBuffer.allocate(LONGEST).order(ByteOrder.nativeOrder());
        MessageWriter writer = new MessageWriter().wrap(buffer, 0, LONGEST);
        AttributeCodec.encode(attributes, writer);
        return HexFormat.of().formatHex(buffer.array(), 0, writer.written());
    }

    /** Bytes of a direct buffer. */
    static String of(ByteBuffer buffer, int offset, int length) {
        byte[] bytes = new byte[length];
        buffer.get(offset, bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** The bytes of a text of digits, which may have 0x before it and spaces or colons within. */
    static byte[] parse(String text) throws DpctlException {
        String digits = text.replaceFirst("^\\s*0x", "").replaceAll("[\\s:]", "");
        try {
            return HexFormat.of().parseHex(digits);
        } catch (IllegalArgumentException e) {
            throw new DpctlException("not pairs of hexadecimal digits");
        }
    }
}
