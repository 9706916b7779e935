package io.odp4j.bench.cli;

import io.odp4j.bench.upcall.NativeProgram;
import io.odp4j.bench.upcall.result.Environment;
import io.odp4j.upcall.cli.Odp4j;
import io.odp4j.upcall.cli.UsageException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the command once more, in the lab, with this JVM's flags.
 *
 * @param kernel which of the lab's
 */
record Lab(String kernel) {
    private static final List<String> KERNELS = List.of("uml", "uml-new", "qemu");
    private static final int CANNOT_RUN = 77;
    private static final int TIMEOUT_SECONDS = 3600;

    /** Runs it; what it says goes to standard error, and the answer is its exit status. */
    int run(List<String> arguments) throws IOException, InterruptedException {
        if (!KERNELS.contains(kernel)) {
            throw new UsageException("--lab: one of " + String.join(", ", KERNELS));
        }
        Path run = Path.of(System.getProperty("odp4j.home", "."), "bench", "lab", "run");
        if (!Files.isExecutable(run)) {
            throw new IOException("no lab at " + run + ": start this with upcall/bin/odp4j");
        }
        // Compiled here: a guest takes ten times as long.
        NativeProgram.compile("upcall_generator");
        NativeProgram.compile("upcall_limit");
        List<String> command = new ArrayList<>(List.of(run.toString(), "--kernel", kernel));
        command.addAll(List.of("--timeout", "" + TIMEOUT_SECONDS, "--"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(Environment.collect().asHost());
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), Odp4j.class.getName()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.redirectOutput(ProcessBuilder.Redirect.PIPE);
        Process process = builder.start();
        process.getOutputStream().close();
        process.getInputStream().transferTo(System.err);
        int status = process.waitFor();
        return status == CANNOT_RUN ? 1 : status;
    }
}
