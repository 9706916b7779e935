package io.odp4j.datapath.embedded.differential;

import io.odp4j.datapath.netlink.DirectBuffer;
import io.odp4j.datapath.netlink.GenericFamily;
import io.odp4j.datapath.netlink.MessageHeader;
import io.odp4j.datapath.netlink.MessageReader;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.NetlinkSocket;
import io.odp4j.datapath.netlink.ReceiveBatch;
import io.odp4j.datapath.netlink.RequestChannel;
import io.odp4j.datapath.netlink.SendBatch;
import io.odp4j.datapath.ovs.CtLimits;
import io.odp4j.datapath.ovs.Datapath;
import io.odp4j.datapath.ovs.DatapathAttributes;
import io.odp4j.datapath.ovs.Datapaths;
import io.odp4j.datapath.ovs.OvsFamilies;
import io.odp4j.datapath.ovs.Vport;
import io.odp4j.datapath.ovs.Vports;
import io.odp4j.datapath.psample.PsampleFamily;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * One of the two datapaths compared. Each step is answered by lines: what came back on the socket
 * of the requests, the upcalls, and the frames that left.
 */
abstract class Subject implements AutoCloseable {
    /** The name of a datapath that is none of the test's. */
    static final String OUTSIDE = "outside";

    private static final int BUFFER = 1 << 18;
    private static final int PATIENCE_MILLIS = 5000;

    private final RequestChannel channel;
    private final OvsFamilies families;
    private final Datapaths datapaths;
    private final Vports vports;
    private final GenericFamily[] byNumber;
    private final NetlinkSocket requests;
    private final NetlinkSocket upcalls;

    /** A member of every group: it hears of what requests have changed, and of samples. */
    private final NetlinkSocket events;

    private final DirectBuffer memory = new DirectBuffer(BUFFER);
    private final DirectBuffer sendMemory = new DirectBuffer(BUFFER);
    private final ReceiveBatch receiver = new ReceiveBatch(1);
    private final SendBatch sender = new SendBatch(1, 1);
    private final MessageReader reader = new MessageReader();
    private final Transcript transcript;
    private int sequence;

    Subject(NetlinkEndpoint endpoint) throws NetlinkException {
        channel = RequestChannel.open(endpoint);
        families = OvsFamilies.resolve(channel);
        datapaths = new Datapaths(channel, families);
        vports = new Vports(channel, families);
        GenericFamily meter = GenericFamily.resolve(channel, OvsFamilies.METER);
        GenericFamily samples = GenericFamily.resolve(channel, PsampleFamily.SPEC.name());
        byNumber =
                new GenericFamily[] {
                    families.datapath(),
                    families.vport(),
                    families.flow(),
                    families.packet(),
                    meter,
                    samples,
                    GenericFamily.resolve(channel, OvsFamilies.CT_LIMIT)
                };
        events = NetlinkSocket.openNonBlocking(endpoint);
        events.setReceiveBuffer(1 << 20);
        for (GenericFamily family : byNumber) {
            for (int group : family.groups().values()) {
                events.joinGroup(group);
            }
        }
        requests = NetlinkSocket.openNonBlocking(endpoint);
        upcalls = NetlinkSocket.openNonBlocking(endpoint);
        upcalls.setReceiveBuffer(1 << 20);
        receiver.setTarget(0, memory.address(), BUFFER);
        transcript = new Transcript(byNumber, upcalls.portId(), requests.portId(), this::tagBytes);
    }

    /** Sends a frame into a device. */
    abstract void inject(int device, byte[] frame) throws NetlinkException;

    /** Adds a line for each frame that a device has sent since. */
    abstract void frames(List<String> lines) throws NetlinkException;

    /** Bytes of outer tags among those that a device has counted. */
    long tagBytes(String device, boolean sent) {
        return 0;
    }

    /** Makes the world in which every sequence starts. */
    void begin() throws NetlinkException {
        clean();
        Datapath base = datapaths.create(Step.DATAPATHS[0], upcalls.portId(), 1);
        for (int i = 0; i < 2; i++) {
            vports.add(
                    base.ifindex(),
                    Step.DEVICES[i],
                    Vport.TYPE_NETDEV,
                    new int[] {upcalls.portId()},
                    null);
        }
        // These belong to no datapath.
        CtLimits limits = new CtLimits(channel, base);
        limits.delete(limits.get().stream().mapToInt(CtLimits.ZoneLimit::zone).toArray());
        outcome();
        transcript.begin();
    }

