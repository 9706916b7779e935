package io.odp4j.datapath.netlink.table;

import io.odp4j.datapath.ovs.OvsTables;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Every table of the Open vSwitch families, and the one with every type. */
public final class KnownTables {
    private KnownTables() {}

    public static List<AttributeTable> withNested() {
        List<AttributeTable> roots =
                new ArrayList<>(Arrays.stream(OvsTables.values()).map(OvsTables::table).toList());
        roots.add(AllTypes.TABLE);
        return List.copyOf(TableReference.withNested(roots));
    }
}
