package io.odp4j.datapath.flow.validation;

import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.netlink.table.AttributeList;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks keys, masks and actions by the rules of {@code net/openvswitch/flow_netlink.c} and {@code
 * conntrack.c}, as of Linux 7.3. A flow without problems is one that the kernel takes, if it knows
 * the actions: what an older kernel lacks is not asked for here. Attributes that no table knows are
 * left to the kernel. One thing is refused that the kernel takes: an attribute that stands twice in
 * a tunnel or service header.
 */
public final class FlowValidator {
    private FlowValidator() {}

    /**
     * What is wrong with a flow; empty if nothing is.
     *
     * @param key attributes by {@code KeyAttributes}
     * @param mask attributes by {@code KeyAttributes}; null for a flow that matches its key
     *     exactly; the kernel then makes a mask from the key, and can be unhappy with that
     * @param actions attributes by {@code ActionAttributes}
     */
    public static List<FlowProblem> flow(
            AttributeList key, AttributeList mask, AttributeList actions) {
        Problems problems = new Problems("key");
        KeyLevels keyLevels = KeyLevels.ofKey(key, problems);
        KeyRules.check(keyLevels, false, problems);
        KeyRules.checkExpected(keyLevels, problems);
        Problems inMask = problems.at(mask == null ? "exact mask" : "mask");
        AttributeList given = mask == null ? ExactMask.of(key) : mask;
        KeyLevels maskLevels = KeyLevels.ofMask(given, keyLevels, inMask);
        KeyRules.check(maskLevels, true, inMask);
        MaskRules.check(keyLevels, maskLevels, inMask);
        FlowKey masked = MaskRules.masked(keyLevels, maskLevels);
        ActionRules.check(actions, masked, problems.at("actions"));
        return problems.list();
    }

    /** What is wrong with a key alone; empty if nothing is. */
    public static List<FlowProblem> key(AttributeList key) {
        Problems problems = new Problems("key");
        KeyLevels levels = KeyLevels.ofKey(key, problems);
        KeyRules.check(levels, false, problems);
        KeyRules.checkExpected(levels, problems);
        return problems.list();
    }

    /**
     * What is wrong with actions on packets of which {@code known} is known: a packet's key, or a
     * flow's key where its mask has bits. The kernel refuses to change a header that it does not
     * know to be there.
     */
    public static List<FlowProblem> actions(AttributeList actions, FlowKey known) {
        Problems problems = new Problems("actions");
        ActionRules.check(actions, known, problems);
        return problems.list();
    }

    /**
     * What the kernel takes, but not as it reads: a mask that leaves out recirc_id, so that the
     * flow matches recirculated packets too, or one that masks a part of in_port or of the Ethernet
     * type, which the kernel always matches whole.
     */
    public static List<FlowProblem> surprises(AttributeList mask) {
        List<FlowProblem> surprises = new ArrayList<>();
        MaskRules.surprises(mask, new Problems("mask", surprises));
        return surprises;
    }
}
