package io.odp4j.datapath.family;

import io.odp4j.datapath.fou.FouFamily;
import io.odp4j.datapath.netlink.family.FamilySpec;
import io.odp4j.datapath.nlctrl.ControlFamily;
import io.odp4j.datapath.ovpn.OvpnFamily;
import io.odp4j.datapath.ovs.OvsTables;
import io.odp4j.datapath.psample.PsampleFamily;
import io.odp4j.datapath.rtnetlink.RtnetlinkFamilies;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Every family that is declared. */
public final class KnownFamilies {
    private static final List<FamilySpec> ALL = collect();

    private KnownFamilies() {}

    /** All, rtnetlink's kinds of objects first. */
    public static List<FamilySpec> all() {
        return ALL;
    }

    /** The family of that name. */
    public static Optional<FamilySpec> named(String name) {
        return ALL.stream().filter(f -> f.name().equals(name)).findFirst();
    }

    private static List<FamilySpec> collect() {
        List<FamilySpec> all = new ArrayList<>(RtnetlinkFamilies.all());
        all.add(ControlFamily.SPEC);
        all.add(FouFamily.SPEC);
        all.add(OvpnFamily.SPEC);
        all.add(PsampleFamily.SPEC);
        Arrays.stream(OvsTables.values()).map(OvsTables::spec).forEach(all::add);
        return List.copyOf(all);
    }
}
