package io.odp4j.upcall.embedded;

import io.odp4j.datapath.embedded.table.FlowEntry;
import io.odp4j.datapath.embedded.table.FlowTable;
import io.odp4j.datapath.embedded.table.MaskedFlowTable;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.flowcache.FlowCache;
import io.odp4j.flowcache.MegaflowCache;
import java.util.Arrays;

/**
 * A flow table of an embedded datapath whose masks are pruned, and which knows packets again: the
 * {@link FlowCache}. What that has no room for stands in a plain table behind it.
 */
public final class CachedFlowTable implements FlowTable {
    private static final int MOST_FLOWS = 1 << 22;
    private static final int MOST_MASKS = 1 << 14;

    private final MaskedFlowTable overflow = new MaskedFlowTable();
    private MegaflowCache megaflows;
    private FlowCache cache;
    private FlowEntry[] flows;
    private int[] free;
    private int freeCount;
    private int used;
    private int overflowed;
    private long lookups;

    public CachedFlowTable() {
        clear();
    }

    @Override
    public FlowEntry lookup(FlowKey key) {
        long handle = cache.lookup(key);
        if (handle != MegaflowCache.MISS) {
            return flows[(int) megaflows.userData(handle)];
        }
        return overflowed == 0 ? null : overflow.lookup(key);
    }

    @Override
    public void insert(FlowEntry flow) {
        int place = freeCount > 0 ? free[--freeCount] : used++;
        if (place == flows.length) {
            flows = Arrays.copyOf(flows, 2 * place);
        }
        flows[place] = flow;
        long handle = megaflows.insert(flow.key(), flow.mask(), place, 0);
        flow.tableHandle = handle;
        if (handle == MegaflowCache.MISS) {
            release(place);
            toOverflow(flow);
        }
    }

    private void evicted(long handle) {
        int place = (int) megaflows.userData(handle);
        FlowEntry flow = flows[place];
        release(place);
        flow.tableHandle = MegaflowCache.MISS;
        toOverflow(flow);
    }

    private void toOverflow(FlowEntry flow) {
        overflow.insert(flow);
        overflowed++;
    }

    private void release(int place) {
        flows[place] = null;
        if (freeCount == free.length) {
            free = Arrays.copyOf(free, 2 * freeCount);
        }
        free[freeCount++] = place;
    }

    @Override
    public void remove(FlowEntry flow) {
        if (flow.tableHandle == MegaflowCache.MISS) {
            overflow.remove(flow);
            overflowed--;
            return;
        }
        int place = (int) megaflows.userData(flow.tableHandle);
        megaflows.delete(flow.tableHandle);
        release(place);
    }

    @Override
    public void clear() {
        if (cache != null) {
            lookups += cache.megaflowHits() + cache.misses();
        }
        overflow.clear();
        overflowed = 0;
        megaflows = new MegaflowCache(MOST_FLOWS, MOST_MASKS);
        megaflows.setEvictionListener(this::evicted);
        cache = new FlowCache(megaflows);
        flows = new FlowEntry[1024];
        free = new int[1024];
        freeCount = 0;
        used = 0;
    }

    @Override
    public int masks() {
        return megaflows.maskCount() + overflow.masks();
    }

    /**
     * {@inheritDoc} Here the lookups of packets that were not known again: a tree of masks is
     * walked down for each, and does not count its steps.
     */
    @Override
    public long masksTried() {
        return lookups + cache.megaflowHits() + cache.misses() + overflow.masksTried();
    }
}
