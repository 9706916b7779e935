package io.odp4j.upcall.policy;

import io.odp4j.datapath.flow.ActionWriter;
import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowMask;

/**
 * What was decided about a packet: the datapath's actions (none: drop), the fields that the
 * decision depends on, and whether a flow may be installed for it. One instance is used over and
 * over.
 */
public final class Verdict {
    private final FlowMask mask = new FlowMask();
    private final ActionWriter actions = new ActionWriter();
    private boolean install;
    private Object attachment;

    /** Empties the verdict: drop, matching nothing, to be installed. */
    public Verdict clear() {
        mask.clear();
        actions.clear();
        install = true;
        attachment = null;
        return this;
    }

    /** The whole field was looked at. */
    public Verdict match(FlowField field) {
        mask.exact(field);
        return this;
    }

    /** Some bits of a field were looked at. */
    public Verdict match(FlowField field, long bits) {
        mask.words()[field.word()] |= bits << field.shift() & field.wordMask();
        return this;
    }

    /** All of these bits were looked at. */
    public Verdict match(FlowMask bits) {
        for (int i = 0; i < FlowKey.WORDS; i++) {
            mask.words()[i] |= bits.words()[i];
        }
        return this;
    }

    /** The bits that were looked at. */
    public FlowMask mask() {
        return mask;
    }

    /** The actions, to be added to. */
    public ActionWriter actions() {
        return actions;
    }

    /** This packet alone: no flow shall be installed. */
    public Verdict once() {
        install = false;
        return this;
    }

    /** Has the policy told of the packets that are handled this way: {@link Policy#credit}. */
    public Verdict attach(Object what) {
        attachment = what;
        return this;
    }

    /** What the packets are credited to, or null. */
    public Object attachment() {
        return attachment;
    }

    public boolean install() {
        return install;
    }
}
