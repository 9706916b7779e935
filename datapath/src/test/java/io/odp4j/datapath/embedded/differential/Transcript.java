package io.odp4j.datapath.embedded.differential;

import io.odp4j.datapath.netlink.AttributeReader;
import io.odp4j.datapath.netlink.Errno;
import io.odp4j.datapath.netlink.GenericFamily;
import io.odp4j.datapath.netlink.GenericHeader;
import io.odp4j.datapath.netlink.MessageHeader;
import io.odp4j.datapath.netlink.MessageReader;
import io.odp4j.datapath.ovs.DatapathAttributes;
import io.odp4j.datapath.ovs.FlowAttributes;
import io.odp4j.datapath.ovs.MeterAttributes;
import io.odp4j.datapath.ovs.OvsHeader;
import io.odp4j.datapath.ovs.PacketAttributes;
import io.odp4j.datapath.ovs.VportAttributes;
import io.odp4j.datapath.psample.PsampleAttributes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongBiFunction;

/**
 * A message as a line: every attribute in its order with its bytes, less what cannot be the same in
 * two datapaths: port ids, interface indexes, times, hashes, and which masks were tried.
 */
final class Transcript {
    private static final String[] NAMES = {
        "datapath", "vport", "flow", "packet", "meter", "psample", "ct limit"
    };
    private static final int DATAPATH = 0;
    private static final int VPORT = 1;
    private static final int FLOW = 2;
    private static final int PACKET = 3;
    private static final int METER = 4;
    private static final int PSAMPLE = 5;

    private final GenericFamily[] families;
    private final int portId;
    private final int requester;

    /** Counters of devices outlive a sequence; they count from its beginning here. */
    private final Map<String, long[]> counters = new HashMap<>();

    private final ToLongBiFunction<String, Boolean> tagBytes;

    /**
     * @param tagBytes bytes of outer tags that a device's counters have, by its name: sent, or
     *     received; a kernel holds them beside the packet and does not count them
     */
    Transcript(
            GenericFamily[] families,
            int portId,
            int requester,
            ToLongBiFunction<String, Boolean> tagBytes) {
        this.families = families;
        this.tagBytes = tagBytes;
        this.portId = portId;
        this.requester = requester;
    }

    void begin() {
        counters.clear();
    }

    /** The line; null for a message about another datapath than the test's. */
    String describe(MessageReader m) {
        StringBuilder line = new StringBuilder();
        if (m.type() == MessageHeader.ERROR || m.type() == MessageHeader.DONE) {
            int error = -m.intAt(m.offset() + MessageHeader.LENGTH);
            return line.append(m.type() == MessageHeader.DONE ? "done " : "ack ")
                    .append(error == 0 ? "OK" : Errno.nameOf(error))
                    .append(" flags ")
                    .append(Integer.toHexString(m.flags()))
                    .append(" bytes ")
                    .append(m.length())
                    .append(m.portId() == requester ? "" : " to somebody else")
                    .toString();
        }
        int family = 0;
        while (family < families.length && families[family].id() != m.type()) {
            family++;
        }
        line.append(family < NAMES.length ? NAMES[family] : "type " + m.type())
                .append(" command ")
                .append(m.command())
                .append(" flags ")
                .append(Integer.toHexString(m.flags()))
                .append(m.portId() == 0 ? "" : m.portId() == requester ? " to us" : " to others")
                .append(" version ")
                .append(m.buffer().get(m.offset() + 17));
        int payload = family == PSAMPLE ? GenericHeader.PAYLOAD_OFFSET : OvsHeader.PAYLOAD_OFFSET;
        AttributeReader a = m.attributes(new AttributeReader(), payload);
        String name = "";
        while (a.next()) {
            if (isPad(family, a.type())) {
                continue;
            }
            boolean named =
                    family == DATAPATH && is(a, DatapathAttributes.NAME)
                            || family == VPORT && is(a, VportAttributes.NAME);
            if (named) {
                name = a.string();
                if (family == DATAPATH && name.equals(Subject.OUTSIDE)) {
                    return null;
                }
            }
            line.append(' ').append(a.type());
            line.append((a.flags() & 0x8000) != 0 ? "n=" : "=").append(value(family, a, name));
        }
        return line.toString();
    }

