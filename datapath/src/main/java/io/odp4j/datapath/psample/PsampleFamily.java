package io.odp4j.datapath.psample;

import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.datapath.netlink.family.FamilySpec;
import io.odp4j.datapath.netlink.family.OperationSpec;
import io.odp4j.datapath.netlink.family.OperationSpec.Use;
import java.util.List;
import java.util.Map;

/** The family psample as it is declared. */
public final class PsampleFamily {
    public static final FamilySpec SPEC =
            new FamilySpec(
                    "psample",
                    NetlinkEndpoint.GENERIC,
                    1,
                    Map.of("config", 0, "packets", 0),
                    List.of(
                            OperationSpec.of(
                                    "sample",
                                    PsampleAttributes.CMD_SAMPLE,
                                    PsampleAttributes.TABLE,
                                    "A packet.",
                                    Use.EVENT),
                            OperationSpec.of(
                                            "get",
                                            PsampleAttributes.CMD_GET_GROUP,
                                            PsampleAttributes.TABLE,
                                            "Lists groups.",
                                            Use.DUMP)
                                    .answeredBy(PsampleAttributes.CMD_NEW_GROUP),
                            OperationSpec.of(
                                    "new",
                                    PsampleAttributes.CMD_NEW_GROUP,
                                    PsampleAttributes.TABLE,
                                    "A group came.",
                                    Use.EVENT),
                            OperationSpec.of(
                                    "del",
                                    PsampleAttributes.CMD_DEL_GROUP,
                                    PsampleAttributes.TABLE,
                                    "A group went.",
                                    Use.EVENT)),
                    "Packets that the kernel samples.");

    private PsampleFamily() {}
}
