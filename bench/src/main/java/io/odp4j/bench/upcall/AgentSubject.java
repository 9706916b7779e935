package io.odp4j.bench.upcall;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.upcall.Agent;
import io.odp4j.upcall.AgentConfig;
import io.odp4j.upcall.policy.Policy;
import io.odp4j.upcall.policy.Verdict;
import java.util.List;

/** odp4j's agent as it is, in this process, with a policy that looks at addresses and ports. */
final class AgentSubject implements Subject {
    private static final int MOST_FLOWS = 1 << 20;

    private Agent agent;

    /** Sends everything to one port, a flow for each pair of addresses and ports. */
    private record Exact(int out) implements Policy {
        @Override
        public void decide(FlowKey key, Verdict verdict) {
            decideAgain(key, verdict);
        }

        @Override
        public void decideAgain(FlowKey key, Verdict verdict) {
            verdict.match(FlowField.IN_PORT)
                    .match(FlowField.NW_PROTO)
                    .match(FlowField.NW_SRC)
                    .match(FlowField.NW_DST)
                    .match(FlowField.TP_SRC)
                    .match(FlowField.TP_DST)
                    .actions()
                    .output(out);
        }
    }

    @Override
    public String name() {
        return "odp4j";
    }

    @Override
    public void start(Bench bench) throws Exception {
        agent =
                Agent.start(
                        AgentConfig.of(Bench.DATAPATH)
                                .endpoint(bench.endpoint())
                                .ports(List.of(Bench.IN, Bench.OUT))
                                .policy(new Exact(bench.outPort()))
                                .flowLimit(MOST_FLOWS)
                                .keep(true)
                                .build());
    }

    @Override
    public void close() {
        if (agent != null) {
            agent.close();
        }
    }
}
