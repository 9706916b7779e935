package io.odp4j.upcall.cli.dpctl;

import io.odp4j.datapath.flow.ActionAttributes;
import io.odp4j.datapath.flow.KeyAttributes;
import io.odp4j.datapath.flow.text.ActionFormatter;
import io.odp4j.datapath.flow.text.FlowFormatter;
import io.odp4j.datapath.flow.text.FlowTextOptions;
import io.odp4j.datapath.flow.text.PortNames;
import io.odp4j.datapath.netlink.AttributeReader;
import io.odp4j.datapath.netlink.DirectBuffer;
import io.odp4j.datapath.netlink.Errno;
import io.odp4j.datapath.netlink.MessageReader;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.NetlinkFormatException;
import io.odp4j.datapath.netlink.NetlinkSocket;
import io.odp4j.datapath.netlink.ReceiveBatch;
import io.odp4j.datapath.netlink.table.AttributeCodec;
import io.odp4j.datapath.netlink.table.AttributeJson;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.netlink.table.AttributeTable;
import io.odp4j.datapath.ovs.UpcallMessage;
import io.odp4j.datapath.packet.PcapWriter;
import io.odp4j.upcall.cli.Output;
import java.io.IOException;
import java.time.Instant;
import java.util.function.Consumer;

/** Reads upcalls from a socket and prints them, one a line. */
final class UpcallPrinter {
    private static final int BATCH = 32;

    /** The longest upcall: a packet of 64 KiB with its key. */
    private static final int LONGEST = 72 * 1024;

    private final DirectBuffer[] memory = new DirectBuffer[BATCH];
    private final ReceiveBatch receiver = new ReceiveBatch(BATCH);
    private final MessageReader reader = new MessageReader();
    private final UpcallMessage upcall = new UpcallMessage();
    private final DpctlCommand options;
    private final FlowFormatter keys;
    private final ActionFormatter actions;
    private final FlowObject object;
    private final Watch watch;
    private final PcapWriter file;
    private final Output out;

    /**
     * @param file where packets are kept, or null
     */
    UpcallPrinter(DpctlCommand options, PortNames names, Watch watch, PcapWriter file, Output out) {
        FlowTextOptions form = FlowTextOptions.MORE.withNames(names);
        this.options = options;
        this.keys = new FlowFormatter(form);
        this.actions = new ActionFormatter(form);
        this.object = new FlowObject(form);
        this.watch = watch;
        this.file = file;
        this.out = out;
        for (int i = 0; i < BATCH; i++) {
            memory[i] = new DirectBuffer(LONGEST);
            receiver.setTarget(i, memory[i].address(), LONGEST);
        }
    }

    /** Prints all that is there. */
    void read(NetlinkSocket socket, Consumer<String> complaint) throws IOException {
        int received;
        while ((received = receiver.receive(socket, BATCH)) != 0) {
            if (received == -Errno.ENOBUFS.number()) {
                complaint.accept("upcalls were lost: they came faster than they are printed");
                continue;
            }
            if (received < 0) {
                throw new NetlinkException("reading upcalls", -received);
            }
            for (int i = 0; i < received; i++) {
                boolean whole = !receiver.truncated(i);
                if (whole && receiver.senderPortId(i) == socket.peer().portId()) {
                    datagram(i, complaint);
                }
            }
            if (file != null) {
                file.flush();
            }
        }
    }

    private void datagram(int index, Consumer<String> complaint) throws IOException {
        reader.wrap(memory[index].buffer(), 0, receiver.length(index));
        try {
            while (reader.next() && watch.count()) {
                print(upcall.wrap(reader));
            }
        } catch (NetlinkFormatException e) {
            complaint.accept("an upcall that cannot be read: " + e.getMessage());
        }
    }

    private void print(UpcallMessage u) throws IOException {
        if (file != null) {
            Instant now = Instant.now();
            long nanos = now.getEpochSecond() * 1_000_000_000L + now.getNano();
            file.write(nanos, u.buffer(), u.packetOffset(), u.packetLength(), u.fullLength());
        }
        if (options.json) {
            object(u);
        } else {
            line(u);
        }
    }

    private void line(UpcallMessage u) throws IOException {
        StringBuilder text = out.text();
        text.append(u.isMiss() ? "MISS " : "ACTION ");
        keys.format(text, u.buffer(), u.keyOffset(), u.keyLength());
        text.append(", length:").append(u.packetLength());
        if (u.fullLength() != u.packetLength()) {
            text.append('/').append(u.fullLength());
        }
        if (u.hasHash()) {
            text.append(", hash:0x").append(Long.toHexString(u.hash()));
        }
        if (u.mru() != 0) {
            text.append(", mru:").append(u.mru());
        }
        if (u.userdataOffset() >= 0) {
            text.append(", userdata:");
            text.append(Hex.of(u.buffer(), u.userdataOffset(), u.userdataLength()));
        }
        if (u.egressTunKeyOffset() >= 0) {
            text.append(", egress:");
            text.append(keys.format(egress(u), null));
        }
        if (u.actionsOffset() >= 0) {
            text.append(", actions:");
            actions.format(text, u.buffer(), u.actionsOffset(), u.actionsLength());
        }
        if (options.more) {
            text.append(", packet:");
            text.append(Hex.of(u.buffer(), u.packetOffset(), u.packetLength()));
        }
        out.endLine();
    }

    private void object(UpcallMessage u) throws IOException {
        out.object(
                json -> {
                    json.writeStringField("upcall", u.isMiss() ? "miss" : "action");
                    json.writeNumberField("dp_ifindex", u.dpIfindex());
                    object.write(json, null, key(u), null, null);
                    json.writeNumberField("length", u.packetLength());
                    json.writeNumberField("full_length", u.fullLength());
                    if (u.hasHash()) {
                        FlowObject.number(json, "hash", u.hash());
                    }
                    if (u.mru() != 0) {
                        json.writeNumberField("mru", u.mru());
                    }
                    if (u.userdataOffset() >= 0) {
                        String hex = Hex.of(u.buffer(), u.userdataOffset(), u.userdataLength());
                        json.writeStringField("userdata", hex);
                    }
                    if (u.egressTunKeyOffset() >= 0) {
                        json.writeFieldName("egress");
                        AttributeJson.write(egress(u), json);
                    }
                    if (u.actionsOffset() >= 0) {
                        AttributeList list =
                                decode(
                                        ActionAttributes.TABLE,
                                        u,
                                        u.actionsOffset(),
                                        u.actionsLength());
                        object.write(json, null, null, null, list);
                    }
                    json.writeStringField(
                            "packet", Hex.of(u.buffer(), u.packetOffset(), u.packetLength()));
                });
    }

    private static AttributeList key(UpcallMessage u) {
        return decode(KeyAttributes.TABLE, u, u.keyOffset(), u.keyLength());
    }

    /** The tunnel that the packet would leave by, as a key of its own. */
    private static AttributeList egress(UpcallMessage u) {
        return new AttributeList(KeyAttributes.TABLE)
                .put(
                        KeyAttributes.TUNNEL,
                        decode(
                                KeyAttributes.TUNNEL.nested().get(),
                                u,
                                u.egressTunKeyOffset(),
                                u.egressTunKeyLength()));
    }

    private static AttributeList decode(
            AttributeTable table, UpcallMessage u, int offset, int length) {
        return AttributeCodec.decode(table, new AttributeReader().wrap(u.buffer(), offset, length));
    }
}
