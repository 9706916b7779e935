package io.odp4j.upcall.watch;

import com.fasterxml.jackson.core.JsonGenerator;
import io.odp4j.datapath.flow.text.ActionFormatter;
import io.odp4j.datapath.flow.text.FlowFormatter;
import io.odp4j.datapath.flow.text.FlowJson;
import io.odp4j.datapath.flow.text.FlowTextOptions;
import io.odp4j.datapath.flow.text.PortNames;
import io.odp4j.datapath.netlink.Errno;
import io.odp4j.datapath.netlink.table.AttributeList;
import java.io.IOException;
import java.time.Instant;
import java.util.HexFormat;

/** Events as JSON objects, all there is in them. */
public final class EventJson {
    private final FlowFormatter keys;
    private final ActionFormatter actionLists;
    private final EventMatch match = new EventMatch();
    private final EventTime time = new EventTime();

    public EventJson(PortNames names) {
        FlowTextOptions options = FlowTextOptions.PLAIN.withNames(names);
        keys = new FlowFormatter(options);
        actionLists = new ActionFormatter(options);
    }

    /** Writes the fields of the object that is open. */
    public void write(Event event, JsonGenerator json) throws IOException {
        match.set(event);
        json.writeStringField("event", event.kind().label());
        Instant when = time.of(event.nanos());
        json.writeNumberField(
                "time_us", when.getEpochSecond() * 1_000_000L + when.getNano() / 1000);
        AttributeList key = match.keyAttributes();
        if (event.kind().isPacket()) {
            json.writeStringField("upcall", event.isMiss() ? "miss" : "action");
            json.writeNumberField("latency_ns", event.latencyNanos());
            json.writeNumberField("length", event.length());
            json.writeNumberField("full_length", event.fullLength());
            json.writeStringField("match", keys.format(key, null));
        } else {
            json.writeStringField("match", keys.format(key, match.maskAttributes()));
            json.writeNumberField("packets", event.packets());
            json.writeNumberField("bytes", event.bytes());
            if (event.errno() != 0) {
                json.writeStringField("error", Errno.nameOf(event.errno()));
            }
        }
        AttributeList actions = event.hasActions() ? match.actionAttributes() : null;
        if (actions != null) {
            json.writeStringField("actions_text", actionLists.format(actions));
        }
        byte[] ufid = event.hasUfid() ? EventText.ufidBytes(event).array() : null;
        FlowJson.writeFields(ufid, key, match.maskAttributes(), actions, json);
        if (event.packetLength() > 0) {
            json.writeStringField(
                    "packet", HexFormat.of().formatHex(event.packet(), 0, event.packetLength()));
        }
    }
}
