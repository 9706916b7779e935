package io.odp4j.upcall.control;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** What requests and replies read alike. */
final class Json {
    private static final int DEEPEST = 32;

    /** The length of a message is bounded before it is parsed: {@link JsonFrames}. */
    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(DEEPEST)
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .build())
                    .build();

    private Json() {}

    /** Reads the fields of an object; the parser stands before the first. */
    @FunctionalInterface
    interface Reading<T> {
        T read(JsonParser json) throws IOException;
    }

    /** Writes the fields of an object. */
    @FunctionalInterface
    interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    static <T> T object(byte[] frame, Reading<T> reading) throws RpcSyntaxException {
        try (JsonParser json = FACTORY.createParser(frame)) {
            expect(json.nextToken(), JsonToken.START_OBJECT, "an object");
            return reading.read(json);
        } catch (RpcSyntaxException e) {
            throw e;
        } catch (JsonProcessingException e) {
            throw new RpcSyntaxException(describe(e), e);
        } catch (IOException e) {
            throw new RpcSyntaxException(e.getMessage(), e);
        }
    }

    static byte[] object(Fields fields) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory failed", e);
        }
        return out.toByteArray();
    }

    static void expect(JsonToken found, JsonToken wanted, String what) throws RpcSyntaxException {
        if (found != wanted) {
            throw new RpcSyntaxException("expected " + what + ", found " + found);
        }
    }

    static String string(JsonParser json, String where) throws IOException {
        expect(json.currentToken(), JsonToken.VALUE_STRING, "a string in \"" + where + "\"");
        return json.getText();
    }

    /** A scalar as it stands. */
    static String raw(JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case VALUE_NULL, VALUE_TRUE, VALUE_FALSE, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                    json.getText();
            case VALUE_STRING -> quote(json.getText());
            default -> throw new RpcSyntaxException("\"id\" is neither a number nor a string");
        };
    }

    static String quote(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }

    /** Without Jackson's location, which quotes the source. */
    private static String describe(JsonProcessingException e) {
        // Where a limit is exceeded there is no location.
        JsonLocation where = e.getLocation();
        return "no JSON: "
                + e.getOriginalMessage()
                + (where == null ? "" : " at offset " + where.getByteOffset());
    }
}
