package io.odp4j.upcall.cli.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.odp4j.upcall.cli.UsageException;
import io.odp4j.upcall.policy.Hub;
import io.odp4j.upcall.policy.PolicyFactory;
import io.odp4j.upcall.policy.PolicyProvider;
import org.junit.jupiter.api.Test;

class PolicyNamesTest {
    /** What a jar on the class path would bring. */
    public static final class Found implements PolicyProvider {
        @Override
        public String name() {
            return "found";
        }

        @Override
        public PolicyFactory create() {
            return shard -> new Hub();
        }
    }

    @Test
    void shouldKnowPoliciesThatTheClassPathBrings() {
        assertThat(new PolicyNames()).containsExactly("drop", "found", "hub", "learning");
        assertThat(PolicyNames.make("found").create(0)).isInstanceOf(Hub.class);
    }

    @Test
    void shouldNameThePoliciesThereAreForOneThatThereIsNot() {
        assertThatThrownBy(() -> PolicyNames.make("none"))
                .isInstanceOf(UsageException.class)
                .hasMessage("no policy 'none'; there is drop, found, hub, learning");
    }
}
