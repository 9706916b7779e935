package io.odp4j.datapath.netlink.table;

import io.odp4j.datapath.family.KnownFamilies;
import io.odp4j.datapath.netlink.family.FamilySpec;
import io.odp4j.datapath.netlink.family.OperationSpec;
import io.odp4j.datapath.rtnetlink.link.FreeBsdLinkAttributes;
import io.odp4j.datapath.rtnetlink.route.FreeBsdRouteAttributes;
import java.util.ArrayList;
import java.util.List;

/** Every table of the families that are declared, and the one with every type. */
public final class KnownTables {
    private KnownTables() {}

    public static List<AttributeTable> withNested() {
        List<AttributeTable> roots = roots();
        roots.add(AllTypes.TABLE);
        return List.copyOf(TableReference.withNested(roots));
    }

    private static List<AttributeTable> roots() {
        List<AttributeTable> roots = new ArrayList<>();
        for (FamilySpec family : KnownFamilies.all()) {
            family.operations().stream().map(OperationSpec::table).distinct().forEach(roots::add);
        }
        roots.add(FreeBsdLinkAttributes.TABLE);
        roots.add(FreeBsdRouteAttributes.TABLE);
        return roots;
    }
}
