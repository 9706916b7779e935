package io.odp4j.datapath.flow.text;

import com.fasterxml.jackson.core.JsonGenerator;
import io.odp4j.datapath.netlink.table.AttributeJson;
import io.odp4j.datapath.netlink.table.AttributeList;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Flow keys, masks and actions as JSON, the fields named as in the attribute tables.
 *
 * <pre>{@code
 * {"ufid": "01234567-89ab-cdef-0123-456789abcdef",
 *  "key": {"in_port": 1, "ethernet": {"eth_src": "00:01:02:03:04:05", "eth_dst": ...}, ...},
 *  "mask": {"in_port": 4294967295, ...},
 *  "actions": [{"push_vlan": {"vlan_tpid": 33024, "vlan_tci": 4196}}, {"output": 3}]}
 * }</pre>
 *
 * Actions are an array of objects with one field each, nested ones too. A masked set holds two
 * structures, the value and the mask.
 */
public final class FlowJson {
    private FlowJson() {}

    /**
     * Writes the parts of a flow as fields of the object that is open; a part that is null is left
     * out.
     *
     * @param ufid 16 bytes
     */
    public static void writeFields(
            byte[] ufid,
            AttributeList key,
            AttributeList mask,
            AttributeList actions,
            JsonGenerator json)
            throws IOException {
        if (ufid != null) {
            StringBuilder text = new StringBuilder();
            Ufid.format(text, ByteBuffer.wrap(ufid).order(ByteOrder.nativeOrder()), 0);
            json.writeStringField("ufid", text.substring(Ufid.PREFIX.length()));
        }
        write("key", key, json);
        write("mask", mask, json);
        write("actions", actions, json);
    }

    private static void write(String name, AttributeList list, JsonGenerator json)
            throws IOException {
        if (list != null) {
            json.writeFieldName(name);
            AttributeJson.write(list, json);
        }
    }
}
