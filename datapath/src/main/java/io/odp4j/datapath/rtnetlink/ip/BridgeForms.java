package io.odp4j.datapath.rtnetlink.ip;

import com.fasterxml.jackson.core.JsonGenerator;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.StructValue;
import io.odp4j.datapath.rtnetlink.link.BridgeAttributes;
import io.odp4j.datapath.rtnetlink.link.BridgePortAttributes;
import java.io.IOException;
import java.util.StringJoiner;

/** A bridge and a bridge's port. */
final class BridgeForms {
    private static final double HUNDREDTHS = 100.0;
    private static final int NO_LINK_LOCAL_LEARNING = 1;
    private static final int VLAN_SNOOPING = 2;

    static final DataForm BRIDGE =
            new DataForm()
                    .numbers(
                            BridgeAttributes.FORWARD_DELAY,
                            BridgeAttributes.HELLO_TIME,
                            BridgeAttributes.MAX_AGE,
                            BridgeAttributes.AGEING_TIME,
                            BridgeAttributes.STP_STATE,
                            BridgeAttributes.PRIORITY,
                            BridgeAttributes.VLAN_FILTERING)
                    .named("vlan_protocol", BridgeAttributes.VLAN_PROTOCOL, DeviceForms.TAGS)
                    .with(bridgeId(BridgeAttributes.BRIDGE_ID))
                    .with(bridgeId(BridgeAttributes.ROOT_ID))
                    .numbers(
                            BridgeAttributes.ROOT_PORT,
                            BridgeAttributes.ROOT_PATH_COST,
                            BridgeAttributes.TOPOLOGY_CHANGE,
                            BridgeAttributes.TOPOLOGY_CHANGE_DETECTED)
                    .with(timer(BridgeAttributes.HELLO_TIMER))
                    .with(timer(BridgeAttributes.TCN_TIMER))
                    .with(timer(BridgeAttributes.TOPOLOGY_CHANGE_TIMER))
                    .with(timer(BridgeAttributes.GC_TIMER))
                    .numbers(
                            BridgeAttributes.VLAN_DEFAULT_PVID,
                            BridgeAttributes.VLAN_STATS_ENABLED,
                            BridgeAttributes.VLAN_STATS_PER_PORT)
                    .with(mask("group_fwd_mask", BridgeAttributes.GROUP_FWD_MASK))
                    .mac("group_addr", BridgeAttributes.GROUP_ADDR)
                    .numbers(BridgeAttributes.MCAST_SNOOPING)
                    .with((data, names, json) -> options(data, json))
                    .numbers(
                            BridgeAttributes.MCAST_ROUTER,
                            BridgeAttributes.MCAST_QUERY_USE_IFADDR,
                            BridgeAttributes.MCAST_QUERIER,
                            BridgeAttributes.MCAST_HASH_ELASTICITY,
                            BridgeAttributes.MCAST_HASH_MAX,
                            BridgeAttributes.MCAST_LAST_MEMBER_CNT,
                            BridgeAttributes.MCAST_STARTUP_QUERY_CNT,
                            BridgeAttributes.MCAST_LAST_MEMBER_INTVL,
                            BridgeAttributes.MCAST_MEMBERSHIP_INTVL,
                            BridgeAttributes.MCAST_QUERIER_INTVL,
                            BridgeAttributes.MCAST_QUERY_INTVL,
                            BridgeAttributes.MCAST_QUERY_RESPONSE_INTVL,
                            BridgeAttributes.MCAST_STARTUP_QUERY_INTVL,
                            BridgeAttributes.MCAST_STATS_ENABLED,
                            BridgeAttributes.MCAST_IGMP_VERSION,
                            BridgeAttributes.MCAST_MLD_VERSION,
                            BridgeAttributes.NF_CALL_IPTABLES,
                            BridgeAttributes.NF_CALL_IP6TABLES,
                            BridgeAttributes.NF_CALL_ARPTABLES);

