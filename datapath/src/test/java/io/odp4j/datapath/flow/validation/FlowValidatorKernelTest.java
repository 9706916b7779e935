package io.odp4j.datapath.flow.validation;

import io.odp4j.datapath.netlink.NetlinkEndpoint;
import org.junit.jupiter.api.Tag;

/** The validator against a real kernel. */
@Tag("kernel")
class FlowValidatorKernelTest extends FlowValidatorContract {
    @Override
    NetlinkEndpoint endpoint() {
        return NetlinkEndpoint.KERNEL_GENERIC;
    }
}
