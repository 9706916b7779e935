package io.odp4j.datapath.ovs;

import io.odp4j.datapath.netlink.EventReceiver;
import io.odp4j.datapath.netlink.FamilyNotFoundException;
import io.odp4j.datapath.netlink.GenericFamily;
import io.odp4j.datapath.netlink.MessageHeader;
import io.odp4j.datapath.netlink.MessageReader;
import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.NetlinkFormatException;
import io.odp4j.datapath.netlink.NetlinkSocket;
import io.odp4j.datapath.netlink.RequestChannel;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What happens to datapaths and vports, and to flows if asked for, as the kernel tells its
 * multicast groups. The owner waits on {@link #socket} and calls {@link #poll}; not thread safe.
 */
public final class OvsEvents implements AutoCloseable {
    /** Takes the events; a method of no interest can stay as it is. */
    public interface Listener {
        /** A datapath was made, changed or deleted: command as in {@link DatapathAttributes}. */
        default void datapath(int command, Datapath datapath) {}

        /** A vport was made, changed or deleted: command as in {@link VportAttributes}. */
        default void vport(int command, Vport vport) {}

        /** Something of another family, if that was asked for; the view is valid in the call. */
        default void other(OvsTables family, MessageReader message) {}

        /** Events were lost, or unreadable: whoever keeps a picture must take it anew. */
        default void lost() {}
    }

    private final OvsFamilies families;
    private final Map<Integer, OvsTables> others;
    private final EventReceiver receiver;

    private OvsEvents(OvsFamilies families, Map<Integer, OvsTables> others, NetlinkSocket socket) {
        this.families = families;
        this.others = others;
        this.receiver = new EventReceiver(socket);
    }

    /** Joins the groups of datapaths and vports. */
    public static OvsEvents open(NetlinkEndpoint peer, OvsFamilies families)
            throws NetlinkException {
        return open(peer, families, Map.of(), Set.of());
    }

    /** Joins the groups of all families that there are: flows, meters, conntrack limits too. */
    public static OvsEvents openAll(RequestChannel channel, OvsFamilies families)
            throws NetlinkException {
        Map<Integer, OvsTables> others = new HashMap<>();
        Set<Integer> groups = new HashSet<>();
        for (OvsTables table : List.of(OvsTables.FLOW, OvsTables.METER, OvsTables.CT_LIMIT)) {
            try {
                GenericFamily family = GenericFamily.resolve(channel, table.family());
                others.put(family.id(), table);
                groups.addAll(family.groups().values());
            } catch (FamilyNotFoundException e) {
                // An older kernel has no such events.
            }
        }
        return open(channel.socket().peer(), families, others, groups);
    }

    private static OvsEvents open(
            NetlinkEndpoint peer,
            OvsFamilies families,
            Map<Integer, OvsTables> others,
            Set<Integer> groups)
            throws NetlinkException {
        NetlinkSocket socket = NetlinkSocket.openNonBlocking(peer);
        try {
            socket.setReceiveBuffer(1 << 20);
            socket.joinGroup(families.datapath().group(OvsFamilies.DATAPATH));
            socket.joinGroup(families.vport().group(OvsFamilies.VPORT));
            for (int group : groups) {
                socket.joinGroup(group);
            }
        } catch (NetlinkException e) {
            socket.close();
            throw e;
        }
        return new OvsEvents(families, others, socket);
    }

    public NetlinkSocket socket() {
        return receiver.socket();
    }

    /** Hands on every event that has come, without waiting. */
    public void poll(Listener listener) throws NetlinkException {
        receiver.poll(
                new EventReceiver.Handler() {
                    @Override
                    public boolean next(MessageReader reader) {
                        return OvsEvents.this.next(reader, listener);
                    }

                    @Override
                    public void lost() {
                        listener.lost();
                    }
                });
    }

    /** Hands on the next event of the datagram; false at its end, or where it is malformed. */
    private boolean next(MessageReader reader, Listener listener) {
        Datapath datapath = null;
        Vport vport = null;
        int command = 0;
        try {
            if (!reader.next()) {
                return false;
            }
            if (reader.type() == families.datapath().id()) {
                command = reader.command();
                datapath = Datapath.decode(reader);
            } else if (reader.type() == families.vport().id()) {
                command = reader.command();
                vport = Vport.decode(reader);
            }
        } catch (NetlinkFormatException e) {
            listener.lost();
            return false;
        }
        // Outside the try: what a listener throws is its own.
        if (datapath != null) {
            listener.datapath(command, datapath);
        } else if (vport != null) {
            listener.vport(command, vport);
        } else if (reader.type() == MessageHeader.OVERRUN) {
            listener.lost(); // how a userspace peer says what a kernel says with ENOBUFS
        } else if (others.containsKey(reader.type())) {
            listener.other(others.get(reader.type()), reader);
        }
        return true;
    }

    @Override
    public void close() {
        receiver.close();
    }
}
