package io.odp4j.datapath.rtnetlink.ip;

import com.fasterxml.jackson.core.JsonGenerator;
import io.odp4j.datapath.netlink.table.Attribute;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.Display;
import io.odp4j.datapath.netlink.table.StructValue;
import io.odp4j.datapath.netlink.table.ValueNames;
import io.odp4j.datapath.rtnetlink.link.MacvlanAttributes;
import io.odp4j.datapath.rtnetlink.link.OtherKinds;
import io.odp4j.datapath.rtnetlink.link.TunAttributes;
import io.odp4j.datapath.rtnetlink.link.VlanAttributes;
import java.io.IOException;
import java.util.Locale;

/** Links on top of another link, and those of programs. */
final class DeviceForms {
    /** Tag protocols as the standards are called. */
    static final ValueNames TAGS = ValueNames.enumeration("", 0x8100, "802.1Q", 0x88a8, "802.1ad");

    private static final int NO_PROMISCUITY = 1;
    private static final int NO_DESTINATION = 2;
    private static final int SOURCE = 16;
    private static final int PRIVATE = 1;
    private static final int VEPA = 2;
    private static final long NOBODY = 0xffffffffL;

    static final DataForm VLAN =
            new DataForm()
                    .named("protocol", VlanAttributes.PROTOCOL, TAGS)
                    .number("id", VlanAttributes.ID)
                    .with((data, names, json) -> flags(data, json))
                    .with(priorities("ingress_qos", VlanAttributes.INGRESS_QOS))
                    .with(priorities("egress_qos", VlanAttributes.EGRESS_QOS));

    static final DataForm MACVLAN =
            new DataForm()
                    .named("mode", MacvlanAttributes.MODE, MacvlanAttributes.MODES)
                    .bit("nopromisc", MacvlanAttributes.FLAGS, NO_PROMISCUITY)
                    .bit("nodst", MacvlanAttributes.FLAGS, NO_DESTINATION)
                    .number("bcqueuelen", MacvlanAttributes.BC_QUEUE_LEN)
                    .number("usedbcqueuelen", MacvlanAttributes.BC_QUEUE_LEN_USED)
                    .with((data, names, json) -> sources(data, json));

    static final DataForm IPVLAN =
            new DataForm()
                    .named("mode", MacvlanAttributes.IPVLAN_MODE, MacvlanAttributes.IPVLAN_MODES)
                    .with(
                            (data, names, json) -> {
                                long flags = data.number(MacvlanAttributes.IPVLAN_FLAGS, 0);
                                String shared = (flags & VEPA) != 0 ? "vepa" : "bridge";
                                json.writeBooleanField(
                                        (flags & PRIVATE) != 0 ? "private" : shared, true);
                            });

    static final DataForm VRF = new DataForm().number("table", OtherKinds.VRF_ROUTING_TABLE);

    static final DataForm VRF_PORT =
            new DataForm().number("table", OtherKinds.VRF_PORT_ROUTING_TABLE);

    static final DataForm XFRM =
            new DataForm()
                    .on("external", OtherKinds.XFRM_COLLECT_METADATA)
                    .hex("if_id", OtherKinds.XFRM_IF_ID);

    static final DataForm TUN =
            new DataForm()
                    .named("type", TunAttributes.TYPE, TunAttributes.TYPES)
                    .bool("pi", TunAttributes.PI)
                    .bool("vnet_hdr", TunAttributes.VNET_HDR)
                    .bool("multi_queue", TunAttributes.MULTI_QUEUE)
                    .number("numqueues", TunAttributes.NUM_QUEUES)
                    .number("numdisabled", TunAttributes.NUM_DISABLED_QUEUES)
                    .bool("persist", TunAttributes.PERSIST)
                    .with(account("user", TunAttributes.OWNER, SystemNames.USERS))
                    .with(account("group", TunAttributes.GROUP, SystemNames.GROUPS));

    private DeviceForms() {}

    private static void flags(AttributeList data, JsonGenerator json) throws IOException {
        StructValue flags = data.struct(VlanAttributes.FLAGS);
        if (flags != null && flags.number("flags") != 0) {
            json.writeArrayFieldStart("flags");
            for (String name :
                    VlanAttributes.FLAG_NAMES.nameOf(flags.number("flags")).split("\\|")) {
                json.writeString(name.toUpperCase(Locale.ROOT));
            }
            json.writeEndArray();
        }
    }

    private static DataForm.Field priorities(String name, AttributeSpec spec) {
        return (data, names, json) -> {
            AttributeList mappings = data.list(spec);
            if (mappings == null) {
                return;
            }
            json.writeArrayFieldStart(name);
            for (Attribute mapping : mappings) {
                json.writeStartObject();
                json.writeNumberField("from", mapping.asStruct().number("from"));
                json.writeNumberField("to", mapping.asStruct().number("to"));
                json.writeEndObject();
            }
            json.writeEndArray();
        };
    }

    /** Whom a link of mode source hears. */
    private static void sources(AttributeList data, JsonGenerator json) throws IOException {
        if (data.number(MacvlanAttributes.MODE, 0) != SOURCE) {
            return;
        }
        IpJson.number(json, "macaddr_count", data, MacvlanAttributes.MACADDR_COUNT);
        AttributeList addresses = data.list(MacvlanAttributes.MACADDR_DATA);
        if (addresses == null) {
            return;
        }
        json.writeArrayFieldStart("macaddr_data");
        for (Attribute one : addresses) {
            json.writeString(Display.MAC.bytes(one.asBytes()));
        }
        json.writeEndArray();
    }

    /** Who may open a device: by name if this machine has one. */
    private static DataForm.Field account(String field, AttributeSpec spec, SystemNames names) {
        return (data, links, json) -> {
            long id = data.number(spec, NOBODY);
            if (id == NOBODY) {
                return;
            }
            String name = names.nameOf(id);
            if (name == null) {
                json.writeNumberField(field, id);
            } else {
                json.writeStringField(field, name);
            }
        };
    }
}
