package io.odp4j.upcall.cli;

import io.odp4j.upcall.AgentException;
import io.odp4j.upcall.demo.KernelDemo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code odp4j demo}: two hosts on a switch, and what happens, told as it happens. */
@Command(
        name = "demo",
        description = {
            "Shows a real kernel datapath at work: two hosts, their upcalls, the flows installed.",
            "Boots a kernel of its own for it (see docs/lab.md); needs no root."
        })
final class DemoCommand implements Callable<Integer> {
    private static final int LAB_CANNOT_RUN = 77;

    @Option(
            names = "--kernel",
            paramLabel = "KERNEL",
            defaultValue = "uml",
            description = "uml, uml-new or qemu. Default: ${DEFAULT-VALUE}.")
    private String kernel;

    @Option(
            names = "--here",
            description = "Use the kernel that runs: needs root, openvswitch.ko and iperf3.")
    private boolean here;

    @Override
    public Integer call() throws IOException, AgentException, InterruptedException {
        return here ? (new KernelDemo(System.out).run() ? 0 : 1) : inLab();
    }

    private int inLab() throws IOException, InterruptedException {
        String home = System.getProperty("odp4j.home", ".");
        Path lab = Path.of(home, "bench", "lab", "run");
        if (!Files.isExecutable(lab)) {
            throw new IOException("no lab at " + lab + ": start this with upcall/bin/odp4j");
        }
        System.out.println("Booting a kernel with openvswitch (" + kernel + ") ...");
        System.out.flush();
        int status =
                new ProcessBuilder(
                                List.of(
                                        lab.toString(),
                                        "--kernel",
                                        kernel,
                                        "--",
                                        Path.of(home, "upcall", "bin", "odp4j").toString(),
                                        "demo",
                                        "--here"))
                        .inheritIO()
                        .start()
                        .waitFor();
        return status == LAB_CANNOT_RUN ? 1 : status;
    }
}
