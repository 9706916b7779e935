package io.odp4j.upcall.embedded;

import io.odp4j.datapath.embedded.EmbeddedDatapath;
import io.odp4j.datapath.embedded.port.Device;
import io.odp4j.datapath.embedded.port.DeviceLink;
import io.odp4j.datapath.embedded.port.FrameBatch;
import io.odp4j.datapath.embedded.table.FlowTable;
import io.odp4j.datapath.flow.ActionAttributes;
import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowKeyEncoder;
import io.odp4j.datapath.flow.FlowMask;
import io.odp4j.datapath.netlink.DirectBuffer;
import io.odp4j.datapath.netlink.MessageHeader;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.NetlinkSocket;
import io.odp4j.datapath.netlink.ReceiveBatch;
import io.odp4j.datapath.netlink.RequestChannel;
import io.odp4j.datapath.ovs.Datapath;
import io.odp4j.datapath.ovs.DatapathAttributes;
import io.odp4j.datapath.ovs.Datapaths;
import io.odp4j.datapath.ovs.FlowAttributes;
import io.odp4j.datapath.ovs.FlowMessage;
import io.odp4j.datapath.ovs.OvsFamilies;
import io.odp4j.datapath.ovs.Vport;
import io.odp4j.datapath.ovs.Vports;
import io.odp4j.datapath.packet.FrameBuilder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * Two devices that bring in frames of every kind as fast as they can, each by its thread, while
 * flows that do all sorts of things with them come and go. Counts by itself what came in and out.
 */
final class MixedTraffic implements AutoCloseable {
    static final int SOURCES = 2;
    private static final int OUT = SOURCES + 1;
    private static final int MISSING = 77;
    private static final int KINDS = 1024;
    private static final int BATCH = 32;
    private static final int RECIRCULATED = 1;
    private static final int ENDLESS = 2;

    /** A device whose frames are counted. */
    private static final class Out implements Device {
        private long frames;

        @Override
        public String name() {
            return "out";
        }

        @Override
        public void transmit(ByteBuffer frame, int offset, int length) {
            frames++;
        }
    }

    private record In(String name) implements Device {
        @Override
        public void transmit(ByteBuffer frame, int offset, int length) {
            throw new IllegalStateException("nothing is sent there");
        }
    }

    private final SplittableRandom random;
    private final EmbeddedDatapath embedded;
    private final RequestChannel channel;
    private final OvsFamilies families;
    private final Datapath datapath;
    private final Out out = new Out();
    private final List<DeviceLink> links = new ArrayList<>();
    private final NetlinkSocket upcalls;
    private final ReceiveBatch receiver = new ReceiveBatch(BATCH);
    private final DirectBuffer memory = new DirectBuffer(BATCH * 4096);
    private final boolean[] installed = new boolean[KINDS];
    private final FlowMessage flow = new FlowMessage();
    private long upcallsRead;
    private long changes;
    private long packetsOfDeleted;

    MixedTraffic(Supplier<FlowTable> tables, long seed) throws NetlinkException {
        random = new SplittableRandom(seed);
        embedded = EmbeddedDatapath.open(tables);
        channel = RequestChannel.open(embedded.endpoint());
        families = OvsFamilies.resolve(channel);
        datapath = new Datapaths(channel, families).create("dp", 0, DatapathAttributes.F_UNALIGNED);
        upcalls = NetlinkSocket.openNonBlocking(embedded.endpoint());
        Vports vports = new Vports(channel, families);
        int[] pids = {upcalls.portId()};
        for (int i = 1; i <= SOURCES; i++) {
            links.add(embedded.plug(new In("in" + i)));
            vports.add(datapath.ifindex(), "in" + i, i, Vport.TYPE_NETDEV, pids, null);
        }
        embedded.plug(out);
        vports.add(datapath.ifindex(), "out", OUT, Vport.TYPE_NETDEV, pids, null);
        for (int i = 0; i < BATCH; i++) {
            receiver.setTarget(i, memory.address() + i * 4096L, 4096);
        }
        installRecirculated(RECIRCULATED, ActionAttributes.OUTPUT.number(), OUT);
        installRecirculated(ENDLESS, ActionAttributes.RECIRC.number(), ENDLESS);
    }

