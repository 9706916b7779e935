package io.odp4j.upcall.repl;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;

/** JSON objects, one or many, with a line for each field. */
final class PrettyJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    private PrettyJson() {}

    /**
     * Indents.
     *
     * @throws IOException if the text is no JSON
     */
    static String format(String text) throws IOException {
        StringWriter out = new StringWriter();
        try (JsonParser in = FACTORY.createParser(text);
                JsonGenerator json = FACTORY.createGenerator(out)) {
            json.setPrettyPrinter(
                    new DefaultPrettyPrinter(
                            PrettyPrinter.DEFAULT_SEPARATORS.withRootSeparator("\n")));
            while (in.nextToken() != null) {
                json.copyCurrentStructure(in);
            }
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IOException("the answer is no JSON; does the command take --json?", e);
        }
        return out.append('\n').toString();
    }
}
