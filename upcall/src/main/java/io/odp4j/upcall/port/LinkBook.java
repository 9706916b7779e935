package io.odp4j.upcall.port;

import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.NetlinkSocket;
import io.odp4j.datapath.netlink.family.FamilyEvents;
import io.odp4j.datapath.netlink.family.FamilySpec;
import io.odp4j.datapath.rtnetlink.RtnetlinkFamilies;
import io.odp4j.datapath.rtnetlink.link.Link;
import io.odp4j.datapath.rtnetlink.link.Links;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The namespace's links as they are now: found by name, alternative name or index, and followed.
 * Not thread safe.
 */
final class LinkBook implements FamilyEvents.Listener, AutoCloseable {
    private static final String GROUP = "link";

    /** What of a link matters to a port. */
    record Entry(
            int index, String name, List<String> otherNames, boolean up, boolean carrier, int mtu) {
        static Entry of(Link link) {
            return new Entry(
                    link.index(),
                    link.name(),
                    link.alternativeNames(),
                    link.isUp(),
                    link.hasCarrier(),
                    link.mtu());
        }
    }

    /** Hears of changes. */
    interface Listener {
        /** A link is there, as it is now: {@code before} is null for a new one. */
        void changed(Entry before, Entry now);

        /** Something of another family, which decides on the way of packets, changed. */
        void otherChanged();
    }

    private final Links links;
    private final FamilyEvents events;
    private final Map<Integer, Entry> byIndex = new HashMap<>();
    private Listener listener;
    private boolean stale;

    /**
     * @param ways whether routes, rules, neighbours and next hops are followed too
     */
    static LinkBook open(boolean ways) throws NetlinkException {
        List<FamilySpec> families = new ArrayList<>(List.of(RtnetlinkFamilies.LINK));
        TreeSet<String> groups = new TreeSet<>(List.of(GROUP));
        if (ways) {
            List<FamilySpec> others =
                    List.of(
                            RtnetlinkFamilies.ROUTE,
                            RtnetlinkFamilies.RULE,
                            RtnetlinkFamilies.NEIGHBOUR,
                            RtnetlinkFamilies.NEXT_HOP);
            families.addAll(others);
            others.forEach(family -> groups.addAll(family.groups().keySet()));
        }
        FamilyEvents events = FamilyEvents.open(families, groups, false);
        try {
            Links links = Links.open();
            try {
                // The list after the events, so that nothing falls between the two.
                return new LinkBook(links, events).take();
            } catch (NetlinkException e) {
                links.close();
                throw e;
            }
        } catch (NetlinkException e) {
            events.close();
            throw e;
        }
    }

    private LinkBook(Links links, FamilyEvents events) {
        this.links = links;
        this.events = events;
    }

    private LinkBook take() throws NetlinkException {
        Map<Integer, Entry> before = new HashMap<>(byIndex);
        byIndex.clear();
        for (Link link : links.list()) {
            Entry now = Entry.of(link);
            byIndex.put(now.index(), now);
            tell(before.get(now.index()), now);
        }
        return this;
    }

    private void tell(Entry before, Entry now) {
        if (listener != null && !now.equals(before)) {
            listener.changed(before, now);
        }
    }

    /** Readable when there is something to {@link #poll}. */
    NetlinkSocket socket() {
        return events.socket();
    }

    /** Hands on what has changed. */
    void poll(Listener whom) throws NetlinkException {
        listener = whom;
        stale = false;
        events.poll(this);
        if (stale) {
            take();
            whom.otherChanged();
        }
    }

    /** The link of that name, else of that alternative name, else of that index. */
    Optional<Entry> find(String word) {
        Entry other = null;
        for (Entry entry : byIndex.values()) {
            if (entry.name().equals(word)) {
                return Optional.of(entry);
            }
            if (entry.otherNames().contains(word)) {
                other = entry;
            }
        }
        if (other == null && word.matches("[1-9][0-9]{0,8}")) {
            other = byIndex.get(Integer.parseInt(word));
        }
        return Optional.ofNullable(other);
    }

    /** The link of that index. */
    Optional<Entry> find(int index) {
        return Optional.ofNullable(byIndex.get(index));
    }

    @Override
    public void event(FamilyEvents.Event event) {
        if (event.family() != RtnetlinkFamilies.LINK) {
            listener.otherChanged();
            return;
        }
        Link link = new Link(event.attributes());
        if (link.attributes().header("ifi_family") != 0) {
            return; // a bridge's word about its port, not the link itself
        }
        if (event.operation().name().equals("del")) {
            byIndex.remove(link.index());
        } else if (link.name() != null) {
            Entry now = Entry.of(link);
            tell(byIndex.put(now.index(), now), now);
        }
        listener.otherChanged();
    }

    @Override
    public void lost() {
        stale = true;
    }

    @Override
    public void close() {
        events.close();
        links.close();
    }
}
