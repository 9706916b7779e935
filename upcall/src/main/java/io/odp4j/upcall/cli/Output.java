package io.odp4j.upcall.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * Standard output, buffered: a dump of many flows must not pay a system call for each line. What is
 * written stands in {@link #text} until the buffer is full or the command ends.
 */
public final class Output implements AutoCloseable {
    private static final int FULL = 1 << 15;

    /** Writes JSON: the fields of an object, or a value. */
    @FunctionalInterface
    public interface Json {
        void write(JsonGenerator json) throws IOException;
    }

    private final PrintStream target;
    private final StringBuilder text = new StringBuilder(2 * FULL);
    private JsonGenerator json;

    public Output(PrintStream target) {
        this.target = target;
    }

    /** Where the line being written stands, behind those before it. */
    public StringBuilder text() {
        return text;
    }

    /** Ends the line. */
    public void endLine() throws IOException {
        text.append('\n');
        if (text.length() >= FULL) {
            flush();
        }
    }

    public void line(String line) throws IOException {
        text.append(line);
        endLine();
    }

    public void format(String format, Object... arguments) throws IOException {
        line(String.format(format, arguments));
    }

    /** Writes one JSON object on a line of its own. */
    public void object(Json fields) throws IOException {
        value(
                generator -> {
                    generator.writeStartObject();
                    fields.write(generator);
                    generator.writeEndObject();
                });
    }

    /** Writes one JSON value on a line of its own. */
    public void value(Json value) throws IOException {
        if (json == null) {
            json = new JsonFactory().createGenerator(new Appender());
            json.setRootValueSeparator(null);
            json.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
        }
        value.write(json);
        json.flush();
        endLine();
    }

    /**
     * Hands everything on.
     *
     * @throws IOException if nobody reads it any more, so that a long dump into {@code head} ends
     */
    public void flush() throws IOException {
        target.write(text.toString().getBytes(StandardCharsets.UTF_8));
        text.setLength(0);
        if (target.checkError()) {
            throw new IOException("standard output is closed");
        }
    }

    @Override
    public void close() throws IOException {
        if (text.length() > 0) {
            flush();
        }
    }

    /** The buffer as the JSON generator sees it. */
    private final class Appender extends Writer {
        @Override
        public void write(char[] characters, int offset, int length) {
            text.append(characters, offset, length);
        }

        @Override
        public void flush() {
            // The buffer is flushed by its owner.
        }

        @Override
        public void close() {
            // There is nothing to close.
        }
    }
}
