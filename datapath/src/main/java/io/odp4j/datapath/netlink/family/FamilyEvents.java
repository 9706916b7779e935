package io.odp4j.datapath.netlink.family;

import io.odp4j.datapath.netlink.EventReceiver;
import io.odp4j.datapath.netlink.GenericFamily;
import io.odp4j.datapath.netlink.GenericHeader;
import io.odp4j.datapath.netlink.MessageHeader;
import io.odp4j.datapath.netlink.MessageReader;
import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.NetlinkFormatException;
import io.odp4j.datapath.netlink.NetlinkSocket;
import io.odp4j.datapath.netlink.RequestChannel;
import io.odp4j.datapath.netlink.SocketOption;
import io.odp4j.datapath.netlink.table.AttributeCodec;
import io.odp4j.datapath.netlink.table.AttributeList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What declared families tell their multicast groups. The owner waits on {@link #socket} and calls
 * {@link #poll}; not thread safe.
 */
public final class FamilyEvents implements AutoCloseable {
    /**
     * One notification.
     *
     * @param operation what was told
     * @param group number of the multicast group that it came through
     * @param namespaceId id of the network namespace that it came from, -1 for this one
     * @param flags flags of the message, NLM_F_REPLACE for example
     */
    public record Event(
            FamilySpec family,
            OperationSpec operation,
            AttributeList attributes,
            int group,
            int namespaceId,
            int flags) {}

    /** Takes the events. */
    @FunctionalInterface
    public interface Listener {
        /** Something was told. */
        void event(Event event);

        /** Events were lost, or unreadable: whoever keeps a picture must take it anew. */
        default void lost() {}
    }

    private final EventReceiver receiver;
    private final List<FamilySpec> families;
    private final Map<Integer, FamilySpec> byType;

    private FamilyEvents(
            NetlinkSocket socket, List<FamilySpec> families, Map<Integer, FamilySpec> byType) {
        this.receiver = new EventReceiver(socket);
        this.families = families;
        this.byType = byType;
    }

    /** Joins all groups of families that share a protocol. */
    public static FamilyEvents open(List<FamilySpec> families) throws NetlinkException {
        return open(families, null, false);
    }

    /**
     * Joins groups of families that share a protocol.
     *
     * @param groups names of the groups to join; null for all
     * @param allNamespaces whether to hear of every network namespace that has an id here; needs
     *     CAP_NET_BROADCAST
     * @throws IllegalArgumentException if a family has no group of a name
     */
    public static FamilyEvents open(
            List<FamilySpec> families, Collection<String> groups, boolean allNamespaces)
            throws NetlinkException {
        boolean generic = families.get(0).isGeneric();
        NetlinkEndpoint peer =
                generic ? NetlinkEndpoint.KERNEL_GENERIC : NetlinkEndpoint.KERNEL_ROUTE;
        Map<Integer, FamilySpec> byType = new HashMap<>();
        Map<String, Integer> numbers = new HashMap<>();
        if (generic) {
            try (RequestChannel channel = RequestChannel.open(peer)) {
                for (FamilySpec family : families) {
                    GenericFamily found = GenericFamily.resolve(channel, family.name());
                    byType.put(found.id(), family);
                    numbers.putAll(found.groups());
                }
            }
        } else {
            families.forEach(f -> numbers.putAll(f.groups()));
        }
        NetlinkSocket socket = NetlinkSocket.openNonBlocking(peer);
        try {
            socket.setReceiveBuffer(1 << 20);
            socket.set(SocketOption.PKTINFO, 1);
            if (allNamespaces) {
                socket.set(SocketOption.LISTEN_ALL_NSID, 1);
            }
            for (String group : groups == null ? numbers.keySet() : groups) {
                Integer number = numbers.get(group);
                if (number == null) {
                    throw new IllegalArgumentException(
                            "no multicast group " + group + " among " + numbers.keySet());
                }
                socket.joinGroup(number);
            }
        } catch (NetlinkException | IllegalArgumentException e) {
            socket.close();
            throw e;
        }
        return new FamilyEvents(socket, List.copyOf(families), byType);
    }

    /** Readable when there is something to {@link #poll}. */
    public NetlinkSocket socket() {
        return receiver.socket();
    }

    /** Hands on every event that has come, without waiting. */
    public void poll(Listener listener) throws NetlinkException {
        receiver.poll(
                new EventReceiver.Handler() {
                    @Override
                    public boolean next(MessageReader reader) {
                        return FamilyEvents.this.next(reader, listener);
                    }

                    @Override
                    public void lost() {
                        listener.lost();
                    }
                });
    }

    private boolean next(MessageReader reader, Listener listener) {
        Event event;
        try {
            if (!reader.next()) {
                return false;
            }
            event = decode(reader);
        } catch (NetlinkFormatException e) {
            listener.lost();
            return false;
        }
        if (event != null) {
            listener.event(event); // outside the try: what a listener throws is its own
        }
        return true;
    }

    private Event decode(MessageReader reader) {
        boolean generic = !byType.isEmpty();
        for (FamilySpec family : families) {
            if (generic && byType.get(reader.type()) != family) {
                continue;
            }
            int number = generic ? reader.command() : reader.type();
            OperationSpec operation = family.decoding(number).orElse(null);
            if (operation != null) {
                AttributeList attributes =
                        AttributeCodec.decode(
                                operation.table(),
                                reader,
                                generic ? GenericHeader.PAYLOAD_OFFSET : MessageHeader.LENGTH);
                return new Event(
                        family,
                        operation,
                        attributes,
                        receiver.group(),
                        receiver.namespaceId(),
                        reader.flags());
            }
        }
        return null;
    }

    @Override
    public void close() {
        receiver.close();
    }
}
