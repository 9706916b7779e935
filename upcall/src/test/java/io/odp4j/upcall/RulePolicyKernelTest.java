package io.odp4j.upcall;

import org.junit.jupiter.api.Tag;

/** Rules on a real kernel's datapath. */
@Tag("kernel")
@Tag("every-kernel")
class RulePolicyKernelTest extends RulePolicyContract {
    @Override
    TwoHosts hosts() {
        return new NamespaceHosts();
    }
}
