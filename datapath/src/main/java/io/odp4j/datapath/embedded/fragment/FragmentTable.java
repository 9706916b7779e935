package io.odp4j.datapath.embedded.fragment;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The packets of one family that have not come whole yet: {@code fqdir}. They are given up after a
 * time; while they take up more than their limit, no new one is begun.
 */
final class FragmentTable {
    /** As {@code net.ipv4.ipfrag_high_thresh} and {@code net.netfilter.nf_conntrack_frag6_…}. */
    private static final int MOST_BYTES = 4 << 20;

    /** As {@code net.ipv4.ipfrag_max_dist}. */
    private static final int FARTHEST = 64;

    private final long lifetimeMillis;
    private final boolean countsSources;

    /** In the order in which they end. */
    private final Map<DatagramId, FragmentQueue> queues = new LinkedHashMap<>();

    private final Map<Long, FragmentQueue.Source> sources = new HashMap<>();
    private int bytes;
    private int waiting;

    /**
     * @param countsSources whether a packet is begun anew if its source has sent many other
     *     fragments since its last one, as in IPv4, whose numbers soon come again
     */
    FragmentTable(long lifetimeMillis, boolean countsSources) {
        this.lifetimeMillis = lifetimeMillis;
        this.countsSources = countsSources;
    }

    /** The packet of that id, a new one if there was none; null if there is no room for one. */
    FragmentQueue find(DatagramId id, long now) {
        FragmentQueue queue = queues.get(id);
        if (queue == null) {
            if (bytes > MOST_BYTES) {
                return null;
            }
            FragmentQueue.Source source = null;
            if (countsSources) {
                source = sources.computeIfAbsent(id.srcLow(), s -> new FragmentQueue.Source());
                source.queues++;
            }
            queue = new FragmentQueue(id, source);
            queue.expiresAt = now + lifetimeMillis;
            queues.put(id, queue);
            bytes += queue.cost();
        }
        return queue;
    }

    /**
     * Counts a fragment of a packet's source; if too many others have come since the last one of
     * this packet, that begins anew.
     *
     * @return how many fragments were dropped
     */
    int countOfSource(FragmentQueue queue, long now) {
        int before = queue.seenOfSource;
        queue.seenOfSource = ++queue.source.fragments;
        int dropped = queue.fragments();
        if (dropped == 0 || queue.seenOfSource - before <= FARTHEST) {
            return 0;
        }
        bytes -= queue.cost();
        waiting -= dropped;
        queue.reset();
        bytes += queue.cost();
        queue.expiresAt = now + lifetimeMillis;
        queues.remove(queue.id);
        queues.put(queue.id, queue);
        return dropped;
    }

    /** A fragment has been taken into a queue that cost so much before. */
    void grown(FragmentQueue queue, int costBefore) {
        bytes += queue.cost() - costBefore;
        waiting++;
    }

    /** Takes a packet out, and says how many fragments it had. */
    int remove(FragmentQueue queue) {
        queues.remove(queue.id);
        return forget(queue);
    }

    private int forget(FragmentQueue queue) {
        bytes -= queue.cost();
        waiting -= queue.fragments();
        if (queue.source != null && --queue.source.queues == 0) {
            sources.remove(queue.id.srcLow());
        }
        return queue.fragments();
    }

    /** Gives up what has waited too long, and says how many fragments that was. */
    int expire(long now) {
        int expired = 0;
        Iterator<FragmentQueue> i = queues.values().iterator();
        while (i.hasNext()) {
            FragmentQueue queue = i.next();
            if (queue.expiresAt > now) {
                break;
            }
            i.remove();
            expired += forget(queue);
        }
        return expired;
    }

    /** How many fragments wait. */
    int waiting() {
        return waiting;
    }
}
