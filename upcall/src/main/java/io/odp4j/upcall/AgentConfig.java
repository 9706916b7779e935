package io.odp4j.upcall;

import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.psample.Sample;
import io.odp4j.upcall.action.ActionCookie;
import io.odp4j.upcall.action.ActionHandler;
import io.odp4j.upcall.action.ActionHandlers;
import io.odp4j.upcall.admission.Admission;
import io.odp4j.upcall.policy.LearningSwitch;
import io.odp4j.upcall.policy.Policy;
import io.odp4j.upcall.policy.PolicyFactory;
import io.odp4j.upcall.port.DispatchMode;
import io.odp4j.upcall.reader.UpcallSource;
import io.odp4j.upcall.ring.WaitMode;
import io.odp4j.upcall.tunnel.TunnelSpec;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * What an agent is to do.
 *
 * @param datapath name of the datapath, made if there is none
 * @param ports devices that shall be its ports, by name, alternative name or interface index; one
 *     that is not there yet is waited for
 * @param tunnels tunnels that shall be its ports; their devices are made
 * @param policies what decides, one for each shard
 * @param fallback decides about a packet where its policy throws an exception; null to drop it
 * @param adopt whether flows that are there at the start are taken over; otherwise they are left as
 *     they are, and an agent's that was killed too
 * @param keep whether datapath, ports and flows stay when the agent stops
 * @param idleMillis after how long without a packet a flow is deleted
 * @param flowLimit the most flows installed
 * @param maskBudget the most distinct masks of installed flows, all shards together; each shard has
 *     an equal part of it
 * @param endpoint who the datapath is: the kernel, or an embedded one
 * @param sockets where upcalls are received
 * @param admission how many upcalls a port may have handled
 * @param handlers what takes the packets that userspace actions send up
 * @param shards units of reader, ring, classifier and outbox, each with two threads
 * @param ringSlots upcalls between a reader and its classifier, a power of two; each slot takes 68
 *     KB
 * @param waitMode how a classifier waits for upcalls
 */
