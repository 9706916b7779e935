package io.odp4j.upcall.control;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A request: {@code {"method":"upcall/show","params":[],"id":0}}.
 *
 * <p>Source: JSON-RPC 1.0 as RFC 7047, 4 uses it, with strings alone as parameters.
 *
 * @param id as it stands in the request, a JSON value; the reply carries the same
 * @param method name of the command
 * @param params its arguments
 */
record RpcRequest(String id, String method, List<String> params) {

    /** Reads one object. */
    static RpcRequest parse(byte[] frame) throws RpcSyntaxException {
        return Json.object(frame, RpcRequest::read);
    }

    private static RpcRequest read(JsonParser json) throws IOException {
        String id = "null";
        String method = null;
        List<String> params = List.of();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "method" -> method = Json.string(json, "method");
                case "params" -> params = strings(json);
                case "id" -> id = Json.raw(json);
                default -> json.skipChildren();
            }
        }
        if (method == null) {
            throw new RpcSyntaxException("a request without \"method\"");
        }
        return new RpcRequest(id, method, params);
    }

    private static List<String> strings(JsonParser json) throws IOException {
        Json.expect(json.currentToken(), JsonToken.START_ARRAY, "\"params\" to be an array");
        List<String> values = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            values.add(Json.string(json, "params"));
        }
        return values;
    }

    /** The bytes that go on the stream. */
    byte[] encode() {
        return Json.object(
                json -> {
                    json.writeFieldName("id");
                    json.writeRawValue(id);
                    json.writeStringField("method", method);
                    json.writeArrayFieldStart("params");
                    for (String param : params) {
                        json.writeString(param);
                    }
                    json.writeEndArray();
                });
    }
}
