package io.odp4j.datapath.rtnetlink.ip;

import com.fasterxml.jackson.core.JsonGenerator;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.StructValue;
import io.odp4j.datapath.rtnetlink.RtNames;
import io.odp4j.datapath.rtnetlink.addr.AddressAttributes;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;

/** An address as it stands in {@code addr_info}, with {@code dev} in front. */
final class AddressJson {
    private static final int PERMANENT = 0x80;

    /** What {@code ip} calls a flag where the kernel calls it otherwise. */
    private static final Map<String, String> FLAGS =
            Map.of(
                    "homeaddress", "home",
                    "managetempaddr", "mngtmpaddr",
                    "mcautojoin", "autojoin",
                    "stable_privacy", "stable-privacy");

    private AddressJson() {}

    static void write(AttributeList o, IpNames names, JsonGenerator json) throws IOException {
        json.writeStringField("dev", names.name(o.header("ifa_index")));
        String family = RtNames.FAMILIES.nameOf(o.header("ifa_family"));
        json.writeStringField("family", family);
        AttributeSpec local =
                o.has(AddressAttributes.LOCAL)
                        ? AddressAttributes.LOCAL
                        : AddressAttributes.ADDRESS;
        IpJson.address(json, "local", o, local);
        if (!Arrays.equals(o.bytes(local), o.bytes(AddressAttributes.ADDRESS))) {
            IpJson.address(json, "address", o, AddressAttributes.ADDRESS);
        }
        json.writeNumberField("prefixlen", o.header("ifa_prefixlen"));
        IpJson.number(json, "metric", o, AddressAttributes.RT_PRIORITY);
        IpJson.address(json, "broadcast", o, AddressAttributes.BROADCAST);
        IpJson.address(json, "anycast", o, AddressAttributes.ANYCAST);
        json.writeStringField("scope", IpJson.scope(o.header("ifa_scope")));
        flags(o.number(AddressAttributes.FLAGS, o.header("ifa_flags")), family, json);
        if (o.has(AddressAttributes.LABEL)) {
            json.writeStringField("label", o.string(AddressAttributes.LABEL));
        }
        StructValue times = o.struct(AddressAttributes.CACHEINFO);
        if (times != null) {
            json.writeNumberField("valid_life_time", times.number("ifa_valid"));
            json.writeNumberField("preferred_life_time", times.number("ifa_prefered"));
        }
    }

    private static void flags(long flags, String family, JsonGenerator json) throws IOException {
        long shown = flags & ~PERMANENT;
        if (shown != 0) {
            for (String name : AddressAttributes.FLAG_NAMES.nameOf(shown).split("\\|")) {
                boolean temporary = name.equals("secondary") && family.equals("inet6");
                json.writeBooleanField(
                        temporary ? "temporary" : FLAGS.getOrDefault(name, name), true);
            }
        }
        if ((flags & PERMANENT) == 0) {
            json.writeBooleanField("dynamic", true);
        }
    }
}
