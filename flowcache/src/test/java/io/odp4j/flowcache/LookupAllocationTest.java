package io.odp4j.flowcache;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.odp4j.datapath.flow.FlowKey;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class LookupAllocationTest {
    private static final int ROUNDS = 200_000;

    @Test
    void shouldAllocateNothingPerLookupWithFewMasks() {
        assertThat(bytesPerRun(3)).isLessThan(ROUNDS / 100);
    }

    @Test
    void shouldAllocateNothingPerLookupWithManyMasks() {
        assertThat(bytesPerRun(300)).isLessThan(ROUNDS / 100);
    }

    @Test
    void shouldAllocateNothingPerInsertAndDeleteUnderKnownMasks() {
        RandomFlows flows = new RandomFlows(3);
        MegaflowCache cache = new MegaflowCache(10_000);
        var mask = flows.mask();
        FlowKey[] keys = new FlowKey[1000];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = flows.key();
            cache.insert(keys[i], mask, i, 0);
        }
        // One entry stays, and keeps the mask.
        long before = 0;
        for (int i = 0; i < 2 * ROUNDS; i++) {
            if (i == ROUNDS) {
                before = allocated();
            }
            FlowKey key = keys[1 + i % 999];
            cache.delete(cache.lookup(key));
            cache.insert(key, mask, i, 0);
            cache.insert(keys[0], mask, i, 0);
        }
        assertThat(allocated() - before).isLessThan(ROUNDS / 100);
    }

    private static long bytesPerRun(int masks) {
        RandomFlows flows = new RandomFlows(masks);
        FlowCache cache =
                new FlowCache(new MegaflowCache(10_000, 1000, new SignatureCache(256, 4)));
        FlowKey[] keys = new FlowKey[4096];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = flows.key();
        }
        for (int i = 0; i < masks; i++) {
            cache.insert(keys[i], flows.mask(), i, 0);
        }
        run(cache, keys);
        long before = allocated();
        run(cache, keys);
        long bytes = allocated() - before;
        assertThat(cache.megaflowHits() + cache.signatureHits() + cache.misses())
                .isEqualTo(2 * ROUNDS);
        return bytes;
    }

    @Test
    void shouldAllocateNothingPerBatchOfLookups() {
        RandomFlows flows = new RandomFlows(5);
        FlowCache cache =
                new FlowCache(new MegaflowCache(10_000, 1000, new SignatureCache(256, 4)));
        FlowKey[] keys = new FlowKey[64];
        long[] handles = new long[keys.length];
        for (int i = 0; i < 300; i++) {
            keys[i % keys.length] = flows.key();
            cache.insert(keys[i % keys.length], flows.mask(), i, 0);
        }
        long before = 0;
        for (int i = 0; i < ROUNDS; i += keys.length) {
            if (i == ROUNDS / keys.length / 2 * keys.length) {
                before = allocated();
            }
            cache.lookup(keys, keys.length, handles);
            cache.megaflows().lookup(keys, keys.length, handles);
        }
        assertThat(allocated() - before).isLessThan(ROUNDS / 100);
    }

    private static void run(FlowCache cache, FlowKey[] keys) {
        for (int i = 0; i < ROUNDS; i++) {
            cache.lookup(keys[i & keys.length - 1]);
        }
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getThreadAllocatedBytes(Thread.currentThread().getId());
    }
}
