package io.odp4j.upcall.control;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * An answer: {@code {"id":0,"result":"…","error":null}}; one of result and error is null.
 *
 * <p>Source: JSON-RPC 1.0 as RFC 7047, 4 uses it, with a string as result or error.
 *
 * @param id the request's, as JSON
 * @param result what the command said
 * @param error why it failed
 */
record RpcReply(String id, String result, String error) {

    static RpcReply result(String id, String text) {
        return new RpcReply(id, ended(text), null);
    }

    static RpcReply error(String id, String text) {
        return new RpcReply(id, null, ended(text));
    }

    /** ovs-appctl prints what it gets and adds nothing. */
    private static String ended(String text) {
        return text.isEmpty() || text.endsWith("\n") ? text : text + '\n';
    }

    /** Reads one object. */
    static RpcReply parse(byte[] frame) throws RpcSyntaxException {
        return Json.object(frame, RpcReply::read);
    }

    private static RpcReply read(JsonParser json) throws IOException {
        String id = "null";
        String result = null;
        String error = null;
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "id" -> id = Json.raw(json);
                case "result" -> result = textOrNull(json, name);
                case "error" -> error = textOrNull(json, name);
                default -> json.skipChildren();
            }
        }
        if ((result == null) == (error == null)) {
            throw new RpcSyntaxException("a reply needs either \"result\" or \"error\"");
        }
        return new RpcReply(id, result, error);
    }

    private static String textOrNull(JsonParser json, String name) throws IOException {
        return json.currentToken() == JsonToken.VALUE_NULL ? null : Json.string(json, name);
    }

    /** The bytes that go on the stream. */
    byte[] encode() {
        return Json.object(
                json -> {
                    json.writeFieldName("id");
                    json.writeRawValue(id);
                    json.writeStringField("result", result);
                    json.writeStringField("error", error);
                });
    }
}
