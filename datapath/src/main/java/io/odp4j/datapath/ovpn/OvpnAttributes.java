package io.odp4j.datapath.ovpn;

import static io.odp4j.datapath.netlink.table.AttributeType.BE16;
import static io.odp4j.datapath.netlink.table.AttributeType.BINARY;
import static io.odp4j.datapath.netlink.table.AttributeType.S32;
import static io.odp4j.datapath.netlink.table.AttributeType.U32;
import static io.odp4j.datapath.netlink.table.AttributeType.UINT;

import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.AttributeTable;
import io.odp4j.datapath.netlink.table.Display;
import io.odp4j.datapath.netlink.table.ValueNames;

/**
 * Attributes of the family ovpn, {@code OVPN_A_*} of {@code linux/ovpn.h}: OpenVPN's data channel
 * in the kernel.
 */
public final class OvpnAttributes {
    public static final int CMD_PEER_NEW = 1;
    public static final int CMD_PEER_SET = 2;
    public static final int CMD_PEER_GET = 3;
    public static final int CMD_PEER_DEL = 4;
    public static final int CMD_PEER_DEL_NTF = 5;
    public static final int CMD_KEY_NEW = 6;
    public static final int CMD_KEY_GET = 7;
    public static final int CMD_KEY_SWAP = 8;
    public static final int CMD_KEY_SWAP_NTF = 9;
    public static final int CMD_KEY_DEL = 10;
    public static final int CMD_PEER_FLOAT_NTF = 11;

    /** enum ovpn_cipher_alg. */
    public static final ValueNames CIPHERS =
            ValueNames.enumeration(
                    "OVPN_CIPHER_ALG_", 0, "none", 1, "aes_gcm", 2, "chacha20_poly1305");

    /** enum ovpn_del_peer_reason. */
    public static final ValueNames REASONS =
            ValueNames.enumeration(
                    "OVPN_DEL_PEER_REASON_",
                    0,
                    "teardown",
                    1,
                    "userspace",
                    2,
                    "expired",
                    3,
                    "transport_error",
                    4,
                    "transport_disconnect");

    /** enum ovpn_key_slot. */
    public static final ValueNames SLOTS =
            ValueNames.enumeration("OVPN_KEY_SLOT_", 0, "primary", 1, "secondary");

    private static final AttributeTable.Builder PEER_BUILDER =
            AttributeTable.named("ovpn_peer", "OVPN_A_PEER_");
    public static final AttributeSpec PEER_ID =
            PEER_BUILDER.add(
                    1,
                    "ID",
                    U32,
                    "Number of the peer, 24 bits; 0xffffff where there is one peer alone.");
    public static final AttributeSpec PEER_REMOTE_IPV4 =
            PEER_BUILDER.add(2, "REMOTE_IPV4", BINARY, Display.IPV4, "Address of the peer.");
    public static final AttributeSpec PEER_REMOTE_IPV6 =
            PEER_BUILDER.add(3, "REMOTE_IPV6", BINARY, Display.IPV6, "Address of the peer.");
    public static final AttributeSpec PEER_REMOTE_IPV6_SCOPE_ID =
            PEER_BUILDER.add(4, "REMOTE_IPV6_SCOPE_ID", U32, "Scope of it, if link-local.");
    public static final AttributeSpec PEER_REMOTE_PORT =
            PEER_BUILDER.add(5, "REMOTE_PORT", BE16, "Port of the peer.");
    public static final AttributeSpec PEER_SOCKET =
            PEER_BUILDER.add(6, "SOCKET", U32, "File descriptor of the UDP or TCP socket.");
    public static final AttributeSpec PEER_SOCKET_NETNSID =
            PEER_BUILDER.add(7, "SOCKET_NETNSID", S32, "Id of the socket's namespace, if another.");
    public static final AttributeSpec PEER_VPN_IPV4 =
            PEER_BUILDER.add(
                    8, "VPN_IPV4", BINARY, Display.IPV4, "The peer's address within the tunnel.");
    public static final AttributeSpec PEER_VPN_IPV6 =
            PEER_BUILDER.add(
                    9, "VPN_IPV6", BINARY, Display.IPV6, "The peer's address within the tunnel.");
    public static final AttributeSpec PEER_LOCAL_IPV4 =
            PEER_BUILDER.add(10, "LOCAL_IPV4", BINARY, Display.IPV4, "Source address.");
    public static final AttributeSpec PEER_LOCAL_IPV6 =
            PEER_BUILDER.add(11, "LOCAL_IPV6", BINARY, Display.IPV6, "Source address.");
    public static final AttributeSpec PEER_LOCAL_PORT =
            PEER_BUILDER.add(12, "LOCAL_PORT", BE16, "Source port.");
    public static final AttributeSpec PEER_KEEPALIVE_INTERVAL =
            PEER_BUILDER.add(
                    13, "KEEPALIVE_INTERVAL", U32, "Silence before a keepalive is sent, seconds.");
    public static final AttributeSpec PEER_KEEPALIVE_TIMEOUT =
            PEER_BUILDER.add(
                    14, "KEEPALIVE_TIMEOUT", U32, "Silence before the peer is deleted, seconds.");
    public static final AttributeSpec PEER_DEL_REASON =
            PEER_BUILDER.add(15, "DEL_REASON", U32, REASONS, "Why it was deleted.");
    public static final AttributeSpec PEER_VPN_RX_BYTES =
            PEER_BUILDER.add(16, "VPN_RX_BYTES", UINT, "Bytes within the tunnel, received.");
    public static final AttributeSpec PEER_VPN_TX_BYTES =
            PEER_BUILDER.add(17, "VPN_TX_BYTES", UINT, "Bytes within the tunnel, sent.");
    public static final AttributeSpec PEER_VPN_RX_PACKETS =
            PEER_BUILDER.add(18, "VPN_RX_PACKETS", UINT, "Packets within the tunnel, received.");
    public static final AttributeSpec PEER_VPN_TX_PACKETS =
            PEER_BUILDER.add(19, "VPN_TX_PACKETS", UINT, "Packets within the tunnel, sent.");
    public static final AttributeSpec PEER_LINK_RX_BYTES =
            PEER_BUILDER.add(20, "LINK_RX_BYTES", UINT, "Bytes outside, received.");
    public static final AttributeSpec PEER_LINK_TX_BYTES =
            PEER_BUILDER.add(21, "LINK_TX_BYTES", UINT, "Bytes outside, sent.");
    public static final AttributeSpec PEER_LINK_RX_PACKETS =
            PEER_BUILDER.add(22, "LINK_RX_PACKETS", UINT, "Packets outside, received.");
    public static final AttributeSpec PEER_LINK_TX_PACKETS =
            PEER_BUILDER.add(23, "LINK_TX_PACKETS", UINT, "Packets outside, sent.");
    public static final AttributeSpec PEER_TX_ID =
            PEER_BUILDER.add(24, "TX_ID", U32, "Number under which the peer knows us.");
    public static final AttributeTable PEER_TABLE = PEER_BUILDER.build();

