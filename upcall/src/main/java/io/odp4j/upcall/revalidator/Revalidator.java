package io.odp4j.upcall.revalidator;

import io.odp4j.datapath.netlink.MessageReader;
import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.RequestChannel;
import io.odp4j.datapath.ovs.Datapath;
import io.odp4j.datapath.ovs.FlowAttributes;
import io.odp4j.datapath.ovs.Flows;
import io.odp4j.datapath.ovs.OvsFamilies;
import io.odp4j.upcall.AgentException;
import io.odp4j.upcall.Shard;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that dumps the flows every half second. A plain round is terse: ufid and statistics;
 * when the policy changed its mind, keys and actions come too.
 */
public final class Revalidator implements Runnable, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Revalidator.class);
    private static final long PAUSE_MILLIS = 500;
    private static final int TERSE =
            FlowAttributes.UFID_F_OMIT_KEY
                    | FlowAttributes.UFID_F_OMIT_MASK
                    | FlowAttributes.UFID_F_OMIT_ACTIONS;

    private final Shard shard;
    private final RequestChannel channel;
    private final Flows flows;
    private final FlowBatch batch;
    private final Semaphore knocks = new Semaphore(0);
    private volatile boolean running = true;

    public Revalidator(NetlinkEndpoint peer, OvsFamilies families, Datapath datapath, Shard shard)
            throws NetlinkException {
        this.shard = shard;
        this.channel = RequestChannel.open(peer);
        this.flows = new Flows(channel, families, datapath);
        this.batch = new FlowBatch(shard);
    }

    /** Takes over the flows that are there; before the first packet. */
    public void adopt() throws NetlinkException, AgentException, InterruptedException {
        dump(0, (reviewer, flow) -> reviewer.adopt(flow, millis()));
    }

    @Override
    public void run() {
        try {
            while (running) {
                knocks.tryAcquire(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
                knocks.drainPermits();
                if (running) {
                    round();
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("the revalidator was told to stop");
        }
    }

    /** Has a round begin at once: decisions have changed, and flows should not wait for theirs. */
    public void knock() {
        knocks.release();
    }

    private void round() throws InterruptedException {
        try {
            boolean full = shard.call(() -> shard.reviewer().begin(millis()));
            boolean complete = dump(full ? 0 : TERSE, (reviewer, flow) -> reviewer.review(flow));
            shard.call(
                    () -> {
                        shard.reviewer().end(complete);
                        return null;
                    });
        } catch (NetlinkException | AgentException e) {
            // The next round starts afresh; a datapath that is gone is the port keeper's to tell.
            if (running) {
                LOG.warn("a round of the revalidator failed: {}", e.getMessage());
            }
        }
    }

    private boolean dump(int ufidFlags, FlowBatch.Review review)
            throws NetlinkException, AgentException, InterruptedException {
        batch.begin(review);
        boolean consistent = flows.dumpMessages(ufidFlags, (MessageReader m) -> batch.add(m));
        batch.end();
        return consistent;
    }

    private static long millis() {
        return System.nanoTime() / 1_000_000L;
    }

    /** Ends the thread's loop, after the round that is under way. */
    public void stop() {
        running = false;
        knock();
    }

    /** Frees the socket, once the thread has ended. */
    @Override
    public void close() {
        channel.close();
    }
}