    /** Brings in so many frames, and changes flows all the while. */
    void run(long frames) throws Exception {
        List<Thread> threads = new ArrayList<>();
        for (DeviceLink link : links) {
            SplittableRandom own = random.split();
            Thread thread = new Thread(() -> bringIn(link, own, frames / SOURCES));
            thread.start();
            threads.add(thread);
        }
        while (threads.stream().anyMatch(Thread::isAlive)) {
            for (int i = 0; i < 8; i++) {
                change(random.nextInt(KINDS));
            }
            if (random.nextInt(4) == 0) {
                readUpcalls();
            }
        }
        for (Thread thread : threads) {
            thread.join();
        }
        readUpcalls();
    }

    private static void bringIn(DeviceLink link, SplittableRandom random, long frames) {
        ByteBuffer[] templates = new ByteBuffer[KINDS + 2];
        for (int i = 0; i < templates.length; i++) {
            byte[] bytes = i < KINDS ? frame(i) : malformed();
            templates[i] =
                    ByteBuffer.allocateDirect(bytes.length).order(java.nio.ByteOrder.nativeOrder());
            templates[i].put(0, bytes);
        }
        FrameBatch batch = new FrameBatch(BATCH);
        for (long left = frames; left > 0; left -= batch.count()) {
            batch.clear();
            while (!batch.isFull() && batch.count() < left) {
                ByteBuffer template = templates[random.nextInt(templates.length)];
                batch.copy(template, 0, template.capacity());
            }
            link.receive(batch);
        }
    }

    private static byte[] frame(int kind) {
        FrameBuilder frame = FrameBuilder.ethernet(0x0200_0000_0002L, 0x0200_0000_0001L);
        if (kind % 5 == 0) {
            frame.vlan(kind);
        }
        frame = kind % 3 == 0 ? frame.ipv6(1, 2, 3, 4) : frame.ipv4(0x0a00_0001, 0x0a00_0002);
        return frame.udp(kind, 9).payload(kind % 7 * 200).build();
    }

    /** A service header that breaks off. */
    private static byte[] malformed() {
        return FrameBuilder.ethernet(2, 1).type(0x894f).payload(4).build();
    }

    // --- flows ---

    private void change(int kind) throws NetlinkException {
        if (installed[kind]) {
            MessageWriter w =
                    channel.begin(families.flow(), MessageHeader.ECHO, FlowAttributes.CMD_DEL)
                            .putRawU32(datapath.ifindex());
            ufid(w, kind);
            packetsOfDeleted += channel.query("flow del", message -> flow.wrap(message).packets());
        } else {
            MessageWriter w = begin();
            ufid(w, kind);
            match(w, kind);
            int nest = w.beginNest(FlowAttributes.ACTIONS.number());
            actions(w);
            w.endNest(nest);
            channel.execute("flow new");
        }
        installed[kind] = !installed[kind];
        changes++;
    }

    private MessageWriter begin() {
        return channel.begin(families.flow(), MessageHeader.CREATE, FlowAttributes.CMD_NEW)
                .putRawU32(datapath.ifindex());
    }

    private static void ufid(MessageWriter w, int kind) {
        int at = w.header(FlowAttributes.UFID.number(), 16);
        w.buffer().putLong(at, kind).putLong(at + 8, ~kind);
    }

    private void match(MessageWriter w, int kind) {
        boolean ipv6 = kind % 3 == 0;
        FlowKey key =
                new FlowKey()
                        .set(FlowField.IN_PORT, 1)
                        .set(FlowField.DL_SRC, 1)
                        .set(FlowField.DL_TYPE, ipv6 ? 0x86dd : 0x800)
                        .set(FlowField.NW_PROTO, 17)
                        .set(FlowField.TP_SRC, kind);
        FlowMask mask =
                new FlowMask()
                        .exact(FlowField.RECIRC_ID)
                        .exact(FlowField.DL_TYPE)
                        .exact(FlowField.NW_PROTO)
                        .exact(FlowField.TP_SRC);
        if (kind % 5 == 0) {
            key.set(FlowField.VLAN_TPID, 0x8100).set(FlowField.VLAN_TCI, 0x1000 | kind & 0xfff);
            mask.exact(FlowField.VLAN_TPID).exact(FlowField.VLAN_TCI);
        }
        if (kind % 2 == 0) {
            key.set(FlowField.TP_DST, 9);
            mask.exact(FlowField.TP_DST);
        }
        put(w, key, mask);
    }

