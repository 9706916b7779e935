package io.odp4j.upcall.cli.agent;

import io.odp4j.upcall.cli.UsageException;
import io.odp4j.upcall.policy.DropAll;
import io.odp4j.upcall.policy.Hub;
import io.odp4j.upcall.policy.LearningSwitch;
import io.odp4j.upcall.policy.PolicyFactory;
import io.odp4j.upcall.policy.PolicyProvider;
import java.util.Iterator;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The policies by name: those that come with the command, and those found on the class path. */
final class PolicyNames implements Iterable<String> {
    static final String DEFAULT = "learning";

    private final Map<String, Supplier<PolicyFactory>> makers = new TreeMap<>();

    PolicyNames() {
        for (PolicyProvider provider : ServiceLoader.load(PolicyProvider.class)) {
            makers.put(provider.name(), provider::create);
        }
        makers.put(DEFAULT, LearningSwitch::sharing);
        makers.put("hub", () -> shard -> new Hub());
        makers.put("drop", () -> shard -> new DropAll());
    }

    /** A factory for the policy of that name. */
    static PolicyFactory make(String name) {
        PolicyNames all = new PolicyNames();
        Supplier<PolicyFactory> maker = all.makers.get(name);
        if (maker == null) {
            throw new UsageException(
                    "no policy '" + name + "'; there is " + String.join(", ", all.makers.keySet()));
        }
        return maker.get();
    }

    @Override
    public Iterator<String> iterator() {
        return makers.keySet().iterator();
    }
}
