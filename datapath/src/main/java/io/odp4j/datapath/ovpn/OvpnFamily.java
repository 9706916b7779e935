package io.odp4j.datapath.ovpn;

import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.datapath.netlink.family.FamilySpec;
import io.odp4j.datapath.netlink.family.OperationSpec;
import io.odp4j.datapath.netlink.family.OperationSpec.Use;
import java.util.List;
import java.util.Map;

/** The family ovpn as it is declared. */
public final class OvpnFamily {
    public static final FamilySpec SPEC =
            new FamilySpec(
                    "ovpn",
                    NetlinkEndpoint.GENERIC,
                    1,
                    Map.of("peers", 0),
                    List.of(
                            OperationSpec.of(
                                    "peer-new",
                                    OvpnAttributes.CMD_PEER_NEW,
                                    OvpnAttributes.TABLE,
                                    "Adds a peer.",
                                    Use.DO),
                            OperationSpec.of(
                                    "peer-set",
                                    OvpnAttributes.CMD_PEER_SET,
                                    OvpnAttributes.TABLE,
                                    "Changes a peer.",
                                    Use.DO),
                            OperationSpec.of(
                                    "peer-get",
                                    OvpnAttributes.CMD_PEER_GET,
                                    OvpnAttributes.TABLE,
                                    "Lists peers, or looks one up.",
                                    Use.DO,
                                    Use.DUMP),
                            OperationSpec.of(
                                    "peer-del",
                                    OvpnAttributes.CMD_PEER_DEL,
                                    OvpnAttributes.TABLE,
                                    "Deletes a peer.",
                                    Use.DO),
                            OperationSpec.of(
                                    "peer-del-ntf",
                                    OvpnAttributes.CMD_PEER_DEL_NTF,
                                    OvpnAttributes.TABLE,
                                    "A peer is gone.",
                                    Use.EVENT),
                            OperationSpec.of(
                                    "key-new",
                                    OvpnAttributes.CMD_KEY_NEW,
                                    OvpnAttributes.TABLE,
                                    "Installs a key.",
                                    Use.DO),
                            OperationSpec.of(
                                    "key-get",
                                    OvpnAttributes.CMD_KEY_GET,
                                    OvpnAttributes.TABLE,
                                    "What is known of a key, but not the key.",
                                    Use.DO),
                            OperationSpec.of(
                                    "key-swap",
                                    OvpnAttributes.CMD_KEY_SWAP,
                                    OvpnAttributes.TABLE,
                                    "Makes the secondary key the primary one.",
                                    Use.DO),
                            OperationSpec.of(
                                    "key-swap-ntf",
                                    OvpnAttributes.CMD_KEY_SWAP_NTF,
                                    OvpnAttributes.TABLE,
                                    "A key is used up.",
                                    Use.EVENT),
                            OperationSpec.of(
                                    "key-del",
                                    OvpnAttributes.CMD_KEY_DEL,
                                    OvpnAttributes.TABLE,
                                    "Deletes a key.",
                                    Use.DO),
                            OperationSpec.of(
                                    "peer-float-ntf",
                                    OvpnAttributes.CMD_PEER_FLOAT_NTF,
                                    OvpnAttributes.TABLE,
                                    "A peer has another address.",
                                    Use.EVENT)),
                    "OpenVPN's data channel: peers and their keys.");

    private OvpnFamily() {}
}
