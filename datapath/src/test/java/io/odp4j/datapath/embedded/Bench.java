package io.odp4j.datapath.embedded;

import io.odp4j.datapath.embedded.port.Device;
import io.odp4j.datapath.embedded.port.DeviceLink;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowKeyDecoder;
import io.odp4j.datapath.netlink.DirectBuffer;
import io.odp4j.datapath.netlink.Errno;
import io.odp4j.datapath.netlink.GenericFamily;
import io.odp4j.datapath.netlink.MessageHeader;
import io.odp4j.datapath.netlink.MessageReader;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.NetlinkSocket;
import io.odp4j.datapath.netlink.ReceiveBatch;
import io.odp4j.datapath.netlink.RequestChannel;
import io.odp4j.datapath.ovs.Datapath;
import io.odp4j.datapath.ovs.DatapathAttributes;
import io.odp4j.datapath.ovs.Datapaths;
import io.odp4j.datapath.ovs.FlowAttributes;
import io.odp4j.datapath.ovs.OvsFamilies;
import io.odp4j.datapath.ovs.PacketAttributes;
import io.odp4j.datapath.ovs.UpcallMessage;
import io.odp4j.datapath.ovs.Vport;
import io.odp4j.datapath.ovs.VportAttributes;
import io.odp4j.datapath.ovs.Vports;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** An embedded datapath with two devices, and a socket that its upcalls come to. */
final class Bench implements BeforeEachCallback, AfterEachCallback {
    /** A device that keeps what it is sent. */
    static final class Sink implements Device {
        final List<byte[]> frames = new ArrayList<>();
        private final String name;

        Sink(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void transmit(ByteBuffer frame, int offset, int length) {
            byte[] copy = new byte[length];
            frame.get(offset, copy);
            frames.add(copy);
        }
    }

    /** An upcall as objects. */
    record Upcall(
            int command, FlowKey key, byte[] packet, byte[] userdata, int fullLength, long hash) {}

    static final int MISS = PacketAttributes.CMD_MISS;
    static final int ACTION = PacketAttributes.CMD_ACTION;

    final Sink one = new Sink("one");
    final Sink two = new Sink("two");
    EmbeddedDatapath embedded;
    RequestChannel channel;
    OvsFamilies families;
    Datapaths datapaths;
    Vports vports;
    Datapath datapath;
    NetlinkSocket upcalls;
    DeviceLink linkOne;
    DeviceLink linkTwo;
    private final DirectBuffer memory = new DirectBuffer(1 << 17);
    private final ReceiveBatch receiver = new ReceiveBatch(1);

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        embedded = EmbeddedDatapath.open();
        linkOne = embedded.plug(one);
        linkTwo = embedded.plug(two);
        channel = RequestChannel.open(embedded.endpoint());
        families = OvsFamilies.resolve(channel);
        datapaths = new Datapaths(channel, families);
        vports = new Vports(channel, families);
        upcalls = NetlinkSocket.openNonBlocking(embedded.endpoint());
        datapath = datapaths.create("dp0", 0, DatapathAttributes.F_UNALIGNED);
        receiver.setTarget(0, memory.address(), memory.capacity());
    }

    @Override
    public void afterEach(ExtensionContext context) {
        upcalls.close();
        channel.close();
        embedded.close();
    }

    /** Makes ports 1 and 2, whose misses come here. */
    void addPorts() throws NetlinkException {
        for (String name : List.of("one", "two")) {
            vports.add(
                    datapath.ifindex(),
                    name,
                    Vport.TYPE_NETDEV,
                    new int[] {upcalls.portId()},
                    null);
        }
    }

    /** The error that a request of the family ends with, or null. */
    Errno refusal(
            GenericFamily family, int command, int flags, Consumer<MessageWriter> attributes) {
        return refusal(family, command, flags, datapath.ifindex(), attributes);
    }

