package io.odp4j.upcall.cli.dpctl;

import io.odp4j.datapath.netlink.AttributeReader;
import io.odp4j.datapath.netlink.MessageHeader;
import io.odp4j.datapath.netlink.MessageReader;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.RequestChannel;

/**
 * The counters of a device that a datapath does not have, {@code struct rtnl_link_stats64} of an
 * RTM_GETLINK answer, {@code linux/if_link.h}.
 */
record LinkCounters(
        long collisions,
        long overErrors,
        long frameErrors,
        long abortedErrors,
        long carrierErrors) {
    static final LinkCounters NONE = new LinkCounters(0, 0, 0, 0, 0);

    private static final int RTM_GETLINK = 18;
    private static final int IFINFOMSG = 16;
    private static final int IFLA_IFNAME = 3;
    private static final int IFLA_STATS64 = 23;
    // The structure is a run of 64-bit numbers; these are their places.
    private static final int COLLISIONS = 9;
    private static final int RX_OVER_ERRORS = 11;
    private static final int RX_FRAME_ERRORS = 13;
    private static final int TX_ABORTED_ERRORS = 16;
    private static final int TX_CARRIER_ERRORS = 17;

    /**
     * Asks for a device's counters.
     *
     * @param links a channel to rtnetlink
     * @throws NetlinkException ENODEV if there is no such device in this network namespace
     */
    static LinkCounters read(RequestChannel links, String device) throws NetlinkException {
        links.begin(RTM_GETLINK, 0).putRaw(new byte[IFINFOMSG]).putString(IFLA_IFNAME, device);
        LinkCounters counters = links.query("link get " + device, LinkCounters::decode);
        return counters == null ? NONE : counters;
    }

    private static LinkCounters decode(MessageReader message) {
        AttributeReader a =
                message.attributes(new AttributeReader(), MessageHeader.LENGTH + IFINFOMSG);
        while (a.next()) {
            if (a.type() == IFLA_STATS64) {
                a.requireAtLeast(8 * (TX_CARRIER_ERRORS + 1));
                return new LinkCounters(
                        word(a, COLLISIONS),
                        word(a, RX_OVER_ERRORS),
                        word(a, RX_FRAME_ERRORS),
                        word(a, TX_ABORTED_ERRORS),
                        word(a, TX_CARRIER_ERRORS));
            }
        }
        return NONE;
    }

    private static long word(AttributeReader a, int place) {
        return a.buffer().getLong(a.offset() + 8 * place);
    }
}