    private static final AttributeTable.Builder DIRECTION_BUILDER =
            AttributeTable.named("ovpn_key_direction", "OVPN_A_KEYDIR_");
    public static final AttributeSpec DIRECTION_CIPHER_KEY =
            DIRECTION_BUILDER.add(1, "CIPHER_KEY", BINARY, Display.SECRET, "The key.");
    public static final AttributeSpec DIRECTION_NONCE_TAIL =
            DIRECTION_BUILDER.add(
                    2, "NONCE_TAIL", BINARY, Display.SECRET, "Last 8 bytes of the nonce.");
    public static final AttributeTable DIRECTION_TABLE = DIRECTION_BUILDER.build();

    private static final AttributeTable.Builder KEY_BUILDER =
            AttributeTable.named("ovpn_key", "OVPN_A_KEYCONF_");
    public static final AttributeSpec KEY_PEER_ID =
            KEY_BUILDER.add(1, "PEER_ID", U32, "Number of the peer.");
    public static final AttributeSpec KEY_SLOT =
            KEY_BUILDER.add(2, "SLOT", U32, SLOTS, "Which of the peer's two keys.");
    public static final AttributeSpec KEY_KEY_ID =
            KEY_BUILDER.add(3, "KEY_ID", U32, "Number in the packets, 0 to 7.");
    public static final AttributeSpec KEY_CIPHER_ALG =
            KEY_BUILDER.add(4, "CIPHER_ALG", U32, CIPHERS, "Cipher.");
    public static final AttributeSpec KEY_ENCRYPT_DIR =
            KEY_BUILDER.nested(
                    5,
                    "ENCRYPT_DIR",
                    () -> OvpnAttributes.DIRECTION_TABLE,
                    "For packets to the peer.");
    public static final AttributeSpec KEY_DECRYPT_DIR =
            KEY_BUILDER.nested(
                    6,
                    "DECRYPT_DIR",
                    () -> OvpnAttributes.DIRECTION_TABLE,
                    "For packets from the peer.");
    public static final AttributeTable KEY_TABLE = KEY_BUILDER.build();

    private static final AttributeTable.Builder BUILDER = AttributeTable.named("ovpn", "OVPN_A_");
    public static final AttributeSpec IFINDEX =
            BUILDER.add(1, "IFINDEX", U32, "Interface index of the ovpn device.");
    public static final AttributeSpec PEER =
            BUILDER.nested(2, "PEER", () -> OvpnAttributes.PEER_TABLE, "A peer.");
    public static final AttributeSpec KEYCONF =
            BUILDER.nested(3, "KEYCONF", () -> OvpnAttributes.KEY_TABLE, "A key.");
    public static final AttributeTable TABLE = BUILDER.build();

    private OvpnAttributes() {}
}
