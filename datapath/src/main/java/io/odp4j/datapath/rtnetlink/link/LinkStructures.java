package io.odp4j.datapath.rtnetlink.link;

import static io.odp4j.datapath.netlink.table.AttributeType.S32;
import static io.odp4j.datapath.netlink.table.AttributeType.U16;
import static io.odp4j.datapath.netlink.table.AttributeType.U32;
import static io.odp4j.datapath.netlink.table.AttributeType.U64;
import static io.odp4j.datapath.netlink.table.AttributeType.U8;

import io.odp4j.datapath.netlink.table.Display;
import io.odp4j.datapath.netlink.table.StructLayout;
import io.odp4j.datapath.netlink.table.ValueNames;
import io.odp4j.datapath.rtnetlink.RtNames;

/** Structures of a link's messages: {@code linux/rtnetlink.h}, {@code linux/if_link.h}. */
public final class LinkStructures {
    /** Kinds of hardware, {@code linux/if_arp.h}. */
    public static final ValueNames TYPES =
            ValueNames.enumeration(
                    "ARPHRD_",
                    1,
                    "ether",
                    32,
                    "infiniband",
                    512,
                    "ppp",
                    519,
                    "rawip",
                    768,
                    "tunnel",
                    769,
                    "tunnel6",
                    772,
                    "loopback",
                    776,
                    "sit",
                    778,
                    "ipgre",
                    823,
                    "ip6gre",
                    824,
                    "netlink",
                    826,
                    "vsockmon",
                    65534,
                    "none",
                    65535,
                    "void");

    /** enum net_device_flags, {@code linux/if.h}. */
    public static final ValueNames FLAGS =
            ValueNames.flags(
                    "IFF_",
                    1,
                    "up",
                    2,
                    "broadcast",
                    4,
                    "debug",
                    8,
                    "loopback",
                    0x10,
                    "pointopoint",
                    0x20,
                    "notrailers",
                    0x40,
                    "running",
                    0x80,
                    "noarp",
                    0x100,
                    "promisc",
                    0x200,
                    "allmulti",
                    0x400,
                    "master",
                    0x800,
                    "slave",
                    0x1000,
                    "multicast",
                    0x2000,
                    "portsel",
                    0x4000,
                    "automedia",
                    0x8000,
                    "dynamic",
                    0x10000,
                    "lower_up",
                    0x20000,
                    "dormant",
                    0x40000,
                    "echo");

    public static final StructLayout HEADER =
            StructLayout.struct("ifinfomsg")
                    .number("ifi_family", U8, RtNames.FAMILIES)
                    .skip(1)
                    .number("ifi_type", U16, TYPES)
                    .number("ifi_index", S32)
                    .number("ifi_flags", U32, FLAGS)
                    .number("ifi_change", U32, Display.HEX)
                    .build();
    public static final StructLayout STATS =
            StructLayout.struct("rtnl_link_stats")
                    .number("rx_packets", U32)
                    .number("tx_packets", U32)
                    .number("rx_bytes", U32)
                    .number("tx_bytes", U32)
                    .number("rx_errors", U32)
                    .number("tx_errors", U32)
                    .number("rx_dropped", U32)
                    .number("tx_dropped", U32)
                    .number("multicast", U32)
                    .number("collisions", U32)
                    .number("rx_length_errors", U32)
                    .number("rx_over_errors", U32)
                    .number("rx_crc_errors", U32)
                    .number("rx_frame_errors", U32)
                    .number("rx_fifo_errors", U32)
                    .number("rx_missed_errors", U32)
                    .number("tx_aborted_errors", U32)
                    .number("tx_carrier_errors", U32)
                    .number("tx_fifo_errors", U32)
                    .number("tx_heartbeat_errors", U32)
                    .number("tx_window_errors", U32)
                    .number("rx_compressed", U32)
                    .number("tx_compressed", U32)
                    .number("rx_nohandler", U32)
                    .build();
    public static final StructLayout STATS64 =
            StructLayout.struct("rtnl_link_stats64")
                    .number("rx_packets", U64)
                    .number("tx_packets", U64)
                    .number("rx_bytes", U64)
                    .number("tx_bytes", U64)
                    .number("rx_errors", U64)
                    .number("tx_errors", U64)
                    .number("rx_dropped", U64)
                    .number("tx_dropped", U64)
                    .number("multicast", U64)
                    .number("collisions", U64)
                    .number("rx_length_errors", U64)
                    .number("rx_over_errors", U64)
                    .number("rx_crc_errors", U64)
                    .number("rx_frame_errors", U64)
                    .number("rx_fifo_errors", U64)
                    .number("rx_missed_errors", U64)
                    .number("tx_aborted_errors", U64)
                    .number("tx_carrier_errors", U64)
                    .number("tx_fifo_errors", U64)
                    .number("tx_heartbeat_errors", U64)
                    .number("tx_window_errors", U64)
                    .number("rx_compressed", U64)
                    .number("tx_compressed", U64)
                    .number("rx_nohandler", U64)
                    .number("rx_otherhost_dropped", U64)
                    .build();
    public static final StructLayout MAP =
            StructLayout.struct("rtnl_link_ifmap")
                    .number("mem_start", U64, Display.HEX)
                    .number("mem_end", U64, Display.HEX)
                    .number("base_addr", U64, Display.HEX)
                    .number("irq", U16)
                    .number("dma", U8)
                    .number("port", U8)
                    .skip(4)
                    .build();
    public static final StructLayout CACHE_INFO =
            StructLayout.struct("ifla_cacheinfo")
                    .number("max_reasm_len", U32)
                    .number("tstamp", U32)
                    .number("reachable_time", U32)
                    .number("retrans_time", U32)
                    .build();

    private LinkStructures() {}
}
