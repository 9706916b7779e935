package io.odp4j.bench.jmh.pipeline;

import io.odp4j.bench.jmh.Messages;
import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.netlink.DirectBuffer;
import io.odp4j.datapath.netlink.GenericFamily;
import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.NetlinkSocket;
import io.odp4j.datapath.netlink.ReceiveBatch;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.ovs.Datapath;
import io.odp4j.datapath.ovs.DatapathAttributes;
import io.odp4j.datapath.ovs.OvsFamilies;
import io.odp4j.upcall.AgentConfig;
import io.odp4j.upcall.classify.ClassifierStage;
import io.odp4j.upcall.counter.Counter;
import io.odp4j.upcall.counter.Counters;
import io.odp4j.upcall.policy.Policy;
import io.odp4j.upcall.policy.Verdict;
import io.odp4j.upcall.ring.UpcallRing;
import io.odp4j.upcall.ring.UpcallSlot;
import java.util.Map;

/**
 * A classifier stage with upcalls for it, of new flows or of known ones. Its requests go to a
 * socket that is emptied between measurements.
 */
final class PipelineUpcalls implements AutoCloseable {
    /** Upcalls of a round: their requests fit into a socket that an ordinary user may open. */
    static final int ROUND = 256;

    /** Upcalls of a batch: as many as the reader takes in a turn. */
    static final int BATCH = 64;

    /** The table is thrown away when it has so many flows. */
    private static final int MOST_FLOWS = 1 << 17;

    private static final int BUFFER = 4 << 20;
    private static final int READ = 16;
    private static final int HEAD = 64;

    private final boolean fresh;
    private final UpcallRing ring;
    private final Messages messages = new Messages(1);
    private final DirectBuffer upcalls = new DirectBuffer(ROUND * Messages.SLOT);
    private final int[] lengths = new int[ROUND];
    private final NetlinkSocket sink;
    private final DirectBuffer heads = new DirectBuffer(READ * HEAD);
    private final ReceiveBatch drain = new ReceiveBatch(READ);
    private final OvsFamilies families;
    private Counters counters;
    private ClassifierStage stage;
    private int next;
    private int flows;

    /** A flow for each pair of addresses and ports, all to one port. */
    private enum Exact implements Policy {
        POLICY;

        @Override
        public void decide(FlowKey key, Verdict verdict) {
            decideAgain(key, verdict);
        }

        @Override
        public void decideAgain(FlowKey key, Verdict verdict) {
            verdict.match(FlowField.IN_PORT)
                    .match(FlowField.NW_PROTO)
                    .match(FlowField.NW_SRC)
                    .match(FlowField.NW_DST)
                    .match(FlowField.TP_SRC)
                    .match(FlowField.TP_DST)
                    .actions()
                    .output(2);
        }
    }

    /**
     * A stage without flows.
     *
     * @param fresh whether every upcall is of a flow of its own; otherwise all are of 4,096 flows
     */
    PipelineUpcalls(boolean fresh, UpcallRing ring) throws NetlinkException {
        this.fresh = fresh;
        this.ring = ring;
        GenericFamily family = new GenericFamily("ovs", Messages.FAMILY, 1, 4, Map.of());
        families = new OvsFamilies(family, family, family, family);
        sink = NetlinkSocket.listen(NetlinkEndpoint.USERSOCK, 0);
        sink.setReceiveBuffer(BUFFER);
        for (int i = 0; i < READ; i++) {
            // Of what comes in only that it does is of interest.
            drain.setTarget(i, heads.address() + i * HEAD, HEAD);
        }
        stage = openStage();
    }

    private ClassifierStage openStage() throws NetlinkException {
        AgentConfig config =
                AgentConfig.of("bench")
                        .endpoint(NetlinkEndpoint.userspace(sink.portId()))
                        .policy(Exact.POLICY)
                        .flowLimit(2 * MOST_FLOWS)
                        .build();
        Datapath datapath =
                new Datapath(Messages.DATAPATH, new AttributeList(DatapathAttributes.TABLE));
        counters = new Counters();
        return new ClassifierStage(config, 0, 1, families, datapath, ring, counters);
    }

    /** The stage; maybe another one after {@link #prepare}. */
    ClassifierStage stage() {
        return stage;
    }

    /** Makes the next round's upcalls, and empties the socket. */
    void prepare() throws NetlinkException {
        drain();
        if (flows >= MOST_FLOWS) {
            stage.close();
            stage = openStage();
            flows = 0;
        }
        for (int i = 0; i < ROUND; i++) {
            int slot = next++ & Messages.COUNT - 1;
            if (fresh) {
                messages.key(slot).set(FlowField.NW_SRC, next);
            }
            lengths[i] = messages.write(slot, upcalls.buffer(), i * Messages.SLOT);
        }
        flows += fresh ? ROUND : 0;
    }

    /** Copies upcall {@code index} of the round to where the kernel would have written it. */
    void receive(int index, UpcallSlot slot, long nanos) {
        ring.memory().put(slot.offset(), upcalls.buffer(), index * Messages.SLOT, lengths[index]);
        slot.received(1, lengths[index], nanos);
    }

    /**
     * Whether all upcalls so far were decided and executed; otherwise what is measured is not it.
     */
    void check() {
        long decided = counters.get(Counter.DECIDED) + counters.get(Counter.CACHE_HITS);
        long executed = counters.get(Counter.PACKETS_EXECUTED);
        long failed = counters.get(Counter.SEND_FAILED) + counters.get(Counter.UPCALLS_MALFORMED);
        if (decided == 0 || decided != executed || failed > 0) {
            throw new IllegalStateException(
                    decided + " decided, " + executed + " executed, " + failed + " failed");
        }
    }

    private void drain() {
        while (drain.receive(sink, READ) > 0) {
            continue;
        }
    }

    @Override
    public void close() {
        stage.close();
        sink.close();
    }
}
