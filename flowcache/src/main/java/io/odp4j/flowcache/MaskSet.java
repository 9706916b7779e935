package io.odp4j.flowcache;

import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowMask;
import it.unimi.dsi.fastutil.ints.Int2ObjectOpenHashMap;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * The masks of a megaflow cache: found by their bits or their id, ranked by use while they are few,
 * in a {@link MaskTree} when they are many.
 */
final class MaskSet {
    /** Up to here looking into each mask beats finding out which. */
    private static final int FEW = 16;

    /** Entries deleted, at least, before the filter is made anew for what it no longer holds. */
    private static final int MIN_STALE = 4096;

    /** How many masks are offered in place of one that is one too many. */
    private static final int MAX_ATTEMPTS = 8;

    private final int maxMasks;
    private final EntryStore store;
    private final FieldClasses classes = new FieldClasses();
    private final Int2ObjectOpenHashMap<MegaflowMask> byHash = new Int2ObjectOpenHashMap<>();
    private final List<MegaflowMask> all = new ArrayList<>();
    private final IntArrayList freeIds = new IntArrayList();
    private final long[] union = new long[FlowKey.WORDS];
    private final long[] scratch = new long[FlowKey.WORDS];
    private int stale;

    private volatile MegaflowMask[] byId = new MegaflowMask[16];
    private volatile MaskTree tree;
    private volatile MaskWords significant = new MaskWords(union, 0);

    MaskSet(int maxMasks, EntryStore store) {
        this.maxMasks = maxMasks;
        this.store = store;
        rank();
    }

    MaskTree tree() {
        return tree;
    }

    MaskWords significant() {
        return significant;
    }

    int size() {
        return all.size();
    }

    MegaflowMask byId(int id) {
        MegaflowMask[] masks = byId;
        return id < 0 || id >= masks.length ? null : masks[id];
    }

    MegaflowMask find(long[] bits) {
        MegaflowMask mask = byHash.get(MaskWords.hashOfMask(bits));
        while (mask != null && !mask.words.isOf(bits)) {
            mask = mask.next;
        }
        return mask;
    }