    /** What a kernel puts in on machines that want 64-bit numbers aligned. */
    private static boolean isPad(int family, int type) {
        return switch (family) {
            case DATAPATH -> type == DatapathAttributes.PAD_ATTRIBUTE.number();
            case VPORT -> type == VportAttributes.PAD_ATTRIBUTE.number();
            case FLOW -> type == FlowAttributes.PAD_ATTRIBUTE.number();
            case METER -> type == MeterAttributes.PAD_ATTRIBUTE.number();
            case PSAMPLE -> type == PsampleAttributes.PAD_ATTRIBUTE.number();
            default -> false;
        };
    }

    private static boolean is(
            AttributeReader a, io.odp4j.datapath.netlink.table.AttributeSpec spec) {
        return a.type() == spec.number();
    }

    private String value(int family, AttributeReader a, String name) {
        byte[] bytes = a.bytes();
        switch (family) {
            case DATAPATH -> {
                if (is(a, DatapathAttributes.MEGAFLOW_STATS)) {
                    return ""; // a kernel tells masks apart by more than their bits
                }
                return Step.hex(withoutPortIds(bytes));
            }
            case VPORT -> {
                if (is(a, VportAttributes.IFINDEX)) {
                    return "";
                }
                if (is(a, VportAttributes.UPCALL_STATS)) {
                    return upcallStatistics(a);
                }
                if (is(a, VportAttributes.STATS)) {
                    return statistics(name, bytes);
                }
                return Step.hex(withoutPortIds(bytes));
            }
            case FLOW -> {
                if (is(a, FlowAttributes.USED)) {
                    return "";
                }
                if (is(a, FlowAttributes.KEY) || is(a, FlowAttributes.MASK)) {
                    bytes = KeyBytes.known(bytes);
                } else if (is(a, FlowAttributes.ACTIONS)) {
                    bytes = KeyBytes.withoutZone(bytes);
                }
            }
            case PACKET -> {
                if (is(a, PacketAttributes.HASH)) {
                    return "";
                }
                if (is(a, PacketAttributes.KEY)) {
                    bytes = KeyBytes.known(bytes);
                }
            }
            case METER -> {
                if (is(a, MeterAttributes.USED) || is(a, MeterAttributes.MAX_METERS)) {
                    return "";
                }
            }
            case PSAMPLE -> {
                if (is(a, PsampleAttributes.IIFINDEX) || is(a, PsampleAttributes.TIMESTAMP)) {
                    return "";
                }
            }
            default -> {
                // Nothing of it is known.
            }
        }
        return Step.hex(withoutPortIds(bytes));
    }

    private static String upcallStatistics(AttributeReader outer) {
        StringBuilder text = new StringBuilder();
        AttributeReader a = new AttributeReader().wrapNested(outer);
        while (a.next()) {
            if (a.length() == 8) {
                text.append(a.type()).append(':').append(a.u64()).append(',');
            }
        }
        return text.toString();
    }

    /** Of devices that are always plugged in: what was added in this sequence. */
    private String statistics(String name, byte[] bytes) {
        if (!List.of(Step.DEVICES).contains(name)) {
            return ""; // of an internal port, which is down in a kernel
        }
        ByteBuffer b = buffer(bytes);
        long[] now = new long[4];
        for (int i = 0; i < 4; i++) {
            now[i] = b.getLong(8 * i);
        }
        now[2] -= tagBytes.applyAsLong(name, false);
        now[3] -= tagBytes.applyAsLong(name, true);
        long[] first = counters.computeIfAbsent(name, n -> now.clone());
        return String.format(
                "rx %d/%d tx %d/%d",
                now[0] - first[0], now[2] - first[2], now[1] - first[1], now[3] - first[3]);
    }

    private byte[] withoutPortIds(byte[] bytes) {
        ByteBuffer b = buffer(bytes);
        for (int i = 0; i + 4 <= bytes.length; i++) {
            if (b.getInt(i) == portId) {
                b.putInt(i, Step.PORT_ID);
            }
        }
        return bytes;
    }

    private static ByteBuffer buffer(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    }
}