public record AgentConfig(
        String datapath,
        List<String> ports,
        List<TunnelSpec> tunnels,
        PolicyFactory policies,
        PolicyFactory fallback,
        boolean adopt,
        boolean keep,
        long idleMillis,
        int flowLimit,
        int maskBudget,
        NetlinkEndpoint endpoint,
        Sockets sockets,
        Admission admission,
        ActionHandlers handlers,
        int shards,
        int ringSlots,
        WaitMode waitMode) {

    private static final int MOST_SHARDS = 64;

    /**
     * Where upcalls are received.
     *
     * @param dispatch by what the datapath chooses the socket
     * @param receiveBuffer bytes of kernel memory that a socket's queue may take
     * @param most sockets of a shard, beyond which ports share them
     */
    public record Sockets(DispatchMode dispatch, int receiveBuffer, int most) {
        private static final Sockets DEFAULT =
                new Sockets(DispatchMode.VPORT, UpcallSource.RECEIVE_BUFFER, 256);
    }

    /**
     * Starts with the defaults: a learning switch, one shard, a socket for each port, 10 s, 200,000
     * flows, the kernel.
     */
    public static Builder of(String datapath) {
        return new Builder(datapath);
    }

    /** Collects what differs from the defaults. */
    public static final class Builder {
        private final String datapath;
        private List<String> ports = List.of();
        private List<TunnelSpec> tunnels = List.of();
        private PolicyFactory policies = LearningSwitch.sharing();
        private PolicyFactory fallback;
        private boolean onePolicy;
        private boolean adopt = true;
        private boolean keep;
        private long idleMillis = 10_000;
        private int flowLimit = 200_000;
        private int maskBudget = 512;
        private NetlinkEndpoint endpoint = NetlinkEndpoint.KERNEL_GENERIC;
        private Sockets sockets = Sockets.DEFAULT;
        private Admission admission = Admission.ALL;
        private ActionHandlers handlers = ActionHandlers.NONE;
        private int shards = 1;
        private int ringSlots = 512;
        private WaitMode waitMode = WaitMode.BLOCKING;

        private Builder(String datapath) {
            this.datapath = Objects.requireNonNull(datapath);
        }

        /** Devices that shall be ports: names, alternative names or indexes. None by default. */
        public Builder ports(List<String> names) {
            ports = List.copyOf(names);
            return this;
        }

        /** Tunnels that shall be ports; what is missing of their devices is made. */
        public Builder tunnels(List<TunnelSpec> specs) {
            tunnels = List.copyOf(specs);
            return this;
        }

        /** One policy, for an agent of one shard. */
        public Builder policy(Policy decides) {
            Objects.requireNonNull(decides);
            policies = shard -> decides;
            onePolicy = true;
            return this;
        }

        /** A policy for each shard. */
        public Builder policies(PolicyFactory factory) {
            policies = Objects.requireNonNull(factory);
            onePolicy = false;
            return this;
        }

        /**
         * What decides about a packet where the policy throws an exception; otherwise it is
         * dropped.
         */
        public Builder fallback(PolicyFactory factory) {
            fallback = factory;
            return this;
        }

        /** Whether the flows that are there at the start are taken over, as they are by default. */
        public Builder adopt(boolean takesOver) {
            adopt = takesOver;
            return this;
        }

        /** Whether datapath, ports and flows stay when the agent is closed; they go by default. */
        public Builder keep(boolean stays) {
            keep = stays;
            return this;
        }

        /** After how many milliseconds without a packet a flow is deleted: 10,000 by default. */
        public Builder idleMillis(long millis) {
            idleMillis = millis;
            return this;
        }

        /** How many flows are installed at most: 200,000 by default. */
        public Builder flowLimit(int flows) {
            flowLimit = flows;
            return this;
        }

        /** How many distinct masks the installed flows may have. */
        public Builder maskBudget(int masks) {
            maskBudget = masks;
            return this;
        }

        /** Who has the datapath: the kernel by default, or an embedded one. */
        public Builder endpoint(NetlinkEndpoint peer) {
            endpoint = peer;
            return this;
        }

        /** By what the datapath chooses the queue of an upcall: by its port by default. */
        public Builder dispatch(DispatchMode mode) {
            sockets = new Sockets(mode, sockets.receiveBuffer(), sockets.most());
            return this;
        }

        /** Bytes of kernel memory for a socket's queue: 4 MiB by default. */
        public Builder receiveBuffer(int bytes) {
            sockets = new Sockets(sockets.dispatch(), bytes, sockets.most());
            return this;
        }

        /** How many sockets a shard has at most: 256 by default; ports beyond share them. */
        public Builder mostSockets(int perShard) {
            sockets = new Sockets(sockets.dispatch(), sockets.receiveBuffer(), perShard);
            return this;
        }

        /** What share of the upcalls each port has: any by default. */
        public Builder admission(Admission shares) {
            admission = Objects.requireNonNull(shares);
            return this;
        }

        /**
         * What takes packets for the controller. With several shards it is called by several
         * threads.
         */
        public Builder onController(ActionHandler handler) {
            handlers = handlers.with(ActionCookie.CONTROLLER, handler);
            return this;
        }

        /** What takes samples. With several shards it is called by several threads. */
        public Builder onSample(ActionHandler handler) {
            handlers = handlers.with(ActionCookie.SAMPLE, handler);
            return this;
        }

        /**
         * What takes the packets that {@link ActionCookie#user} sends up under a number. With
         * several shards it is called by several threads.
         */
        public Builder onAction(int number, ActionHandler handler) {
            handlers = handlers.withUser(number, handler);
            return this;
        }

        /**
         * What takes packets that the kernel samples by itself, for psample actions of flows among
         * others: without an upcall. Called by a thread of its own, which what waits holds up.
         */
        public Builder onKernelSample(Consumer<Sample> listener) {
            handlers = handlers.withKernelSamples(listener);
            return this;
        }

        /** How many readers with a ring and a classifier there are, 1 to 64: one by default. */
        public Builder shards(int count) {
            shards = count;
            return this;
        }

        /** How many upcalls a ring has room for, a power of two: 512 by default. */
        public Builder ringSlots(int slots) {
            ringSlots = slots;
            return this;
        }

        /** How a classifier waits for upcalls: blocking by default. */
        public Builder waitMode(WaitMode mode) {
            waitMode = Objects.requireNonNull(mode);
            return this;
        }

        /**
         * The configuration.
         *
         * @throws IllegalArgumentException if a number is out of its range
         */
        public AgentConfig build() {
            require(idleMillis >= 1, "the idle time must be positive");
            require(flowLimit >= 1, "the flow limit must be positive");
            require(
                    ringSlots >= 1 && Integer.bitCount(ringSlots) == 1,
                    "the ring's slots must be a power of two");
            require(shards >= 1 && shards <= MOST_SHARDS, "shards: 1 to " + MOST_SHARDS);
            require(sockets.receiveBuffer() >= 1, "the receive buffer must be positive");
            require(sockets.most() >= 1, "a shard needs at least one socket");
            require(maskBudget >= shards, "the mask budget must be at least one for each shard");
            require(
                    shards == 1 || !onePolicy,
                    "one policy cannot serve several shards: give a factory");
            require(
                    tunnels.isEmpty() || endpoint.isKernel(),
                    "tunnels are devices of the kernel: an embedded datapath has none");
            require(
                    handlers.kernelSamples() == null || endpoint.isKernel(),
                    "an embedded datapath's samples are not the kernel's");
            return new AgentConfig(
                    datapath,
                    ports,
                    tunnels,
                    policies,
                    fallback,
                    adopt,
                    keep,
                    idleMillis,
                    flowLimit,
                    maskBudget,
                    endpoint,
                    sockets,
                    admission,
                    handlers,
                    shards,
                    ringSlots,
                    waitMode.resolved());
        }

        /** Brings an agent up that does this: {@link Agent#start}. */
        public Agent start() throws NetlinkException, AgentException, InterruptedException {
            return Agent.start(build());
        }

        private static void require(boolean holds, String otherwise) {
            if (!holds) {
                throw new IllegalArgumentException(otherwise);
            }
        }
    }
}
