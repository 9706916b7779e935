package io.odp4j.upcall.cli.trace;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.text.ActionFormatter;
import io.odp4j.datapath.flow.text.FlowTextOptions;
import io.odp4j.flowcache.rule.MatchFormatter;
import io.odp4j.flowcache.rule.field.RuleKey;
import io.odp4j.upcall.Agent;
import io.odp4j.upcall.AgentException;
import io.odp4j.upcall.cli.NamedPorts;
import io.odp4j.upcall.policy.Verdict;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** What a policy without rules decides about a packet, without a why. */
final class PlainTrace {
    private final Agent agent;
    private final NamedPorts ports;

    PlainTrace(Agent agent, NamedPorts ports) {
        this.agent = agent;
        this.ports = ports;
    }

    String of(FlowKey key) throws AgentException, InterruptedException, IOException {
        Verdict verdict = new Verdict();
        byte[] actions =
                agent.ask(
                        policy -> {
                            policy.decideAgain(key, verdict.clear());
                            byte[] bytes = new byte[verdict.actions().length()];
                            verdict.actions().buffer().get(0, bytes);
                            return bytes;
                        });
        int inPort = ports.toOpenFlow(key.inPort());
        long[] words = Arrays.copyOf(key.words(), RuleKey.WORDS);
        FlowField.IN_PORT.set(words, inPort);
        StringBuilder out = new StringBuilder();
        out.append("Flow: ").append(MatchFormatter.packet(words));
        out.append("\nMegaflow: ");
        out.append(
                verdict.install()
                        ? MatchFormatter.megaflow(key, verdict.mask(), inPort)
                        : "none is installed");
        out.append("\nDatapath actions: ");
        if (actions.length == 0) {
            out.append("drop");
        } else {
            ByteBuffer bytes = ByteBuffer.wrap(actions).order(ByteOrder.nativeOrder());
            new ActionFormatter(FlowTextOptions.PLAIN).format(out, bytes, 0, actions.length);
        }
        out.append("\nDatapath flow: ")
                .append(new InstalledFlow(agent, ports).describe(key, actions));
        return out.append('\n').toString();
    }
}
