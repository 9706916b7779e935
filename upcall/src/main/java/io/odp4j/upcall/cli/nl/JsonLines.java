package io.odp4j.upcall.cli.nl;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.odp4j.datapath.netlink.table.AttributeJson;
import io.odp4j.datapath.netlink.table.AttributeList;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Standard output, buffered: attributes as text, or as one JSON object a line. */
final class JsonLines implements AutoCloseable {
    /** Writes the fields of an object. */
    @FunctionalInterface
    interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    private static final int FULL = 1 << 15;

    private final PrintStream target;
    private final boolean json;
    private final OutputStream bytes;
    private final JsonGenerator generator;

    JsonLines(PrintStream target, boolean json) throws IOException {
        this.target = target;
        this.json = json;
        this.bytes = new BufferedOutputStream(target, FULL);
        this.generator = new JsonFactory().createGenerator(bytes);
        generator.setRootValueSeparator(null);
        generator.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
        generator.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    }

    boolean isJson() {
        return json;
    }

    /** Attributes in the form that was asked for. */
    void attributes(AttributeList list) throws IOException {
        if (json) {
            value(g -> AttributeJson.write(list, g));
        } else {
            line(list.toString());
        }
    }

    /** One JSON value on a line of its own. */
    void value(Fields fields) throws IOException {
        fields.write(generator);
        generator.flush();
        bytes.write('\n');
    }

    void line(String text) throws IOException {
        bytes.write(text.getBytes(StandardCharsets.UTF_8));
        bytes.write('\n');
    }

    /**
     * Hands everything on.
     *
     * @throws IOException if nobody reads it any more
     */
    void flush() throws IOException {
        bytes.flush();
        if (target.checkError()) {
            throw new IOException("standard output is closed");
        }
    }

    @Override
    public void close() throws IOException {
        flush();
    }
}
