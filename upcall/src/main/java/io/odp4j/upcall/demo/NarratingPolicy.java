package io.odp4j.upcall.demo;

import io.odp4j.datapath.flow.EthernetAddress;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.text.ActionFormatter;
import io.odp4j.datapath.flow.text.FlowTextOptions;
import io.odp4j.upcall.policy.Policy;
import io.odp4j.upcall.policy.Verdict;
import java.io.PrintStream;

/** Tells of every upcall that another policy decides. */
final class NarratingPolicy implements Policy {
    private static final ActionFormatter FORMATTER = new ActionFormatter(FlowTextOptions.PLAIN);

    private final Policy policy;
    private final PrintStream out;

    NarratingPolicy(Policy policy, PrintStream out) {
        this.policy = policy;
        this.out = out;
    }

    @Override
    public void decide(FlowKey key, Verdict verdict) {
        policy.decide(key, verdict);
        out.printf(
                "    upcall: port %d, %s > %s%s, %s -> %s%n",
                key.inPort(),
                EthernetAddress.format(key.dlSrc()),
                EthernetAddress.format(key.dlDst()),
                key.vlanTci() == 0 ? "" : ", vlan " + (key.vlanTci() & 0xfff),
                type(key.dlType()),
                actions(verdict));
    }

    private static String actions(Verdict verdict) {
        StringBuilder text = new StringBuilder();
        FORMATTER.format(text, verdict.actions().buffer(), 0, verdict.actions().length());
        return text.toString();
    }

    private static String type(int dlType) {
        return switch (dlType) {
            case 0x0800 -> "IPv4";
            case 0x0806 -> "ARP";
            case 0x86dd -> "IPv6";
            default -> String.format("type 0x%04x", dlType);
        };
    }

    @Override
    public void decideAgain(FlowKey key, Verdict verdict) {
        policy.decideAgain(key, verdict);
    }

    @Override
    public void portsChanged(int[] portNumbers) {
        policy.portsChanged(portNumbers);
    }

    @Override
    public void used(FlowKey key) {
        policy.used(key);
    }

    @Override
    public void adopted(FlowKey key) {
        policy.adopted(key);
    }

    @Override
    public void tick() {
        policy.tick();
    }

    @Override
    public long version() {
        return policy.version();
    }
}
