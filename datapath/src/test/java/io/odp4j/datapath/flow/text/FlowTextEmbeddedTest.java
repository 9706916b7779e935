package io.odp4j.datapath.flow.text;

import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.datapath.ovs.EmbeddedPeer;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Text of flows of the embedded datapath. */
class FlowTextEmbeddedTest extends FlowTextContract {
    @RegisterExtension final EmbeddedPeer embedded = new EmbeddedPeer();

    @Override
    NetlinkEndpoint endpoint() {
        return embedded.endpoint();
    }
}
