package io.odp4j.bench.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * Debian's Chromium without a screen. Where there is none a test is skipped, or fails if the
 * environment has ODP4J_REQUIRE_BROWSER.
 */
final class Browser {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final int SECONDS = 120;

    private final Path profile;

    Browser(Path profile) {
        this.profile = profile;
        if (!Files.isExecutable(CHROMIUM)) {
            String missing = "no " + CHROMIUM + ": apt-get install chromium";
            if (System.getenv("ODP4J_REQUIRE_BROWSER") != null) {
                Assertions.fail(missing);
            }
            Assumptions.abort(missing);
        }
    }

    /** The document as it is after its scripts have run. */
    String document(Path page) throws IOException, InterruptedException {
        return run(page, List.of("--dump-dom"));
    }

    /** What a person sees. */
    void screenshot(Path page, Path png, int width, int height, boolean dark)
            throws IOException, InterruptedException {
        run(
                page,
                List.of(
                        "--screenshot=" + png,
                        "--window-size=" + width + "," + height,
                        "--hide-scrollbars",
                        "--blink-settings=preferredColorScheme=" + (dark ? 0 : 1)));
    }

    private String run(Path page, List<String> options) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                CHROMIUM.toString(),
                                "--headless=new",
                                "--no-sandbox", // there is none for root, and the page is ours
                                "--disable-gpu",
                                "--disable-dev-shm-usage",
                                "--no-first-run",
                                "--host-resolver-rules=MAP * ~NOTFOUND", // no network
                                "--user-data-dir=" + profile,
                                "--virtual-time-budget=3000"));
        command.addAll(options);
        command.add(page.toUri().toString());
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String out;
        try (InputStream in = process.getInputStream()) {
            out = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(command + " does not end");
        }
        return out;
    }
}
