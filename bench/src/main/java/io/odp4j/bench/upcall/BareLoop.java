package io.odp4j.bench.upcall;

import io.odp4j.datapath.netlink.DirectBuffer;
import io.odp4j.datapath.netlink.Errno;
import io.odp4j.datapath.netlink.MessageHeader;
import io.odp4j.datapath.netlink.MessageReader;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.NetlinkSocket;
import io.odp4j.datapath.netlink.ReceiveBatch;
import io.odp4j.datapath.netlink.SendBatch;
import io.odp4j.datapath.netlink.SocketOption;
import io.odp4j.datapath.ovs.FlowAttributes;
import io.odp4j.datapath.ovs.PacketAttributes;
import io.odp4j.datapath.ovs.PacketCommand;
import io.odp4j.datapath.ovs.UpcallMessage;
import java.io.IOException;
import java.util.Arrays;

/**
 * The same as {@code upcall_limit.c} on a JVM: receives up to 64 upcalls with one system call,
 * answers each with an EXECUTE and a flow from templates, and sends the answers to a batch with
 * another. Nothing is decided, remembered or checked, there is one thread and no ring: what odp4j's
 * agent could reach at most if all that cost nothing.
 *
 * <pre>
 *   EXECUTE  slab: headers, ACTIONS | upcall: KEY | upcall: PACKET
 *   NEW      slab: headers, UFID, ACTIONS, KEY's header | upcall: the key's attributes
 * </pre>
 *
 * <p>Arguments and what it prints are those of the C program.
 */
public final class BareLoop {
    private static final int BATCH = 64;
    private static final int SLOT = 4096;
    private static final int TEMPLATE = 128;
    private static final int PIECES = 5;
    private static final int SOCKET_BUFFER = 8 << 20;
    private static final int ALIGNMENT = 4;
    private static final int OUTPUT = 1;
    private static final int UFID_BYTES = 16;

    private final NetlinkSocket socket;
    private final int packetFamily;
    private final int executeLength;
    private final int installLength;
    private final int ufidOffset;
    private final DirectBuffer slots = new DirectBuffer(BATCH * SLOT);
    private final DirectBuffer templates = new DirectBuffer(2 * BATCH * TEMPLATE);
    private final ReceiveBatch received = new ReceiveBatch(BATCH);
    private final SendBatch answers = new SendBatch(1, BATCH * PIECES);
    private final MessageReader reader = new MessageReader();
    private final UpcallMessage upcall = new UpcallMessage();
    private final long pid = ProcessHandle.current().pid();
    private long flows;

    private BareLoop(
            NetlinkSocket socket, int packetFamily, int flowFamily, int dpIfindex, int output) {
        this.socket = socket;
        this.packetFamily = packetFamily;
        MessageWriter writer = new MessageWriter();
        for (int i = 0; i < BATCH; i++) {
            received.setTarget(i, slots.address() + (long) i * SLOT, SLOT);
            writer.wrap(templates.buffer(), execute(i), TEMPLATE);
            writer.beginGeneric(
                    packetFamily, MessageHeader.REQUEST, 0, PacketAttributes.CMD_EXECUTE, 1);
            writer.putRawU32(dpIfindex);
            actions(writer, PacketAttributes.ACTIONS.number(), output);
            writer.end();
        }
        executeLength = writer.written();
        int ufid = 0;
        for (int i = 0; i < BATCH; i++) {
            writer.wrap(templates.buffer(), install(i), TEMPLATE);
            writer.beginGeneric(
                    flowFamily,
                    MessageHeader.REQUEST | MessageHeader.CREATE | MessageHeader.EXCL,
                    0,
                    FlowAttributes.CMD_NEW,
                    1);
            writer.putRawU32(dpIfindex);
            ufid = writer.header(FlowAttributes.UFID.number(), UFID_BYTES) - install(i);
            actions(writer, FlowAttributes.ACTIONS.number(), output);
            writer.header(FlowAttributes.KEY.number(), 0);
            writer.end();
        }
        ufidOffset = ufid;
        installLength = writer.written();
    }

    private static void actions(MessageWriter writer, int attribute, int output) {
        int nest = writer.beginPlainNest(attribute);
        writer.putU32(OUTPUT, output);
        writer.endNest(nest);
    }

    /** Where the template of an EXECUTE begins. */
    private static int execute(int i) {
        return 2 * i * TEMPLATE;
    }

    /** Where the template of a flow begins. */
    private static int install(int i) {
        return (2 * i + 1) * TEMPLATE;
    }

    /**
     * Prints the socket's port id and works until standard input is closed.
     *
     * @param words protocol, the datapath's port id, families of packets and flows, the datapath's
     *     interface index, the number of the port that every packet is sent to
     */
    public static void main(String... words) throws NetlinkException {
        int[] numbers = Arrays.stream(words).mapToInt(Integer::parseUnsignedInt).toArray();
        NetlinkSocket socket =
                NetlinkSocket.openNonBlocking(new NetlinkEndpoint(numbers[0], numbers[1]));
        socket.setReceiveBuffer(SOCKET_BUFFER);
        socket.set(SocketOption.SNDBUF, SOCKET_BUFFER);
        BareLoop loop = new BareLoop(socket, numbers[2], numbers[3], numbers[4], numbers[5]);
        System.out.println(Integer.toUnsignedString(socket.portId()));
        Thread end = new Thread(BareLoop::awaitEnd, "end");
        end.setDaemon(true);
        end.start();
        while (true) {
            loop.turn();
        }
    }

    private static void awaitEnd() {
        try {
            System.in.read();
        } catch (IOException e) {
            // As good as closed.
        }
        Runtime.getRuntime().halt(0);
    }

    private void turn() throws NetlinkException {
        int count = received.receive(socket, BATCH);
        if (count <= 0) {
            socket.awaitReadable(-1);
            return;
        }
        answers.clear();
        for (int i = 0; i < count; i++) {
            reader.wrap(slots.buffer(), i * SLOT, received.length(i));
            // What is of another family is an error that came back.
            if (reader.next() && reader.type() == packetFamily) {
                answer(i);
            }
        }
        answers.endDatagram();
        if (answers.datagrams() > 0) {
            int sent = answers.sendWaiting(socket, 0);
            if (sent < 0) {
                System.err.println("bare loop: sending failed: " + Errno.nameOf(-sent));
            }
        }
    }

    private void answer(int i) {
        upcall.wrap(reader);
        int key = PacketCommand.keyBytes(upcall);
        int packet = PacketCommand.packetBytes(upcall);
        int padded = packet + ALIGNMENT - 1 & -ALIGNMENT;
        add(execute(i), executeLength, key + packet);
        answers.add(slots.address() + PacketCommand.keyOffset(upcall), key);
        answers.add(slots.address() + PacketCommand.packetOffset(upcall), padded);

        int install = install(i);
        templates.buffer().putLong(install + ufidOffset, pid);
        templates.buffer().putLong(install + ufidOffset + Long.BYTES, flows++);
        templates
                .buffer()
                .putShort(
                        install + installLength - ALIGNMENT,
                        (short) (ALIGNMENT + upcall.keyLength()));
        add(install, installLength, upcall.keyLength());
        answers.add(slots.address() + upcall.keyOffset(), MessageHeader.align(upcall.keyLength()));
    }

    /** Adds a template, whose message goes on with so many bytes from elsewhere. */
    private void add(int template, int length, int elsewhere) {
        templates.buffer().putInt(template + MessageHeader.LENGTH_OFFSET, length + elsewhere);
        answers.add(templates.address() + template, length);
    }
}
