package io.odp4j.datapath.flow.validation;

import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.datapath.ovs.EmbeddedPeer;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The validator against the embedded datapath. */
class FlowValidatorEmbeddedTest extends FlowValidatorContract {
    @RegisterExtension final EmbeddedPeer embedded = new EmbeddedPeer();

    @Override
    NetlinkEndpoint endpoint() {
        return embedded.endpoint();
    }
}
