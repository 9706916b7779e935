package io.odp4j.datapath.nlctrl;

import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.datapath.netlink.family.FamilySpec;
import io.odp4j.datapath.netlink.family.OperationSpec;
import io.odp4j.datapath.netlink.family.OperationSpec.Use;
import java.util.List;
import java.util.Map;

/** The family nlctrl as it is declared. */
public final class ControlFamily {
    public static final FamilySpec SPEC =
            new FamilySpec(
                    "nlctrl",
                    NetlinkEndpoint.GENERIC,
                    2,
                    Map.of("notify", 0x10),
                    List.of(
                            OperationSpec.of(
                                            "getfamily",
                                            ControlAttributes.CMD_GETFAMILY,
                                            ControlAttributes.TABLE,
                                            "Lists families, or looks one up by name or id.",
                                            Use.DO,
                                            Use.DUMP)
                                    .answeredBy(ControlAttributes.CMD_NEWFAMILY),
                            OperationSpec.of(
                                    "getpolicy",
                                    ControlAttributes.CMD_GETPOLICY,
                                    ControlAttributes.TABLE,
                                    "What a family or one operation takes.",
                                    Use.DUMP),
                            OperationSpec.of(
                                    "newfamily",
                                    ControlAttributes.CMD_NEWFAMILY,
                                    ControlAttributes.TABLE,
                                    "A family came.",
                                    Use.EVENT),
                            OperationSpec.of(
                                    "delfamily",
                                    ControlAttributes.CMD_DELFAMILY,
                                    ControlAttributes.TABLE,
                                    "A family went.",
                                    Use.EVENT),
                            OperationSpec.of(
                                    "newgroup",
                                    ControlAttributes.CMD_NEWMCAST_GRP,
                                    ControlAttributes.TABLE,
                                    "A multicast group came.",
                                    Use.EVENT),
                            OperationSpec.of(
                                    "delgroup",
                                    ControlAttributes.CMD_DELMCAST_GRP,
                                    ControlAttributes.TABLE,
                                    "A multicast group went.",
                                    Use.EVENT)),
                    "The families that the kernel has.");

    private ControlFamily() {}
}
