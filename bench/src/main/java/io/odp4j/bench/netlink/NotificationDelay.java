package io.odp4j.bench.netlink;

import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.family.FamilyEvents;
import io.odp4j.datapath.netlink.family.FamilySpec;
import io.odp4j.datapath.rtnetlink.RtnetlinkFamilies;
import io.odp4j.datapath.rtnetlink.addr.AddressRequest;
import io.odp4j.datapath.rtnetlink.addr.Addresses;
import io.odp4j.datapath.rtnetlink.link.LinkRequest;
import io.odp4j.datapath.rtnetlink.link.Links;
import io.odp4j.datapath.rtnetlink.neigh.NeighbourRequest;
import io.odp4j.datapath.rtnetlink.neigh.Neighbours;
import io.odp4j.datapath.rtnetlink.nexthop.NextHopRequest;
import io.odp4j.datapath.rtnetlink.nexthop.NextHops;
import io.odp4j.datapath.rtnetlink.route.RouteRequest;
import io.odp4j.datapath.rtnetlink.route.Routes;
import io.odp4j.datapath.rtnetlink.rule.RuleRequest;
import io.odp4j.datapath.rtnetlink.rule.Rules;
import java.util.Arrays;
import java.util.List;

/** How soon the kernel's notification of a new object arrives, for each of rtnetlink's kinds. */
final class NotificationDelay {
    private static final int EVENTS = 200;
    private static final long PATIENCE_NANOS = 5_000_000_000L;
    private static final byte[] MAC = {2, 0, 0, 0, 0, 1};

    private NotificationDelay() {}

    /** Makes one of many objects. */
    private interface Change {
        void make(int number) throws NetlinkException;
    }

    /**
     * Measures and prints.
     *
     * @param index a link that is up
     */
    static void measure(int index) throws NetlinkException {
        try (Links links = Links.open();
                Addresses addresses = Addresses.open();
                Routes routes = Routes.open();
                NextHops hops = NextHops.open();
                Neighbours neighbours = Neighbours.open();
                Rules rules = Rules.open()) {
            of(
                    RtnetlinkFamilies.LINK,
                    "link",
                    n -> links.change(index, LinkRequest.change().mtu(1300 + n)));
            of(
                    RtnetlinkFamilies.ADDRESS,
                    "ipv4_ifaddr",
                    n -> addresses.add(AddressRequest.of(index, address(1, n), 32)));
            of(
                    RtnetlinkFamilies.ROUTE,
                    "ipv4_route",
                    n -> routes.add(RouteRequest.to(address(2, n), 32).out(index)));
            of(
                    RtnetlinkFamilies.NEXT_HOP,
                    "nexthop",
                    n -> hops.add(NextHopRequest.onLink(n + 1, index)));
            of(
                    RtnetlinkFamilies.NEIGHBOUR,
                    "neigh",
                    n -> neighbours.add(NeighbourRequest.of(index, address(3, n)).at(MAC)));
            of(
                    RtnetlinkFamilies.RULE,
                    "ipv4_rule",
                    n -> rules.add(RuleRequest.ipv4(1000 + n).table(n + 1)));
        }
    }

    private static byte[] address(int net, int n) {
        return new byte[] {11, (byte) net, (byte) (n >> 8), (byte) n};
    }

    private static void of(FamilySpec family, String group, Change change) throws NetlinkException {
        long[] nanos = new long[EVENTS];
        int[] heard = {0};
        try (FamilyEvents events = FamilyEvents.open(List.of(family), List.of(group), false)) {
            for (int i = 0; i < EVENTS; i++) {
                heard[0] = 0;
                long before = System.nanoTime();
                change.make(i);
                while (heard[0] == 0) {
                    if (System.nanoTime() - before > PATIENCE_NANOS) {
                        throw new IllegalStateException(family.name() + ": nothing was told");
                    }
                    events.socket().awaitReadable(1000);
                    events.poll(event -> heard[0]++);
                }
                nanos[i] = System.nanoTime() - before;
            }
        }
        Arrays.sort(nanos);
        System.out.printf(
                "%-8s %d notifications, from before the request: median %.2f ms, longest %.2f ms%n",
                family.name(), EVENTS, nanos[EVENTS / 2] / 1e6, nanos[EVENTS - 1] / 1e6);
    }
}
