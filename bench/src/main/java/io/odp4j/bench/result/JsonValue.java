package io.odp4j.bench.result;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A value of JSON with the way to it, so that what is wrong can be named: objects as maps. */
record JsonValue(String path, Object value) {
    static JsonValue read(Reader in) throws IOException {
        try (JsonParser json = new JsonFactory().createParser(in)) {
            if (json.nextToken() == null) {
                throw new ResultSyntaxException("nothing in it");
            }
            JsonValue value = new JsonValue("", tree(json));
            if (json.nextToken() != null) {
                throw new ResultSyntaxException("more than one value in it");
            }
            return value;
        } catch (JsonProcessingException e) {
            throw new ResultSyntaxException(
                    "no JSON: "
                            + e.getOriginalMessage().lines().findFirst().orElse("")
                            + (e.getLocation() == null
                                    ? ""
                                    : " in line " + e.getLocation().getLineNr()));
        }
    }

    private static Object tree(JsonParser json) throws IOException {
        switch (json.currentToken()) {
            case START_OBJECT:
                Map<String, Object> fields = new LinkedHashMap<>();
                while (json.nextToken() != JsonToken.END_OBJECT) {
                    String name = json.currentName();
                    json.nextToken();
                    fields.put(name, tree(json));
                }
                return fields;
            case START_ARRAY:
                List<Object> elements = new ArrayList<>();
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    elements.add(tree(json));
                }
                return elements;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT:
                return json.getDoubleValue();
            case VALUE_TRUE, VALUE_FALSE:
                return json.getBooleanValue();
            case VALUE_NULL:
                return Optional.empty();
            default:
                return json.getText();
        }
    }

    boolean isArray() {
        return value instanceof List<?>;
    }

    boolean isObject() {
        return value instanceof Map<?, ?>;
    }

    /** A number as people write it, without a decimal point that says nothing. */
    static String plain(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }

    List<JsonValue> elements() throws ResultSyntaxException {
        if (!(value instanceof List<?> list)) {
            throw wrong("an array");
        }
        List<JsonValue> elements = new ArrayList<>();
        for (Object element : list) {
            elements.add(new JsonValue(path + "[" + elements.size() + "]", element));
        }
        return elements;
    }

    Map<String, JsonValue> fields() throws ResultSyntaxException {
        if (!(value instanceof Map<?, ?> map)) {
            throw wrong("an object");
        }
        Map<String, JsonValue> fields = new LinkedHashMap<>();
        map.forEach(
                (name, field) -> fields.put("" + name, new JsonValue(path + "." + name, field)));
        return fields;
    }

    Optional<JsonValue> find(String name) throws ResultSyntaxException {
        return Optional.ofNullable(fields().get(name))
                .filter(field -> !field.value.equals(Optional.empty()));
    }

    JsonValue get(String name) throws ResultSyntaxException {
        Optional<JsonValue> found = find(name);
        if (found.isEmpty()) {
            throw wrong("an object with \"" + name + "\"");
        }
        return found.get();
    }

    String text() throws ResultSyntaxException {
        if (!(value instanceof String text)) {
            throw wrong("a string");
        }
        return text;
    }

    /** A finite number. */
    double number() throws ResultSyntaxException {
        if (!(value instanceof Double number) || !Double.isFinite(number)) {
            throw wrong("a number");
        }
        return number;
    }

    /** An object whose fields are strings. */
    Map<String, String> texts() throws ResultSyntaxException {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Map.Entry<String, JsonValue> field : fields().entrySet()) {
            texts.put(field.getKey(), field.getValue().text());
        }
        return texts;
    }

    ResultSyntaxException wrong(String expected) {
        return new ResultSyntaxException(
                "expected "
                        + expected
                        + " at "
                        + (path.isEmpty() ? "the top" : path.replaceFirst("^\\.", "")));
    }
}
