package io.odp4j.flowcache;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which masks can match a key: a tree over the masks that branches, level by level, on how they
 * look at one unit of the key, and is walked only where the unit's value is known to occur.
 *
 * <p>Immutable but for the filter, which only ever learns: a reader keeps what it got, the writer
 * replaces the path that changes.
 */
final class MaskTree {
    /** How many units are asked where one mask is left: to ask costs less than to look. */
    private static final int GUARDS = 1;

    final PresenceFilter filter;
    final MaskNode root;

    /** How many masks there were when the order of levels was chosen. */
    final int masksAtBuild;

    private final List<FieldClass.Bank> levels;

    private MaskTree(
            List<FieldClass.Bank> levels, PresenceFilter filter, MaskNode root, int masksAtBuild) {
        this.levels = levels;
        this.filter = filter;
        this.root = root;
        this.masksAtBuild = masksAtBuild;
    }

    /** A tree with nothing in it. */
    MaskTree(List<FieldClass.Bank> levels, PresenceFilter filter, int masks) {
        this(levels, filter, null, masks);
    }

    MaskTree with(MegaflowMask mask) {
        return new MaskTree(levels, filter, with(root, 0, GUARDS, mask), masksAtBuild);
    }

    MaskTree without(MegaflowMask mask) {
        return new MaskTree(levels, filter, without(root, mask), masksAtBuild);
    }

    boolean branchesOn(List<FieldClass.Bank> banks) {
        return levels.containsAll(banks);
    }

    /** Learns the values of a new entry; a whole key or one that is masked will do. */
    void record(MegaflowMask mask, long[] key) {
        for (FieldClass c : mask.classes) {
            FieldClass.Bank bank = c.probe().bank;
            if (levels.contains(bank)) {
                c.record(filter, key[bank.unit.word()]);
            }
        }
    }

    /** The first level from one on at which a mask looks at the key. */
    private int nextLevel(int from, MegaflowMask mask) {
        int level = from;
        while (level < levels.size() && mask.classIn(levels.get(level)) == null) {
            level++;
        }
        return level;
    }

    private MaskNode with(MaskNode node, int depth, int guards, MegaflowMask mask) {
        int looks = nextLevel(depth, mask);
        if (node == null) {
            if (looks == levels.size()) {
                return MaskNode.leaf(looks, List.of(mask));
            }
            if (guards == 0) {
                return MaskNode.leaf(depth, List.of(mask));
            }
            return with(MaskNode.branch(looks, null), looks, guards - 1, mask);
        }
        boolean leaf = node.masks != null;
        if (leaf && node.level < levels.size()) {
            // One mask, alone so far and not looked into: let both go down to where they differ.
            MaskNode opened = with(null, depth, GUARDS, node.masks[0]);
            return with(opened, depth, GUARDS, mask);
        }
        if (looks < node.level) {
            return with(MaskNode.branch(looks, node), looks, guards, mask);
        }
        if (leaf) {
            List<MegaflowMask> all = new ArrayList<>(Arrays.asList(node.masks));
            all.add(mask);
            return MaskNode.leaf(node.level, all);
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
        if (node.masks != null) {
            List<MegaflowMask> left = new ArrayList<>(Arrays.asList(node.masks));
            left.remove(mask);
            return left.isEmpty() ? null : MaskNode.leaf(node.level, left);
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
