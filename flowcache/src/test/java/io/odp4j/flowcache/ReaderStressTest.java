package io.odp4j.flowcache;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowMask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One writer, readers meanwhile: what stays is always found, what is found is always right. */
class ReaderStressTest {
    private static final int STAYING = 200;
    private static final int CHURNED = 2000;
    private static final int BATCH = 16;
    private static final long MILLIS = 1500;
    private static final long NIGHTLY_MILLIS = 300_000;

    private final AtomicBoolean done = new AtomicBoolean();
    private final AtomicReference<String> wrong = new AtomicReference<>();

    @Test
    void shouldFindStayingEntriesAndNeverATornOneWhileOthersComeAndGo() throws Exception {
        stress(MILLIS);
    }

    @Test
    @Tag("nightly")
    void shouldDoSoForMinutes() throws Exception {
        stress(NIGHTLY_MILLIS);
    }

    private void stress(long millis) throws Exception {
        RandomFlows flows = new RandomFlows(42);
        MegaflowCache cache = new MegaflowCache(STAYING + CHURNED / 2 + 100);
        FlowKey[] keys = new FlowKey[STAYING + CHURNED];
        FlowMask[] masks = new FlowMask[keys.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = flows.key();
            masks[i] = flows.mask();
        }
        long[] staying = new long[STAYING];
        for (int i = 0; i < STAYING; i++) {
            staying[i] = cache.insert(keys[i], masks[i], i, 0);
        }
        List<Thread> readers = new ArrayList<>();
        for (int r = 0; r < 2; r++) {
            int start = r;
            readers.add(new Thread(() -> read(cache, keys, masks, start)));
        }
        readers.forEach(Thread::start);
        churn(cache, flows, keys, masks, millis);
        done.set(true);
        for (Thread reader : readers) {
            reader.join();
        }
        assertThat(wrong.get()).isNull();
        assertThat(Arrays.stream(staying).filter(cache::isLive).count()).isEqualTo(STAYING);
    }

    private void churn(
            MegaflowCache cache, RandomFlows flows, FlowKey[] keys, FlowMask[] masks, long millis) {
        long end = System.currentTimeMillis() + millis;
        long[] handles = new long[keys.length];
        List<Long> mine = new ArrayList<>();
        while (System.currentTimeMillis() < end && wrong.get() == null) {
            // In waves, so that masks come and go and the tree is left and entered.
            int live = flows.next(CHURNED / 2);
            while (mine.size() < live) {
                int i = STAYING + flows.next(CHURNED);
                long handle = handles[i];
                if (!cache.isLive(handle) && cache.size() < cache.capacity()) {
                    handle = cache.insert(keys[i], masks[i], i, 0);
                    // The same entry under another number: leave it as it was.
                    if (!mine.contains(handle) && cache.userData(handle) == i) {
                        handles[i] = handle;
                        mine.add(handle);
                    }
                }
            }
            while (mine.size() > live / 4) {
                cache.delete(mine.remove(flows.next(mine.size())));
            }
        }
    }

    private void read(MegaflowCache cache, FlowKey[] keys, FlowMask[] masks, int start) {
        int i = start;
        FlowKey[] batch = new FlowKey[BATCH];
        long[] handles = new long[BATCH];
        while (!done.get()) {
            for (int b = 0; b < BATCH; b++) {
                batch[b] = keys[(i + 2 * b) % keys.length];
            }
            cache.lookup(batch, BATCH, handles);
            for (int b = 0; b < BATCH; b++) {
                check(cache, keys, masks, i, handles[b]);
                check(cache, keys, masks, i, cache.lookup(keys[i]));
                i = (i + 2) % keys.length;
            }
        }
    }

    private void check(MegaflowCache cache, FlowKey[] keys, FlowMask[] masks, int i, long handle) {
        if (handle == MegaflowCache.MISS) {
            if (i < STAYING) {
                wrong.set("lost " + i);
            }
            return;
        }
        long data = cache.userData(handle);
        if (data == MegaflowCache.GONE) {
            return;
        }
        int at = (int) data;
        if (data < 0 || at >= keys.length || !masks[at].matches(keys[at], keys[i])) {
            wrong.set("key " + i + " found entry " + data);
        }
    }
}
