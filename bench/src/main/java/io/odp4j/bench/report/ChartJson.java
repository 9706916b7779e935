package io.odp4j.bench.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.odp4j.bench.report.Chart.Line;
import io.odp4j.bench.report.Chart.Point;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * Plots as report.js takes them: one array of places, and for each line arrays of as many values.
 */
final class ChartJson {
    /** Reads a figure of a point. */
    private interface Figure {
        double of(Point point);
    }

    private ChartJson() {}

    /** JSON that may stand in a script element. */
    static String of(List<Chart> charts) throws IOException {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            json.writeStartArray();
            for (Chart chart : charts) {
                write(chart, json);
            }
            json.writeEndArray();
        }
        // Outside of strings there is none; in them this is the same, and ends no script.
        return out.toString().replace("<", "\\u003c");
    }

    private static void write(Chart chart, JsonGenerator json) throws IOException {
        TreeSet<Double> places = chart.places();
        json.writeStartObject();
        json.writeStringField("title", chart.title());
        axis(json, "x", chart.horizontal());
        axis(json, "y", chart.vertical());
        json.writeArrayFieldStart("places");
        for (double place : places) {
            json.writeNumber(place);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("lines");
        for (Line line : chart.lines()) {
            json.writeStartObject();
            json.writeStringField("label", line.label());
            json.writeNumberField("colour", line.colour());
            json.writeNumberField("dash", line.dash());
            values(json, "values", line, places, Point::y);
            values(json, "low", line, places, Point::low);
            values(json, "high", line, places, Point::high);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void axis(JsonGenerator json, String name, Chart.Axis axis) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeStringField("label", axis.label());
        json.writeStringField("scale", axis.scale().name().toLowerCase(Locale.ROOT));
        json.writeEndObject();
    }

    private static void values(
            JsonGenerator json, String name, Line line, TreeSet<Double> places, Figure figure)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (double place : places) {
            Point point = line.at(place);
            if (point == null) {
                json.writeNull();
            } else {
                json.writeNumber(figure.of(point));
            }
        }
        json.writeEndArray();
    }
}
