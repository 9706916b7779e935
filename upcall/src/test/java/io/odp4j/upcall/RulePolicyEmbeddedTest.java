package io.odp4j.upcall;

/** Rules on the embedded datapath, with its connection tracking. */
class RulePolicyEmbeddedTest extends RulePolicyContract {
    @Override
    TwoHosts hosts() {
        return new MemoryHosts();
    }
}
