package io.odp4j.datapath.ovs;

import io.odp4j.datapath.netlink.NetlinkEndpoint;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The embedded datapath. */
class OvsEmbeddedTest extends OvsContract {
    @RegisterExtension final EmbeddedPeer embedded = new EmbeddedPeer();

    @Override
    NetlinkEndpoint endpoint() {
        return embedded.endpoint();
    }
}
