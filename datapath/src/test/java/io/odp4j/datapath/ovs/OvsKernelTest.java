package io.odp4j.datapath.ovs;

import io.odp4j.datapath.netlink.NetlinkEndpoint;
import org.junit.jupiter.api.Tag;

/** A real kernel. */
@Tag("kernel")
@Tag("every-kernel")
class OvsKernelTest extends OvsContract {
    @Override
    NetlinkEndpoint endpoint() {
        return NetlinkEndpoint.KERNEL_GENERIC;
    }
}
