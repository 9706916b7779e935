package io.odp4j.datapath.netlink.family;

import io.odp4j.datapath.netlink.DumpVisitor;
import io.odp4j.datapath.netlink.Errno;
import io.odp4j.datapath.netlink.GenericFamily;
import io.odp4j.datapath.netlink.GenericHeader;
import io.odp4j.datapath.netlink.MessageHeader;
import io.odp4j.datapath.netlink.MessageReader;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.RequestChannel;
import io.odp4j.datapath.netlink.SocketOption;
import io.odp4j.datapath.netlink.table.AttributeCodec;
import io.odp4j.datapath.netlink.table.AttributeList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Requests of any declared family. Not thread safe: a client has one owner.
 *
 * <pre>{@code
 * try (FamilyClient fou = FamilyClient.open(FouFamily.SPEC)) {
 *     OperationSpec add = fou.operation("add");
 *     fou.call(add, new AttributeList(add.table()).put(FouAttributes.PORT, 5555));
 * }
 * }</pre>
 */
public final class FamilyClient implements AutoCloseable {
    private final FamilySpec spec;
    private final RequestChannel channel;
    private final GenericFamily family;

    private FamilyClient(FamilySpec spec, RequestChannel channel, GenericFamily family) {
        this.spec = spec;
        this.channel = channel;
        this.family = family;
    }

    /**
     * Opens a channel of its own to the kernel.
     *
     * @throws io.odp4j.datapath.netlink.FamilyNotFoundException if the kernel lacks the family
     */
    public static FamilyClient open(FamilySpec spec) throws NetlinkException {
        RequestChannel channel =
                RequestChannel.open(
                        spec.isGeneric()
                                ? NetlinkEndpoint.KERNEL_GENERIC
                                : NetlinkEndpoint.KERNEL_ROUTE);
        try {
            if (!spec.isGeneric()) {
                // Filters that the kernel does not know are refused, instead of passed over.
                channel.socket().set(SocketOption.GET_STRICT_CHK, 1);
            }
            return new FamilyClient(spec, channel, resolve(spec, channel));
        } catch (NetlinkException e) {
            channel.close();
            throw e;
        }
    }

    private static GenericFamily resolve(FamilySpec spec, RequestChannel channel)
            throws NetlinkException {
        return spec.isGeneric() ? GenericFamily.resolve(channel, spec.name()) : null;
    }

    public FamilySpec spec() {
        return spec;
    }

    public RequestChannel channel() {
        return channel;
    }

    /** The family as the kernel registered it; null for rtnetlink. */
    public GenericFamily family() {
        return family;
    }

    /**
     * An operation by its name.
     *
     * @throws IllegalArgumentException if the family has none of that name
     */
    public OperationSpec operation(String name) {
        return spec.operation(name)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        spec.name() + " has no operation " + name));
    }

    /** Sends a request with the operation's own flags, and returns the answers. */
    public List<AttributeList> call(OperationSpec operation, AttributeList request)
            throws NetlinkException {
        return call(operation, operation.flags(), request);
    }

    /**
     * Sends a request and returns the answers, which may be none.
     *
     * @param flags flags {@code NLM_F_*} besides REQUEST and ACK
     */
    public List<AttributeList> call(OperationSpec operation, int flags, AttributeList request)
            throws NetlinkException {
        return call(describe(operation), operation, flags, request);
    }

    /** The same, with words of the caller's for an error. */
    public List<AttributeList> call(
            String what, OperationSpec operation, int flags, AttributeList request)
            throws NetlinkException {
        begin(operation, flags, request);
        return channel.collect(what, message -> decode(operation, message));
    }

    /**
     * Asks for one object.
     *
     * @param absent the error that says that there is none
     * @return the object, or empty if there is none
     */
    public Optional<AttributeList> find(
            OperationSpec operation, AttributeList request, Errno absent) throws NetlinkException {
        try {
            return call(operation, request).stream().findFirst();
        } catch (NetlinkException e) {
            if (e.is(absent)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * Asks for all objects and hands them on as they come: what is held at any time is one
     * datagram.
     *
     * @return whether the list is consistent; false if objects changed meanwhile
     */
    public boolean dump(
            OperationSpec operation, AttributeList filter, Consumer<AttributeList> visitor)
            throws NetlinkException {
        begin(operation, 0, filter);
        return channel.dump(
                describe(operation), message -> visitor.accept(decode(operation, message)));
    }

    /** All objects; taken again until the list is consistent. */
    public List<AttributeList> list(OperationSpec operation, AttributeList filter)
            throws NetlinkException {
        begin(operation, 0, filter);
        List<AttributeList> all = new ArrayList<>();
        channel.dump(
                describe(operation),
                new DumpVisitor() {
                    @Override
                    public void message(MessageReader message) {
                        all.add(decode(operation, message));
                    }

                    @Override
                    public boolean restart() {
                        all.clear();
                        return true;
                    }
                });
        return all;
    }

    private String describe(OperationSpec operation) {
        return spec.name() + " " + operation.name();
    }

    private void begin(OperationSpec operation, int flags, AttributeList request)
            throws NetlinkException {
        MessageWriter writer =
                family == null
                        ? channel.begin(operation.request(), flags)
                        : channel.begin(
                                new GenericFamily(
                                        family.name(),
                                        family.id(),
                                        spec.version(),
                                        family.headerLength(),
                                        family.groups()),
                                flags,
                                operation.request());
        AttributeCodec.encode(request, writer);
    }

    private AttributeList decode(OperationSpec operation, MessageReader message) {
        return AttributeCodec.decode(
                operation.table(),
                message,
                family == null ? MessageHeader.LENGTH : GenericHeader.PAYLOAD_OFFSET);
    }

    @Override
    public void close() {
        channel.close();
    }
}
