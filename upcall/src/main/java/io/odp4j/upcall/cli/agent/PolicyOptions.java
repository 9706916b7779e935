package io.odp4j.upcall.cli.agent;

import io.odp4j.flowcache.rule.parse.RuleSyntaxException;
import io.odp4j.upcall.AgentConfig;
import io.odp4j.upcall.cli.RuleFile;
import io.odp4j.upcall.cli.SyntaxException;
import io.odp4j.upcall.policy.PolicyFactory;
import io.odp4j.upcall.policy.RulePolicy;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Options that say what decides: a policy by name, or rules. */
final class PolicyOptions {
    @ArgGroup private final Decides decides = new Decides();

    /** One or the other. */
    private static final class Decides {
        @Option(
                names = "--policy",
                paramLabel = "POLICY",
                completionCandidates = PolicyNames.class,
                description =
                        "One of ${COMPLETION-CANDIDATES}. Default: learning. A jar on the class"
                                + " path can bring more (java.util.ServiceLoader,"
                                + " io.odp4j.upcall.policy.PolicyProvider).")
        private String policy;

        @Option(
                names = "--flows",
                paramLabel = "FILE",
                description = "Decide by the rules of FILE, in the syntax of ovs-ofctl add-flows.")
        private Path flows;
    }

    @Option(
            names = "--on-policy-error",
            paramLabel = "POLICY",
            description =
                    "Where the policy fails on a packet, have this one decide. Default: drop it.")
    private String fallback;

    void accept(AgentConfig.Builder config) throws IOException {
        config.policies(make());
        config.fallback(fallback == null ? null : PolicyNames.make(fallback));
    }

    private PolicyFactory make() throws IOException {
        if (decides.flows == null) {
            return PolicyNames.make(name());
        }
        String text = RuleFile.read(decides.flows);
        try {
            return RulePolicy.sharing(text);
        } catch (RuleSyntaxException e) {
            throw SyntaxException.of(name(), text, e);
        }
    }

    /** The policy's name, or the file's. */
    String name() {
        if (decides.flows != null) {
            return decides.flows.toString();
        }
        return decides.policy == null ? PolicyNames.DEFAULT : decides.policy;
    }
}
