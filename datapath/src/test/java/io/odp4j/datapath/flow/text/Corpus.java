package io.odp4j.datapath.flow.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/**
 * Keys and actions with what Open vSwitch 3.1 makes of them: text, the attributes that its parser
 * builds from it (hexadecimal, little-endian; "-" for none), and what its printer prints of those.
 */
final class Corpus {
    /** A key: {@code text} is "-" where that version prints a key but does not read it. */
    record Key(String text, String key, String mask, String brief, String verbose, String bare) {}

    record Actions(String text, String actions, String printed) {}

    /** A flow of a kernel: attributes, and what ovs-dpctl 3.1 printed without and with -m. */
    record Recorded(
            String key,
            String mask,
            String actions,
            String briefKey,
            String briefActions,
            String verboseKey,
            String verboseActions) {}

    private Corpus() {}

    static List<Key> keys() {
        return rows("keys.tsv").map(f -> new Key(f[0], f[1], f[2], f[3], f[4], f[5])).toList();
    }

    static List<Actions> actions() {
        return rows("actions.tsv").map(f -> new Actions(f[0], f[1], f[2])).toList();
    }

    static List<Recorded> recorded() {
        return rows("kernel.tsv")
                .map(f -> new Recorded(f[0], f[1], f[2], f[3], f[4], f[5], f[6]))
                .toList();
    }

    private static java.util.stream.Stream<String[]> rows(String file) {
        try (InputStream in = Corpus.class.getResourceAsStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", -1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A buffer whose limit is the end of the bytes. */
    static ByteBuffer bytes(String hex) {
        return bytes(HexFormat.of().parseHex(hex.equals("-") ? "" : hex));
    }

    static ByteBuffer bytes(byte[] bytes) {
        ByteBuffer b = ByteBuffer.allocateDirect(bytes.length).order(ByteOrder.nativeOrder());
        return b.put(0, bytes);
    }
}
