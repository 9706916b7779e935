package io.odp4j.bench.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The documentation: README.md and the pages of docs. */
final class Pages {
    /** The repository's folder. */
    static final Path HOME = Path.of(System.getProperty("odp4j.home"));

    private Pages() {}

    static List<Path> all() {
        return Stream.concat(
                        Stream.of(HOME.resolve("README.md")),
                        in(HOME.resolve("docs"), ".md").stream())
                .toList();
    }

    /** The files of a folder whose names end so, by their names. */
    static List<Path> in(Path folder, String ending) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
