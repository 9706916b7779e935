package io.odp4j.upcall.examples;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.upcall.Agent;
import io.odp4j.upcall.policy.Policy;
import io.odp4j.upcall.policy.Verdict;
import java.util.List;

/** Guests on every port but 1 reach what is behind port 1, and not each other. */
final class GuestNetwork implements Policy {
    private static final int UPLINK = 1;
    private int[] ports = {};

    @Override
    public void decide(FlowKey key, Verdict verdict) {
        verdict.match(FlowField.RECIRC_ID).match(FlowField.IN_PORT);
        if (key.inPort() != UPLINK) {
            verdict.actions().output(UPLINK);
            return;
        }
        for (int port : ports) {
            if (port != UPLINK) {
                verdict.actions().output(port);
            }
        }
    }

    @Override
    public void decideAgain(FlowKey key, Verdict verdict) {
        decide(key, verdict);
    }

    @Override
    public void portsChanged(int[] numbers) {
        ports = numbers;
    }

    @Override
    public long version() {
        return java.util.Arrays.hashCode(ports);
    }

    public static void main(String[] devices) throws Exception {
        try (Agent agent =
                Agent.builder("guests")
                        .ports(List.of(devices))
                        .policies(shard -> new GuestNetwork())
                        .start()) {
            agent.await();
        }
    }
}
