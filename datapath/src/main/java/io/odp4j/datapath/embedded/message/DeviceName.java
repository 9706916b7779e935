package io.odp4j.datapath.embedded.message;

import io.odp4j.datapath.netlink.MessageWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The name of a device or datapath: 1 to 15 bytes, none of them zero and not necessarily text. As a
 * String it has one character for each byte (ISO 8859-1), so that nothing of it is lost.
 */
public final class DeviceName {
    /** Bytes at most ({@code IFNAMSIZ - 1}). */
    public static final int LONGEST = 15;

    private static final int NO_BREAK_SPACE = 0xa0;

    private DeviceName() {}

    /** The bytes up to the first zero. */
    public static String read(ByteBuffer b, int offset, int length) {
        int end = 0;
        while (end < length && b.get(offset + end) != 0) {
            end++;
        }
        byte[] bytes = new byte[end];
        b.get(offset, bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** The name of a device as a program has it. */
    public static String of(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** Writes an attribute: the bytes, and a zero. */
    public static void put(MessageWriter w, int number, String name) {
        w.putBytes(number, (name + '\0').getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Whether a device can be called so ({@code dev_valid_name} in {@code net/core/dev.c}). */
    public static boolean isValid(String name) {
        return !name.isEmpty()
                && name.length() <= LONGEST
                && !name.equals(".")
                && !name.equals("..")
                && name.chars().noneMatch(c -> c == '/' || c == ':' || isSpace(c));
    }

    /** What the kernel's ctype table has for a space. */
    private static boolean isSpace(int c) {
        return c >= '\t' && c <= '\r' || c == ' ' || c == NO_BREAK_SPACE;
    }
}
