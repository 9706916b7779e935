package io.odp4j.upcall.cli;

import io.odp4j.upcall.policy.DropAll;
import io.odp4j.upcall.policy.Hub;
import io.odp4j.upcall.policy.LearningSwitch;
import io.odp4j.upcall.policy.Policy;
import java.util.function.Supplier;

/** The policies that come with the command, by name. */
enum PolicyName {
    learning(LearningSwitch::new),
    hub(Hub::new),
    drop(DropAll::new);

    private final Supplier<Policy> maker;

    PolicyName(Supplier<Policy> maker) {
        this.maker = maker;
    }

    Policy make() {
        return maker.get();
    }
}
