package io.odp4j.bench.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The documentation's Java is code that the build compiles, but for blanks and comments. */
class PageExamplesTest {
    private static final Pattern JAVA = Pattern.compile("(?ms)^```java\\n(.*?)^```$");
    private static final Path EXAMPLES =
            Pages.HOME.resolve("upcall/src/test/java/io/odp4j/upcall/examples");

    @Test
    void shouldShowCodeThatIsCompiled() {
        List<String> compiled =
                Pages.in(EXAMPLES, ".java").stream().map(PageExamplesTest::code).toList();
        List<String> shown = new ArrayList<>();
        for (Path page : Pages.all()) {
            Matcher java = JAVA.matcher(Pages.text(page));
            while (java.find()) {
                shown.add(bare(java.group(1)));
            }
        }
        assertThat(shown)
                .hasSizeGreaterThan(3)
                .allSatisfy(code -> assertThat(compiled).anyMatch(file -> file.contains(code)));
    }

    private static String code(Path file) {
        return bare(Pages.text(file));
    }

    private static String bare(String code) {
        return code.replaceAll("(?s)/\\*.*?\\*/", "")
                .replaceAll("//[^\\n]*", "")
                .replaceAll("\\s", "");
    }
}
