package io.odp4j.upcall.cli;

import io.odp4j.upcall.policy.DropAll;
import io.odp4j.upcall.policy.Hub;
import io.odp4j.upcall.policy.LearningSwitch;
import io.odp4j.upcall.policy.PolicyFactory;
import java.util.function.Supplier;

/** The policies that come with the command, by name. */
enum PolicyName {
    learning(LearningSwitch::sharing),
    hub(() -> shard -> new Hub()),
    drop(() -> shard -> new DropAll());

    private final Supplier<PolicyFactory> maker;

    PolicyName(Supplier<PolicyFactory> maker) {
        this.maker = maker;
    }

    PolicyFactory make() {
        return maker.get();
    }
}
