package io.odp4j.upcall.cli;

import io.odp4j.upcall.AgentException;
import io.odp4j.upcall.demo.EmbeddedDemo;
import io.odp4j.upcall.demo.KernelDemo;
import io.odp4j.upcall.demo.PcapDemo;
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
            "Shows a datapath at work: two hosts, their upcalls, the flows installed.",
            "The datapath is an embedded one, in this process; needs no root, and no kernel module."
        })
final class DemoCommand implements Callable<Integer> {
    private static final int LAB_CANNOT_RUN = 77;

    @Option(
            names = "--pcap",
            paramLabel = "FILE",
            description = "Run a capture through the learning switch, a port for each source.")
    private Path pcap;

    @Option(
            names = "--lab",
            description = "Use a real kernel, booted for it (see docs/lab.md); needs no root.")
    private boolean lab;

    @Option(
            names = "--kernel",
            paramLabel = "KERNEL",
            defaultValue = "uml",
            description = "With --lab: uml, uml-new or qemu. Default: ${DEFAULT-VALUE}.")
    private String kernel;

    @Option(
            names = "--here",
            description = "Use the kernel that runs: needs root, openvswitch.ko and iperf3.")
    private boolean here;

    @Override
    public Integer call() throws IOException, AgentException, InterruptedException {
        if (lab) {
            return inLab();
        }
        if (pcap != null) {
            new PcapDemo(System.out).run(InputFile.check(pcap));
            return 0;
        }
        boolean ok = here ? new KernelDemo(System.out).run() : new EmbeddedDemo(System.out).run();
        return ok ? 0 : 1;
    }

    private int inLab() throws IOException, InterruptedException {
        String home = System.getProperty("odp4j.home", ".");
        Path run = Path.of(home, "bench", "lab", "run");
        if (!Files.isExecutable(run)) {
            throw new IOException("no lab at " + run + ": start this with upcall/bin/odp4j");
        }
        System.out.println("Booting a kernel with openvswitch (" + kernel + ") ...");
        System.out.flush();
        int status =
                new ProcessBuilder(
                                List.of(
                                        run.toString(),
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
