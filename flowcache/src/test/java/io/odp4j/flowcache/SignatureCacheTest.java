package io.odp4j.flowcache;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowMask;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SignatureCacheTest {
    private static final FlowMask BY_PORT = new FlowMask().exact(FlowField.IN_PORT);

    private static FlowKey key(int port, int destination) {
        return new FlowKey()
                .set(FlowField.IN_PORT, port)
                .set(FlowField.TP_DST, destination)
                .set(FlowField.NW_TTL, port * destination & 0xff);
    }

    @Test
    void shouldKnowAFlowTheSecondTime() {
        FlowCache cache = new FlowCache(100);
        long handle = cache.insert(key(1, 1), BY_PORT, 1, 0);
        assertThat(cache.lookup(key(1, 2))).isEqualTo(handle);
        assertThat(cache.lookup(key(1, 3))).isEqualTo(handle);
        assertThat(cache.megaflowHits()).isEqualTo(1);
        assertThat(cache.signatureHits()).isEqualTo(1);
    }

    @Test
    void shouldNotKnowAnEntryThatIsGoneNorTakeItForTheNextInItsPlace() {
        FlowCache cache = new FlowCache(100);
        long old = cache.insert(key(1, 1), BY_PORT, 1, 0);
        cache.insert(key(7, 1), BY_PORT, 7, 0);
        cache.lookup(key(1, 1));
        cache.megaflows().delete(old);
        long other = cache.insert(key(2, 1), BY_PORT, 2, 0);
        assertThat(cache.lookup(key(1, 1))).isEqualTo(MegaflowCache.MISS);
        long again = cache.insert(key(1, 1), BY_PORT, 3, 0);
        assertThat(cache.lookup(key(1, 1))).isEqualTo(again);
        assertThat(cache.lookup(key(2, 1))).isEqualTo(other);
    }

    @Test
    void shouldTellFlowsApartByBitsThatALaterMaskLooksAt() {
        FlowCache cache = new FlowCache(100);
        long wide = cache.insert(key(1, 1), BY_PORT, 1, 0);
        assertThat(cache.lookup(key(1, 80))).isEqualTo(wide);
        cache.megaflows().delete(wide);
        FlowMask narrow = new FlowMask().exact(FlowField.IN_PORT).exact(FlowField.TP_DST);
        long web = cache.insert(key(1, 80), narrow, 2, 0);
        long other = cache.insert(key(1, 81), narrow, 3, 0);
        for (int i = 0; i < 3; i++) {
            assertThat(cache.lookup(key(1, 80))).isEqualTo(web);
            assertThat(cache.lookup(key(1, 81))).isEqualTo(other);
        }
        assertThat(cache.signatureHits()).isEqualTo(4);
    }

    @Test
    void shouldHoldNearlyAsManyPacketsAsItHasRoomFor() {
        SignatureCache cache = new SignatureCache(1024, 1 << 30);
        SplittableRandom random = new SplittableRandom();
        long[] hashes = random.longs(700).toArray();
        for (int i = 0; i < hashes.length; i++) {
            cache.learn(hashes[i], i);
        }
        int known = 0;
        for (int i = 0; i < hashes.length; i++) {
            known += cache.find(hashes[i]) == i ? 1 : 0;
        }
        assertThat(known).isGreaterThan(hashes.length * 9 / 10);
    }

    @Test
    void shouldLearnAnewWhereAHashLeads() {
        SignatureCache cache = new SignatureCache(8, 1);
        cache.learn(77, 1);
        cache.learn(77, 0x7fff_ffff);
        assertThat(cache.find(77)).isEqualTo(0x7fff_ffff);
        assertThat(cache.find(78)).isEqualTo(SignatureCache.NONE);
    }

    @Test
    void shouldLetNewPacketsInWhereItIsFull() {
        SignatureCache cache = new SignatureCache(8, 1);
        for (int i = 1; i <= 100; i++) {
            cache.learn(i, i);
            assertThat(cache.find(i)).isEqualTo(i);
        }
    }

    @Test
    void shouldFindAnEntryUnderAGuessThatIsWrong() {
        SignatureCache signatures = new SignatureCache(64, 1);
        MegaflowCache cache = new MegaflowCache(100, 100, signatures);
        FlowMask mask = new FlowMask().exact(FlowField.TP_DST);
        long right = cache.insert(key(1, 80), mask, 1, 0);
        long wrong = cache.insert(key(1, 81), mask, 2, 0);
        FlowKey key = key(1, 80);
        for (int ref : new int[] {EntryStore.refOf(wrong), -1, 0, 0x7fff_ffff, 1 << 24 | 99}) {
            signatures.learn(cache.search().hash(key.words()), ref);
            assertThat(cache.lookup(key)).isEqualTo(right);
            signatures.learn(cache.search().hash(key.words()), ref);
            long[] handles = new long[1];
            cache.lookup(new FlowKey[] {key}, 1, handles);
            assertThat(handles).containsExactly(right);
        }
    }

    @Test
    void shouldKnowKeysThatAreMatchedOnAllTheirWords() {
        FlowCache cache = new FlowCache(100);
        FlowMask mask = new FlowMask();
        for (FlowField field : FlowField.values()) {
            mask.exact(field);
        }
        FlowKey key = new FlowKey();
        Arrays.fill(key.words(), 0x0123_4567_89ab_cdefL);
        FlowKey other = new FlowKey().copyFrom(key).set(FlowField.TP_DST, 1);
        long handle = cache.insert(key, mask, 1, 0);
        long[] handles = new long[2];
        for (int i = 0; i < 2; i++) {
            cache.lookup(new FlowKey[] {key, other}, 2, handles);
            assertThat(handles).containsExactly(handle, MegaflowCache.MISS);
            assertThat(cache.lookup(other)).isEqualTo(MegaflowCache.MISS);
            assertThat(cache.lookup(key)).isEqualTo(handle);
        }
        assertThat(cache.signatureHits()).isEqualTo(3);
    }
}
