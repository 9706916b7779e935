package io.odp4j.flowcache;

import java.util.ArrayList;
import java.util.List;

/** A place in a {@link MaskTree}: a branch on one bank of classes, or a leaf with its masks. */
final class MaskNode {
    /** Of a branch: the level it branches on; of a leaf: the first level not looked at. */
    final int level;

    /** Of a leaf: its masks; null in a branch. */
    final MegaflowMask[] masks;

    /** The classes that have a kid, a bit each; the kids in the order of the bits. */
    final long bits;

    final MaskNode[] kids;

    /** Where the masks are that do not look at the unit; may be null. */
    final MaskNode rest;

    private final FieldClass.Probe[] probes;
    private final int word;
    private final long[] probeBits;
    private final long[] secrets;
    private final byte[] shifts;
    private final byte[] firstBits;

    private MaskNode(
            int level,
            MegaflowMask[] masks,
            FieldClass.Probe[] probes,
            long bits,
            MaskNode[] kids,
            MaskNode rest) {
        this.level = level;
        this.masks = masks;
        this.probes = probes;
        this.bits = bits;
        this.kids = kids;
        this.rest = rest;
        int n = probes.length;
        this.word = n == 0 ? 0 : probes[0].bank.unit.word();
        this.probeBits = new long[n];
        this.secrets = new long[n];
        this.shifts = new byte[n];
        this.firstBits = new byte[n];
        for (int i = 0; i < n; i++) {
            probeBits[i] = probes[i].bits;
            secrets[i] = probes[i].secret;
            shifts[i] = (byte) probes[i].shift;
            firstBits[i] = (byte) probes[i].firstBit;
        }
    }

    static MaskNode leaf(int level, List<MegaflowMask> masks) {
        return new MaskNode(
                level,
                masks.toArray(new MegaflowMask[0]),
                new FieldClass.Probe[0],
                0,
                new MaskNode[0],
                null);
    }

    /** A branch without kids yet. */
    static MaskNode branch(int level, MaskNode rest) {
        return new MaskNode(level, null, new FieldClass.Probe[0], 0, new MaskNode[0], rest);
    }

    /** The classes, of those with a kid, whose value in a key occurs. */
    long present(PresenceFilter filter, long[] key) {
        long value = key[word];
        long found = 0;
        for (int i = 0; i < probeBits.length; i++) {
            long spread = ((value & probeBits[i]) >>> shifts[i]) * secrets[i];
            found |= (filter.get(spread) & FieldClass.Probe.LANE_BITS) << firstBits[i];
        }
        return found & bits;
    }

    /** The kid of a class by the class's bit, alone set. */
    MaskNode kid(long bit) {
        return kids[Long.bitCount(bits & bit - 1)];
    }

    MaskNode withRest(MaskNode newRest) {
        return new MaskNode(level, null, probes, bits, kids, newRest);
    }

    /** The same branch with another kid for a class, or with one more. */
    MaskNode withKid(FieldClass c, MaskNode kid) {
        long bit = 1L << c.bit();
        int at = Long.bitCount(bits & bit - 1);
        MaskNode[] newKids;
        if ((bits & bit) != 0) {
            newKids = kids.clone();
            newKids[at] = kid;
            return new MaskNode(level, null, probes, bits, newKids, rest);
        }
        newKids = new MaskNode[kids.length + 1];
        System.arraycopy(kids, 0, newKids, 0, at);
        newKids[at] = kid;
        System.arraycopy(kids, at, newKids, at + 1, kids.length - at);
        List<FieldClass.Probe> newProbes = new ArrayList<>(List.of(probes));
        if (!newProbes.contains(c.probe())) {
            newProbes.add(c.probe());
        }
        return new MaskNode(level, null, newProbes.toArray(probes), bits | bit, newKids, rest);
    }

    /** The same branch without a class's kid; null if nothing is left. */
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
        return new MaskNode(
                level, null, needed.toArray(new FieldClass.Probe[0]), left, newKids, rest);
    }
}
