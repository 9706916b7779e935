package io.odp4j.upcall.examples;

import io.odp4j.datapath.rtnetlink.link.Link;
import io.odp4j.datapath.rtnetlink.link.LinkRequest;
import io.odp4j.datapath.rtnetlink.link.Links;
import io.odp4j.datapath.rtnetlink.link.VxlanAttributes;
import io.odp4j.datapath.rtnetlink.route.Route;
import io.odp4j.datapath.rtnetlink.route.Routes;

/** Links and routes as in docs/netlink.md. */
final class VxlanDevice {
    private VxlanDevice() {}

    public static void main(String[] arguments) throws Exception {
        try (Links links = Links.open();
                Routes routes = Routes.open()) {
            links.add(
                    LinkRequest.of("vxlan")
                            .name("vx0")
                            .up()
                            .data(VxlanAttributes.TABLE, VxlanAttributes.COLLECT_METADATA, 1)
                            .data(VxlanAttributes.TABLE, VxlanAttributes.PORT, 4789));
            Link vx0 = links.find("vx0").orElseThrow();
            Route way = routes.lookUp(new byte[] {10, 0, 0, 2});
        }
    }
}
