package io.odp4j.bench.suite;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.odp4j.bench.result.JmhDocument;
import io.odp4j.bench.upcall.result.Environment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;

/** The JSON of a suite: {@link JmhDocument} reads it. */
public final class SuiteJson {
    private SuiteJson() {}

    /** Writes a file: environment, options, and JMH's own array. */
    public static void write(
            Path file,
            Environment environment,
            Map<String, String> options,
            Collection<RunResult> results)
            throws IOException {
        try (Writer out = Files.newBufferedWriter(file);
                JsonGenerator json = new JsonFactory().createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("format", JmhDocument.FORMAT);
            strings(json, "environment", environment.facts());
            strings(json, "options", options);
            json.writeFieldName("benchmarks");
            json.writeRawValue(jmh(results));
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    private static void strings(JsonGenerator json, String name, Map<String, String> values)
            throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, String> value : new TreeMap<>(values).entrySet()) {
            json.writeStringField(value.getKey(), value.getValue());
        }
        json.writeEndObject();
    }

    private static String jmh(Collection<RunResult> results) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(text, false, StandardCharsets.UTF_8)) {
            ResultFormatFactory.getInstance(ResultFormatType.JSON, out).writeOut(results);
        }
        return text.toString(StandardCharsets.UTF_8);
    }
}
