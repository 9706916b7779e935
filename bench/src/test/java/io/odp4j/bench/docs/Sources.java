package io.odp4j.bench.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The Java files of all modules. */
final class Sources {
    private static final String JAVA = ".java";
    private static final Map<String, String> TEXTS = read();

    private Sources() {}

    private static Map<String, String> read() {
        Map<String, String> texts = new HashMap<>();
        for (String module : new String[] {"datapath", "flowcache", "upcall", "bench"}) {
            try (Stream<Path> files = Files.walk(Pages.HOME.resolve(module).resolve("src"))) {
                files.filter(file -> file.toString().endsWith(JAVA))
                        .forEach(file -> texts.merge(name(file), Pages.text(file), String::concat));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return texts;
    }

    private static String name(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - JAVA.length());
    }

    /** The names of their classes. */
    static Set<String> classes() {
        return TEXTS.keySet();
    }

    /** Whether one of them imports a class of somebody else's. */
    static boolean use(String name) {
        Pattern foreign = Pattern.compile("import (?!io\\.odp4j)[\\w.]+\\." + name + ";");
        return TEXTS.values().stream().anyMatch(text -> foreign.matcher(text).find());
    }

    /** Whether one of them has a word as a string: a command's name, say. */
    static boolean quote(String word) {
        String quoted = '"' + word + '"';
        return TEXTS.values().stream().anyMatch(text -> text.contains(quoted));
    }
}
