package io.odp4j.upcall.cli.agent;

import io.odp4j.upcall.AgentConfig;
import io.odp4j.upcall.port.DispatchMode;
import io.odp4j.upcall.ring.WaitMode;
import picocli.CommandLine.Option;

/** Options for the shards, and for how upcalls come to them. */
final class ShardOptions {
    @Option(
            names = "--shards",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "Readers, each with a ring, a classifier, a flow cache and an outbox of its"
                            + " own: two threads each, or one (--wait). Default: ${DEFAULT-VALUE}.")
    private int shards;

    @Option(
            names = "--ring",
            paramLabel = "SLOTS",
            defaultValue = "512",
            description = "Upcalls between reader and classifier. Default: ${DEFAULT-VALUE}.")
    private int ringSlots;

    @Option(
            names = "--wait",
            paramLabel = "HOW",
            defaultValue = "auto",
            description =
                    "How a classifier waits for upcalls: blocking; spin, 50 us, then blocking;"
                            + " busy, which takes a CPU for each shard; direct, not at all, the"
                            + " reader's thread does its work; auto, direct on a machine with one"
                            + " or two CPUs, else blocking. Default: ${DEFAULT-VALUE}.")
    private WaitMode waitMode;

    @Option(
            names = "--dispatch",
            paramLabel = "BY",
            defaultValue = "vport",
            description =
                    "By what the datapath chooses the queue of an upcall: vport, one for each port,"
                            + " so that a flooding port fills none but its own; cpu, one for each"
                            + " CPU, from Linux 5.15 on; auto, cpu where there is that, else vport."
                            + " Default: ${DEFAULT-VALUE}.")
    private DispatchMode dispatch;

    @Option(
            names = "--receive-buffer",
            paramLabel = "BYTES",
            defaultValue = "4194304",
            description = "Kernel memory for the queue of a socket. Default: ${DEFAULT-VALUE}.")
    private int receiveBuffer;

    @Option(
            names = "--sockets",
            paramLabel = "N",
            defaultValue = "256",
            description =
                    "Sockets of a shard; if there are more ports, they share them. Default:"
                            + " ${DEFAULT-VALUE}.")
    private int sockets;

    /** How many there are, in words. */
    String count() {
        return shards + (shards == 1 ? " shard" : " shards");
    }

    void accept(AgentConfig.Builder config) {
        config.shards(shards)
                .ringSlots(ringSlots)
                .waitMode(waitMode)
                .dispatch(dispatch)
                .receiveBuffer(receiveBuffer)
                .mostSockets(sockets);
    }
}
