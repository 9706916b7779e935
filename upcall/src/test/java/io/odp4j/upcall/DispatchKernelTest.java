package io.odp4j.upcall;

import org.junit.jupiter.api.Tag;

/** Dispatch of a real kernel's upcalls. */
@Tag("kernel")
@Tag("every-kernel")
class DispatchKernelTest extends DispatchContract {
    @Override
    TwoHosts hosts() {
        return new NamespaceHosts();
    }
}
