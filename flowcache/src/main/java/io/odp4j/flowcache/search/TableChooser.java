package io.odp4j.flowcache.search;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import java.util.List;

/**
 * Chooses the bits of a new table for some rules: field by field, as long as the lookups that are
 * to be expected get cheaper. What a field may have is what some rule has of it.
 *
 * <p>The price of a lookup is counted in tables looked into: one for this table, more for a bucket
 * by the number of its rules, and more for the rules that the table does not take.
 */
final class TableChooser {
    private static final int SAMPLE = 1024;
    private static final int MAX_OPTIONS = 24;
    private static final double PER_RULE = 0.22;
    private static final double PER_TABLE = 1.0;
    private static final double PER_CHAIN = 0.2;
    private static final double IN_BUCKET = 0.45;
    private static final double BESIDE = 1.5;

    /** Rules that a table does not take are often not looked for: a better one was found. */
    private static final double SEEN_OF_REST = 0.8;

    private static final double ENOUGH = 0.999;

    private final RuleRecords records;
    private final List<long[]> fields;
    private final int words;
    private final Long2IntOpenHashMap buckets = new Long2IntOpenHashMap();
    private int[] sample;
    private int sampled;
    private double scale;

    /** Rules in the largest bucket of the table whose price was asked last, about. */
    private double largest;

    /** Rules that it takes, of the sample. */
    private int taken;

    /** Distinct keys per rule in the table that was chosen last. */
    private double share;

    TableChooser(RuleRecords records, KeyPacker packer) {
        this.records = records;
        this.fields = packer.fields();
        this.words = packer.words();
    }

    /** The bits of a table for some of the records, or null if none is better than a chain. */
    long[] choose(int[] members, int count) {
        take(members, count);
        long[] best = new long[words];
        double price = Double.MAX_VALUE;
        boolean helps = false;
        boolean better = true;
        while (better) {
            better = false;
            long[] base = best;
            for (long[] field : fields) {
                int word = wordOf(field);
                for (long option : options(field[word], word)) {
                    long[] bits = base.clone();
                    bits[word] = bits[word] & ~field[word] | option;
                    double asked = price(bits, count);
                    if (largest < count && asked < price * ENOUGH) {
                        price = asked;
                        best = bits;
                        helps = true;
                        better = true;
                        share = (double) buckets.size() / taken;
                    }
                }
            }
        }
        return helps ? best : null;
    }

    /** How many keys that many rules of the table chosen last have, about. */
    int keys(int rules) {
        return (int) Math.min(rules, 1 + rules * share);
    }

    private void take(int[] members, int count) {
        sampled = Math.min(count, SAMPLE);
        scale = (double) count / sampled;
        sample = new int[sampled];
        for (int i = 0; i < sampled; i++) {
            sample[i] = members[(int) (i * scale)];
        }
    }

    private static int wordOf(long[] field) {
        int word = 0;
        while (field[word] == 0) {
            word++;
        }
        return word;
    }

    private LongOpenHashSet options(long field, int word) {
        LongOpenHashSet options = new LongOpenHashSet();
        for (int i = 0; i < sampled && options.size() < MAX_OPTIONS; i++) {
            options.add(records.mask(sample[i], word) & field);
        }
        return options;
    }

    /** What a lookup costs with a table of those bits. */
    private double price(long[] bits, int count) {
        buckets.clear();
        taken = 0;
        for (int i = 0; i < sampled; i++) {
            int record = sample[i];
            long missing = 0;
            long hash = 0;
            for (int w = 0; w < words; w++) {
                missing |= bits[w] & ~records.mask(record, w);
                hash = (hash ^ records.value(record, w) & bits[w]) * 0x9e37_79b9_7f4a_7c15L;
                hash ^= hash >>> 32;
            }
            if (missing == 0) {
                taken++;
                buckets.addTo(hash, 1);
            }
        }
        if (taken == 0) {
            return Double.MAX_VALUE;
        }
        double inBuckets = 0;
        largest = 0;
        for (int n : buckets.values()) {
            inBuckets += n * price(n == 1 ? 1 : n * scale, IN_BUCKET);
            largest = Math.max(largest, n * scale);
        }
        double rest = (sampled - taken) * scale;
        return PER_TABLE + inBuckets / sampled + SEEN_OF_REST * price(rest, BESIDE);
    }

    /** What it costs to search so many rules, given what each doubling of them costs. */
    private static double price(double rules, double perDoubling) {
        if (rules <= MergedChanges.CHAIN) {
            return rules == 0 ? 0 : PER_CHAIN + PER_RULE * rules;
        }
        double doublings = Math.log(rules / MergedChanges.CHAIN) / Math.log(2);
        return PER_CHAIN + PER_RULE * MergedChanges.CHAIN + PER_TABLE / 2 + perDoubling * doublings;
    }
}
