package io.odp4j.upcall.cli.dpctl;

import com.fasterxml.jackson.core.JsonGenerator;
import io.odp4j.datapath.flow.text.ActionFormatter;
import io.odp4j.datapath.flow.text.FlowFormatter;
import io.odp4j.datapath.flow.text.FlowJson;
import io.odp4j.datapath.flow.text.FlowTextOptions;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.ovs.FlowMessage;
import java.io.IOException;
import java.math.BigInteger;

/** A flow as the fields of a JSON object: its match and actions as text, then part by part. */
final class FlowObject {
    private final FlowFormatter keys;
    private final ActionFormatter actions;

    FlowObject(FlowTextOptions options) {
        keys = new FlowFormatter(options);
        actions = new ActionFormatter(options);
    }

    /**
     * Writes the fields of a flow with its statistics.
     *
     * @param nowMillis the monotonic clock, which a flow's last use is told in
     */
    void write(JsonGenerator json, FlowMessage flow, long nowMillis) throws IOException {
        write(
                json,
                FlowRequests.ufid(flow),
                flow.hasKey() ? flow.key() : null,
                flow.hasMask() ? flow.mask() : null,
                flow.hasActions() ? flow.actions() : null);
        number(json, "packets", flow.packets());
        number(json, "bytes", flow.bytes());
        age(json, flow.usedMillis(), nowMillis);
        json.writeNumberField("tcp_flags", flow.tcpFlags());
    }

    /** Writes the fields of a flow, or of the parts that are not null. */
    void write(
            JsonGenerator json,
            byte[] ufid,
            AttributeList key,
            AttributeList mask,
            AttributeList list)
            throws IOException {
        if (key != null) {
            json.writeStringField("match", keys.format(key, mask));
        }
        if (list != null) {
            json.writeStringField("actions_text", actions.format(list));
        }
        FlowJson.writeFields(ufid, key, mask, list, json);
    }

    /** Writes {@code used_ms}: how long ago something was used, null for never. */
    static void age(JsonGenerator json, long usedMillis, long nowMillis) throws IOException {
        json.writeFieldName("used_ms");
        if (usedMillis == 0) {
            json.writeNull();
        } else {
            json.writeNumber(Math.max(0, nowMillis - usedMillis));
        }
    }

    static void number(JsonGenerator json, String name, long unsigned) throws IOException {
        json.writeFieldName(name);
        if (unsigned < 0) {
            json.writeNumber(new BigInteger(Long.toUnsignedString(unsigned)));
        } else {
            json.writeNumber(unsigned);
        }
    }
}
