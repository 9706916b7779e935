package io.odp4j.upcall.classify;

import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowMask;
import io.odp4j.flowcache.FlowCache;
import io.odp4j.flowcache.MaskBudget;
import io.odp4j.flowcache.MegaflowCache;
import io.odp4j.upcall.counter.Counter;
import io.odp4j.upcall.counter.Counters;
import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The flows that are installed, or being installed: the flow cache's entries, each with its actions
 * and the ufid that it has in the datapath.
 *
 * <p>A flow of this agent has the ufid {salt, handle}: a dumped flow finds its entry without a
 * table. An adopted flow keeps the ufid that it came with, and is found through one. One thread's.
 */
final class FlowBook {
    /** No flow. */
    static final long NONE = MegaflowCache.MISS;

    /** The ufid of a flow that this agent's forerunner, or another program, installed. */
    private record AdoptedUfid(long first, long second) {}

    private final FlowCache cache;
    private final MaskBudget budget;
    private final ActionLists actions = new ActionLists();
    private final Long2ObjectOpenHashMap<AdoptedUfid> adoptedByHandle =
            new Long2ObjectOpenHashMap<>();
    private final Map<AdoptedUfid, Long> adoptedByUfid = new HashMap<>();
    private final long salt;
    private final Long2ObjectOpenHashMap<Object> attachments = new Long2ObjectOpenHashMap<>();
    private final LongOpenHashSet doomed = new LongOpenHashSet();
    private final Counters counters;
    private int limit;

    /**
     * @param maskBudget the most distinct masks of flows that are taken in
     * @param salt the first half of every ufid made here; random, so that no other agent's is equal
     */
    FlowBook(int limit, int maskBudget, long salt, Counters counters) {
        this.cache = new FlowCache(limit);
        this.budget = new MaskBudget(cache.megaflows(), maskBudget);
        this.limit = limit;
        this.salt = salt;
        this.counters = counters;
    }

    /** How many flows may be in it from now on. */
    void setLimit(int flows) {
        limit = flows;
    }

    /** What a flow's packets are credited to, or null. */
    Object attachment(long handle) {
        return attachments.isEmpty() ? null : attachments.get(handle);
    }

    /** Has a flow's packets credited to something; null for nothing. */
    void attach(long handle, Object attachment) {
        if (attachment != null) {
            attachments.put(handle, attachment);
        } else if (!attachments.isEmpty()) {
            attachments.remove(handle);
        }
    }

    int size() {
        return cache.megaflows().size();
    }

    /** Whether there is no room for one flow more. */
    boolean isFull() {
        return size() >= limit;
    }

    /** The flow that a key belongs to, or {@link #NONE}. */
    long lookup(FlowKey key) {
        return cache.lookup(key);
    }

    /**
     * Gives a flow that is to be taken in a mask within the budget.
     *
     * @param possible whether the datapath can have just that mask for the packet in question
     * @return what became of it
     */
    MaskBudget.Fit fitMask(FlowMask mask, Predicate<FlowMask> possible) {
        MaskBudget.Fit fit = budget.fit(mask, possible);
        if (fit == MaskBudget.Fit.REFUSED) {
            counters.increment(Counter.FLOWS_OVER_MASK_BUDGET);
        } else if (fit == MaskBudget.Fit.NARROWED) {
            counters.increment(Counter.FLOWS_NARROWED);
        }
        return fit;
    }

    /**
     * Takes a flow in.
     *
     * @param mask what the datapath will match, no more and no less
     * @return its handle; {@link #NONE} if there is no room for it
     */
    long admit(
            FlowKey key, FlowMask mask, ByteBuffer list, int offset, int length, long nowMillis) {
        if (isFull()) {
            counters.increment(Counter.FLOWS_OVER_LIMIT);
            return NONE;
        }
        int id = actions.acquire(list, offset, length);
        long handle = cache.insert(key, mask, userData(id, nowMillis), nowMillis);
        if (handle == NONE) {
            actions.release(id);
            counters.increment(Counter.FLOWS_UNCACHED);
        }
        return handle;
    }

