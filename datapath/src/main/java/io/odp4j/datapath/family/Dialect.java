package io.odp4j.datapath.family;

import io.odp4j.datapath.netlink.table.AttributeTable;
import io.odp4j.datapath.rtnetlink.link.FreeBsdLinkAttributes;
import io.odp4j.datapath.rtnetlink.link.LinkAttributes;
import io.odp4j.datapath.rtnetlink.route.FreeBsdRouteAttributes;
import io.odp4j.datapath.rtnetlink.route.RouteAttributes;

/** Whose rtnetlink a message is of. */
public enum Dialect {
    LINUX,
    /** FreeBSD's rtnetlink(4): a few attributes of links and routes differ. */
    FREEBSD;

    /** The table that takes the place of Linux's. */
    public AttributeTable of(AttributeTable linux) {
        if (this == FREEBSD && linux == LinkAttributes.TABLE) {
            return FreeBsdLinkAttributes.TABLE;
        }
        return this == FREEBSD && linux == RouteAttributes.TABLE
                ? FreeBsdRouteAttributes.TABLE
                : linux;
    }
}
