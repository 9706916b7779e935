package io.odp4j.bench.upcall.kernel;

import io.odp4j.bench.upcall.NativeProgram;
import io.odp4j.bench.upcall.result.Load;
import io.odp4j.bench.upcall.traffic.Traffic;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** The C program that sends frames in and takes them out, {@code upcall_generator.c}. */
final class Generator implements AutoCloseable {
    private static final int MOST_QUANTUM = 64;
    private static final int DIGITS = 3;
    private static final int FIXED_WORDS = 6;

    /**
     * What a run gave.
     *
     * @param nanos from the first frame in to the last frame out
     * @param overtaken frames that came out behind a later one of their flow
     * @param cpuNanos processor time of the process that was to be watched
     */
    record Answer(
            long sent,
            long arrived,
            long overtaken,
            long nanos,
            long cpuNanos,
            Histogram latency) {}

    private final Process process;
    private final BufferedReader answers;
    private final Writer commands;
    private final Traffic traffic;
    private int first;

    private Generator(Process process, Traffic traffic) {
        this.process = process;
        this.traffic = traffic;
        answers =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
        commands = process.outputWriter(StandardCharsets.US_ASCII);
    }

    static Generator start(Veths veths, Traffic traffic, Path folder)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(NativeProgram.compile("upcall_generator").toString());
        command.add(veths.genIn());
        command.add(veths.genOut());
        if (traffic.numbers() != null) {
            command.add("numbers");
            command.add(writeNumbers(traffic, folder.resolve("numbers")).toString());
        } else if (traffic.train() > 1) {
            command.add("trains");
            command.add("" + traffic.train());
        } else if (traffic.frames() != null) {
            command.add("frames");
            command.add(writeFrames(traffic, folder.resolve("frames")).toString());
        }
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        Generator generator = new Generator(process, traffic);
        generator.answer();
        return generator;
    }

    private static Path writeNumbers(Traffic traffic, Path file) throws IOException {
        ByteBuffer bytes =
                ByteBuffer.allocate(Integer.BYTES * traffic.numbers().length)
                        .order(ByteOrder.nativeOrder());
        bytes.asIntBuffer().put(traffic.numbers());
        return Files.write(file, bytes.array());
    }

    private static Path writeFrames(Traffic traffic, Path file) throws IOException {
        int size = traffic.frames().stream().mapToInt(frame -> Short.BYTES + frame.length).sum();
        ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.nativeOrder());
        for (byte[] frame : traffic.frames()) {
            bytes.putShort((short) frame.length).put(frame);
        }
        return Files.write(file, bytes.array());
    }

    /** Sends a load's frames and waits for them. */
    Answer run(Load load, long millis, long pid) throws IOException {
        String command;
        if (load.kind() == Load.Kind.OPEN) {
            command =
                    String.format(
                            Locale.ROOT,
                            "open %f %d %d %d %d",
                            load.rate(),
                            traffic.burst(),
                            millis,
                            Integer.toUnsignedLong(first),
                            pid);
        } else {
            int quantum = Math.max(1, Math.min(MOST_QUANTUM, load.window() / 4));
            command =
                    String.format(
                            Locale.ROOT,
                            "closed %d %d %d %d %d %d",
                            load.window(),
                            quantum,
                            load.frames() > 0 ? 0 : millis,
                            load.frames(),
                            Integer.toUnsignedLong(first),
                            pid);
        }
        commands.write(command + "\n");
        commands.flush();
        Answer answer = parse(answer());
        first += (int) answer.sent();
        return answer;
    }

    private String answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("the generator of frames ended");
        }
        return line;
    }

    private static Answer parse(String line) throws IOException {
        String[] words = line.split(" ");
        if (!words[4].equals("0")) {
            throw new IOException("the generator missed " + words[4] + " frames that came out");
        }
        Histogram latency = new Histogram(DIGITS);
        for (int i = FIXED_WORDS; i < words.length; i++) {
            int colon = words[i].indexOf(':');
            latency.recordValueWithCount(
                    Long.parseLong(words[i].substring(0, colon)),
                    Long.parseLong(words[i].substring(colon + 1)));
        }
        return new Answer(
                Long.parseLong(words[0]),
                Long.parseLong(words[1]),
                Long.parseLong(words[5]),
                Math.max(1, Long.parseLong(words[2])),
                Long.parseLong(words[3]),
                latency);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
