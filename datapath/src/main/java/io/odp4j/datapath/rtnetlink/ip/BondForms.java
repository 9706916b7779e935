package io.odp4j.datapath.rtnetlink.ip;

import com.fasterxml.jackson.core.JsonGenerator;
import io.odp4j.datapath.netlink.table.Attribute;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.Display;
import io.odp4j.datapath.netlink.table.ValueNames;
import io.odp4j.datapath.rtnetlink.link.BondAttributes;
import java.io.IOException;

/** A bond and a bond's port, in the words of the driver's options. */
final class BondForms {
    private static final ValueNames VALIDATE =
            ValueNames.enumeration(
                    "",
                    1,
                    "active",
                    2,
                    "backup",
                    3,
                    "all",
                    4,
                    "filter",
                    5,
                    "filter_active",
                    6,
                    "filter_backup");
    private static final ValueNames TARGETS = ValueNames.enumeration("", 0, "any", 1, "all");
    private static final ValueNames RESELECT =
            ValueNames.enumeration("", 0, "always", 1, "better", 2, "failure");
    private static final ValueNames FAIL_OVER =
            ValueNames.enumeration("", 0, "none", 1, "active", 2, "follow");
    private static final ValueNames HASHES =
            ValueNames.enumeration(
                    "",
                    0,
                    "layer2",
                    1,
                    "layer3+4",
                    2,
                    "layer2+3",
                    3,
                    "encap2+3",
                    4,
                    "encap3+4",
                    5,
                    "vlan+srcmac");
    private static final ValueNames ACTIVE = ValueNames.enumeration("", 0, "off", 1, "on");
    private static final ValueNames RATES = ValueNames.enumeration("", 0, "slow", 1, "fast");
    private static final ValueNames SELECTION =
            ValueNames.enumeration("", 0, "stable", 1, "bandwidth", 2, "count");

    /** Bits of a port's state in IEEE 802.1AX, 6.4.2.3. */
    private static final ValueNames LACP =
            ValueNames.flags(
                    "",
                    1,
                    "active",
                    2,
                    "short_timeout",
                    4,
                    "aggregating",
                    8,
                    "in_sync",
                    16,
                    "collecting",
                    32,
                    "distributing",
                    64,
                    "defaulted",
                    128,
                    "expired");

    private static final ValueNames PORT_STATES =
            ValueNames.enumeration("", 0, "ACTIVE", 1, "BACKUP");
    private static final ValueNames PORT_LINKS =
            ValueNames.enumeration("", 0, "UP", 1, "GOING_DOWN", 2, "DOWN", 3, "GOING_BACK");

    static final DataForm BOND =
            new DataForm()
                    .named("mode", BondAttributes.MODE, BondAttributes.MODES)
                    .link("active_slave", BondAttributes.ACTIVE_SLAVE)
                    .numbers(
                            BondAttributes.MIIMON, BondAttributes.UPDELAY, BondAttributes.DOWNDELAY)
                    .number("peer_notify_delay", BondAttributes.PEER_NOTIF_DELAY)
                    .numbers(BondAttributes.USE_CARRIER, BondAttributes.ARP_INTERVAL)
                    .number("arp_missed_max", BondAttributes.MISSED_MAX)
                    .with(targets("arp_ip_target", BondAttributes.ARP_IP_TARGET))
                    .with(targets("ns_ip6_target", BondAttributes.NS_IP6_TARGET))
                    .with((data, names, json) -> validate(data, json))
                    .named("arp_all_targets", BondAttributes.ARP_ALL_TARGETS, TARGETS)
                    .link("primary", BondAttributes.PRIMARY)
                    .named("primary_reselect", BondAttributes.PRIMARY_RESELECT, RESELECT)
                    .named("fail_over_mac", BondAttributes.FAIL_OVER_MAC, FAIL_OVER)
                    .named("xmit_hash_policy", BondAttributes.XMIT_HASH_POLICY, HASHES)
                    .numbers(BondAttributes.RESEND_IGMP, BondAttributes.NUM_PEER_NOTIF)
                    .numbers(
                            BondAttributes.ALL_SLAVES_ACTIVE,
                            BondAttributes.MIN_LINKS,
                            BondAttributes.LP_INTERVAL,
                            BondAttributes.PACKETS_PER_SLAVE)
                    .named("ad_lacp_active", BondAttributes.AD_LACP_ACTIVE, ACTIVE)
                    .named("ad_lacp_rate", BondAttributes.AD_LACP_RATE, RATES)
                    .named("ad_select", BondAttributes.AD_SELECT, SELECTION)
                    .with((data, names, json) -> aggregator(data, json))
                    .numbers(BondAttributes.AD_ACTOR_SYS_PRIO, BondAttributes.AD_USER_PORT_KEY)
                    .mac("ad_actor_system", BondAttributes.AD_ACTOR_SYSTEM)
                    .numbers(BondAttributes.TLB_DYNAMIC_LB);

