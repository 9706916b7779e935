package io.odp4j.datapath.ovs;

import io.odp4j.datapath.embedded.EmbeddedDatapath;
import io.odp4j.datapath.netlink.NetlinkEndpoint;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** An embedded datapath for each test, in the kernel's place. */
public final class EmbeddedPeer implements BeforeEachCallback, AfterEachCallback {
    private EmbeddedDatapath embedded;

    public NetlinkEndpoint endpoint() {
        return embedded.endpoint();
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        embedded = EmbeddedDatapath.open();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        embedded.close();
    }
}
