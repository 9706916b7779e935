package io.odp4j.datapath.rtnetlink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Iproute2's {@code ip}, the oracle of these tests. */
final class IpTool {
    private IpTool() {}

    /** Whether tunnels can stand on FOU: User-Mode Linux is built without. */
    static boolean wrapsInUdp() {
        return !String.valueOf(System.getenv("ODP4J_LAB")).startsWith("uml");
    }

    /** Runs many commands in one process; throws with its words if one fails. */
    static void batch(List<String> commands) throws IOException {
        assertThat(errors(commands)).as(String.join("\n", commands)).isEmpty();
    }

    /** Runs many commands, and goes on behind one that fails; returns what was said of those. */
    static String errors(List<String> commands) throws IOException {
        List<String> six = commands.stream().filter(c -> c.startsWith("-6 ")).toList();
        return errors(
                        List.of("ip", "-force", "-batch"),
                        commands.stream().filter(c -> !c.startsWith("-6 ")).toList())
                + errors(
                        List.of("ip", "-6", "-force", "-batch"),
                        six.stream().map(c -> c.substring(3)).toList());
    }

    private static String errors(List<String> ip, List<String> commands) throws IOException {
        if (commands.isEmpty()) {
            return "";
        }
        Path file = Files.createTempFile("ip", ".batch");
        Files.write(file, commands);
        List<String> words = new ArrayList<>(ip);
        words.add(file.toString());
        Run run = run(words);
        Files.delete(file);
        return run.err();
    }

    /** The objects that a command of {@code ip -j -d} shows. */
    static List<Map<String, Object>> show(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of("ip", "-j", "-d"));
        command.addAll(List.of(words));
        return objects(command);
    }

    /** The objects that a command writes as a JSON array. */
    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> objects(List<String> command) throws IOException {
        Run run = run(command);
        assertThat(run.err()).isEmpty();
        return run.out().isBlank()
                ? new ArrayList<>()
                : (List<Map<String, Object>>) TypedJson.parse(run.out());
    }

    /** One object of JSON. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> object(String json) throws IOException {
        return (Map<String, Object>) TypedJson.parse(json);
    }

    record Run(int status, String out, String err) {}

    static Run run(List<String> command) throws IOException {
        Path errors = Files.createTempFile("ip", ".err");
        Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            int status = process.waitFor();
            String err = Files.readString(errors);
            Files.delete(errors);
            return new Run(status, out, err);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