    /** As {@link MegaflowCache#findMaskWith}. */
    boolean findWith(FlowMask bits, Predicate<FlowMask> pleases, FlowMask found) {
        int wanted = MaskWords.countBits(bits.words());
        int extra = -1;
        MegaflowMask last = null;
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            MegaflowMask best = null;
            int least = Integer.MAX_VALUE;
            for (int i = 0; i < all.size(); i++) {
                MegaflowMask mask = all.get(i);
                int more = mask.words.countBeyond(bits.words(), wanted);
                boolean later =
                        more > extra || more == extra && last != null && mask.place > last.place;
                if (more >= 0 && more < least && later) {
                    best = mask;
                    least = more;
                }
            }
            if (best == null) {
                return false;
            }
            found.clear();
            best.words.unpackBits(found.words());
            if (pleases.test(found)) {
                return true;
            }
            extra = least;
            last = best;
        }
        return false;
    }

    /** Adds a mask that is not there; null if it is one too many. */
    MegaflowMask add(long[] bits, int entries) {
        if (all.size() >= maxMasks) {
            return null;
        }
        MaskWords words = new MaskWords(bits, KeyHash.secret());
        int id = freeIds.isEmpty() ? all.size() : freeIds.popInt();
        MegaflowMask mask = new MegaflowMask(id, words, classes.of(words));
        int hash = MaskWords.hashOfMask(bits);
        mask.next = byHash.put(hash, mask);
        mask.place = all.size();
        all.add(mask);
        mask.classes.forEach(c -> c.join(1));
        MegaflowMask[] ids = byId;
        if (id >= ids.length) {
            ids = Arrays.copyOf(ids, 2 * ids.length);
        }
        ids[id] = mask;
        byId = ids;
        widen(bits);
        if (all.size() <= FEW) {
            rank();
        } else if (mustRebuild(bits)) {
            rebuild(valuesOf(entries));
        } else {
            tree = tree.with(mask);
        }
        return mask;
    }

    private void widen(long[] bits) {
        boolean wider = false;
        for (int w : KeyUnits.MATCHABLE) {
            wider |= (bits[w] & ~union[w]) != 0;
            union[w] |= bits[w];
        }
        if (wider) {
            significant = new MaskWords(union, 0);
        }
    }

    private boolean mustRebuild(long[] bits) {
        return all.size() > 2 * tree.masksAtBuild
                || !tree.admits(bits, classes.discriminating(all.size()));
    }

    /** Chooses levels and learns the values of every entry anew. */
    private void rebuild(long values) {
        boolean retry = true;
        boolean fitted = false;
        long room = values;
        while (retry) {
            List<FieldClass> known = classes.all();
            known.forEach(FieldClass::startAnew);
            PresenceFilter filter = new PresenceFilter(room);
            List<FieldClass.Bank> levels = classes.discriminating(all.size());
            MaskTree empty = new MaskTree(levels, filter, common(), all.size());
            store.forEach(ref -> record(empty, ref));
            retry = saturate(known);
            if (!retry && !fitted && filter.isTooLarge()) {
                // What is larger than a CPU's cache costs more than it saves.
                room = filter.taken();
                fitted = true;
                retry = true;
            } else if (!retry) {
                tree = withAll(empty);
            }
        }
        stale = 0;
    }

    private void record(MaskTree into, int ref) {
        MegaflowMask mask = byId(store.maskId(ref));
        int offset = EntryStore.offset(ref) + EntryStore.HEADER;
        mask.words.unpack(store.chunk(ref), offset, scratch);
        into.record(mask, scratch);
    }

    /** Gives up classes with too many values; whether there were any. */
    private static boolean saturate(List<FieldClass> known) {
        boolean any = false;
        for (FieldClass c : known) {
            if (c.hasTooManyValues() && !c.isSaturated()) {
                c.setSaturated(true);
                any = true;
            }
        }
        return any;
    }

    private MaskTree withAll(MaskTree empty) {
        MaskTree full = empty;
        for (MegaflowMask mask : all) {
            full = full.with(mask);
        }
        return full;
    }

    private long[] common() {
        long[] common = new long[FlowKey.WORDS];
        if (!all.isEmpty()) {
            all.get(0).words.unpackBits(common);
            all.forEach(mask -> mask.words.retainIn(common));
        }
        return common;
    }

    /** How many values to make room for; a guess that {@link #record} corrects. */
    private long valuesOf(int entries) {
        return tree.filter == null ? entries : Math.min(tree.filter.taken(), 4L * entries);
    }

    /** Learns a new entry's values before the entry can be found. */
    void record(MegaflowMask mask, long[] key) {
        if (all.size() > FEW) {
            boolean saturated = tree.record(mask, key);
            if (saturated || tree.filter.isCrowded()) {
                saturate(classes.all());
                rebuild(2L * tree.filter.taken());
            }
        }
    }

    /** Notes that an entry is gone, and its mask with it if it was the last. */
    void deleted(MegaflowMask mask, int entries) {
        if (mask.entries == 0) {
            remove(mask);
        }
        if (all.size() > FEW && ++stale > MIN_STALE + entries) {
            classes.all().forEach(c -> c.setSaturated(false));
            rebuild(valuesOf(entries));
        }
    }

    private void remove(MegaflowMask mask) {
        MegaflowMask last = all.remove(all.size() - 1);
        if (last != mask) {
            all.set(mask.place, last);
            last.place = mask.place;
        }
        unlink(mask);
        mask.classes.forEach(c -> c.join(-1));
        if (all.size() <= FEW) {
            rank();
        } else {
            tree = tree.without(mask);
        }
        mask.dead = true;
        byId[mask.id] = null;
        freeIds.push(mask.id);
    }

    private void unlink(MegaflowMask mask) {
        Arrays.fill(scratch, 0);
        mask.words.unpackBits(scratch);
        int hash = MaskWords.hashOfMask(scratch);
        MegaflowMask at = byHash.get(hash);
        if (at == mask) {
            if (mask.next == null) {
                byHash.remove(hash);
            } else {
                byHash.put(hash, mask.next);
            }
            return;
        }
        while (at.next != mask) {
            at = at.next;
        }
        at.next = mask.next;
    }

    /** Puts the busiest masks first. */
    void rank() {
        if (all.size() > FEW) {
            return;
        }
        // What is added last is looked into first.
        all.sort(Comparator.comparingLong(mask -> mask.hits));
        for (int i = 0; i < all.size(); i++) {
            all.get(i).place = i;
        }
        tree = withAll(new MaskTree(List.of(), null, common(), all.size()));
    }

    List<FlowMask> all() {
        List<FlowMask> copies = new ArrayList<>();
        for (MegaflowMask mask : all) {
            FlowMask copy = new FlowMask();
            mask.words.unpackBits(copy.words());
            copies.add(copy);
        }
        return copies;
    }

    long memory() {
        return tree.filter == null ? 0 : tree.filter.memory();
    }
}
