package io.odp4j.datapath.rtnetlink.ip;

import com.fasterxml.jackson.core.JsonGenerator;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.Display;
import io.odp4j.datapath.netlink.table.StructValue;
import io.odp4j.datapath.rtnetlink.rule.RuleAttributes;
import java.io.IOException;

/** A rule. */
final class RuleJson {
    private static final int TO_TABLE = 1;
    private static final int GOTO = 2;
    private static final int NOP = 3;
    private static final int INVERT = 2;
    private static final int IIF_DETACHED = 8;
    private static final int OIF_DETACHED = 0x10;
    private static final int REALM_BITS = 16;
    private static final long NONE = 0xffffffffL;

    private RuleJson() {}

    static void write(AttributeList o, IpNames names, JsonGenerator json) throws IOException {
        json.writeNumberField("priority", o.number(RuleAttributes.PRIORITY, 0));
        flag(json, "not", o.header("flags") & INVERT);
        if (o.has(RuleAttributes.SRC)) {
            prefix(json, "src", o, RuleAttributes.SRC);
        } else {
            json.writeStringField("src", "all");
        }
        if (o.has(RuleAttributes.DST)) {
            prefix(json, "dst", o, RuleAttributes.DST);
        }
        if (o.header("tos") != 0) {
            json.writeStringField("tos", String.format("0x%02x", o.header("tos")));
        }
        marks(o, json);
        text(json, "iif", o, RuleAttributes.IIFNAME);
        flag(json, "iif_detached", o.header("flags") & IIF_DETACHED);
        text(json, "oif", o, RuleAttributes.OIFNAME);
        flag(json, "oif_detached", o.header("flags") & OIF_DETACHED);
        StructValue users = o.struct(RuleAttributes.UID_RANGE);
        if (users != null) {
            json.writeNumberField("uid_start", users.number("start"));
            json.writeNumberField("uid_end", users.number("end"));
        }
        protocol(o, json);
        ports(json, "sport", o.struct(RuleAttributes.SPORT_RANGE));
        ports(json, "dport", o.struct(RuleAttributes.DPORT_RANGE));
        IpJson.number(json, "tun_id", o, RuleAttributes.TUN_ID);
        action(o, json);
        if (o.has(RuleAttributes.PROTOCOL)) {
            json.writeStringField(
                    "protocol", IpJson.protocol(o.number(RuleAttributes.PROTOCOL, 0)));
        }
    }

    private static void prefix(JsonGenerator json, String field, AttributeList o, AttributeSpec s)
            throws IOException {
        byte[] address = o.bytes(s);
        json.writeStringField(field, Display.IP.bytes(address));
        if (o.header(field + "_len") != address.length * 8) {
            json.writeNumberField(field + "len", o.header(field + "_len"));
        }
    }

    private static void marks(AttributeList o, JsonGenerator json) throws IOException {
        long mark = o.number(RuleAttributes.FWMARK, 0);
        long mask = o.number(RuleAttributes.FWMASK, 0);
        if (mark != 0 || mask != 0) {
            json.writeStringField("fwmark", "0x" + Long.toHexString(mark));
            if (mask != NONE) {
                json.writeStringField("fwmask", "0x" + Long.toHexString(mask));
            }
        }
    }

    private static void ports(JsonGenerator json, String field, StructValue range)
            throws IOException {
        if (range == null) {
            return;
        }
        if (range.number("start") == range.number("end")) {
            json.writeNumberField(field, range.number("start"));
        } else {
            json.writeNumberField(field + "_start", range.number("start"));
            json.writeNumberField(field + "_end", range.number("end"));
        }
    }

    private static void action(AttributeList o, JsonGenerator json) throws IOException {
        long action = o.header("action");
        long table = o.number(RuleAttributes.ROUTING_TABLE, o.header("table"));
        if (o.number(RuleAttributes.L3MDEV, 0) != 0) {
            json.writeNullField("l3mdev");
        } else if (table != 0) {
            json.writeStringField("table", IpJson.table(table));
        }
        long length = o.number(RuleAttributes.SUPPRESS_PREFIXLEN, NONE);
        if (length != NONE) {
            json.writeNumberField("suppress_prefixlen", length);
        }
        long group = o.number(RuleAttributes.SUPPRESS_IFGROUP, NONE);
        if (group != NONE) {
            json.writeStringField("suppress_ifgroup", SystemNames.LINK_GROUPS.textOf(group));
        }
        realms(o.number(RuleAttributes.FLOW, 0), json);
        if (action == GOTO) {
            IpJson.number(json, "goto", o, RuleAttributes.GOTO);
        } else if (action == NOP) {
            json.writeNullField("nop");
        } else if (action != TO_TABLE) {
            json.writeStringField("action", RuleAttributes.ACTIONS.nameOf(action));
        }
    }

    private static void protocol(AttributeList o, JsonGenerator json) throws IOException {
        long number = o.number(RuleAttributes.IP_PROTO, 0);
        if (number != 0) {
            String name = SystemNames.PROTOCOLS.nameOf(number);
            json.writeStringField("ipproto", name == null ? "ipproto-" + number : name);
        }
    }

    /** Realms: the source's in the upper half. */
    private static void realms(long flow, JsonGenerator json) throws IOException {
        if (flow == 0) {
            return;
        }
        if (flow >> REALM_BITS != 0) {
            json.writeStringField("flow_from", SystemNames.REALMS.textOf(flow >> REALM_BITS));
        }
        json.writeStringField("flow_to", SystemNames.REALMS.textOf(flow & 0xffff));
    }

    private static void flag(JsonGenerator json, String name, long bit) throws IOException {
        if (bit != 0) {
            json.writeNullField(name);
        }
    }

    private static void text(JsonGenerator json, String field, AttributeList o, AttributeSpec spec)
            throws IOException {
        if (o.has(spec)) {
            json.writeStringField(field, o.string(spec));
        }
    }
}
