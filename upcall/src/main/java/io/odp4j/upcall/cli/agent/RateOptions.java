package io.odp4j.upcall.cli.agent;

import io.odp4j.upcall.AgentConfig;
import io.odp4j.upcall.admission.Admission;
import picocli.CommandLine.Option;

/** Options for the share of upcalls that each port has. */
final class RateOptions {
    @Option(
            names = "--port-rate",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "Handle N upcalls a second of each port, and as many again of ARP, LACP, LLDP,"
                            + " CFM, BFD, DHCP and neighbour discovery; 0 for any number. Default:"
                            + " ${DEFAULT-VALUE}.")
    private int portRate;

    @Option(
            names = "--port-burst",
            paramLabel = "N",
            defaultValue = "256",
            description = "Of those, N may come at once. Default: ${DEFAULT-VALUE}.")
    private int portBurst;

    @Option(
            names = "--over-rate",
            paramLabel = "WHAT",
            defaultValue = "drop",
            description =
                    "What becomes of a port that is over its rate: drop, its upcalls are dropped;"
                            + " mute, the datapath drops its packets of that Ethernet type and IP"
                            + " protocol for a second. Default: ${DEFAULT-VALUE}.")
    private Admission.Over over;

    void accept(AgentConfig.Builder config) {
        config.admission(new Admission(portRate, portBurst, over));
    }
}
