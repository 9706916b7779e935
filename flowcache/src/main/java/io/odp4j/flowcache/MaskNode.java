package io.odp4j.flowcache;

import java.util.ArrayList;
import java.util.List;

/** A place in a {@link MaskTree}: a branch on one bank of classes, or a mask. */
final class MaskNode {
    private static final int PROBE_WORDS = 3;

    /** Of a branch: the level it branches on; of a mask: the first level not looked at. */
    final int level;

    /** The mask, null in a branch. */
    final MegaflowMask mask;

    /** The mask's words, with what the tree's masks have in common last. */
    final MaskWords words;

    /** Where else to look: the masks that do not look at a branch's unit, or the next mask. */
    final MaskNode rest;

    /** The classes that have a kid, a bit each; the kids in the order of the bits. */
    final long bits;

    final MaskNode[] kids;

    private final FieldClass.Probe[] probes;
    private final int word;

    /** Per probe: the bits of the word, the secret, and the shift and (from bit 8) first class. */
    private final long[] program;

    private MaskNode(int level, MegaflowMask mask, MaskWords words, MaskNode next) {
        this.level = level;
        this.mask = mask;
        this.words = words;
        this.rest = next;
        bits = 0;
        kids = null;
        probes = null;
        word = 0;
        program = null;
    }

    private MaskNode(
            int level, FieldClass.Probe[] probes, long bits, MaskNode[] kids, MaskNode rest) {
        this.level = level;
        this.mask = null;
        this.words = null;
        this.rest = rest;
        this.probes = probes;
        this.bits = bits;
        this.kids = kids;
        word = probes.length == 0 ? 0 : probes[0].bank.unit.word();
        program = new long[PROBE_WORDS * probes.length];
        for (int i = 0; i < probes.length; i++) {
            program[PROBE_WORDS * i] = probes[i].bits;
            program[PROBE_WORDS * i + 1] = probes[i].secret;
            program[PROBE_WORDS * i + 2] = probes[i].shift | probes[i].firstBit << 8;
        }
    }

    static MaskNode of(int level, MegaflowMask mask, MaskWords words, MaskNode next) {
        return new MaskNode(level, mask, words, next);
    }

    /** A branch without kids yet. */
    static MaskNode branch(int level, MaskNode rest) {
        return new MaskNode(level, new FieldClass.Probe[0], 0, new MaskNode[0], rest);
    }

    /** The classes, of those with a kid, whose value in a key occurs. */
    long present(PresenceFilter filter, long[] key) {
        long value = key[word];
        long found = 0;
        for (int i = 0; i < program.length; i += PROBE_WORDS) {
            int how = (int) program[i + 2];
            long spread = FieldClass.Probe.spread(value, program[i], how & 0xff, program[i + 1]);
            found |= filter.get(spread) << (how >>> 8);
        }
        return found & bits;
    }

    /** The kid of a class by the class's bit, alone set. */
    MaskNode kid(long bit) {
        return kids[Long.bitCount(bits & bit - 1)];
    }

    MaskNode withRest(MaskNode newRest) {
        return mask != null
                ? new MaskNode(level, mask, words, newRest)
                : new MaskNode(level, probes, bits, kids, newRest);
    }

    /** The same branch with another kid for a class, or with one more. */
    MaskNode withKid(FieldClass c, MaskNode kid) {
        long bit = 1L << c.bit();
        int at = Long.bitCount(bits & bit - 1);
        MaskNode[] newKids;
        if ((bits & bit) != 0) {
            newKids = kids.clone();
            newKids[at] = kid;
            return new MaskNode(level, probes, bits, newKids, rest);
        }
        newKids = new MaskNode[kids.length + 1];
        System.arraycopy(kids, 0, newKids, 0, at);
        newKids[at] = kid;
        System.arraycopy(kids, at, newKids, at + 1, kids.length - at);
        List<FieldClass.Probe> newProbes = new ArrayList<>(List.of(probes));
        if (!newProbes.contains(c.probe())) {
            newProbes.add(c.probe());
        }
        return new MaskNode(level, newProbes.toArray(probes), bits | bit, newKids, rest);
    }

    /** The same branch without a class's kid; its rest if nothing else is left. */
    MaskNode withoutKid(FieldClass c) {
        long bit = 1L << c.bit();
        if (bits == bit) {
            return rest;
        }
        int at = Long.bitCount(bits & bit - 1);
        MaskNode[] newKids = new MaskNode[kids.length - 1];
        System.arraycopy(kids, 0, newKids, 0, at);
        System.arraycopy(kids, at + 1, newKids, at, newKids.length - at);
        long left = bits & ~bit;
        List<FieldClass.Probe> needed = new ArrayList<>(List.of(probes));
        needed.removeIf(p -> (left & FieldClass.Probe.LANE_BITS << p.firstBit) == 0);
        return new MaskNode(level, needed.toArray(new FieldClass.Probe[0]), left, newKids, rest);
    }
}