    /** Takes in a flow that is in the datapath already, under the ufid that it has there. */
    long adopt(
            FlowKey key,
            FlowMask mask,
            long ufidFirst,
            long ufidSecond,
            ByteBuffer list,
            int offset,
            int length,
            long nowMillis) {
        long handle = admit(key, mask, list, offset, length, nowMillis);
        if (handle != NONE) {
            AdoptedUfid ufid = new AdoptedUfid(ufidFirst, ufidSecond);
            adoptedByHandle.put(handle, ufid);
            adoptedByUfid.put(ufid, handle);
        }
        return handle;
    }

    /** The flow of a ufid, or {@link #NONE} if it is none of ours. */
    long find(long ufidFirst, long ufidSecond) {
        if (ufidFirst == salt) {
            return isLive(ufidSecond) ? ufidSecond : NONE;
        }
        return adoptedByUfid.isEmpty()
                ? NONE
                : adoptedByUfid.getOrDefault(new AdoptedUfid(ufidFirst, ufidSecond), NONE);
    }

    boolean isLive(long handle) {
        return cache.megaflows().isLive(handle);
    }

    long ufidFirst(long handle) {
        AdoptedUfid adopted = adopted(handle);
        return adopted == null ? salt : adopted.first();
    }

    long ufidSecond(long handle) {
        AdoptedUfid adopted = adopted(handle);
        return adopted == null ? handle : adopted.second();
    }

    private AdoptedUfid adopted(long handle) {
        return adoptedByHandle.isEmpty() ? null : adoptedByHandle.get(handle);
    }

    /** The actions of a flow. */
    byte[] actions(long handle) {
        return actions.get((int) (cache.megaflows().userData(handle) >>> 32));
    }

    /** When the flow was last sent to be installed, ms modulo 2^32. */
    int installedMillis(long handle) {
        return (int) cache.megaflows().userData(handle);
    }

    /** Notes that the flow is sent to be installed now. */
    void setInstalled(long handle, long nowMillis) {
        int id = (int) (cache.megaflows().userData(handle) >>> 32);
        cache.megaflows().setUserData(handle, userData(id, nowMillis));
    }

    /** Gives a flow other actions. */
    void setActions(long handle, ByteBuffer list, int offset, int length) {
        long before = cache.megaflows().userData(handle);
        int id = actions.acquire(list, offset, length);
        actions.release((int) (before >>> 32));
        cache.megaflows().setUserData(handle, userData(id, before));
    }

    long packets(long handle) {
        return cache.megaflows().packets(handle);
    }

    long bytes(long handle) {
        return cache.megaflows().bytes(handle);
    }

    /** When a packet last matched the flow, or else when it was made; ms. */
    long lastUsed(long handle) {
        return cache.megaflows().lastUsed(handle);
    }

    void setStatistics(long handle, long packets, long bytes, long usedMillis) {
        cache.megaflows().setStatistics(handle, packets, bytes, usedMillis);
    }

    /** Whether the flow was in the datapath before the agent. */
    boolean isAdopted(long handle) {
        return adopted(handle) != null;
    }

    /** Whether a ufid is of this book's making, of a flow that is in it or no longer. */
    boolean isOwn(long ufidFirst) {
        return ufidFirst == salt;
    }

    /** Notes that the datapath has the flow otherwise than it is here: it is to be deleted. */
    void doom(long handle) {
        doomed.add(handle);
    }

    boolean isDoomed(long handle) {
        return !doomed.isEmpty() && doomed.contains(handle);
    }

    /** Writes the flow's key into {@code key}: the bits that its mask has. */
    void readKey(long handle, FlowKey key) {
        cache.megaflows().readKey(handle, key);
    }

    /** Writes the flow's mask into {@code mask}. */
    void readMask(long handle, FlowMask mask) {
        cache.megaflows().readMask(handle, mask);
    }

    /** Forgets a flow; nothing if it is forgotten. */
    void remove(long handle) {
        if (!isLive(handle)) {
            return;
        }
        attach(handle, null);
        doomed.remove(handle);
        actions.release((int) (cache.megaflows().userData(handle) >>> 32));
        AdoptedUfid adopted = adopted(handle);
        if (adopted != null) {
            adoptedByHandle.remove(handle);
            adoptedByUfid.remove(adopted);
        }
        cache.megaflows().delete(handle);
    }

    /** Visits every flow; the visitor may remove the one that it is shown. */
    void forEach(MegaflowCache.Visitor visitor) {
        cache.megaflows().forEach(visitor);
    }

    private static long userData(int actions, long millis) {
        return (long) actions << 32 | millis & 0xffffffffL;
    }
}
