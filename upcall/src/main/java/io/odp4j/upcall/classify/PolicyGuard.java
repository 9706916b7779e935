package io.odp4j.upcall.classify;

import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.upcall.action.ActionPort;
import io.odp4j.upcall.counter.Counter;
import io.odp4j.upcall.counter.Counters;
import io.odp4j.upcall.policy.Policy;
import io.odp4j.upcall.policy.Verdict;
import io.odp4j.upcall.tunnel.TunnelActions;
import io.odp4j.upcall.tunnel.TunnelPorts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls a policy, whatever it throws: its faults are counted, and the pipeline lives on. A packet
 * that it fails on goes where the fallback says, or nowhere. What it decides is made to hold for
 * tunnels.
 */
final class PolicyGuard {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyGuard.class);

    private final Policy policy;
    private final Policy fallback;
    private final Counters counters;
    private final TunnelActions tunnels = new TunnelActions();
    private Class<?> said;
    private long version;
    private long tunnelsVersion;

    /**
     * @param fallback decides where the policy throws; null to drop
     */
    PolicyGuard(Policy policy, Policy fallback, Counters counters) {
        this.policy = policy;
        this.fallback = fallback;
        this.counters = counters;
    }

    Policy policy() {
        return policy;
    }

    /** Decides about a packet; false if nobody could. */
    boolean decide(FlowKey key, Verdict verdict) {
        try {
            decideBy(policy, key, verdict);
            return true;
        } catch (RuntimeException | Error e) {
            failed("decide about", key, e);
        }
        if (fallback == null) {
            return false;
        }
        try {
            verdict.clear();
            decideBy(fallback, key, verdict);
            verdict.once(); // the policy may fare better with the next packet
            counters.increment(Counter.FALLBACKS);
            return true;
        } catch (RuntimeException | Error e) {
            failed("fall back for", key, e);
            return false;
        }
    }

    private void decideBy(Policy decider, FlowKey key, Verdict verdict) {
        if (tunnels.admits(key, verdict)) {
            decider.decide(key, verdict);
            counters.add(Counter.TUNNEL_OUTPUTS_UNADDRESSED, tunnels.complete(key, verdict));
        } else {
            counters.increment(Counter.TUNNEL_PACKETS_FOREIGN);
        }
    }

    /** Decides about a flow again; false if the policy threw. */
    boolean decideAgain(FlowKey key, Verdict verdict) {
        try {
            if (tunnels.admits(key, verdict)) {
                policy.decideAgain(key, verdict);
                tunnels.complete(key, verdict);
            }
            return true;
        } catch (RuntimeException | Error e) {
            failed("decide again about", key, e);
            return false;
        }
    }

    void attached(ActionPort port) {
        call("hear of its port for actions", () -> policy.attached(port));
        if (fallback != null) {
            call("hear of its port for actions", () -> fallback.attached(port));
        }
    }

    void portsChanged(int[] numbers, TunnelPorts tunnelPorts) {
        tunnels.setPorts(tunnelPorts);
        tunnelsVersion++;
        call("take new ports", () -> policy.portsChanged(numbers));
        if (fallback != null) {
            call("take new ports", () -> fallback.portsChanged(numbers));
        }
    }

    void used(FlowKey key) {
        try {
            policy.used(key);
        } catch (RuntimeException | Error e) {
            failed("hear of traffic of", key, e);
        }
    }

    void credit(Object attachment, long packets, long bytes) {
        try {
            policy.credit(attachment, packets, bytes);
        } catch (RuntimeException | Error e) {
            failed("take statistics", null, e);
        }
    }

    void adopted(FlowKey key) {
        try {
            policy.adopted(key);
        } catch (RuntimeException | Error e) {
            failed("adopt", key, e);
        }
    }

    void tick() {
        call("tick", policy::tick);
    }

    /** The policy's version; the last one known if it throws. */
    long version() {
        try {
            version = policy.version();
        } catch (RuntimeException | Error e) {
            failed("tell its version", null, e);
        }
        return version + tunnelsVersion;
    }

    private void call(String what, Runnable body) {
        try {
            body.run();
        } catch (RuntimeException | Error e) {
            failed(what, null, e);
        }
    }

    private void failed(String what, FlowKey key, Throwable e) {
        counters.increment(Counter.POLICY_ERRORS);
        // The same fault can come with every packet: told once, counted always.
        if (said != e.getClass()) {
            said = e.getClass();
            LOG.error("the policy failed to {} {}", what, key == null ? "" : key, e);
        }
    }
}
