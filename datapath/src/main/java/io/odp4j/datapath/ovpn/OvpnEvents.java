package io.odp4j.datapath.ovpn;

import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.NetlinkSocket;
import io.odp4j.datapath.netlink.family.FamilyEvents;
import io.odp4j.datapath.netlink.table.AttributeList;
import java.util.List;

/**
 * What the kernel tells of peers and keys. The owner waits on {@link #socket} and calls {@link
 * #poll}; not thread safe.
 */
public final class OvpnEvents implements AutoCloseable {
    /** Takes the events; a method of no interest can stay as it is. */
    public interface Listener {
        /** A peer is gone, for {@link OvpnPeer#deletionReason}. */
        default void deleted(int ifindex, OvpnPeer peer) {}

        /** A peer sends from another address now. */
        default void moved(int ifindex, OvpnPeer peer) {}

        /** The primary key of a peer is used up: a new one is to be put in its place. */
        default void keyUsedUp(int ifindex, int peer, int keyId) {}

        /** Events were lost. */
        default void lost() {}
    }

    private final FamilyEvents events;

    private OvpnEvents(FamilyEvents events) {
        this.events = events;
    }

    /**
     * Joins the group of peers.
     *
     * @throws io.odp4j.datapath.netlink.FamilyNotFoundException if the kernel lacks ovpn
     */
    public static OvpnEvents open() throws NetlinkException {
        return new OvpnEvents(FamilyEvents.open(List.of(OvpnFamily.SPEC)));
    }

    /** Readable when there is something to {@link #poll}. */
    public NetlinkSocket socket() {
        return events.socket();
    }

    /** Hands on every event that has come, without waiting. */
    public void poll(Listener listener) throws NetlinkException {
        events.poll(
                new FamilyEvents.Listener() {
                    @Override
                    public void event(FamilyEvents.Event event) {
                        tell(event, listener);
                    }

                    @Override
                    public void lost() {
                        listener.lost();
                    }
                });
    }

    private static void tell(FamilyEvents.Event event, Listener listener) {
        AttributeList all = event.attributes();
        int ifindex = (int) all.number(OvpnAttributes.IFINDEX, 0);
        AttributeList peer = all.list(OvpnAttributes.PEER);
        AttributeList key = all.list(OvpnAttributes.KEYCONF);
        switch (event.operation().request()) {
            case OvpnAttributes.CMD_PEER_DEL_NTF -> {
                if (peer != null) {
                    listener.deleted(ifindex, new OvpnPeer(peer));
                }
            }
            case OvpnAttributes.CMD_PEER_FLOAT_NTF -> {
                if (peer != null) {
                    listener.moved(ifindex, new OvpnPeer(peer));
                }
            }
            case OvpnAttributes.CMD_KEY_SWAP_NTF -> {
                if (key != null) {
                    listener.keyUsedUp(
                            ifindex,
                            (int) key.number(OvpnAttributes.KEY_PEER_ID, -1),
                            (int) key.number(OvpnAttributes.KEY_KEY_ID, -1));
                }
            }
            default -> {
                // told of nothing else
            }
        }
    }

    @Override
    public void close() {
        events.close();
    }
}
