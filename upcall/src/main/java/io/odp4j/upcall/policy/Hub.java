package io.odp4j.upcall.policy;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;

/** Sends every packet out of every port but its own. A flow matches in_port alone. */
public final class Hub implements Policy {
    private PortSet ports = PortSet.EMPTY;
    private long version;

    @Override
    public void decide(FlowKey key, Verdict verdict) {
        decideAgain(key, verdict);
    }

    @Override
    public void decideAgain(FlowKey key, Verdict verdict) {
        verdict.match(FlowField.RECIRC_ID).match(FlowField.IN_PORT);
        ports.flood(key.inPort(), verdict.actions());
    }

    @Override
    public void portsChanged(int[] portNumbers) {
        ports = PortSet.of(portNumbers);
        version++;
    }

    @Override
    public long version() {
        return version;
    }
}
