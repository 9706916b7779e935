package io.odp4j.upcall.watch;

import io.odp4j.datapath.flow.text.ActionFormatter;
import io.odp4j.datapath.flow.text.FlowFormatter;
import io.odp4j.datapath.flow.text.FlowTextOptions;
import io.odp4j.datapath.flow.text.PortNames;
import io.odp4j.datapath.flow.text.Ufid;
import io.odp4j.datapath.netlink.Errno;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;

/**
 * Events as lines:
 *
 * <pre>
 *   12:00:01.123456 decided 35us in_port(h1),eth(…),…, length:98, actions:h2
 *   12:00:01.123461 installed ufid:…, in_port(h1),eth(…),…, actions:h2
 *   12:00:11.200000 idle ufid:…, in_port(h1),…, packets:7, bytes:686, actions:h2
 * </pre>
 */
public final class EventText {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS");

    private final FlowFormatter keys;
    private final ActionFormatter actionLists;
    private final EventMatch match = new EventMatch();
    private final EventTime time = new EventTime();
    private final ZoneId zone = ZoneId.systemDefault();

    public EventText(PortNames names) {
        FlowTextOptions options = FlowTextOptions.PLAIN.withNames(names);
        keys = new FlowFormatter(options);
        actionLists = new ActionFormatter(options);
    }

    /** Appends a line. */
    public void append(Event event, StringBuilder out) {
        match.set(event);
        Instant when = time.of(event.nanos());
        TIME.formatTo(when.atZone(zone), out);
        out.append(' ').append(event.kind().label()).append(' ');
        if (event.kind().isPacket()) {
            out.append(event.latencyNanos() / 1000).append("us ");
        }
        if (event.hasUfid()) {
            out.append(ufid(event)).append(", ");
        }
        if (event.kind().isPacket()) {
            keys.format(out, match.key(), 0, match.keyLength());
            out.append(", length:").append(event.length());
            if (event.fullLength() != event.length()) {
                out.append('/').append(event.fullLength());
            }
        } else {
            keys.format(
                    out, match.key(), 0, match.keyLength(), match.mask(), 0, match.maskLength());
            if (event.errno() != 0) {
                out.append(", error:").append(Errno.nameOf(event.errno()));
            } else if (event.packets() != 0) {
                out.append(", packets:").append(event.packets());
                out.append(", bytes:").append(event.bytes());
            }
        }
        out.append(", actions:");
        if (event.hasActions()) {
            actionLists.format(out, match.actions(), 0, match.actionsLength());
        } else {
            out.append('<').append(event.actionsLength()).append(" bytes>");
        }
        if (event.packetLength() > 0) {
            out.append(", packet:");
            out.append(HexFormat.of().formatHex(event.packet(), 0, event.packetLength()));
        }
        out.append('\n');
    }

    private static String ufid(Event event) {
        StringBuilder text = new StringBuilder();
        Ufid.format(text, ufidBytes(event), 0);
        return text.toString();
    }

    static ByteBuffer ufidBytes(Event event) {
        ByteBuffer bytes = ByteBuffer.allocate(Ufid.LENGTH).order(ByteOrder.nativeOrder());
        return bytes.putLong(0, event.ufidFirst()).putLong(8, event.ufidSecond());
    }
}
