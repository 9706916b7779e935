package io.odp4j.datapath.packet.craft;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Bytes as a text in quotes or as hexadecimal digits. */
final class PayloadText {
    private PayloadText() {}

    /** The bytes; null if it is neither. */
    static byte[] bytes(String word) {
        if (word.startsWith("\"")) {
            return word.substring(1, word.length() - 1).getBytes(StandardCharsets.UTF_8);
        }
        try {
            return HexFormat.of().parseHex(word.startsWith("0x") ? word.substring(2) : word);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
