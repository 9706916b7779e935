package io.odp4j.flowcache;

import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The classes that occur, per unit of the key, in banks of 64: a bank is one level that a {@link
 * MaskTree} can branch on.
 */
final class FieldClasses {
    private static final int BANK = 64;
    private static final int MAX_BANKS = 4;

    private final List<PerUnit> units = new ArrayList<>();
    private final List<FieldClass.Bank> banks = new ArrayList<>();

    FieldClasses() {
        for (KeyUnits.Unit unit : KeyUnits.ALL) {
            units.add(new PerUnit(unit));
        }
    }

    /**
     * The class of each unit that a mask looks at, in the order of units. Bits of a unit that has
     * more classes than can be told apart are left out: such a mask is never ruled out by it.
     */
    List<FieldClass> of(MaskWords mask) {
        List<FieldClass> classes = new ArrayList<>();
        for (PerUnit unit : units) {
            for (int i = 0; i < mask.size(); i++) {
                if (mask.word(i) == unit.unit.word()) {
                    long bits = mask.bits(i) & unit.unit.bits();
                    FieldClass found = bits == 0 ? null : unit.classOf(bits);
                    if (found != null) {
                        classes.add(found);
                    }
                }
            }
        }
        return classes;
    }

    /** Every class that ever occurred. */
    List<FieldClass> all() {
        List<FieldClass> all = new ArrayList<>();
        units.forEach(unit -> all.addAll(unit.byBits.values()));
        return all;
    }

    /** The banks that tell masks apart, the one with most classes first. */
    List<FieldClass.Bank> discriminating(int masks) {
        List<FieldClass.Bank> found = new ArrayList<>();
        for (FieldClass.Bank bank : banks) {
            if (bank.discriminates(masks)) {
                found.add(bank);
            }
        }
        found.sort(Comparator.comparingInt(bank -> -bank.classes));
        return found;
    }

    private final class PerUnit {
        private final KeyUnits.Unit unit;
        private final Long2ObjectOpenHashMap<FieldClass> byBits = new Long2ObjectOpenHashMap<>();
        private final List<FieldClass.Probe> probes = new ArrayList<>();
        private FieldClass.Bank bank;
        private int bits;

        PerUnit(KeyUnits.Unit unit) {
            this.unit = unit;
        }

        FieldClass classOf(long bits) {
            FieldClass known = byBits.get(bits);
            if (known == null) {
                FieldClass.Probe probe = probeFor(bits);
                if (probe == null) {
                    return null;
                }
                known = new FieldClass(bits, probe, probe.lanesUsed++);
                byBits.put(bits, known);
            }
            return known;
        }

        private FieldClass.Probe probeFor(long bits) {
            for (FieldClass.Probe probe : probes) {
                if (probe.lanesUsed < FieldClass.Probe.LANES
                        && (bits & ~probe.bits) == 0
                        && Long.bitCount(probe.bits & ~bits) < FieldClass.Probe.LANES) {
                    return probe;
                }
            }
            if (this.bits == BANK * MAX_BANKS) {
                return null;
            }
            if (this.bits % BANK == 0) {
                bank = new FieldClass.Bank(unit);
                banks.add(bank);
            }
            FieldClass.Probe probe = new FieldClass.Probe(bank, widened(bits), this.bits % BANK);
            this.bits += FieldClass.Probe.LANES;
            probes.add(probe);
            return probe;
        }

        /** A prefix is asked for together with those that are up to three bits longer. */
        private long widened(long bits) {
            long low = Long.lowestOneBit(unit.bits());
            long missing = unit.bits() & ~bits;
            boolean prefix = (missing + low & missing) == 0;
            if (!prefix) {
                return bits;
            }
            int missingLow = Long.bitCount(missing) / FieldClass.Probe.LANES;
            int keep = missingLow * FieldClass.Probe.LANES;
            long stillMissing = keep == 0 ? 0 : ((1L << keep) - 1) * low;
            return unit.bits() & ~stillMissing;
        }
    }
}
