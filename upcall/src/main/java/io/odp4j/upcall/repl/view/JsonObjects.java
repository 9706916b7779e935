package io.odp4j.upcall.repl.view;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.Map;

/** Objects of an answer given with {@code --json}, and such that are written. */
final class JsonObjects {
    private static final JsonFactory FACTORY = new JsonFactory();

    /** Writes the fields of an object. */
    @FunctionalInterface
    interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    private JsonObjects() {}

    /** The fields of an object that are no objects and no arrays, as text. */
    static Map<String, String> scalars(String line) throws IOException {
        Map<String, String> scalars = new HashMap<>();
        try (JsonParser json = FACTORY.createParser(line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("no object: " + line);
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                if (json.nextToken().isScalarValue()) {
                    scalars.put(name, json.getText());
                } else {
                    json.skipChildren();
                }
            }
        }
        return scalars;
    }

    /** All scalars in an object by their paths: {@code ports.0.stats.rx_packets}. */
    static Map<String, String> flat(String line) throws IOException {
        Map<String, String> flat = new HashMap<>();
        try (JsonParser json = FACTORY.createParser(line)) {
            while (json.nextToken() != null) {
                if (json.currentToken().isScalarValue()) {
                    String path = json.getParsingContext().pathAsPointer().toString();
                    flat.put(path.substring(1).replace('/', '.'), json.getText());
                }
            }
        }
        return flat;
    }

    /** An object on one line. */
    static String write(Fields fields) throws IOException {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        }
        return out.toString();
    }
}
