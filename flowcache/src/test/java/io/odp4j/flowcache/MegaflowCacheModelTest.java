package io.odp4j.flowcache;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowMask;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

/** The cache beside a list that is searched from end to end. */
class MegaflowCacheModelTest {
    private static final int STEPS = 2500;

    /** One entry of the model. */
    private record Entry(FlowKey key, FlowMask mask) {}

    private final Map<Long, Entry> model = new LinkedHashMap<>();
    private final Map<Long, Long> data = new LinkedHashMap<>();

    @Property(tries = 400)
    void shouldAgreeWithAListOverRandomInsertsDeletesAndLookups(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 600) int masks) {
        RandomFlows flows = new RandomFlows(seed);
        List<FlowMask> known = new ArrayList<>();
        for (int i = 0; i < masks; i++) {
            known.add(flows.mask());
        }
        // Few signatures, so that packets drive each other out.
        SignatureCache signatures = new SignatureCache(64, 2);
        MegaflowCache megaflows = new MegaflowCache(1 << 14, 1 << 14, signatures);
        FlowCache cache = new FlowCache(megaflows);
        model.clear();
        data.clear();
        for (int step = 0; step < STEPS; step++) {
            int what = flows.next(16);
            // Fill up first, then churn, then empty out.
            int phase = 3 * step / STEPS;
            if (what < (phase == 0 ? 8 : phase == 1 ? 4 : 1)) {
                insert(cache, flows.key(), known.get(flows.next(masks)), step);
            } else if (what < (phase == 0 ? 9 : phase == 1 ? 8 : 14) && !model.isEmpty()) {
                long victim = pick(flows);
                assertThat(megaflows.delete(victim)).isTrue();
                assertThat(megaflows.delete(victim)).isFalse();
                assertThat(megaflows.userData(victim)).isEqualTo(MegaflowCache.GONE);
                model.remove(victim);
                data.remove(victim);
            } else {
                FlowKey key = flows.key();
                check(cache.lookup(key), key, megaflows);
                check(megaflows.lookup(key), key, megaflows);
                if (what == 15 && flows.next(10) == 0) {
                    checkBatch(cache, flows);
                }
            }
            assertThat(megaflows.size()).isEqualTo(model.size());
        }
        model.forEach((handle, entry) -> checkEntry(megaflows, handle, entry));
        megaflows.clear();
        assertThat(megaflows.size()).isZero();
        assertThat(megaflows.maskCount()).isZero();
        assertThat(cache.lookup(flows.key())).isEqualTo(MegaflowCache.MISS);
    }

    @Tag("nightly")
    @Property(tries = 20_000)
    void shouldDoSoOverFiftyMillionSteps(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 600) int masks) {
        shouldAgreeWithAListOverRandomInsertsDeletesAndLookups(seed, masks);
    }

    private void insert(FlowCache cache, FlowKey key, FlowMask mask, int step) {
        long handle = cache.insert(key, mask, step, step);
        FlowKey copy = new FlowKey().copyFrom(key);
        Entry same = model.get(handle);
        if (same != null) {
            assertThat(same.mask).isEqualTo(mask);
            assertThat(mask.matches(same.key, key)).isTrue();
        }
        model.put(handle, new Entry(copy, mask));
        data.put(handle, (long) step);
        assertThat(cache.megaflows().userData(handle)).isEqualTo(step);
    }

    private long pick(RandomFlows flows) {
        int n = flows.next(Math.min(50, model.size()));
        return model.keySet().stream().skip(n).findFirst().orElseThrow();
    }

    private void check(long found, FlowKey key, MegaflowCache cache) {
        if (found == MegaflowCache.MISS) {
            assertThat(model.values()).noneMatch(e -> e.mask.matches(e.key, key));
        } else {
            Entry entry = model.get(found);
            assertThat(entry).isNotNull();
            assertThat(entry.mask.matches(entry.key, key)).isTrue();
            assertThat(cache.userData(found)).isEqualTo(data.get(found));
        }
    }

    private void checkBatch(FlowCache cache, RandomFlows flows) {
        FlowKey[] keys = new FlowKey[1 + flows.next(70)];
        for (int i = 0; i < keys.length; i++) {
            // Some keys twice: the second may be known of the first.
            keys[i] = i > 0 && flows.next(4) == 0 ? keys[flows.next(i)] : flows.key();
        }
        long[] handles = new long[keys.length];
        long before = cache.signatureHits() + cache.megaflowHits() + cache.misses();
        cache.lookup(keys, keys.length, handles);
        assertThat(cache.signatureHits() + cache.megaflowHits() + cache.misses() - before)
                .isEqualTo(keys.length);
        long[] behind = new long[keys.length];
        cache.megaflows().lookup(keys, keys.length, behind);
        for (int i = 0; i < keys.length; i++) {
            check(handles[i], keys[i], cache.megaflows());
            check(behind[i], keys[i], cache.megaflows());
        }
    }

    private static void checkEntry(MegaflowCache cache, long handle, Entry entry) {
        FlowKey key = new FlowKey();
        FlowMask mask = new FlowMask();
        cache.readKey(handle, key);
        cache.readMask(handle, mask);
        assertThat(mask).isEqualTo(entry.mask);
        assertThat(entry.mask.matches(key, entry.key)).isTrue();
        for (int w = 0; w < FlowKey.WORDS; w++) {
            assertThat(key.words()[w] & ~mask.words()[w]).isZero();
        }
    }
}
