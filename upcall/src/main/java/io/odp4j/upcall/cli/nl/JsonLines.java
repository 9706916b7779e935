package io.odp4j.upcall.cli.nl;

import io.odp4j.datapath.netlink.table.AttributeJson;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.upcall.cli.Output;
import java.io.IOException;
import java.io.PrintStream;

/** Standard output: attributes as text, or as one JSON object a line. */
final class JsonLines implements AutoCloseable {
    private final Output out;
    private final boolean json;

    JsonLines(PrintStream target, boolean json) {
        this.out = new Output(target);
        this.json = json;
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
    void value(Output.Json value) throws IOException {
        out.value(value);
    }

    void line(String text) throws IOException {
        out.line(text);
    }

    /**
     * Hands everything on.
     *
     * @throws IOException if nobody reads it any more
     */
    void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
