package io.odp4j.upcall;

import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.upcall.policy.LearningSwitch;
import io.odp4j.upcall.policy.Policy;
import java.util.List;
import java.util.Objects;

/**
 * What an agent is to do.
 *
 * @param datapath name of the datapath, made if there is none
 * @param ports devices that shall be its ports; one that is not there yet is waited for
 * @param policy what decides
 * @param keep whether datapath, ports and flows stay when the agent stops
 * @param idleMillis after how long without a packet a flow is deleted
 * @param flowLimit the most flows installed
 * @param ringSlots upcalls between reader and classifier, a power of two; each slot takes 68 KB
 * @param endpoint who the datapath is: the kernel, or an embedded one
 */
public record AgentConfig(
        String datapath,
        List<String> ports,
        Policy policy,
        boolean keep,
        long idleMillis,
        int flowLimit,
        int ringSlots,
        NetlinkEndpoint endpoint) {

    /** Starts with the defaults: a learning switch, 10 s, 200,000 flows, the kernel. */
    public static Builder of(String datapath) {
        return new Builder(datapath);
    }

    /** Collects what differs from the defaults. */
    public static final class Builder {
        private final String datapath;
        private List<String> ports = List.of();
        private Policy policy = new LearningSwitch();
        private boolean keep;
        private long idleMillis = 10_000;
        private int flowLimit = 200_000;
        private int ringSlots = 512;
        private NetlinkEndpoint endpoint = NetlinkEndpoint.KERNEL_GENERIC;

        private Builder(String datapath) {
            this.datapath = Objects.requireNonNull(datapath);
        }

        public Builder ports(List<String> names) {
            ports = List.copyOf(names);
            return this;
        }

        public Builder policy(Policy decides) {
            policy = Objects.requireNonNull(decides);
            return this;
        }

        public Builder keep(boolean stays) {
            keep = stays;
            return this;
        }

        public Builder idleMillis(long millis) {
            idleMillis = millis;
            return this;
        }

        public Builder flowLimit(int flows) {
            flowLimit = flows;
            return this;
        }

        public Builder ringSlots(int slots) {
            ringSlots = slots;
            return this;
        }

        public Builder endpoint(NetlinkEndpoint peer) {
            endpoint = peer;
            return this;
        }

        /**
         * The configuration.
         *
         * @throws IllegalArgumentException if a number is out of its range
         */
        public AgentConfig build() {
            if (idleMillis < 1 || flowLimit < 1 || Integer.bitCount(ringSlots) != 1) {
                throw new IllegalArgumentException(
                        "idle time and flow limit must be positive, ring slots a power of two");
            }
            return new AgentConfig(
                    datapath, ports, policy, keep, idleMillis, flowLimit, ringSlots, endpoint);
        }
    }
}
