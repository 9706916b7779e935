package io.odp4j.upcall.repl;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * What is known of fields and actions: {@code fields.txt} beside this class, a line each of kind,
 * name, form and meaning, parted by bars.
 */
final class Reference {
    private static final String FILE = "fields.txt";
    private static final int COLUMNS = 4;

    private record Entry(String kind, String form, String meaning) {}

    private final TreeMap<String, List<Entry>> entries = new TreeMap<>();

    private Reference() {}

    /** All of it, read when first asked for: most commands need none. */
    static Reference load() {
        return Loaded.REFERENCE;
    }

    private static final class Loaded {
        private static final Reference REFERENCE = read();
    }

    private static Reference read() {
        Reference reference = new Reference();
        try (InputStream in = Reference.class.getResourceAsStream(FILE);
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    reference.add(line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return reference;
    }

    private void add(String line) {
        String[] columns = line.split("\\|", COLUMNS);
        if (columns.length != COLUMNS) {
            throw new IllegalStateException(FILE + ": " + line);
        }
        for (String name : columns[1].strip().split(",\\s*")) {
            entries.computeIfAbsent(name, n -> new ArrayList<>())
                    .add(new Entry(columns[0].strip(), columns[2].strip(), columns[3].strip()));
        }
    }

    Set<String> names() {
        return entries.keySet();
    }

    /** A paragraph for each thing of that name; empty if there is none. */
    String describe(String name) {
        StringBuilder text = new StringBuilder();
        for (Entry entry : entries.getOrDefault(name, List.of())) {
            text.append(entry.kind)
                    .append(' ')
                    .append(name)
                    .append(": ")
                    .append(entry.form)
                    .append("\n    ")
                    .append(entry.meaning)
                    .append('\n');
        }
        return text.toString();
    }
}
