package io.odp4j.upcall.revalidator;

import io.odp4j.datapath.netlink.DirectBuffer;
import io.odp4j.datapath.netlink.DumpVisitor;
import io.odp4j.datapath.netlink.Errno;
import io.odp4j.datapath.netlink.MessageReader;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.RequestChannel;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.ovs.Datapath;
import io.odp4j.datapath.ovs.FlowAttributes;
import io.odp4j.datapath.ovs.FlowMessage;
import io.odp4j.datapath.ovs.Flows;
import io.odp4j.datapath.ovs.OvsFamilies;
import io.odp4j.upcall.AgentConfig;
import io.odp4j.upcall.AgentException;
import io.odp4j.upcall.Shard;
import io.odp4j.upcall.classify.FlowReviewer;
import io.odp4j.upcall.counter.Counter;
import io.odp4j.upcall.counter.Counters;
import io.odp4j.upcall.metrics.RevalidationEvent;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that dumps the flows every half second and has each shard review its own. A plain round
 * is terse: ufid and statistics; when a policy changed its mind, keys and actions come too.
 */
public final class Revalidator implements Runnable, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Revalidator.class);
    private static final int TERSE =
            FlowAttributes.UFID_F_OMIT_KEY
                    | FlowAttributes.UFID_F_OMIT_MASK
                    | FlowAttributes.UFID_F_OMIT_ACTIONS;

    private static final int UFID_BYTES = 16;

    private final List<Shard> shards;
    private final UfidSalt salt;
    private final boolean adopting;
    private final long idleMillis;
    private final Counters counters;
    private final RequestChannel channel;
    private final Flows flows;
    private final FlowLimit limit;
    private final Rounds rounds = new Rounds();
    private final List<DirectBuffer> memories = new ArrayList<>();
    private final FlowMessage flow = new FlowMessage();
    private int dumped;
    private volatile RoundReport last = RoundReport.NONE;

    /**
     * @param counters written by this thread alone
     */
    public Revalidator(
            AgentConfig config,
            OvsFamilies families,
            Datapath datapath,
            List<Shard> shards,
            UfidSalt salt,
            Counters counters)
            throws NetlinkException {
        this.shards = shards;
        this.salt = salt;
        this.adopting = config.adopt();
        this.idleMillis = config.idleMillis();
        this.counters = counters;
        this.limit = new FlowLimit(config.flowLimit());
        this.channel = RequestChannel.open(config.endpoint());
        this.flows = new Flows(channel, families, datapath);
        shards.forEach(shard -> memories.add(FlowBatch.newMemory()));
    }

    /** Takes over the flows that are there, or counts them; before the first packet. */
    public void adopt() throws NetlinkException, AgentException, InterruptedException {
        if (adopting) {
            List<byte[]> bare = new ArrayList<>();
            dump(
                    0,
                    (reviewer, adopted) -> {
                        if (lacksActions(adopted)) {
                            bare.add(ufid(adopted));
                        } else {
                            reviewer.adopt(adopted, millis());
                        }
                    });
            if (!bare.isEmpty()) {
                hand(
                        (reviewer, adopted) -> reviewer.adopt(adopted, millis()),
                        each -> getAll(bare, each));
            }
        } else {
            counters.add(Counter.FLOWS_FOREIGN, dump(TERSE, (reviewer, left) -> {}).flows());
        }
        share(sizes());
    }

    /** Actions for which a list has no room are left out of it. */
    private static boolean lacksActions(FlowMessage flow) {
        return flow.ufidLength() == UFID_BYTES && !flow.hasActions();
    }

    private static byte[] ufid(FlowMessage flow) {
        byte[] ufid = new byte[UFID_BYTES];
        flow.buffer().get(flow.ufidOffset(), ufid);
        return ufid;
    }

    /** Asks for flows one by one. */
    private boolean getAll(List<byte[]> ufids, DumpVisitor visitor) throws NetlinkException {
        for (byte[] ufid : ufids) {
            AttributeList identity =
                    new AttributeList(FlowAttributes.TABLE).put(FlowAttributes.UFID, ufid);
            try {
                flows.getMessage("flow get", identity, visitor);
            } catch (NetlinkException e) {
                if (!e.is(Errno.ENOENT)) { // it went meanwhile
                    throw e;
                }
            }
        }
        return true;
    }

    /** Rounds to be begun, waited for, paused. */
    public Rounds rounds() {
        return rounds;
    }

    /** Has there be at most so many flows, from a round on that begins now. */
    public void setFlowLimit(int most) {
        limit.ask(most);
        rounds.knock();
    }

    /** What the last round did. */
    public RoundReport last() {
        return last;
    }

    @Override
    public void run() {
        try {
            while (rounds.awaitDue()) {
                round();
            }
        } catch (InterruptedException e) {
            LOG.debug("the revalidator was told to stop");
        }
    }

    private void round() throws InterruptedException {
        boolean complete = false;
        try {
            complete = review(rounds.isPurge());
        } catch (NetlinkException | AgentException e) {
            // The next round starts afresh; a datapath that is gone is the port keeper's to tell.
            if (rounds.isRunning()) {
                LOG.warn("a round of the revalidator failed: {}", e.getMessage());
            }
        } finally {
            rounds.ended(complete);
        }
    }

    private boolean review(boolean purge)
            throws NetlinkException, AgentException, InterruptedException {
        RevalidationEvent event = new RevalidationEvent();
        event.begin();
        long now = millis();
        limit.begin();
        int total = sum(sizes());
        long idle = purge ? -1 : limit.idleMillis(total, idleMillis);
        boolean full = false;
        for (Shard shard : shards) {
            full |= shard.call(() -> shard.reviewer().begin(idle));
        }
        Dump dump = dump(full ? 0 : TERSE, FlowReviewer::review);
        for (Shard shard : shards) {
            shard.run(() -> shard.reviewer().end(dump.consistent()));
        }
        if (limit.adapt(dump.flows(), dump.workMillis())) {
            counters.increment(Counter.FLOW_LIMIT_LOWERED);
            LOG.warn(
                    "listing {} flows took {} ms: at most {} flows from now on",
                    dump.flows(),
                    dump.workMillis(),
                    limit.get());
        }
        share(sizes());
        counters.increment(Counter.REVALIDATIONS);
        event.end(dump.flows(), dump.workMillis(), limit.get());
        last = new RoundReport(dump.flows(), dump.workMillis(), millis() - now, limit.get());
        return dump.consistent();
    }

    /** What a dump brought, and what it cost beside waiting for packets to be handled. */
    private record Dump(int flows, boolean consistent, long workMillis) {}

    private Dump dump(int ufidFlags, FlowBatch.Review review)
            throws NetlinkException, AgentException, InterruptedException {
        return hand(review, each -> flows.dumpMessages(ufidFlags, each));
    }

    /** Where flows come from. */
    private interface Source {
        /** Hands on the message of each flow; whether the list is consistent. */
        boolean read(DumpVisitor visitor) throws NetlinkException;
    }

    /** Hands each flow to the shard that it belongs to. */
    private Dump hand(FlowBatch.Review review, Source source)
            throws NetlinkException, AgentException, InterruptedException {
        long began = System.nanoTime();
        FlowBatch[] batches = new FlowBatch[shards.size()];
        for (int i = 0; i < batches.length; i++) {
            batches[i] = new FlowBatch(shards.get(i), review, memories.get(i));
        }
        dumped = 0;
        try {
            boolean consistent =
                    source.read(
                            message -> {
                                dumped++;
                                batches[owner(message)].add(message);
                            });
            for (FlowBatch batch : batches) {
                batch.end();
            }
            long nanos = System.nanoTime() - began;
            for (FlowBatch batch : batches) {
                nanos += batch.workedNanos() - batch.waitedNanos();
            }
            return new Dump(dumped, consistent, nanos / 1_000_000L);
        } finally {
            for (int i = 0; i < batches.length; i++) {
                memories.set(i, batches[i].memory());
            }
        }
    }

    private int owner(MessageReader message) {
        if (shards.size() == 1) {
            return 0;
        }
        flow.wrap(message);
        return salt.shardOf(flow.ufidFirst(), flow.ufidSecond(), shards.size());
    }

    /** Each shard may have what it has, and its part of what the limit leaves. */
    private void share(int[] sizes) throws AgentException, InterruptedException {
        int left = Math.max(0, limit.get() - sum(sizes));
        for (int i = 0; i < sizes.length; i++) {
            Shard shard = shards.get(i);
            int most = sizes[i] + (left + sizes.length - 1) / sizes.length;
            shard.run(() -> shard.reviewer().setLimit(most));
        }
    }

    /** How many flows each shard has in its book. */
    public int[] sizes() throws AgentException, InterruptedException {
        int[] sizes = new int[shards.size()];
        for (int i = 0; i < sizes.length; i++) {
            Shard shard = shards.get(i);
            sizes[i] = shard.call(() -> shard.reviewer().flows());
        }
        return sizes;
    }

    private static int sum(int[] numbers) {
        int sum = 0;
        for (int number : numbers) {
            sum += number;
        }
        return sum;
    }

    private static long millis() {
        return System.nanoTime() / 1_000_000L;
    }

    /** Frees the socket, once the thread has ended. */
    @Override
    public void close() {
        channel.close();
    }
}
