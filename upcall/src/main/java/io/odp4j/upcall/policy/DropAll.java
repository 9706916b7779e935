package io.odp4j.upcall.policy;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;

/** Drops every packet. One flow per port says so. */
public final class DropAll implements Policy {
    @Override
    public void decide(FlowKey key, Verdict verdict) {
        decideAgain(key, verdict);
    }

    @Override
    public void decideAgain(FlowKey key, Verdict verdict) {
        verdict.match(FlowField.RECIRC_ID).match(FlowField.IN_PORT);
    }
}
