package io.odp4j.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {
    private static final int WIDTH = 1500;

    /** Put before the page's own: what goes wrong is kept. */
    private static final String LISTEN =
            """
            <script>
            const wrong = [];
            addEventListener('error', e => wrong.push(e.message));
            console.error = console.warn = (...words) => wrong.push(words.join(' '));
            </script>""";

    /** Put behind the page's own: how many pixels each plot has of its first line's colour. */
    private static final String LOOK =
            """
            <script>
            setTimeout(() => {
              const ink = [...document.querySelectorAll('.plot canvas')].map(canvas => {
                const all = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
                let count = 0;
                for (let i = 0; i < all.length; i += 4) {
                  const [r, g, b, a] = all.slice(i, i + 4);
                  count += a > 200 && Math.max(r, g, b) - Math.min(r, g, b) > 80 ? 1 : 0;
                }
                return count;
              });
              const seen = document.createElement('pre');
              seen.textContent = 'SEEN ' + JSON.stringify({wrong, ink}) + ' END';
              document.body.append(seen);
            }, 500);
            </script>""";

    @TempDir private Path folder;

    private Path page(boolean two) throws IOException {
        Path page = folder.resolve("report.html");
        HtmlReport.write(
                two
                        ? List.of(
                                SampleResults.result("before", 1),
                                SampleResults.result("after", 1.3))
                        : List.of(SampleResults.result("today", 1)),
                page);
        return page;
    }

    @Test
    void shouldBeOneFileThatNeedsNoOther() throws IOException {
        assertThat(Files.readString(page(true)))
                .doesNotContainPattern("<(script|img|link)[^>]* (src|href)=")
                .doesNotContain("@import")
                .doesNotContain("url(")
                .contains("The MIT License (MIT)");
    }

    @Test
    void shouldEscapeWhatResultsSay() throws IOException {
        assertThat(Files.readString(page(false)))
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                .doesNotContain("<script>alert(1)");
    }

    @Test
    void shouldHaveATableBesideEachPlot() throws IOException {
        String html = Files.readString(page(false));
        Matcher plots = Pattern.compile("class=\"plot\"").matcher(html);
        Matcher tables = Pattern.compile("<table><caption>").matcher(html);
        assertThat(plots.results().count()).isEqualTo(36).isEqualTo(tables.results().count());
        assertThat(html)
                .contains("<th scope=\"col\">odp4j</th>")
                .contains("<th scope=\"row\">max</th>")
                .contains("Throughput against offered load, setups/s")
                .contains("Latency at 20\u2009000 packets/s offered");
    }

    @Test
    void shouldDrawEveryPlotAndSayNothingOnTheConsole() throws Exception {
        Browser browser = new Browser(folder.resolve("profile"));
        Path page = page(true);
        String html =
                Files.readString(page)
                        .replaceFirst("<head>", "<head>" + LISTEN)
                        .replace("</body>", LOOK + "</body>");
        Matcher seen =
                Pattern.compile("SEEN (.*) END</pre>")
                        .matcher(browser.document(Files.writeString(page, html)));
        assertThat(seen.find()).as("the page's scripts have run").isTrue();
        assertThat(seen.group(1)).startsWith("{\"wrong\":[],\"ink\":[");
        String[] ink = seen.group(1).replaceAll(".*\\[|\\].*", "").split(",");
        assertThat(ink).hasSize(36);
        assertThat(ink).allSatisfy(count -> assertThat(Integer.parseInt(count)).isGreaterThan(300));
    }

    /** The pictures stay in target, to be looked at. */
    @Test
    void shouldBeLightByDayAndDarkByNight() throws Exception {
        Browser browser = new Browser(folder.resolve("profile"));
        Path pictures = Files.createDirectories(Path.of("target", "report"));
        Path page = page(true);
        Files.copy(page, pictures.resolve("report.html"), StandardCopyOption.REPLACE_EXISTING);
        Path light = pictures.resolve("report-light.png").toAbsolutePath();
        Path dark = pictures.resolve("report-dark.png").toAbsolutePath();
        browser.screenshot(page, light, WIDTH, 4000, false);
        browser.screenshot(page, dark, WIDTH, 4000, true);
        assertThat(brightness(light)).isGreaterThan(200);
        assertThat(brightness(dark)).isLessThan(70);
    }

    private static double brightness(Path png) throws IOException {
        BufferedImage image = ImageIO.read(png.toFile());
        assertThat(image.getWidth()).isEqualTo(WIDTH);
        long sum = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < WIDTH; x++) {
                int rgb = image.getRGB(x, y);
                sum += (rgb & 0xff) + (rgb >> 8 & 0xff) + (rgb >> 16 & 0xff);
            }
        }
        return sum / 3.0 / WIDTH / image.getHeight();
    }
}
