package io.odp4j.bench.upcall.embedded;

import io.odp4j.bench.upcall.UpcallOptions;
import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.flowcache.rule.parse.RuleSyntaxException;
import io.odp4j.upcall.Agent;
import io.odp4j.upcall.AgentConfig;
import io.odp4j.upcall.AgentException;
import io.odp4j.upcall.policy.RulePolicy;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.List;

/** odp4j's agent as it is, in this process, deciding by rules. */
final class AgentSubject implements EmbeddedSubject {
    private static final int MOST_FLOWS = 1 << 21;
    private static final long PATIENCE_MILLIS = 30_000;
    private static final String THREADS = "odp4j-(reader|classifier|revalidator|ports|watchdog).*";

    private final Agent agent;

    private AgentSubject(Agent agent) {
        this.agent = agent;
    }

    static AgentSubject start(UpcallOptions options, NetlinkEndpoint endpoint, List<String> ports)
            throws IOException, InterruptedException {
        try {
            AgentConfig config =
                    AgentConfig.of(options.datapath())
                            .endpoint(endpoint)
                            .ports(ports)
                            .policies(RulePolicy.sharing(options.traffic().rules()))
                            .flowLimit(MOST_FLOWS)
                            .shards(options.shards())
                            .waitMode(options.waitMode())
                            .keep(true)
                            .build();
            return new AgentSubject(Agent.start(config));
        } catch (AgentException | RuleSyntaxException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Of the agent's threads: what the JVM compiles and collects meanwhile is not in it. */
    @Override
    public long cpuNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long sum = 0;
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().matches(THREADS)) {
                sum += Math.max(0, threads.getThreadCpuTime(thread.getThreadId()));
            }
        }
        return sum;
    }

    /** Of this process: datapath and generator are in it, too. */
    @Override
    public long pid() {
        return ProcessHandle.current().pid();
    }

    @Override
    public void purge() throws IOException, InterruptedException {
        if (!agent.rounds().purge(PATIENCE_MILLIS)) {
            throw new IOException("the agent did not take its flows away");
        }
    }

    @Override
    public void close() {
        agent.close();
    }
}
