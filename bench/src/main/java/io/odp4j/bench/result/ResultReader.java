package io.odp4j.bench.result;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads results: those of {@code bench upcall}, of {@code bench jmh}, and JMH's own. */
public final class ResultReader {
    private ResultReader() {}

    /**
     * Reads a file.
     *
     * @throws ResultSyntaxException if it is none of these; the message names the file
     */
    public static ResultFile read(Path file) throws IOException {
        String name = file.getFileName().toString();
        try (Reader in = Files.newBufferedReader(file)) {
            return read(name.endsWith(".json") ? name.substring(0, name.length() - 5) : name, in);
        } catch (ResultSyntaxException e) {
            throw new ResultSyntaxException(file + " is no result: " + e.getMessage());
        } catch (CharacterCodingException e) {
            throw new ResultSyntaxException(file + " is no result: no text");
        }
    }

    /**
     * Reads a text.
     *
     * @param name what to call the result
     * @throws ResultSyntaxException if it is none of these
     */
    public static ResultFile read(String name, Reader in) throws IOException {
        JsonValue json = JsonValue.read(in);
        try {
            if (json.isArray()) {
                return JmhDocument.readBare(name, json);
            }
            JsonValue format = json.get("format");
            return switch (format.text()) {
                case JmhDocument.FORMAT -> JmhDocument.read(name, json);
                case UpcallDocument.FORMAT -> UpcallDocument.read(name, json);
                default ->
                        throw format.wrong(
                                '"'
                                        + JmhDocument.FORMAT
                                        + "\" or \""
                                        + UpcallDocument.FORMAT
                                        + '"');
            };
        } catch (IllegalArgumentException e) {
            throw new ResultSyntaxException(e.getMessage());
        }
    }
}
