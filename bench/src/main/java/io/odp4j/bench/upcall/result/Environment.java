package io.odp4j.bench.upcall.result;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Where a benchmark ran, as far as it matters to its figures: processor, kernel, JDK and its flags,
 * how busy the machine was, and which revision of the sources was measured. What cannot be found
 * out is left out.
 */
public final class Environment {
    private static final long PATIENCE_SECONDS = 10;

    private final Map<String, String> facts = new LinkedHashMap<>();

    private Environment() {}

    /** Looks around. */
    public static Environment collect() {
        Environment here = new Environment();
        here.put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        Path home = Path.of(System.getProperty("odp4j.home", "."));
        here.put("revision", command(home, "git", "rev-parse", "HEAD"));
        here.put(
                "modified_sources",
                command(home, "git", "status", "--porcelain", "--untracked-files=no"));
        here.put("lab", System.getenv("ODP4J_LAB"));
        here.put("kernel", System.getProperty("os.version"));
        here.put("processor", after("/proc/cpuinfo", "model name"));
        here.put("processors", "" + Runtime.getRuntime().availableProcessors());
        here.put("memory", after("/proc/meminfo", "MemTotal"));
        here.put("load_average", line("/proc/loadavg"));
        here.put("jdk", System.getProperty("java.vm.name") + " " + Runtime.version());
        here.put(
                "jvm_flags",
                String.join(" ", ManagementFactory.getRuntimeMXBean().getInputArguments()));
        System.getProperties()
                .stringPropertyNames()
                .forEach(
                        name -> {
                            if (name.startsWith(HOST)) {
                                here.put(
                                        "host_" + name.substring(HOST.length()),
                                        System.getProperty(name));
                            }
                        });
        return here;
    }

    /** Properties of this prefix tell a JVM in the lab of the machine around it. */
    private static final String HOST = "odp4j.bench.host.";

    /** Options for a JVM in the lab, so that its environment has the machine's, too. */
    public List<String> asHost() {
        List<String> options = new ArrayList<>();
        for (String name : List.of("kernel", "processor", "processors", "load_average")) {
            if (facts.containsKey(name)) {
                options.add("-D" + HOST + name + "=" + facts.get(name));
            }
        }
        return options;
    }

    /** Adds a fact; nothing if it is null or empty. */
    public void put(String name, String fact) {
        if (fact != null && !fact.isBlank()) {
            facts.put(name, fact.strip());
        }
    }

    /** Notes how busy the machine was when all was done. */
    public void end() {
        put("load_average_after", line("/proc/loadavg"));
    }

    /** Every fact by its name. */
    public Map<String, String> facts() {
        return Map.copyOf(facts);
    }

    private static String command(Path folder, String... words) {
        try {
            Process process =
                    new ProcessBuilder(words)
                            .directory(folder.toFile())
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            String said;
            try (InputStream out = process.getInputStream()) {
                said = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            }
            return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0
                    ? said
                    : null;
        } catch (IOException e) {
            return null; // no such program
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private static String line(String file) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            return null;
        }
    }

    private static String after(String file, String word) {
        String text = line(file);
        if (text == null) {
            return null;
        }
        return text.lines()
                .filter(line -> line.startsWith(word))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(null);
    }
}