    Errno refusal(
            GenericFamily family,
            int command,
            int flags,
            int dpIfindex,
            Consumer<MessageWriter> attributes) {
        MessageWriter writer = channel.begin(family, flags, command).putRawU32(dpIfindex);
        attributes.accept(writer);
        try {
            channel.execute("request");
            return null;
        } catch (NetlinkException e) {
            return Errno.of(e.errno());
        }
    }

    Errno flow(int command, int flags, Consumer<MessageWriter> attributes) {
        return refusal(families.flow(), command, flags, attributes);
    }

    Errno vport(int command, Consumer<MessageWriter> attributes) {
        return refusal(families.vport(), command, 0, attributes);
    }

    Errno newVport(String name, int type, int number) {
        return vport(
                VportAttributes.CMD_NEW,
                w -> {
                    w.putString(VportAttributes.NAME.number(), name);
                    w.putU32(VportAttributes.TYPE.number(), type);
                    w.putU32(VportAttributes.UPCALL_PID.number(), upcalls.portId());
                    if (number != 0) {
                        w.putU32(VportAttributes.PORT_NO.number(), number);
                    }
                });
    }

    /** Executes actions on a frame. */
    Errno execute(byte[] frame, Consumer<MessageWriter> actions) {
        return refusal(
                families.packet(),
                PacketAttributes.CMD_EXECUTE,
                0,
                w -> {
                    w.putBytes(PacketAttributes.PACKET.number(), frame);
                    int key = w.beginPlainNest(PacketAttributes.KEY.number());
                    w.putU32(3, 1);
                    w.endNest(key);
                    int nest = w.beginPlainNest(PacketAttributes.ACTIONS.number());
                    actions.accept(w);
                    w.endNest(nest);
                });
    }

    /** Adds a flow on all packets of an Ethernet type that come in at port 1. */
    Errno addFlow(int etherType, Consumer<MessageWriter> actions) {
        return flow(
                FlowAttributes.CMD_NEW,
                MessageHeader.CREATE,
                w -> {
                    key(w, FlowAttributes.KEY.number(), 1, etherType, 0);
                    key(w, FlowAttributes.MASK.number(), -1, 0xffff, 0);
                    int nest = w.beginPlainNest(FlowAttributes.ACTIONS.number());
                    actions.accept(w);
                    w.endNest(nest);
                });
    }

    static void key(MessageWriter w, int attribute, int port, int etherType, int recirc) {
        int nest = w.beginPlainNest(attribute);
        w.putU32(20, attribute == FlowAttributes.MASK.number() ? -1 : recirc);
        w.putU32(3, port);
        w.putBytes(4, new byte[12]);
        w.putBe16(6, etherType);
        if (etherType == 0x0800) {
            w.putBytes(7, new byte[12]);
        }
        w.endNest(nest);
    }

    void receive(DeviceLink link, byte[] frame) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(frame.length).order(ByteOrder.nativeOrder());
        buffer.put(0, frame);
        link.receive(buffer, 0, frame.length);
    }

    /** The next upcall that is there, or null. */
    Upcall upcall() {
        MessageReader reader = nextMessage();
        if (reader == null) {
            return null;
        }
        UpcallMessage message = new UpcallMessage().wrap(reader);
        FlowKey key = new FlowKey();
        FlowKeyDecoder.decodeKey(message.buffer(), message.keyOffset(), message.keyLength(), key);
        byte[] packet = new byte[message.packetLength()];
        message.buffer().get(message.packetOffset(), packet);
        byte[] userdata = new byte[message.userdataLength()];
        if (userdata.length > 0) {
            message.buffer().get(message.userdataOffset(), userdata);
        }
        return new Upcall(
                message.command(), key, packet, userdata, message.fullLength(), message.hash());
    }

    /** The next message on the upcall socket, or null. */
    MessageReader nextMessage() {
        if (receiver.receive(upcalls, 1) != 1) {
            return null;
        }
        MessageReader reader = new MessageReader().wrap(memory.buffer(), 0, receiver.length(0));
        reader.next();
        return reader;
    }
}