    private void put(MessageWriter w, FlowKey key, FlowMask mask) {
        key.carryFromContents();
        int nest = w.beginNest(FlowAttributes.KEY.number());
        FlowKeyEncoder.encodeKey(key, w);
        w.endNest(nest);
        nest = w.beginNest(FlowAttributes.MASK.number());
        FlowKeyEncoder.encodeMask(key, mask, w);
        w.endNest(nest);
    }

    private void installRecirculated(int id, int action, int argument) throws NetlinkException {
        for (int type : new int[] {0x800, 0x86dd}) {
            MessageWriter w = begin();
            put(
                    w,
                    new FlowKey()
                            .set(FlowField.RECIRC_ID, id)
                            .set(FlowField.DL_SRC, 1)
                            .set(FlowField.DL_TYPE, type),
                    new FlowMask().exact(FlowField.RECIRC_ID).exact(FlowField.DL_TYPE));
            int nest = w.beginNest(FlowAttributes.ACTIONS.number());
            w.putU32(action, argument);
            w.endNest(nest);
            channel.execute("flow new");
        }
    }

    /** Actions that send a packet to one place at most. */
    private void actions(MessageWriter w) {
        switch (random.nextInt(9)) {
            case 0 -> w.putU32(ActionAttributes.OUTPUT.number(), MISSING);
            case 1 -> {
                int nest = w.beginNest(ActionAttributes.USERSPACE.number());
                w.putU32(ActionAttributes.USERSPACE_PID.number(), upcalls.portId());
                w.endNest(nest);
            }
            case 2 -> w.putU32(ActionAttributes.RECIRC.number(), RECIRCULATED);
            case 3 -> w.putU32(ActionAttributes.RECIRC.number(), ENDLESS);
            case 4 -> {
                int nest = w.beginNest(ActionAttributes.SAMPLE.number());
                w.putU32(ActionAttributes.SAMPLE_PROBABILITY.number(), 1 << 31);
                int inner = w.beginNest(ActionAttributes.SAMPLE_ACTIONS.number());
                w.putU32(ActionAttributes.OUTPUT.number(), OUT);
                w.endNest(inner);
                w.endNest(nest);
            }
            case 5 -> {
                // Nothing: the packet is dropped.
            }
            default -> w.putU32(ActionAttributes.OUTPUT.number(), OUT);
        }
    }

    private void readUpcalls() {
        int received;
        while ((received = receiver.receive(upcalls, BATCH)) > 0) {
            for (int i = 0; i < received; i++) {
                boolean overrun =
                        MessageHeader.type(memory.buffer(), i * 4096) == MessageHeader.OVERRUN;
                upcallsRead += overrun ? 0 : 1;
            }
        }
    }

    // --- what came of it ---

    long[] counters() {
        return embedded.counters();
    }

    long stat(String name) throws NetlinkException {
        return new Datapaths(channel, families).get("dp").stat(name);
    }

    /** A counter of a port, in1, in2 or out. */
    long portStat(String port, String name) throws NetlinkException {
        return new Vports(channel, families).find(port).orElseThrow().stat(name);
    }

    /** Flows installed and deleted. */
    long changes() {
        return changes;
    }

    long framesOut() {
        return out.frames;
    }

    long upcallsRead() {
        return upcallsRead;
    }

    /** Packets that flows have counted, those that are gone included. */
    long packetsOfFlows() throws NetlinkException {
        long[] sum = {packetsOfDeleted};
        new io.odp4j.datapath.ovs.Flows(channel, families, datapath)
                .dump(0, listed -> sum[0] += listed.packets());
        return sum[0];
    }

    @Override
    public void close() {
        upcalls.close();
        channel.close();
        embedded.close();
    }
}