    /** A malformed request may have made datapaths of any name. */
    private void clean() throws NetlinkException {
        for (Datapath there : datapaths.list()) {
            if (!there.name().equals(OUTSIDE)) {
                // By its number: the name may be no text.
                channel.begin(families.datapath(), 0, DatapathAttributes.CMD_DEL)
                        .putRawU32(there.ifindex());
                channel.execute("datapath del");
            }
        }
    }

    void run(Step step) throws NetlinkException {
        if (step instanceof Step.Frame frame) {
            inject(frame.device(), frame.bytes());
        } else {
            send((Step.Request) step);
        }
    }

    /** What came of a step so far, as lines. */
    List<String> outcome() throws NetlinkException {
        List<String> lines = new ArrayList<>();
        while (receiver.receive(requests, 1) == 1) {
            // Only stragglers: an answer is waited for when the request is sent.
            lines.add("late answer");
        }
        lines.addAll(answers);
        answers.clear();
        while (receiver.receive(upcalls, 1) == 1) {
            reader.wrap(memory.buffer(), 0, receiver.length(0));
            while (reader.next()) {
                lines.add("upcall " + transcript.describe(reader));
            }
        }
        while (receiver.receive(events, 1) == 1) {
            reader.wrap(memory.buffer(), 0, receiver.length(0));
            while (reader.next()) {
                String line = transcript.describe(reader);
                if (line != null) {
                    lines.add("event " + line);
                }
            }
        }
        frames(lines);
        return lines;
    }

    private final List<String> answers = new ArrayList<>();

    private void send(Step.Request step) throws NetlinkException {
        GenericFamily family = byNumber[step.family()];
        MessageWriter w = new MessageWriter().wrap(sendMemory.buffer(), 0, BUFFER);
        int flags = step.flags() | MessageHeader.REQUEST | MessageHeader.ACK;
        w.beginGeneric(family.id(), flags, ++sequence, step.command(), step.version());
        w.putRawU32(ifindex(step.datapath()));
        int at = w.position();
        w.putRaw(step.attributes());
        w.end();
        fillIn(w.buffer(), at, step.attributes().length);
        sender.clear();
        sender.add(sendMemory.address(), w.written());
        sender.endDatagram();
        int sent = sender.send(requests, 0);
        if (sent != 1) {
            throw new IllegalStateException("cannot send: " + sent);
        }
        boolean done = false;
        while (!done) {
            if (receiver.receive(requests, 1) != 1) {
                if (!requests.awaitReadable(PATIENCE_MILLIS)) {
                    answers.add("no answer");
                    return;
                }
                continue;
            }
            reader.wrap(memory.buffer(), 0, receiver.length(0));
            while (reader.next()) {
                done |= reader.type() == MessageHeader.ERROR || reader.type() == MessageHeader.DONE;
                String line = transcript.describe(reader);
                if (line != null) {
                    answers.add(line);
                }
            }
        }
    }

    private int ifindex(int datapath) throws NetlinkException {
        if (datapath < 0) {
            return 0x7fff_0000;
        }
        return datapaths.find(Step.DATAPATHS[datapath]).map(Datapath::ifindex).orElse(0x7fff_0000);
    }

    private void fillIn(ByteBuffer b, int at, int length) {
        for (int i = at; i + 4 <= at + length; i++) {
            if (b.getInt(i) == Step.PORT_ID) {
                b.putInt(i, upcalls.portId());
            }
        }
    }

    /** What is there at the end: datapaths, vports, flows, meters. */
    List<String> state() throws NetlinkException {
        List<String> lines = new ArrayList<>();
        for (int family = 0; family < 3; family++) {
            run(new Step.Request("dump", family, 3, MessageHeader.DUMP, 2, 0, new byte[0]));
            List<String> dumped = outcome();
            dumped.sort(null);
            lines.addAll(dumped);
        }
        return lines;
    }

    @Override
    public void close() throws NetlinkException {
        clean();
        requests.close();
        upcalls.close();
        events.close();
        channel.close();
    }
}
