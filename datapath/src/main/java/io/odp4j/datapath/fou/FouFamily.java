package io.odp4j.datapath.fou;

import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.datapath.netlink.family.FamilySpec;
import io.odp4j.datapath.netlink.family.OperationSpec;
import io.odp4j.datapath.netlink.family.OperationSpec.Use;
import java.util.List;
import java.util.Map;

/** The family fou as it is declared. */
public final class FouFamily {
    public static final FamilySpec SPEC =
            new FamilySpec(
                    "fou",
                    NetlinkEndpoint.GENERIC,
                    1,
                    Map.of(),
                    List.of(
                            OperationSpec.of(
                                    "add",
                                    FouAttributes.CMD_ADD,
                                    FouAttributes.TABLE,
                                    "Opens a port.",
                                    Use.DO),
                            OperationSpec.of(
                                    "del",
                                    FouAttributes.CMD_DEL,
                                    FouAttributes.TABLE,
                                    "Closes a port.",
                                    Use.DO),
                            OperationSpec.of(
                                    "get",
                                    FouAttributes.CMD_GET,
                                    FouAttributes.TABLE,
                                    "Lists ports, or looks one up.",
                                    Use.DO,
                                    Use.DUMP)),
                    "UDP ports whose packets hold another protocol.");

    private FouFamily() {}
}
