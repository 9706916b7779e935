package io.odp4j.flowcache;

import io.odp4j.datapath.flow.FlowKey;
import java.util.List;

/**
 * Which masks can match a key: a tree over the masks that branches, level by level, on how they
 * look at one unit of the key, and is walked only where the unit's value is known to occur. With no
 * level at all it is a list of the masks, the first looked into first.
 *
 * <p>Immutable but for the filter, which only ever learns: a reader keeps what it got, the writer
 * replaces the path that changes.
 */
final class MaskTree {
    /** How many units are asked where one mask is left: to ask costs less than to look. */
    private static final int GUARDS = 1;

    final PresenceFilter filter;
    final MaskNode root;

    /** The words that all masks have just so. */
    final MaskWords common;

    /** How many masks there were when the order of levels was chosen. */
    final int masksAtBuild;

    /** What stands in the filter under what a key has in those words. */
    private final CommonValues commonValues;

    private final long[] commonBits;
    private final List<FieldClass.Bank> levels;

    /**
     * A tree with nothing in it yet.
     *
     * @param common the bits of words that all masks to come have just so, others zero
     */
    MaskTree(List<FieldClass.Bank> levels, PresenceFilter filter, long[] common, int masks) {
        this.levels = levels;
        this.filter = filter;
        this.root = null;
        this.commonBits = common;
        this.common = new MaskWords(common, 0);
        this.commonValues = new CommonValues(filter);
        this.masksAtBuild = masks;
    }

    private MaskTree(MaskTree from, MaskNode root) {
        this.levels = from.levels;
        this.filter = from.filter;
        this.root = root;
        this.commonBits = from.commonBits;
        this.common = from.common;
        this.commonValues = from.commonValues;
        this.masksAtBuild = from.masksAtBuild;
    }

    MaskTree with(MegaflowMask mask) {
        return new MaskTree(this, with(root, 0, GUARDS, mask));
    }

    MaskTree without(MegaflowMask mask) {
        return new MaskTree(this, without(root, mask));
    }

    /** Whether a mask with these bits can come in without the tree being built anew. */
    boolean admits(long[] bits, List<FieldClass.Bank> discriminating) {
        for (int w = 0; w < FlowKey.WORDS; w++) {
            if (commonBits[w] != 0 && commonBits[w] != bits[w]) {
                return false;
            }
        }
        return levels.containsAll(discriminating);
    }

    /**
     * Whether any entry may have what a key has in the words that all masks have just so.
     *
     * @param sum what those words add up to
     */
    boolean mayMatch(long sum) {
        return commonValues.mayOccur(sum);
    }

    /**
     * Learns the values of a new entry; a whole key or one that is masked will do.
     *
     * @return whether a class has got so many values that it should be asked no more
     */
    boolean record(MegaflowMask mask, long[] key) {
        boolean saturated = false;
        commonValues.record(common.sum(key));
        for (FieldClass c : mask.classes) {
            FieldClass.Bank bank = c.probe().bank;
            if (!c.isSaturated() && levels.contains(bank)) {
                c.record(filter, key[bank.unit.word()]);
                saturated |= c.isSaturated();
            }
        }
        return saturated;
    }

    /** The first level from one on at which a mask looks at the key. */
    private int nextLevel(int from, MegaflowMask mask) {
        int level = from;
        while (level < levels.size() && mask.classIn(levels.get(level)) == null) {
            level++;
        }
        return level;
    }

    private MaskNode leaf(int level, MegaflowMask mask, MaskNode next) {
        return MaskNode.of(level, mask, mask.words.sharing(commonBits), next);
    }

    private MaskNode with(MaskNode node, int depth, int guards, MegaflowMask mask) {
        int looks = nextLevel(depth, mask);
        if (node == null) {
            if (looks == levels.size()) {
                return leaf(looks, mask, null);
            }
            if (guards == 0) {
                return leaf(depth, mask, null);
            }
            return with(MaskNode.branch(looks, null), looks, guards - 1, mask);
        }
        boolean leaf = node.mask != null;
        if (leaf && node.level < levels.size()) {
            // One mask, alone so far and not looked into: let both go down to where they differ.
            MaskNode opened = with(null, depth, GUARDS, node.mask);
            return with(opened, depth, GUARDS, mask);
        }
        if (looks < node.level) {
            return with(MaskNode.branch(looks, node), looks, guards, mask);
        }
        if (leaf) {
            return leaf(node.level, mask, node);
        }
        FieldClass c = mask.classIn(levels.get(node.level));
        if (c == null) {
            return node.withRest(with(node.rest, node.level + 1, guards, mask));
        }
        boolean fresh = (node.bits & 1L << c.bit()) == 0;
        MaskNode kid = fresh ? null : node.kid(1L << c.bit());
        return node.withKid(c, with(kid, node.level + 1, guards, mask));
    }

    private MaskNode without(MaskNode node, MegaflowMask mask) {
        if (node.mask != null) {
            return node.mask == mask ? node.rest : node.withRest(without(node.rest, mask));
        }
        FieldClass c = mask.classIn(levels.get(node.level));
        if (c == null) {
            MaskNode rest = without(node.rest, mask);
            return rest == null && node.kids.length == 0 ? null : node.withRest(rest);
        }
        MaskNode kid = without(node.kid(1L << c.bit()), mask);
        return kid == null ? node.withoutKid(c) : node.withKid(c, kid);
    }
}
