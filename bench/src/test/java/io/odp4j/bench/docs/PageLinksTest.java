package io.odp4j.bench.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documentation points to is there: pages, headings, files, classes, commands. */
class PageLinksTest {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```.*?^```$");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
    private static final Pattern PATH =
            Pattern.compile(
                    "`((?:docs|bench|upcall|flowcache|datapath|netlink|embedded|flow|packet)"
                            + "/[\\w./-]+)`");
    private static final Pattern CLASS = Pattern.compile("`([A-Z][a-z]+\\w*?[a-z])(?:\\.\\w+)?`");

    static Stream<Path> pages() {
        return Pages.all().stream();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void shouldPointToWhatIsThere(Path page) {
        String text = BLOCK.matcher(Pages.text(page)).replaceAll("");
        List<String> dead = new ArrayList<>();
        Matcher link = LINK.matcher(text);
        while (link.find()) {
            String target = link.group(1);
            if (!target.contains("://") && !isThere(page, target)) {
                dead.add(target);
            }
        }
        Matcher path = PATH.matcher(text);
        while (path.find()) {
            boolean built = path.group(1).contains("/target/");
            if (!built && !isFolderOrFile(path.group(1)) && !Sources.quote(path.group(1))) {
                dead.add(path.group(1));
            }
        }
        Matcher name = CLASS.matcher(text);
        while (name.find()) {
            if (!Sources.classes().contains(name.group(1)) && !Sources.use(name.group(1))) {
                dead.add(name.group(1));
            }
        }
        assertThat(dead).isEmpty();
    }

    private static boolean isThere(Path page, String target) {
        int hash = target.indexOf('#');
        String file = hash < 0 ? target : target.substring(0, hash);
        Path there = file.isEmpty() ? page : page.resolveSibling(file).normalize();
        return Files.exists(there)
                && (hash < 0 || anchors(Pages.text(there)).contains(target.substring(hash + 1)));
    }

    /** The anchors of a page's headings, as they are made where Markdown is shown. */
    private static List<String> anchors(String page) {
        Matcher heading = HEADING.matcher(BLOCK.matcher(page).replaceAll(""));
        List<String> anchors = new ArrayList<>();
        while (heading.find()) {
            anchors.add(
                    heading.group(1)
                            .toLowerCase(Locale.ROOT)
                            .replaceAll("[^\\w\\- ]", "")
                            .replace(' ', '-'));
        }
        return anchors;
    }

    /** A path from the top, or of a package: from its module's name on, or in datapath. */
    private static boolean isFolderOrFile(String path) {
        String module = path.substring(0, path.indexOf('/'));
        Path packages = Path.of("src/main/java/io/odp4j");
        return Stream.of(
                        Path.of(path),
                        Path.of(module).resolve(packages).resolve(path),
                        Path.of("datapath").resolve(packages).resolve("datapath").resolve(path))
                .anyMatch(there -> Files.exists(Pages.HOME.resolve(there)));
    }
}