    static final DataForm PORT =
            new DataForm()
                    .named("state", BondAttributes.PORT_STATE, PORT_STATES)
                    .named("mii_status", BondAttributes.PORT_MII_STATUS, PORT_LINKS)
                    .numbers(BondAttributes.PORT_LINK_FAILURE_COUNT)
                    .mac("perm_hwaddr", BondAttributes.PORT_PERM_HWADDR)
                    .numbers(BondAttributes.PORT_QUEUE_ID, BondAttributes.PORT_PRIO)
                    .numbers(BondAttributes.PORT_AD_AGGREGATOR_ID)
                    .with(portState(BondAttributes.PORT_AD_ACTOR_OPER_PORT_STATE))
                    .with(portState(BondAttributes.PORT_AD_PARTNER_OPER_PORT_STATE));

    private BondForms() {}

    /** A state of LACP as a number, and as the names of its bits. */
    private static DataForm.Field portState(AttributeSpec spec) {
        return (data, names, json) -> {
            if (data.has(spec)) {
                IpJson.number(json, spec.fieldName(), data, spec);
                IpJson.flags(json, spec.fieldName() + "_str", data.number(spec, 0), LACP);
            }
        };
    }

    private static DataForm.Field targets(String name, AttributeSpec spec) {
        return (data, names, json) -> {
            AttributeList targets = data.list(spec);
            if (targets == null || targets.isEmpty()) {
                return;
            }
            json.writeArrayFieldStart(name);
            for (Attribute target : targets) {
                json.writeString(Display.IP.bytes(target.asBytes()));
            }
            json.writeEndArray();
        };
    }

    private static void validate(AttributeList data, JsonGenerator json) throws IOException {
        long value = data.number(BondAttributes.ARP_VALIDATE, 0);
        if (value != 0) {
            json.writeStringField("arp_validate", VALIDATE.nameOf(value));
        } else if (data.has(BondAttributes.ARP_VALIDATE)) {
            json.writeNullField("arp_validate");
        }
    }

    private static void aggregator(AttributeList data, JsonGenerator json) throws IOException {
        AttributeList info = data.list(BondAttributes.AD_INFO);
        if (info == null) {
            return;
        }
        json.writeObjectFieldStart("ad_info");
        IpJson.number(json, "aggregator", info, BondAttributes.AD_AGGREGATOR);
        IpJson.number(json, "num_ports", info, BondAttributes.AD_NUM_PORTS);
        IpJson.number(json, "actor_key", info, BondAttributes.AD_ACTOR_KEY);
        IpJson.number(json, "partner_key", info, BondAttributes.AD_PARTNER_KEY);
        if (info.has(BondAttributes.AD_PARTNER_MAC)) {
            json.writeStringField(
                    "partner_mac", Display.MAC.bytes(info.bytes(BondAttributes.AD_PARTNER_MAC)));
        }
        json.writeEndObject();
    }
}