    static final DataForm PORT =
            new DataForm()
                    .named("state", BridgePortAttributes.STATE, BridgePortAttributes.STATES)
                    .numbers(BridgePortAttributes.PRIORITY, BridgePortAttributes.COST)
                    .bool("hairpin", BridgePortAttributes.MODE)
                    .bool("guard", BridgePortAttributes.GUARD)
                    .bool("root_block", BridgePortAttributes.PROTECT)
                    .bool("fastleave", BridgePortAttributes.FAST_LEAVE)
                    .bool("learning", BridgePortAttributes.LEARNING)
                    .bool("flood", BridgePortAttributes.UNICAST_FLOOD)
                    .hex("id", BridgePortAttributes.ID)
                    .hex("no", BridgePortAttributes.NO)
                    .numbers(
                            BridgePortAttributes.DESIGNATED_PORT,
                            BridgePortAttributes.DESIGNATED_COST)
                    .with(bridgeId(BridgePortAttributes.BRIDGE_ID))
                    .with(bridgeId(BridgePortAttributes.ROOT_ID))
                    .with(timer(BridgePortAttributes.HOLD_TIMER))
                    .with(timer(BridgePortAttributes.MESSAGE_AGE_TIMER))
                    .with(timer(BridgePortAttributes.FORWARD_DELAY_TIMER))
                    .numbers(
                            BridgePortAttributes.TOPOLOGY_CHANGE_ACK,
                            BridgePortAttributes.CONFIG_PENDING)
                    .bool("proxy_arp", BridgePortAttributes.PROXYARP)
                    .bool("proxy_arp_wifi", BridgePortAttributes.PROXYARP_WIFI)
                    .numbers(BridgePortAttributes.MULTICAST_ROUTER)
                    .bool("mcast_flood", BridgePortAttributes.MCAST_FLOOD)
                    .bool("bcast_flood", BridgePortAttributes.BCAST_FLOOD)
                    .bool("mcast_to_unicast", BridgePortAttributes.MCAST_TO_UCAST)
                    .bool("neigh_suppress", BridgePortAttributes.NEIGH_SUPPRESS)
                    .with(mask("group_fwd_mask", BridgePortAttributes.GROUP_FWD_MASK))
                    .with((data, names, json) -> groups(data, json))
                    .bool("vlan_tunnel", BridgePortAttributes.VLAN_TUNNEL)
                    .bool("isolated", BridgePortAttributes.ISOLATED)
                    .bool("locked", BridgePortAttributes.LOCKED)
                    .link("backup_port", BridgePortAttributes.BACKUP_PORT);

    private BridgeForms() {}

    /** Priority, and the address without leading zeros: {@code 8000.2:0:0:0:0:1}. */
    private static DataForm.Field bridgeId(AttributeSpec spec) {
        return (data, names, json) -> {
            StructValue id = data.struct(spec);
            if (id == null) {
                return;
            }
            byte[] priority = id.bytes("prio");
            StringJoiner address = new StringJoiner(":");
            for (byte b : id.bytes("addr")) {
                address.add(Integer.toHexString(b & 0xff));
            }
            json.writeStringField(
                    spec.fieldName(),
                    String.format("%02x%02x.%s", priority[0], priority[1], address));
        };
    }

    /** Seconds with two decimals. */
    private static DataForm.Field timer(AttributeSpec spec) {
        return (data, names, json) -> {
            if (data.has(spec)) {
                json.writeNumberField(spec.fieldName(), data.number(spec, 0) / HUNDREDTHS);
            }
        };
    }

    private static DataForm.Field mask(String name, AttributeSpec spec) {
        return (data, names, json) -> {
            if (data.has(spec)) {
                long mask = data.number(spec, 0);
                json.writeStringField(name, (mask == 0 ? "" : "0x") + Long.toHexString(mask));
            }
        };
    }

    /** The same mask once more, with the names of the groups that have one. */
    private static void groups(AttributeList data, JsonGenerator json) throws IOException {
        if (!data.has(BridgePortAttributes.GROUP_FWD_MASK)) {
            return;
        }
        long rest = data.number(BridgePortAttributes.GROUP_FWD_MASK, 0);
        StringJoiner text = new StringJoiner(",").setEmptyValue("0x0");
        for (; rest != 0; rest &= rest - 1) {
            text.add(BridgePortAttributes.FORWARDED_GROUPS.nameOf(Long.lowestOneBit(rest)));
        }
        json.writeStringField("group_fwd_mask_str", text.toString());
    }

    private static void options(AttributeList data, JsonGenerator json) throws IOException {
        StructValue options = data.struct(BridgeAttributes.MULTI_BOOLOPT);
        if (options != null) {
            option("no_linklocal_learn", options, NO_LINK_LOCAL_LEARNING, json);
            option("mcast_vlan_snooping", options, VLAN_SNOOPING, json);
        }
    }

    private static void option(String name, StructValue options, long bit, JsonGenerator json)
            throws IOException {
        if ((options.number("optmask") & bit) != 0) {
            json.writeNumberField(name, (options.number("optval") & bit) == 0 ? 0 : 1);
        }
    }
}
